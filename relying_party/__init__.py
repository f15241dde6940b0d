"""The reference application: an OpenID Connect relying party that keeps the LeerID protocol."""
