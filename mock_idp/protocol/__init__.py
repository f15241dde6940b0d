"""OpenID Connect as ACM speaks it, on Authlib's authorization server and joserfc."""
