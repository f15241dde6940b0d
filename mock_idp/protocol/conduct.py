"""Who an issuer is, and how it behaves now: read at every request, for both can change while the mock runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from mock_idp.settings import Policy

MAIN: Final = "op"
"""The name of the issuer that is always there; every other one is a sibling."""


@dataclass(kw_only=True)
class Conduct:
    """`identifier` is the issuer of discovery, without trailing slash; `armed` bends whatever this issuer says."""

    name: str
    identifier: str
    policy: Policy
    is_open: bool = True
    default_profile: str | None = None
    armed: tuple[str, ...] = ()
