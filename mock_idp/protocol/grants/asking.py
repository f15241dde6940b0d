"""Asking again: what is released with a token that follows on another is true at that moment."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from mock_idp.protocol.claims_source import NotAdmittedError, SourceAwayError
from mock_idp.protocol.client import described
from mock_idp.protocol.code import SignedIn
from mock_idp.protocol.errors import TemporarilyUnavailableError

if TYPE_CHECKING:
    from mock_idp.protocol.client import RegisteredClient
    from mock_idp.protocol.code import Release
    from mock_idp.protocol.granted import Granted
    from mock_idp.protocol.server import AcmServer


def asked_again(server: AcmServer, granted: Granted, client: RegisteredClient, scope: str) -> Release:
    """Return what this client may know now about whoever signed in, by the same means. Raises `NotAdmittedError`."""
    signed_in = SignedIn(**(granted.signed_in or {}))
    stage_id, identity = granted.stage_id, signed_in.identity
    try:
        released = server.source.release(signed_in.person, client.registration, scope.split(), stage_id, identity)
    except SourceAwayError as error:
        raise TemporarilyUnavailableError(described(str(error)), status_code=HTTPStatus.SERVICE_UNAVAILABLE) from error
    if released is None:
        raise NotAdmittedError("Nothing is known of this person any more.")
    means = {name: value for name, value in granted.claims.items() if name == "acr"}
    return replace(released, claims=released.claims | means)
