"""Decisions about who somebody is here, across accounts and years (protocol, article 3), and about what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relying_party.accounts.people import KeptEnrolment, Key, Snapshot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relying_party.signin.pupil import Applicant, Enrolment


def person_key(applicant: Applicant) -> Key:
    """The leer_id_uuid when there is one, else the account; never name, birth date or e-mail (LR-26 to LR-31).

    Each issuer has words of its own: what two of them call the same are two (Core 5.7).
    """
    account = applicant.account_uuid or applicant.subject
    return Key(issuer=applicant.issuer, leer_id_uuid=applicant.leer_id_uuid, account_uuid=account)


def former_accounts(applicant: Applicant) -> tuple[str, ...]:
    """An identified pupil takes along what was done under earlier accounts (LR-32, LR-33)."""
    return applicant.former_account_uuids if applicant.is_identified else ()


def conflict(leer_id_uuid: str, found: Sequence[str | None]) -> bool:
    """Two different leer_id_uuid are two pupils: nothing is joined, nothing is opened (LR-36, LR-37)."""
    known = {other for other in (*found, leer_id_uuid) if other}
    return len(known) > 1


def snapshot(applicant: Applicant, admitted: Sequence[Enrolment]) -> Snapshot:
    """Only the listed data are kept, and of the enrolments only those at partner schools (LR-06, LR-47)."""
    return Snapshot(
        account_uuid=applicant.account_uuid,
        former_account_uuids=applicant.former_account_uuids,
        given_name=applicant.name.given_name,
        family_name=applicant.name.family_name,
        birth_day=applicant.birth_date.day,
        birth_month=applicant.birth_date.month,
        birth_year=applicant.birth_date.year,
        email=applicant.email,
        enrolments=tuple(_kept(line) for line in admitted),
    )


def _kept(line: Enrolment) -> KeptEnrolment:
    return KeptEnrolment(
        school_number=line.school_number,
        pupil_number=line.pupil_number,
        main_structure=line.main_structure,
        group_code=line.group_code,
        group_name=line.group_name,
    )
