"""Decisions about the protocol: what is sent, what proves who somebody is, what becomes of the provider's errors."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from relying_party.signin.guards.id_token import signature
from relying_party.signin.provider import json_object
from relying_party.signin.refusal import ProviderError, Refused
from relying_party.signin.tokens import RS256, Verifier, keys_named
from relying_party.signin.transport import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import TypeAlias

    from joserfc.jwk import RSAKey

    from relying_party.accounts.sessions import Begun
    from relying_party.settings import ClientAuthentication
    from relying_party.signin.evidence import Evidence

    Redeem: TypeAlias = Callable[[ClientAuthentication], Mapping[str, Any]]
    Ask: TypeAlias = Callable[[str], bytes]

RANDOM_BYTES = 32
HEADER = "header"
"""Where Authlib puts an access token; else `uri` or `body`."""
LONGEST_ANSWER_S, LONGEST_ANSWER = 5.0, 1_000_000
LONGEST_KEY_AGE_S = 60.0
LONGEST_WITHOUT_KEYS_S = 3600.0
MOST_REFETCHES = 5
PERSON_NEEDED = frozenset({"login_required", "interaction_required", "consent_required", "account_selection_required"})
UNAVAILABLE = frozenset({"temporarily_unavailable", "server_error", "unreachable", "unusable"})


def fresh_state() -> str:
    """Every sign-in has its own unguessable state (RFC 6749 section 10.12)."""
    return secrets.token_urlsafe(RANDOM_BYTES)


def fresh_nonce() -> str:
    """Every sign-in has its own unguessable nonce (Core 15.5.2)."""
    return secrets.token_urlsafe(RANDOM_BYTES)


def code_verifier(metadata: Mapping[str, Any]) -> str | None:  # noqa: ARG001  a sound rule does not look at them
    """Every sign-in is tied to its code by PKCE, whatever the provider advertises (RFC 9700 section 2.1.1)."""
    return secrets.token_urlsafe(RANDOM_BYTES)


def bound_to_its_code(begun: Begun) -> Begun:
    """Nonce and challenge go out with every sign-in: a code from elsewhere is of no use (RFC 9700 section 4.5)."""
    return begun


def redirect_uri_asked(configured: str, host: str) -> str:  # noqa: ARG001  a sound rule does not look at the request
    """The redirect URI is the configured one, whatever name the request was sent to (SES-12)."""
    return configured


def words_for_log(person_id: str, evidence: Evidence) -> str:  # noqa: ARG001  none of it is for the log
    """The log says who is here, by a number of our own, and nothing of what the provider sent (SES-10)."""
    return f"signed in: person={person_id}"


def after_silence(error: str, begun: Begun) -> bool:
    """Where a silent sign-in is not possible an ordinary one follows, and after that one none (Core 3.1.2.6)."""
    return begun.is_silent and error in PERSON_NEEDED


def assertion_audience(issuer: str) -> str | list[str]:
    """A client assertion is meant for the issuer and for nobody else (REQ-11)."""
    return issuer


def request_asked(parameters: Mapping[str, Any], *, again: bool) -> Mapping[str, Any]:  # noqa: ARG001  no attempt differs
    """What is asked for is what was agreed, at the first attempt and at any other (REQ-08, REQ-14, REQ-16)."""
    return parameters


def error_told(evidence: Evidence) -> bool:
    """An error in the response ends the sign-in, whatever comes beside it (RFC 6749 section 4.1.2.1)."""
    return "error" in evidence.parameters


def code_to_redeem(told: str) -> str:
    """A code is sent on as it came: of any length, decoded once (RFC 6749 section 4.1.2)."""
    return told


def redeem_code(redeem: Redeem, registered: ClientAuthentication) -> Mapping[str, Any]:
    """A code is sent once, in the one way we prove who we are, whatever comes back (RFC 6749 section 4.1.2)."""
    return redeem(registered)


def userinfo_asked(ask: Ask) -> bytes:
    """The access token travels in the header, and nowhere else (RFC 9700 section 4.3.2)."""
    return ask(HEADER)


def redirects_followed() -> bool:
    """Nothing is looked for where an answer says: code, secret and token go where they belong (RFC 9700 4.12)."""
    return False


def certificates_checked() -> bool:
    """Nobody is told a code, a secret or a token before the certificate has shown who it is (Core 16.17)."""
    return True


def answer_limits() -> Limits:
    """An answer that is absurdly long or slow is given up (DIS-16, TOK-04); where the limits lie is our choice."""
    return Limits(seconds=LONGEST_ANSWER_S, bytes=LONGEST_ANSWER)


def endpoint_asked(metadata: Mapping[str, Any], member: str) -> str:
    """Endpoints are asked where the metadata of today say that they are (Discovery section 4)."""
    return str(metadata[member])


def verifier(header: Mapping[str, Any]) -> Verifier:  # noqa: ARG001  a sound rule does not look at the header
    """The signature is verified with RS256, as registered; the token has no say in it (RFC 8725 section 3.1)."""
    return RS256


def id_token_needed(token_response: Mapping[str, Any]) -> bool:  # noqa: ARG001  nothing in it makes a difference
    """Nobody signs in without an ID token: an access token is no proof of who is here (Core 3.1.3.5)."""
    return True


def keys_stale(kid_known: bool, age_s: float) -> bool:  # noqa: FBT001  a fact, not an option
    """The provider's keys are fetched again after a minute, and at once for an unknown key (Core 10.1.1)."""
    return not kid_known or age_s > LONGEST_KEY_AGE_S


def keys_doubted(evidence: Evidence) -> bool:
    """When no key at hand made a signature, a new key may bear an old name: the keys are fetched once more."""
    header = evidence.id_token.header
    is_known = header.get("alg") == evidence.verifier.algorithm and keys_named(evidence.keys, header.get("kid"))
    return bool(is_known) and not signature(evidence)


def keys_outlast(age_s: float) -> bool:
    """While the provider's keys cannot be had those that are known go on being used (KEY-11); an hour is our choice."""
    return age_s < LONGEST_WITHOUT_KEYS_S


def keys_kept(before: Sequence[RSAKey], fetched: Sequence[RSAKey]) -> Sequence[RSAKey]:  # noqa: ARG001  forgotten
    """What was fetched last is all that counts: a key that was withdrawn is forgotten (RFC 8725 section 3.5)."""
    return fetched


def refetch_allowed(recent: int) -> bool:
    """Keys are fetched again five times a minute at most: enough for a rotation, too few for a storm."""
    return recent < MOST_REFETCHES


def userinfo_claims(content: bytes) -> Mapping[str, Any] | None:
    """Userinfo is the JSON object that we asked for; a token in its place is not read, signed or not (Core 5.3.2)."""
    return json_object(content)


def provider_error(error: ProviderError) -> Refused:
    """An error of the provider ends the sign-in with a page that says what to do; it is never a crash."""
    if error.code == "access_denied":
        return Refused(reason="access-denied", step=error.step)
    if error.code in UNAVAILABLE:
        return Refused(reason="provider-unavailable", step=error.step)
    return Refused(reason="provider-error", step=error.step)
