"""How the LeerID platform behaves where nobody has published it: every rule is a guess, and a switch."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Rotation(StrEnum):
    """When a temporary account gets a new uuid without a command (unknown U10)."""

    BY_ITSELF = "by-itself"
    """At a new school and at the beginning of each school year: the default."""
    LASTING = "lasting"
    """Never."""
    PER_SIGN_IN = "per-sign-in"
    """At every sign-in: the hardest case for an application."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """The rules in force. The defaults are the testbed's reading of the protocol (article 3)."""

    keeps_account_uuid: bool = False
    """Whether the account keeps its uuid when the pupil is identified (U7)."""
    changes_leer_id: bool = False
    """Whether a number of the register that replaces a BIS number brings a new leer_id_uuid (U9)."""
    rotation: Rotation = Rotation.BY_ITSELF
