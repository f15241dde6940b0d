"""The guards: one named question per thing that must hold, asked in this order. The first no refuses the sign-in.

Each guard asks one thing and leaves all others to its neighbours, so the tuple below *is* the list of what is checked:
leave one out and exactly that door is open. The docstring of a guard is what a refusal page shows below.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from relying_party.signin.evidence import Evidence
from relying_party.signin.guards import (
    authorization_response,
    discovery,
    id_token,
    logout_token,
    refreshed_token,
    token_response,
    userinfo,
)
from relying_party.signin.refusal import Refused, Step

Holds = Callable[[Evidence], bool]


@dataclass(frozen=True, kw_only=True)
class Guard:
    """A question with its name, its place in the sign-in and its sentence."""

    name: str
    step: Step
    sentence: str
    holds: Holds


def _guards(step: Step, *questions: Holds) -> tuple[Guard, ...]:
    return tuple(Guard(name=name_of(ask), step=step, sentence=sentence_of(ask), holds=ask) for ask in questions)


def name_of(function: Callable[..., object]) -> str:
    """Return the public name of a guard or rule: `token_type` is `token-type`."""
    return function.__name__.replace("_", "-")


def sentence_of(function: Callable[..., object]) -> str:
    """Return the first line of a docstring."""
    return (function.__doc__ or "").strip().partition("\n")[0]


GUARDS: tuple[Guard, ...] = (
    *_guards(
        Step.DISCOVERY,
        discovery.discovery_issuer,
        discovery.endpoints,
        discovery.endpoints_at_home,
    ),
    *_guards(
        Step.AUTHORIZATION_RESPONSE,
        authorization_response.parameters_once,
        authorization_response.sign_in_begun,
        authorization_response.state,
        authorization_response.redirect_uri,
        authorization_response.response_issuer,
        authorization_response.code,
    ),
    *_guards(
        Step.TOKEN_RESPONSE,
        token_response.access_token,
        token_response.token_type,
    ),
    *_guards(
        Step.ID_TOKEN,
        id_token.id_token_present,
        id_token.compact_form,
        id_token.critical_header,
        id_token.token_kind,
        id_token.algorithm,
        id_token.signature,
        id_token.issuer,
        id_token.audience,
        id_token.authorized_party,
        id_token.expiry,
        id_token.not_before,
        id_token.issued_at,
        id_token.nonce,
        id_token.subject,
        id_token.authentication_moment,
        id_token.authentication_age,
        id_token.authentication_means,
        id_token.access_token_hash,
    ),
    *_guards(
        Step.USERINFO,
        userinfo.userinfo_subject,
    ),
    *_guards(
        Step.REFRESH,
        refreshed_token.refreshed_issuer,
        refreshed_token.refreshed_subject,
        refreshed_token.refreshed_audience,
        refreshed_token.refreshed_party,
        refreshed_token.refreshed_authentication,
        refreshed_token.refreshed_nonce,
    ),
    *_guards(
        Step.LOGOUT,
        logout_token.logout_form,
        logout_token.logout_kind,
        logout_token.logout_algorithm,
        logout_token.logout_signature,
        logout_token.logout_issuer,
        logout_token.logout_audience,
        logout_token.logout_expiry,
        logout_token.logout_issued_at,
        logout_token.logout_about,
        logout_token.logout_event,
        logout_token.logout_without_nonce,
    ),
)

OF_EVERY_ID_TOKEN: tuple[str, ...] = tuple(
    name_of(ask)
    for ask in (
        id_token.compact_form,
        id_token.critical_header,
        id_token.token_kind,
        id_token.algorithm,
        id_token.signature,
        id_token.expiry,
        id_token.not_before,
        id_token.issued_at,
        id_token.access_token_hash,
    )
)
"""What is asked of the ID token of a refresh too, before it is compared with the first one."""


def for_every_id_token(guards: Sequence[Guard]) -> tuple[Guard, ...]:
    """Return those of the guards that do not ask about the sign-in itself."""
    return tuple(guard for guard in guards if guard.name in OF_EVERY_ID_TOKEN)


def check(guards: Sequence[Guard], step: Step, evidence: Evidence) -> None:
    """Ask every guard of a step, in order.

    Raises:
        Refused: at the first guard that says no.
    """
    for guard in guards:
        if guard.step is step and not guard.holds(evidence):
            raise Refused(reason=guard.name, step=step)
