"""The mock of ACM/LeerID: an OpenID Connect provider for invented pupils. For testing only."""
