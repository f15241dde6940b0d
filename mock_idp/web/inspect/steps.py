"""The sequence of a sign-in: each exchange as arrows between browser, application and provider."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from mock_idp.journal import Endpoint
from mock_idp.web.inspect.curl import PATHS, curl, in_order
from mock_idp.web.inspect.issuers import answering

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mock_idp.journal import Exchange, Flow
    from mock_idp.provider import Provider

TOLD: Final = ("error", "refused", "shown", "signed_in", "answered")
"""Members of an answer that say it all, with their value."""

NAMED: Final = 4
"""So many members of an answer are named on its arrow."""


class Lane(IntEnum):
    """Who takes part, in the order of the lanes."""

    BROWSER = 1
    APPLICATION = 2
    PROVIDER = 3


LANES: Final[Mapping[Lane, Any]] = {
    Lane.BROWSER: _("Browser"),
    Lane.APPLICATION: _("Application"),
    Lane.PROVIDER: _("Provider"),
}

ASKS: Final[Mapping[str, tuple[Lane, Any]]] = {
    Endpoint.DISCOVERY: (Lane.APPLICATION, _("The application reads the discovery document")),
    Endpoint.JWKS: (Lane.APPLICATION, _("The application reads the keys")),
    Endpoint.AUTHORIZATION: (Lane.BROWSER, _("The application sends the browser to sign in")),
    Endpoint.SIGN_IN: (Lane.BROWSER, _("The sign-in page is opened")),
    Endpoint.AUTHORIZATION_RESPONSE: (Lane.PROVIDER, _("The browser takes the answer to the application")),
    Endpoint.TOKEN: (Lane.APPLICATION, _("The application redeems the code")),
    Endpoint.USERINFO: (Lane.APPLICATION, _("The application asks who signed in")),
    Endpoint.INTROSPECTION: (Lane.APPLICATION, _("The application asks what a token is worth")),
    Endpoint.END_SESSION: (Lane.BROWSER, _("The application signs out")),
    Endpoint.BACKCHANNEL_LOGOUT: (Lane.PROVIDER, _("The provider tells the application that somebody signed out")),
    Endpoint.TRAP: (Lane.APPLICATION, _("The application follows an address that it was to leave alone")),
}
"""Who asks at each endpoint, and what that means."""

GRANTS: Final[Mapping[str, Any]] = {
    "refresh_token": _("The application renews its tokens"),
    "client_credentials": _("The application asks for a token of its own"),
    "urn:ietf:params:oauth:grant-type:token-exchange": _("The application exchanges a token"),
}
"""What a request to the token endpoint means when it redeems no code."""


@dataclass(frozen=True, kw_only=True)
class Arrow:
    """One message. `is_unseen`: between two others, so that the journal cannot know whether it arrived."""

    start: Lane
    end: Lane
    label: str
    detail: str = ""
    is_answer: bool = False
    is_unseen: bool = False

    @property
    def spoken(self) -> str:
        """Who speaks to whom, in words."""
        sentence: str = gettext("%(start)s to %(end)s:", start=LANES[self.start], end=LANES[self.end])
        return sentence


@dataclass(frozen=True, kw_only=True)
class Redemption:
    """How long a code waited, of how long it may."""

    waited_s: float
    allowed_s: int

    @property
    def is_late(self) -> bool:
        """Whether it came too late."""
        return self.waited_s >= self.allowed_s


@dataclass(frozen=True, kw_only=True)
class Step:
    """One exchange as it is shown. `after_s`: since the sign-in began; `pause_s`: since the answer before."""

    exchange: Exchange
    title: str
    arrows: tuple[Arrow, ...]
    began: datetime
    after_s: float
    pause_s: float | None
    redemption: Redemption | None
    sent: tuple[tuple[str, Any], ...]
    answered: tuple[tuple[str, Any], ...]
    curl: str


def steps(flow: Flow, provider: Provider) -> Iterator[Step]:
    """Yield every exchange of a sign-in."""
    start, before = began(flow.first), None
    for each in flow.exchanges:
        issuer = answering(each, provider)
        yield Step(
            exchange=each,
            title=title(each),
            arrows=tuple(_arrows(each, issuer.identifier)),
            began=began(each),
            after_s=(began(each) - start).total_seconds(),
            pause_s=(began(each) - before).total_seconds() if before else None,
            redemption=_redemption(each, flow, issuer.policy.code_ttl_s),
            sent=tuple(in_order(each.request)),
            answered=tuple(in_order(each.response)),
            curl=curl(each, issuer.identifier),
        )
        before = ended(each)


def ended(exchange: Exchange) -> datetime:
    """Return when the answer went out."""
    return datetime.fromisoformat(exchange.at)


def began(exchange: Exchange) -> datetime:
    """Return when the request came in."""
    return ended(exchange) - timedelta(milliseconds=exchange.duration_ms)


def title(exchange: Exchange) -> str:
    """Return what an exchange means, in words."""
    if exchange.endpoint == Endpoint.SIGN_IN and exchange.method == "POST":
        return str(gettext("The pupil answers the sign-in page"))
    grant = GRANTS.get(str(exchange.request.get("grant_type"))) if exchange.endpoint == Endpoint.TOKEN else None
    return str(grant or ASKS.get(exchange.endpoint, (None, exchange.endpoint))[1])


def _arrows(exchange: Exchange, issuer: str) -> Iterator[Arrow]:
    if exchange.endpoint == Endpoint.AUTHORIZATION_RESPONSE:
        yield from _carried(exchange)
        return
    asking = ASKS[exchange.endpoint][0] if exchange.endpoint in ASKS else Lane.APPLICATION
    path = f"{urlsplit(issuer).path}{PATHS.get(exchange.endpoint, '/sign-in/…')}"
    yield Arrow(start=asking, end=Lane.PROVIDER, label=f"{exchange.method} {path}", detail=_asked(exchange))
    yield Arrow(
        start=Lane.PROVIDER, end=asking, label=str(exchange.status), detail=_told(exchange.response), is_answer=True
    )


def _carried(exchange: Exchange) -> Iterator[Arrow]:
    mode = str(exchange.request.get("response_mode") or "query")
    address = str(exchange.request.get("redirect_uri") or "")
    yield Arrow(
        start=Lane.PROVIDER,
        end=Lane.BROWSER,
        label=f"{exchange.status} {mode}",
        detail=_told(exchange.response),
        is_answer=True,
    )
    method = "POST" if mode == "form_post" else "GET"
    yield Arrow(
        start=Lane.BROWSER,
        end=Lane.APPLICATION,
        label=f"{method} {_path(address)}",
        detail=str(gettext("not seen from here")),
        is_unseen=True,
    )


def _path(address: str) -> str:
    try:
        return urlsplit(address).path or "/"
    except ValueError:  # an address that the application sent, and nobody can follow
        return address


def _asked(exchange: Exchange) -> str:
    """Return what a request is about: the one parameter that says most."""
    names = ("grant_type", "scope", "client_auth", "persona", "user_name", "username", "post_logout_redirect_uri")
    told = [str(exchange.request[name]) for name in names if exchange.request.get(name)]
    return ", ".join(told[:2])


def _told(response: Mapping[str, Any]) -> str:
    for name in TOLD:
        if response.get(name):
            return f"{name}={response[name]}"
    names = [name for name, _ in in_order(response)]
    rest = len(names) - NAMED
    more = f" + {ngettext('%(num)s more', '%(num)s more', rest)}" if rest > 0 else ""
    return ", ".join(names[:NAMED]) + more


def _redemption(exchange: Exchange, flow: Flow, allowed_s: int) -> Redemption | None:
    """Return how long the code waited, for a request that redeems it."""
    if exchange.endpoint != Endpoint.TOKEN or "code" not in exchange.request:
        return None
    carried = [each for each in flow.exchanges if each.response.get("code") == exchange.request["code"]]
    if not carried:
        return None
    waited = (began(exchange) - ended(carried[0])).total_seconds()
    return Redemption(waited_s=max(0.0, waited), allowed_s=allowed_s)
