"""private_key_jwt: Authlib's client assertion, narrowed to what ACM demands (`assertion_rules`)."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from authlib.oauth2.rfc6749 import InvalidClientError
from authlib.oauth2.rfc7523 import JWTBearerClientAssertion
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, KeySet, RSAKey

from mock_idp.domain.clients import AuthMethod
from mock_idp.protocol.assertion_rules import LONGEST_S, SKEW_S, Presented, complaints
from mock_idp.protocol.authentication import known_client, other_method, refused
from mock_idp.protocol.jose import ALGORITHM, verifies
from mock_idp.settings.policy import LONGEST_S as LONGEST_KEPT_S
from mock_idp.settings.policy import Strictness

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mock_idp.domain.clock import Clock
    from mock_idp.protocol.authentication import QueryClient
    from mock_idp.protocol.client import RegisteredClient
    from mock_idp.protocol.conduct import Conduct
    from mock_idp.protocol.wire import AcmRequest
    from mock_idp.state.store import Store

ASYMMETRIC: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""What is taken where the algorithm is not enforced."""
MOST_REGISTERED: Final = 64
"""Of so many clients the imported keys are kept."""
ORDINARY: Final = frozenset({"alg", "kid", "typ"})
"""A header with these members demands nothing of whoever verifies (RFC 7515 section 4)."""
LONGEST_ORDINARY: Final = 4_000
_KIND: Final = "jti"


class PrivateKeyJwt(JWTBearerClientAssertion):
    """Authlib's client assertion, narrowed to what ACM demands."""

    CLIENT_AUTH_METHOD = AuthMethod.PRIVATE_KEY_JWT

    def __init__(self, *, conduct: Conduct, store: Store, clock: Clock) -> None:
        super().__init__(leeway=SKEW_S)
        self._conduct = conduct
        self._store = store
        self._clock = clock

    def __call__(self, query_client: QueryClient, request: AcmRequest) -> RegisteredClient:
        """Return the client whose assertion this is."""
        if request.form.get("client_assertion_type") != self.CLIENT_ASSERTION_TYPE:
            raise refused(f"client_assertion_type must be {self.CLIENT_ASSERTION_TYPE}.")
        assertion = request.form["client_assertion"]
        header, claims = self._opened(assertion)
        client = known_client(query_client, claims.get("sub") if isinstance(claims.get("sub"), str) else None)
        is_strict = self._conduct.policy.registered_method == Strictness.STRICT
        if is_strict and not client.check_endpoint_auth_method(self.CLIENT_AUTH_METHOD, "token"):
            raise refused(other_method(client, self.CLIENT_AUTH_METHOD))  # says more than a key that is not there
        self._verify_rules(header, claims, request)
        if not client.is_open:
            self._verify_signature(assertion, header, client)
        self._verify_once(claims, request)
        return client

    def _verify_rules(self, header: Mapping[str, Any], claims: Mapping[str, Any], request: AcmRequest) -> None:
        """Raise `InvalidClientError` naming the first broken rule that is strict; note the others."""
        now = self._clock.now().timestamp()
        for complaint in complaints(Presented(header=header, claims=claims, conduct=self._conduct, now=now)):
            if complaint.is_refused:
                raise refused(f"Client assertion: {complaint.sentence}")
            request.learnt.note(f"Client assertion: {complaint.sentence}")

    def _verify_once(self, claims: Mapping[str, Any], request: AcmRequest) -> None:
        jti = claims.get("jti")
        if not isinstance(jti, str) or self.validate_jti(claims, jti):
            return
        complaint = "Client assertion: this jti was used before; make a fresh one for every request."
        if self._conduct.policy.assertion_jti == Strictness.STRICT:
            raise refused(complaint)
        request.learnt.note(complaint)

    def validate_jti(self, claims: Mapping[str, Any], jti: str) -> bool:
        """Return whether the jti is new, and keep it for as long as the assertion could be replayed."""
        ttl_s = max(float(LONGEST_S), self._holds_for_s(claims)) + 2 * SKEW_S
        return self._store.add(_KIND, json.dumps([claims["sub"], jti]), {}, ttl_s=ttl_s)

    def _holds_for_s(self, claims: Mapping[str, Any]) -> float:
        """Return for how long an assertion holds: for longer than ten minutes only where that is not enforced."""
        expiry, now = claims.get("exp"), self._clock.now().timestamp()
        latest = now + LONGEST_KEPT_S
        return (min(latest, expiry) if isinstance(expiry, (int, float)) else latest) - now

    def _opened(self, assertion: str) -> tuple[dict[str, Any], dict[str, Any]]:
        try:
            header, claims = self.extract_assertion(assertion)
        except (InvalidClientError, ValueError, RecursionError):
            raise refused("Client assertion: this is no signed JWT in compact form.") from None
        return header, claims

    def _verify_signature(self, assertion: str, header: Mapping[str, Any], client: RegisteredClient) -> None:
        is_strict = self._conduct.policy.assertion_algorithm == Strictness.STRICT
        algorithms = [ALGORITHM] if is_strict else list(ASYMMETRIC)
        kid = header.get("kid")
        candidates = _candidates(client, kid)
        if any(_verifies(assertion, header, key, algorithms) for key in candidates):
            return
        if kid is not None and not candidates:
            raise refused(f"Client assertion: no key {kid} is registered; register it, or leave kid out.")
        raise refused(f"Client assertion: no registered key of the client verifies it with {' or '.join(algorithms)}.")


def _candidates(client: RegisteredClient, kid: object) -> list[Key]:
    """Return the registered public keys: those that bear that kid or none, or all when the header names none."""
    registered = (client.registration.jwks or {"keys": []})["keys"]
    wanted = [each for each in registered if kid is None or each.get("kid") in (None, kid)]
    return list(_imported(json.dumps({"keys": wanted})))  # what is imported bears a kid in any case: asked before


@lru_cache(MOST_REGISTERED)
def _imported(jwks: str) -> tuple[Key, ...]:
    """Return the usable keys of a key set (JSON). Importing one takes as long as verifying with it."""
    try:
        keys = KeySet.import_key_set(json.loads(jwks)).keys
    except (JoseError, ValueError, KeyError):
        return ()
    return tuple(key for key in keys if isinstance(key, (RSAKey, ECKey)))


def _verifies(assertion: str, header: Mapping[str, Any], key: Key, algorithms: list[str]) -> bool:
    try:
        if header.keys() <= ORDINARY and header["alg"] in algorithms and len(assertion) <= LONGEST_ORDINARY:
            return verifies(assertion, header["alg"], key)
        jws.deserialize_compact(assertion, key, algorithms=algorithms)
    except (JoseError, ValueError):
        return False
    return True
