"""Defects in what is kept, how long it is, and what the privacy log says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete

from relying_party.accounts import retention
from relying_party.accounts.models import Account
from relying_party.accounts.privacy_log import Outcome
from relying_party.defects.registry import defect
from relying_party.signin import keeping

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from relying_party.accounts.privacy_log import Entry
    from relying_party.accounts.retention import Kept
    from relying_party.signin.pupil import Applicant

TWO_YEARS = timedelta(days=730)
NEVER = datetime(9999, 1, 1, tzinfo=UTC)


@defect(replaces=keeping.log_entry, requirements=("LR-61",))
def refused_not_logged(entry: Entry, _applicant: Applicant | None) -> Entry | None:
    """Writes nothing into the privacy log about those who were refused."""
    return None if entry.outcome is Outcome.REFUSED else entry


@defect(replaces=keeping.log_entry, requirements=("LR-61",))
def admitted_not_logged(entry: Entry, _applicant: Applicant | None) -> Entry | None:
    """Writes nothing into the privacy log about those who came in."""
    return None if entry.outcome is Outcome.GRANTED else entry


@defect(replaces=keeping.log_entry, requirements=("LR-63",))
def name_in_privacy_log(entry: Entry, applicant: Applicant | None) -> Entry | None:
    """Writes the pupil's name into the privacy log."""
    return replace(entry, reason=applicant.name.family_name) if applicant else entry


@defect(replaces=retention.keep_until, requirements=("LR-18",))
def purged_after_two_years(kept: Kept) -> datetime:
    """Deletes accounts two years after the last sign-in."""
    return kept.last_sign_in_at + TWO_YEARS


@defect(replaces=retention.keep_until, requirements=("LR-19",))
def purged_never(_kept: Kept) -> datetime:
    """Keeps accounts for ever."""
    return NEVER


@defect(replaces=retention.delete_everything, requirements=("LR-19", "LR-22"))
def links_deleted_alone(session: Session, person_id: str) -> None:
    """Deletes the keys of an account, and leaves the person and what was told of them."""
    session.execute(delete(Account).where(Account.person_id == person_id))
