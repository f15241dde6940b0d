"""Errors that Authlib does not have."""

from __future__ import annotations

from authlib.oauth2 import OAuth2Error


class TemporarilyUnavailableError(OAuth2Error):
    """The provider cannot answer now (RFC 6749 section 4.1.2.1)."""

    error = "temporarily_unavailable"


class InvalidTargetError(OAuth2Error):
    """No token is issued for this audience or resource (RFC 8693 section 2.2.2, RFC 8707 section 2)."""

    error = "invalid_target"
