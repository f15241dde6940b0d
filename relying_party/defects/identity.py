"""Defects in deciding who somebody is."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

from relying_party.defects.registry import defect
from relying_party.signin.rules import person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relying_party.accounts.people import Key, Snapshot
    from relying_party.signin.pupil import Applicant, Enrolment


@defect(replaces=person.person_key, requirements=("LR-31", "LR-38"))
def name_as_key(applicant: Applicant) -> Key:
    """Takes pupils with one name and birth date for one person."""
    parts = (*vars(applicant.name).values(), *vars(applicant.birth_date).values())
    return _known_by(applicant, "|".join(parts))


@defect(replaces=person.person_key, requirements=("LR-43",))
def email_as_key(applicant: Applicant) -> Key:
    """Takes pupils with one e-mail address for one person."""
    return _known_by(applicant, applicant.email) if applicant.email else person.person_key(applicant)


@defect(replaces=person.person_key, requirements=("LR-56",))
def register_number_as_key(applicant: Applicant) -> Key:
    """Takes pupils with one register number for one person, whatever their school."""
    number = applicant.enrolments[0].pupil_number if applicant.enrolments else ""
    return _known_by(applicant, number) if number else person.person_key(applicant)


@defect(replaces=person.person_key, requirements=("LR-26", "LR-27", "LR-28"))
def account_as_key(applicant: Applicant) -> Key:
    """Takes the two accounts of one pupil for two persons."""
    return _known_by(applicant, person.person_key(applicant).account_uuid)


@defect(replaces=person.person_key, requirements=("LR-26",))
def new_person_each_time(applicant: Applicant) -> Key:
    """Makes a new person of every sign-in."""
    return _known_by(applicant, secrets.token_hex())


@defect(replaces=person.person_key, requirements=("CLM-08", "CLM-37"))
def issuer_left_out_of_key(applicant: Applicant) -> Key:
    """Takes a person of one issuer for the one whom another issuer calls the same."""
    return replace(person.person_key(applicant), issuer="")


@defect(replaces=person.former_accounts, requirements=("LR-32", "LR-33"))
def history_ignored(_applicant: Applicant) -> tuple[str, ...]:
    """Forgets what a pupil did before being identified."""
    return ()


@defect(replaces=person.conflict, requirements=("LR-36", "LR-37"))
def history_believed(_leer_id_uuid: str, _found: Sequence[str | None]) -> bool:
    """Joins whatever accounts a history names, those of another pupil too."""
    return False


@defect(replaces=person.person_key, requirements=("LR-29", "LR-30"))
def leer_id_invented(applicant: Applicant) -> Key:
    """Gives pupils who are not identified a leer_id_uuid of its own making."""
    key = person.person_key(applicant)
    return key if key.leer_id_uuid else replace(key, leer_id_uuid=secrets.token_hex())


@defect(replaces=person.conflict, requirements=("LR-36",))
def other_leer_id_crashes(leer_id_uuid: str, found: Sequence[str | None]) -> bool:
    """Crashes when a known account comes with another leer_id_uuid than before."""
    if person.conflict(leer_id_uuid, found):
        raise ValueError("nobody thought of that")
    return False


@defect(replaces=person.snapshot, requirements=("LR-53",))
def family_name_not_kept(applicant: Applicant, admitted: Sequence[Enrolment]) -> Snapshot:
    """Keeps the first word of a family name, as if no name had two."""
    told = person.snapshot(applicant, admitted)
    return replace(told, family_name=told.family_name.partition(" ")[0])


@defect(replaces=person.snapshot, requirements=("LR-55",))
def pupil_number_as_number(applicant: Applicant, admitted: Sequence[Enrolment]) -> Snapshot:
    """Keeps register numbers as numbers, without the zeros in front."""
    told = person.snapshot(applicant, admitted)
    lines = tuple(replace(line, pupil_number=line.pupil_number.lstrip("0")) for line in told.enrolments)
    return replace(told, enrolments=lines)


def _known_by(applicant: Applicant, account: str) -> Key:
    return replace(person.person_key(applicant), leer_id_uuid="", account_uuid=account)
