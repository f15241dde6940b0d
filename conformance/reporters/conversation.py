"""The conversation of a scenario as it really took place: one arrow per exchange, drawn from the mock's journal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

Lane = Literal["browser", "application", "provider"]

ROUTES: Final[Mapping[str, tuple[Lane, Lane]]] = {
    "discovery": ("application", "provider"),
    "jwks": ("application", "provider"),
    "authorization": ("browser", "provider"),
    "sign-in": ("browser", "provider"),
    "authorization-response": ("provider", "application"),
    "token": ("application", "provider"),
    "userinfo": ("application", "provider"),
    "end-session": ("browser", "provider"),
    "backchannel-logout": ("provider", "application"),
}
"""Who asks whom. The authorization response goes from provider to application, through the browser."""


@dataclass(frozen=True, kw_only=True)
class Arrow:
    """One exchange: who asked whom, what came back, and whether something was bent there."""

    source: Lane
    target: Lane
    exchange: Mapping[str, Any]

    @property
    def is_bent(self) -> bool:
        """Whether a fault or circumstance changed something here."""
        return bool(self.exchange.get("fired"))

    @property
    def is_refused(self) -> bool:
        """Whether the provider answered with an error."""
        status = self.exchange.get("status")
        return isinstance(status, int) and status >= 400  # noqa: PLR2004  errors of HTTP begin there


def arrows(exchanges: Iterable[Mapping[str, Any]]) -> tuple[Arrow, ...]:
    """An arrow for each exchange, in order; what is at an unknown endpoint goes from browser to provider."""
    unknown: tuple[Lane, Lane] = ("browser", "provider")
    return tuple(
        Arrow(source=source, target=target, exchange=exchange)
        for exchange in exchanges
        for source, target in (ROUTES.get(str(exchange.get("endpoint")), unknown),)
    )
