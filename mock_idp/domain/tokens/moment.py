"""Where and when a token was sent: what its members are compared with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Members = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Moment:
    """The exchange that carried a token. `at` in seconds since the epoch; `asked`: the authorization request."""

    issuer: str
    client_id: str | None
    at: float
    lifetime_s: int = 3600
    kids: tuple[str, ...] = ()
    asked: Members = field(default_factory=dict)
    header: Members = field(default_factory=dict)
    claims: Members = field(default_factory=dict)
