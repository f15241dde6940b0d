"""The harness: judges any application that signs pupils in with LeerID, in a real browser."""
