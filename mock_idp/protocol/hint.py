"""`id_token_hint`: an ID token of ours tells whom the application expects. It may be expired, and its key retired."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from joserfc import jws
from joserfc.errors import JoseError

from mock_idp.protocol.jose import ALGORITHM

if TYPE_CHECKING:
    from mock_idp.protocol.conduct import Conduct
    from mock_idp.protocol.keys import KeyRing


class InvalidHintError(ValueError):
    """The hint is no ID token of this issuer for this client; the message says why."""


def hinted_claims(hint: str, keys: KeyRing, conduct: Conduct, client_id: str) -> dict[str, Any]:
    """Return the claims of the ID token that is the hint; raise `InvalidHintError` for anything else."""
    claims = _verified(hint, keys)
    if claims.get("iss") != conduct.identifier:
        raise InvalidHintError(f"id_token_hint is of another issuer than {conduct.identifier}.")
    audience = claims.get("aud")
    if client_id not in (audience if isinstance(audience, list) else [audience]):
        raise InvalidHintError("id_token_hint was issued to another client.")
    return claims


def _verified(hint: str, keys: KeyRing) -> dict[str, Any]:
    for signing in keys.list():
        try:
            claims = json.loads(jws.deserialize_compact(hint, signing.key, algorithms=[ALGORITHM]).payload)
        except (JoseError, ValueError, RecursionError):
            continue
        return claims if isinstance(claims, dict) else {}
    raise InvalidHintError("id_token_hint is no ID token that a key of this issuer signed.")
