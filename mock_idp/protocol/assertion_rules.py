"""What ACM demands of a client assertion, as far as clients report it: one small rule each, strict or lenient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from mock_idp.protocol.jose import ALGORITHM
from mock_idp.settings.policy import Audience, Strictness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mock_idp.protocol.conduct import Conduct
    from mock_idp.settings import Policy

    Rule = Callable[["Presented"], str | None]
    Switch = Callable[[Policy], Strictness]

LONGEST_S: Final = 600
SKEW_S: Final = 10


@dataclass(frozen=True, kw_only=True)
class Presented:
    """An assertion that was opened, and what its rules compare it with. `now`: seconds since the epoch."""

    header: Mapping[str, Any]
    claims: Mapping[str, Any]
    conduct: Conduct
    now: float


@dataclass(frozen=True, kw_only=True)
class Complaint:
    """A broken rule. `is_refused`: the request fails; else the journal tells it."""

    sentence: str
    is_refused: bool


def complaints(presented: Presented) -> Iterator[Complaint]:
    """Yield every broken rule, in the order of the table."""
    for rule, switch in RULES:
        if sentence := rule(presented):
            yield Complaint(sentence=sentence, is_refused=switch(presented.conduct.policy) == Strictness.STRICT)


def _speaks_for_itself(presented: Presented) -> str | None:
    claims = presented.claims
    return None if claims.get("iss") == claims.get("sub") else "iss and sub must both be the client_id."


def _is_for_the_issuer(presented: Presented) -> str | None:
    issuer, taken = presented.conduct.identifier, presented.conduct.policy.assertion_audience
    audience = presented.claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    wanted = [issuer, *([f"{issuer}/v1/token"] if taken == Audience.ISSUER_OR_TOKEN_ENDPOINT else [])]
    if taken == Audience.ANY or any(each in audiences for each in wanted):
        return None
    if f"{issuer}/v1/token" in audiences:
        return f"the assertion's aud is the token endpoint; ACM wants the issuer, {issuer}."
    return f"aud must be the issuer, {issuer}."


def _expires(presented: Presented) -> str | None:
    expiry = presented.claims.get("exp")
    if not isinstance(expiry, (int, float)) or isinstance(expiry, bool):
        return "exp is missing or not a number."
    if expiry < presented.now - SKEW_S:
        return "it has expired."
    return None if expiry <= presented.now + LONGEST_S + SKEW_S else "exp must be at most ten minutes ahead."


def _has_begun(presented: Presented) -> str | None:
    for name in ("iat", "nbf"):
        moment = presented.claims.get(name, 0)
        if not isinstance(moment, (int, float)) or moment > presented.now + SKEW_S:
            return f"{name} lies in the future, or is no number."
    return None


def _has_an_id(presented: Presented) -> str | None:
    jti = presented.claims.get("jti")
    return None if isinstance(jti, str) and jti else "jti is missing."


def _tells_its_age(presented: Presented) -> str | None:
    return None if "iat" in presented.claims else "iat is missing."


def _names_its_key(presented: Presented) -> str | None:
    return None if presented.header.get("kid") else "the header names no key (kid), so every registered one is tried."


def _is_signed_as_acm_does(presented: Presented) -> str | None:
    return None if presented.header.get("alg") == ALGORITHM else f"alg must be {ALGORITHM}."


def _always(policy: Policy) -> Strictness:
    del policy
    return Strictness.STRICT


RULES: Final[tuple[tuple[Rule, Switch], ...]] = (
    (_is_signed_as_acm_does, lambda policy: policy.assertion_algorithm),
    (_names_its_key, lambda policy: policy.assertion_kid),
    (_speaks_for_itself, _always),
    (_is_for_the_issuer, _always),
    (_expires, lambda policy: policy.assertion_lifetime),
    (_has_begun, lambda policy: policy.assertion_lifetime),
    (_tells_its_age, lambda policy: policy.assertion_iat),
    (_has_an_id, lambda policy: policy.assertion_jti),
)
"""Each rule, and the switch of the policy that makes it strict or lenient."""
