"""What the dossier check finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mock_idp.domain.claims import Certainty


class Weight(StrEnum):
    """What it means for the application."""

    MISSING = "missing"
    """It cannot work at ACM, or leaves pupils unprotected."""
    ODD = "odd"
    """It may be meant so; somebody should look."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing about one client: at which key, what, what to do, and what that rests on."""

    client_id: str
    key: str
    weight: Weight
    sentence: str
    hint: str
    certainty: Certainty
