"""How many sign-ins a second, at what cost, and beside whom: the whole code flow over HTTP, one worker each."""
