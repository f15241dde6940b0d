"""Errors that Authlib does not have, and what becomes an error for the application."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from authlib.oauth2 import OAuth2Error
from authlib.oauth2.rfc6749 import AccessDeniedError

from mock_idp.protocol.claims_source import NotAdmittedError, SourceAwayError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mock_idp.protocol.wire import AcmRequest


class TemporarilyUnavailableError(OAuth2Error):
    """The provider cannot answer now (RFC 6749 section 4.1.2.1)."""

    error = "temporarily_unavailable"


class InvalidTargetError(OAuth2Error):
    """No token is issued for this audience or resource (RFC 8693 section 2.2.2, RFC 8707 section 2)."""

    error = "invalid_target"


@contextmanager
def told_of_trouble(request: AcmRequest) -> Iterator[None]:
    """Turn what the source says of trouble into an error for the application, unless a page tells it."""
    uri = request.payload.redirect_uri
    try:
        yield
    except NotAdmittedError as error:
        raise AccessDeniedError(str(error), redirect_uri=uri) from error
    except SourceAwayError as error:
        if error.is_told or request.payload.data.get("prompt") == "none":  # then no page may be shown
            raise TemporarilyUnavailableError(str(error), redirect_uri=uri) from error
        raise


def challenged(headers: Iterable[tuple[str, str]], told: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the headers of an error; how a client may authenticate (RFC 6749 section 5.2) says what the body does."""
    members = ", ".join(f'{name}="{value}"' for name, value in told.items())
    challenge = f'Basic realm="token", {members}'
    return [(name, challenge if name == "WWW-Authenticate" else value) for name, value in headers]
