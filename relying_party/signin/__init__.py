"""Signing in: the protocol's steps, the guards that judge each answer, the rules that decide about the pupil.

Authlib and joserfc do the mechanics. A **guard** is one named question about what the provider sent; no is the end of
the sign-in. A **rule** is one named decision of this application. Nothing here knows the web.
"""
