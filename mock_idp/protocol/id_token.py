"""The ID token, as real ones look: members in alphabetical order, the key id inside as well."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import partial
from typing import TYPE_CHECKING, Any

from authlib.oidc.core import OpenIDToken
from authlib.oidc.core.util import create_half_hash

from mock_idp.protocol.jose import ALGORITHM, Unsigned, seal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mock_idp.protocol.server import AcmServer
    from mock_idp.protocol.wire import AcmRequest


class AcmIdToken(OpenIDToken):
    """Authlib adds the ID token to the token response; what is in it, and how it is signed, is ours."""

    def __init__(self, server: AcmServer) -> None:
        self.server = server

    def encode_id_token(self, token: Mapping[str, Any], request: AcmRequest) -> str:
        """Return the signed ID token, after the seams `claims`, `id-token` and `signature`."""
        stage_id = request.stage_id
        signing = self.server.keys.active
        honest = self._claims(token, request) | {"kid": signing.kid}
        claims = self.bent(_sorted(honest), stage_id)
        header = {"alg": ALGORITHM, "kid": signing.kid, "typ": "JWT"}
        secret = request.client.registration.client_secret if request.client else None
        unsigned = Unsigned(
            header=header, claims=claims, key=signing.key, client_secret=secret, withdrawn=self.server.keys.withdrawn
        )
        sealed = self.server.seams.bend("signature", unsigned, stage_id=stage_id)
        compact = seal(sealed) if isinstance(sealed, Unsigned) else str(sealed)
        request.learnt.id_token = partial(peeked, compact, {"header": header, "claims": claims})
        return compact

    def bent(self, claims: dict[str, Any], stage_id: str) -> dict[str, Any]:
        """Return the claims after the seam `id-token`."""
        bent: dict[str, Any] = self.server.seams.bend("id-token", claims, stage_id=stage_id)
        return bent

    def _claims(self, token: Mapping[str, Any], request: AcmRequest) -> dict[str, Any]:
        granted = request.granted
        if granted is None:
            return {}
        person = self.server.seams.bend("claims", dict(granted.claims), stage_id=request.stage_id)
        now = int(self.server.now())
        return {
            **person,
            **self.get_authorization_code_claims(granted),
            **self._session(request, granted.family),
            "iss": self.server.conduct.identifier,
            "aud": granted.client_id,
            "azp": granted.client_id,
            "iat": now,
            "exp": now + self.server.policy.id_token_ttl_s,
            "at_hash": create_half_hash(token["access_token"], ALGORITHM).decode(),
        }

    @staticmethod
    def _session(request: AcmRequest, family: str) -> dict[str, str]:
        """Return the name of the session, for an application that can be told to end it."""
        takes_logouts = request.client is not None and request.client.registration.backchannel_logout_uri
        return {"sid": session_of(family)} if takes_logouts else {}


def session_of(family: str) -> str:
    """Return the name under which applications know a sign-in (sid)."""
    return hashlib.sha256(f"sid {family}".encode()).hexdigest()[:32]


def _sorted(claims: dict[str, Any]) -> dict[str, Any]:
    return dict(sorted(claims.items()))


def peeked(compact: str, meant: dict[str, Any]) -> dict[str, Any]:
    """Return header and claims of what was really sent; what was meant when it is no JWT any more."""
    parts = compact.split(".")
    try:
        header, claims = (json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))) for part in parts[:2])
    except (ValueError, UnicodeDecodeError):
        return meant
    return {"header": header, "claims": claims} if isinstance(header, dict) and isinstance(claims, dict) else meant
