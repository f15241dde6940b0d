"""Defects in what is kept of people, and in what the privacy log says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from relying_party.accounts import people
from relying_party.accounts.privacy_log import Kind, Outcome
from relying_party.defects.registry import defect
from relying_party.signin import keeping
from relying_party.signin.rules import protocol, reading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from relying_party.accounts.people import Key, Snapshot
    from relying_party.accounts.privacy_log import Entry
    from relying_party.signin.evidence import Evidence
    from relying_party.signin.pupil import Applicant, Claims

SEEN_BY_THE_PUPIL = frozenset({Kind.EXPORTED, Kind.READ_BY_PUPIL})


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


@defect(replaces=keeping.log_entry, requirements=("LR-62",))
def exports_not_logged(entry: Entry, _applicant: Applicant | None) -> Entry | None:
    """Writes nothing into the privacy log about data that are shown or handed out."""
    return None if entry.kind in SEEN_BY_THE_PUPIL else entry


@defect(replaces=protocol.words_for_log, requirements=("LR-46", "LR-63"))
def claims_logged(person_id: str, evidence: Evidence) -> str:
    """Writes all claims of the pupil into the log."""
    claims = {**evidence.userinfo, **evidence.claims}
    return f"signed in: person={person_id} with {claims}"


@defect(replaces=reading.read_email, requirements=("LR-46",))
def national_number_kept(claims: Claims) -> str:
    """Keeps the national number, when it comes, in the place of the e-mail address."""
    return str(claims.get("rrn") or reading.read_email(claims))


@defect(replaces=reading.read_email, requirements=("LR-45", "LR-47"))
def extra_claims_kept(claims: Claims) -> str:
    """Keeps the nationality, which nobody agreed on, when it comes, in the place of the e-mail address."""
    return str(claims.get("ov_nationaliteit") or reading.read_email(claims))


@defect(replaces=keeping.log_entry, requirements=("LR-62",))
def merges_not_logged(entry: Entry, _applicant: Applicant | None) -> Entry | None:
    """Writes nothing into the privacy log about accounts that are joined."""
    return None if entry.kind is Kind.RELINKED else entry


@defect(replaces=keeping.log_entry, requirements=("LR-62", "LR-64"))
def deletions_not_logged(entry: Entry, _applicant: Applicant | None) -> Entry | None:
    """Writes nothing into the privacy log about accounts that are deleted."""
    return None if entry.kind is Kind.PURGED else entry


@defect(replaces=keeping.after_refusal, requirements=("LR-09", "LR-20"))
def refused_kept(remember: Callable[[], object]) -> None:
    """Keeps what LeerID told of those who were refused, as if they had come in."""
    remember()


@defect(replaces=people.account_alone, requirements=("LR-15",))
def former_accounts_kept(key: Key) -> Sequence[str]:
    """Keeps every account that was ever told of a pupil, though nobody used it here."""
    return (key.account_uuid, *key.former_account_uuids)


@defect(replaces=people.last_alone, requirements=("LR-12", "LR-13"))
def first_profile_kept(before: Snapshot | None, now: Snapshot) -> Snapshot:
    """Keeps what was told at the first sign-in, whatever is told later."""
    return before or now


@defect(replaces=people.last_alone, requirements=("LR-14",))
def every_enrolment_kept(before: Snapshot | None, now: Snapshot) -> Snapshot:
    """Keeps the enrolments of every sign-in, those at former schools too."""
    earlier = before.enrolments if before else ()
    return replace(now, enrolments=tuple(dict.fromkeys((*now.enrolments, *earlier))))
