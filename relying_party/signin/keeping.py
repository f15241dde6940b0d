"""The decisions about what is kept, deleted and logged, each under its name beside the rules of the sign-in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from relying_party.accounts import retention

if TYPE_CHECKING:
    from collections.abc import Callable

    from relying_party.accounts.privacy_log import Entry
    from relying_party.signin.pupil import Applicant


def log_entry(entry: Entry, applicant: Applicant | None) -> Entry | None:  # noqa: ARG001  a sound rule adds nothing
    """The privacy log says that somebody came, or was refused, by the key alone (LR-61, LR-63)."""
    return entry


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """One field per decision; the field's name is the decision's name."""

    log_entry: Callable[[Entry, Applicant | None], Entry | None] = log_entry
    keep_until: retention.KeepUntil = retention.keep_until
    delete_everything: retention.Delete = retention.delete_everything


KEPT = Keeping()
