"""For what a client may come to the token endpoint: one file per grant, each Authlib's with ACM's peculiarities."""
