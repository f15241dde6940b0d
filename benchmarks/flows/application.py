"""The application that signs people in: its key, and what it sends in each flow, made before anything is measured."""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

if TYPE_CHECKING:
    from collections.abc import Mapping

    from benchmarks.flows.peers import Credentials, Peer

CLIENT_ID = "benchmark"
REDIRECT_URI = "http://127.0.0.1:9200/callback"
SECRET = "a secret made for this measurement"  # noqa: S105  for peers that know no keys
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ASSERTED_S = 300
BITS = 2048


class Prepared(NamedTuple):
    """What one flow sends: the query of the authorization request, the typed form, the token request but its code."""

    query: str
    state: str
    nonce: str
    typed: str
    redeeming: str


class Endpoints(NamedTuple):
    """Where a provider says that it is asked."""

    issuer: str
    authorization: str
    token: str
    userinfo: str
    jwks: str

    @classmethod
    def told(cls, document: Mapping[str, Any]) -> Endpoints:
        """Return the endpoints of a discovery document."""
        names = ("issuer", "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
        return cls(*(document[name] for name in names))


@dataclass(frozen=True, kw_only=True)
class Application:
    """A registered application with one RSA key."""

    key: rsa.RSAPrivateKey = field(
        default_factory=lambda: rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    )
    client_id: str = CLIENT_ID
    redirect_uri: str = REDIRECT_URI
    secret: str = SECRET

    def jwks(self) -> dict[str, Any]:
        """Return the public key, as the provider has it registered."""
        public: dict[str, Any] = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": "benchmark", "alg": "RS256", "use": "sig"}]}

    def prepared(self, peer: Peer, endpoints: Endpoints, person: Credentials) -> Prepared:
        """Return what one flow sends. The assertion is signed here: its cost belongs to neither side."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        asked = {
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri,
            "response_type": "code",
            "scope": peer.scope,
            "state": state,
            "nonce": nonce,
            "code_challenge": _encoded(hashlib.sha256(verifier.encode()).digest()),
            "code_challenge_method": "S256",
        }
        redeeming = {
            "grant_type": "authorization_code",
            "redirect_uri": self.redirect_uri,
            "code_verifier": verifier,
            "client_id": self.client_id,
            **self._proof(peer, endpoints.issuer),
        }
        return Prepared(urlencode(asked), state, nonce, urlencode(peer.typed(person)), urlencode(redeeming))

    def _proof(self, peer: Peer, issuer: str) -> dict[str, str]:
        """Return how the application proves who it is, as far as the provider can tell."""
        if peer.authentication == "private_key_jwt":
            return {"client_assertion_type": ASSERTION_TYPE, "client_assertion": self._assertion(issuer)}
        return {"client_secret": self.secret} if peer.authentication == "client_secret_post" else {}

    def _assertion(self, issuer: str) -> str:
        now = int(time.time())
        claims = {
            "iss": self.client_id,
            "sub": self.client_id,
            "aud": issuer,
            "jti": secrets.token_urlsafe(16),
            "iat": now,
            "exp": now + ASSERTED_S,
        }
        return jwt.encode(claims, self.key, "RS256", headers={"kid": "benchmark"})


def _encoded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
