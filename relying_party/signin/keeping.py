"""The decisions about what is kept, deleted and logged, each under its name beside the rules of the sign-in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from relying_party.accounts import people, retention

if TYPE_CHECKING:
    from collections.abc import Callable

    from relying_party.accounts.privacy_log import Entry
    from relying_party.signin.pupil import Applicant


def log_entry(entry: Entry, applicant: Applicant | None) -> Entry | None:  # noqa: ARG001  a sound rule adds nothing
    """The privacy log says everything that happens to somebody's data, by the key alone (LR-61, LR-62, LR-63).

    `applicant`: who asks to come in, where that is known; None for everything that happens later.
    """
    return entry


def after_refusal(remember: Callable[[], object]) -> None:
    """Of a refused attempt nothing is kept, and it starts no three years again (LR-09, LR-20)."""


def may_purge(issuer: str) -> bool:  # noqa: ARG001  a sound rule asks nobody
    """A purge works from what is kept here alone, whether the provider is there or not (LR-24, LR-69)."""
    return True


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """One field per decision; the field's name is the decision's name."""

    log_entry: Callable[[Entry, Applicant | None], Entry | None] = log_entry
    after_refusal: Callable[[Callable[[], object]], None] = after_refusal
    account_alone: people.Linked = people.account_alone
    last_alone: people.Replaced = people.last_alone
    may_purge: Callable[[str], bool] = may_purge
    keep_until: retention.KeepUntil = retention.keep_until
    delete_everything: retention.Delete = retention.delete_everything


KEPT = Keeping()
