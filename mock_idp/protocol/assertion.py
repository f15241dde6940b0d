"""private_key_jwt with ACM's rules: audience is the issuer, ten minutes at most, each jti once, RS256, kid optional."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from authlib.oauth2.rfc6749 import InvalidClientError
from authlib.oauth2.rfc7523 import JWTBearerClientAssertion
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization, RSAKey

from mock_idp.domain.clients import AuthMethod
from mock_idp.protocol.authentication import known_client, refused
from mock_idp.protocol.jose import ALGORITHM

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mock_idp.domain.clock import Clock
    from mock_idp.protocol.authentication import QueryClient
    from mock_idp.protocol.client import RegisteredClient
    from mock_idp.protocol.wire import AcmRequest
    from mock_idp.state.store import Store

    Rule = Callable[[Mapping[str, Any], "Context"], str | None]

LONGEST_S: Final = 600
SKEW_S: Final = 10
_KIND: Final = "jti"


class Context:
    """What the rules compare with: the issuer and the moment."""

    def __init__(self, *, issuer: str, now: float) -> None:
        self.issuer = issuer
        self.now = now


class PrivateKeyJwt(JWTBearerClientAssertion):
    """Authlib's client assertion, narrowed to what ACM demands."""

    CLIENT_AUTH_METHOD = AuthMethod.PRIVATE_KEY_JWT

    def __init__(self, *, issuer: str, store: Store, clock: Clock) -> None:
        super().__init__(leeway=SKEW_S)
        self._issuer = issuer
        self._store = store
        self._clock = clock

    def __call__(self, query_client: QueryClient, request: AcmRequest) -> RegisteredClient:
        """Return the client whose assertion this is."""
        if request.form.get("client_assertion_type") != self.CLIENT_ASSERTION_TYPE:
            raise refused(f"client_assertion_type must be {self.CLIENT_ASSERTION_TYPE}.")
        assertion = request.form["client_assertion"]
        header, claims = self._opened(assertion)
        client = known_client(query_client, claims.get("sub") if isinstance(claims.get("sub"), str) else None)
        if not client.is_open and client.check_endpoint_auth_method(self.CLIENT_AUTH_METHOD, "token"):
            self._verify_signature(assertion, header, client)
        self.verify_claims(claims)
        return client

    def verify_claims(self, claims: Mapping[str, Any]) -> None:
        """Raise `InvalidClientError` naming the first broken rule; note the jti as used."""
        context = Context(issuer=self._issuer, now=self._clock.now().timestamp())
        for rule in RULES:
            if complaint := rule(claims, context):
                raise refused(f"Client assertion: {complaint}")
        if not self.validate_jti(claims, claims["jti"]):
            raise refused("Client assertion: this jti was used before; make a fresh one for every request.")

    def validate_jti(self, claims: Mapping[str, Any], jti: str) -> bool:
        """Return whether the jti is new, and keep it for as long as the assertion could be replayed."""
        return self._store.add(_KIND, f"{claims['sub']} {jti}", {}, ttl_s=LONGEST_S + 2 * SKEW_S)

    def _opened(self, assertion: str) -> tuple[dict[str, Any], dict[str, Any]]:
        try:
            header, claims = self.extract_assertion(assertion)
        except (InvalidClientError, ValueError, RecursionError):
            raise refused("Client assertion: this is no signed JWT in compact form.") from None
        return header, claims

    def _verify_signature(self, assertion: str, header: Mapping[str, Any], client: RegisteredClient) -> None:
        for key in _candidates(client, header.get("kid")):
            if _verifies(assertion, key):
                return
        raise refused(f"Client assertion: no registered key of the client verifies it with {ALGORITHM}.")


def _candidates(client: RegisteredClient, kid: object) -> list[RSAKey]:
    """Return the registered RSA keys: the one of that kid, or all when the header names none."""
    try:
        registered = KeySet.import_key_set(cast("KeySetSerialization", client.registration.jwks or {"keys": []}))
    except (JoseError, ValueError, KeyError):
        return []
    keys = [key for key in registered.keys if isinstance(key, RSAKey)]
    return keys if kid is None else [key for key in keys if key.kid == kid or key.kid is None]


def _verifies(assertion: str, key: RSAKey) -> bool:
    try:
        jws.deserialize_compact(assertion, key, algorithms=[ALGORITHM])
    except (JoseError, ValueError):
        return False
    return True


def _speaks_for_itself(claims: Mapping[str, Any], context: Context) -> str | None:
    del context
    return None if claims.get("iss") == claims.get("sub") else "iss and sub must both be the client_id."


def _is_for_the_issuer(claims: Mapping[str, Any], context: Context) -> str | None:
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    return None if context.issuer in audiences else f"aud must be the issuer {context.issuer}, not the token endpoint."


def _expires(claims: Mapping[str, Any], context: Context) -> str | None:
    expiry = claims.get("exp")
    if not isinstance(expiry, (int, float)) or isinstance(expiry, bool):
        return "exp is missing or not a number."
    if expiry < context.now - SKEW_S:
        return "it has expired."
    return None if expiry <= context.now + LONGEST_S + SKEW_S else "exp must be at most ten minutes ahead."


def _has_begun(claims: Mapping[str, Any], context: Context) -> str | None:
    for name in ("iat", "nbf"):
        moment = claims.get(name, 0)
        if not isinstance(moment, (int, float)) or moment > context.now + SKEW_S:
            return f"{name} lies in the future."
    return None


def _has_an_id(claims: Mapping[str, Any], context: Context) -> str | None:
    del context
    jti = claims.get("jti")
    return None if isinstance(jti, str) and jti else "jti is missing."


RULES: Final[tuple[Rule, ...]] = (_speaks_for_itself, _is_for_the_issuer, _expires, _has_begun, _has_an_id)
"""What ACM demands of an assertion, as far as clients report it."""
