"""What was asked beside what was answered, from the mock's journal: the members that have to fit each other. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

Told = Mapping[str, Any]
Pick = Callable[[Told], Any]


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One member on both sides; `fits` is false where a sound application sees that something is wrong."""

    what: str
    asked: Any
    answered: Any
    fits: bool


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two members that have to fit: one of an earlier exchange, one of a later one."""

    what: str
    earlier: str
    asked: Pick
    later: str
    answered: Pick


def _asked(name: str) -> Pick:
    return lambda exchange: (exchange.get("request") or {}).get(name)


def _answered(name: str) -> Pick:
    return lambda exchange: (exchange.get("response") or {}).get(name)


def _claim(name: str) -> Pick:
    return lambda exchange: ((exchange.get("id_token") or {}).get("claims") or {}).get(name)


PAIRS: Final = tuple(
    Pair(what=what, earlier=earlier, asked=asked, later=later, answered=answered)
    for what, earlier, asked, later, answered in (
        ("state", "authorization", _asked("state"), "authorization-response", _answered("state")),
        ("redirect_uri", "authorization", _asked("redirect_uri"), "token", _asked("redirect_uri")),
        ("code", "authorization-response", _answered("code"), "token", _asked("code")),
        ("nonce", "authorization", _asked("nonce"), "token", _claim("nonce")),
        ("client_id and aud", "authorization", _asked("client_id"), "token", _claim("aud")),
        ("issuer and iss", "discovery", _answered("issuer"), "token", _claim("iss")),
        ("sub of ID token and userinfo", "token", _claim("sub"), "userinfo", _answered("sub")),
    )
)
"""What has to fit, in the order of the protocol. A new pair is a row here."""


TELLING: Final = ("alg", "kid", "typ", "iss", "aud", "azp", "nonce", "sub", "iat", "nbf", "exp", "at_hash", "acr")
"""Members of an ID token that a check looks at; the others say who somebody is."""


def conversation(exchanges: Iterable[Told]) -> str:
    """Which endpoints were met, in order, with the status and what was bent there."""
    return ", ".join(map(_endpoint, exchanges))


def _endpoint(exchange: Told) -> str:
    bent = f" (bent: {', '.join(exchange['fired'])})" if exchange.get("fired") else ""
    return f"{exchange.get('endpoint')} {exchange.get('status')}{bent}"


def last_token(exchanges: Iterable[Told]) -> str:
    """The members of the last ID token that a check looks at, decoded; nothing without a token."""
    tokens = [token for exchange in exchanges if (token := exchange.get("id_token"))]
    members = {**tokens[-1].get("header", {}), **tokens[-1].get("claims", {})} if tokens else {}
    return ", ".join(f"{name} {members[name]!r}" for name in TELLING if name in members)


def compared(exchanges: Iterable[Told]) -> tuple[Compared, ...]:
    """Every pair of which both exchanges took place, in the same sign-in."""
    return tuple(_compared(tuple(exchanges)))


def misfits(exchanges: Iterable[Told]) -> tuple[str, ...]:
    """The pairs that do not fit, each in a sentence."""
    return tuple(
        f"{pair.what}: {_said(pair.asked)} was asked, {_said(pair.answered)} came"
        for pair in compared(exchanges)
        if not pair.fits
    )


def _compared(exchanges: tuple[Told, ...]) -> Iterator[Compared]:
    for place, exchange in enumerate(exchanges):
        for pair in PAIRS:
            if exchange.get("endpoint") != pair.later or not _worked(exchange):
                continue
            before = _before(exchanges[:place], pair.earlier, exchange)
            asked, answered = pair.asked(before or {}), pair.answered(exchange)
            if asked is not None:
                yield Compared(what=pair.what, asked=asked, answered=answered, fits=_fit(asked, answered))


def _before(earlier: tuple[Told, ...], endpoint: str, exchange: Told) -> Told | None:
    """The last exchange at an endpoint before this one, of the same sign-in; metadata are shared by all."""
    shared = endpoint == "discovery"
    found = (each for each in reversed(earlier) if shared or each.get("stage") == exchange.get("stage"))
    return next((each for each in found if each.get("endpoint") == endpoint), None)


def _worked(exchange: Told) -> bool:
    """Whether the provider answered with what was asked, not with an error."""
    status = exchange.get("status")
    return isinstance(status, int) and status < 400 and "error" not in (exchange.get("response") or {})  # noqa: PLR2004


def _fit(asked: Any, answered: Any) -> bool:
    return asked in answered if isinstance(answered, list) else bool(asked == answered)


def _said(value: Any) -> str:
    return "nothing" if value is None else repr(value)
