"""Client assertions: those of an honest client, and changed ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from joserfc import jwt
from joserfc.jwk import RSAKey

if TYPE_CHECKING:
    from mock_idp.domain.clock import Clock

ISSUER = "http://localhost:9100/op"
TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
KEY, OTHER_KEY = RSAKey.generate_key(2048, {"kid": "the-key"}), RSAKey.generate_key(2048)
JWKS = {"keys": [KEY.as_dict(private=False)]}


def assertion(clock: Clock, *, key: Any = KEY, header: dict[str, Any] | None = None, **changes: Any) -> str:
    """Return an assertion of the client `registered`; None leaves a claim out."""
    now = int(clock.now().timestamp())
    honest = {"iss": "registered", "sub": "registered", "aud": ISSUER, "jti": uuid4().hex, "exp": now + 180, "iat": now}
    claims = {name: value for name, value in (honest | changes).items() if value is not None}
    stated = {"alg": "RS256", **(header or {})}
    return jwt.encode(stated, claims, key, algorithms=[stated["alg"]])


def asserted(clock: Clock, *, key: Any = KEY, header: dict[str, Any] | None = None, **changes: Any) -> dict[str, str]:
    """Return the parameters that carry an assertion."""
    made = assertion(clock, key=key, header=header, **changes)
    return {"client_assertion": made, "client_assertion_type": TYPE}
