"""The pupils' world, pure: schools, LeerID, the datastore that is asked at every sign-in, and what may be released."""
