"""How a sign-in stands, in a few words: told from its exchanges."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from mock_idp.journal import Endpoint
from mock_idp.web.inspect.steps import title

if TYPE_CHECKING:
    from mock_idp.journal import Exchange, Flow

BAD: Final = 400
DECIDING: Final = (Endpoint.USERINFO, Endpoint.TOKEN, Endpoint.AUTHORIZATION_RESPONSE, Endpoint.AUTHORIZATION)
"""Whose last refusal is the end of a sign-in; at the sign-in page one may try again."""


class Tone(StrEnum):
    """How it is coloured; the words say it as well."""

    GOOD = "good"
    BAD = "bad"
    OPEN = "open"
    PLAIN = "plain"


AT_THE_PAGE: Final[tuple[Any, Tone]] = (_("At the sign-in page"), Tone.OPEN)
STANDS: Final[tuple[tuple[Endpoint, Any, Tone], ...]] = (
    (Endpoint.END_SESSION, _("Signed out"), Tone.PLAIN),
    (Endpoint.TOKEN, _("Tokens handed out"), Tone.GOOD),
    (Endpoint.AUTHORIZATION_RESPONSE, _("Code not redeemed"), Tone.OPEN),
)
"""How a sign-in stands when nothing was refused: the first row whose endpoint was reached."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Where a sign-in ended, so far."""

    words: str
    tone: Tone


def outcome(flow: Flow) -> Outcome:
    """Return how a sign-in stands."""
    by = {each.endpoint: each for each in flow.exchanges}  # the last one of each endpoint
    if not flow.flow:
        return _alone(flow.last)
    refused = next((by[each] for each in DECIDING if each in by and is_refused(by[each])), None)
    if refused is not None:
        return Outcome(words=_why(refused), tone=Tone.BAD)
    words, tone = next(((words, tone) for each, words, tone in STANDS if each in by), AT_THE_PAGE)
    return Outcome(words=str(words), tone=tone)


def is_refused(exchange: Exchange) -> bool:
    """Return whether the answer says that something was wrong."""
    return exchange.status >= BAD or bool(exchange.response.get("error"))


def _alone(exchange: Exchange) -> Outcome:
    if is_refused(exchange):
        return Outcome(words=_why(exchange), tone=Tone.BAD)
    return Outcome(words="", tone=Tone.PLAIN)


def _why(exchange: Exchange) -> str:
    reason = exchange.response.get("error") or exchange.response.get("refused") or exchange.status
    return str(gettext("Refused: %(reason)s", reason=str(reason)[:60]))


def headline(flow: Flow) -> str:
    """Return what it is about: who signs in, or what was asked outside a sign-in."""
    if not flow.flow:
        is_mixed = len({each.endpoint for each in flow.exchanges}) > 1
        return str(gettext("Metadata and keys are read")) if is_mixed else title(flow.last)
    names = (each.response.get("signed_in") for each in reversed(flow.exchanges))
    who = next((str(name) for name in names if name), "")
    return who or str(gettext("Nobody yet"))
