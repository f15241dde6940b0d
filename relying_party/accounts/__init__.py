"""What the application remembers: persons, the accounts linked to them, one snapshot, sessions. Nothing of the web."""
