"""Defects in deciding who somebody is."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from relying_party.accounts.people import Key
from relying_party.defects.registry import defect
from relying_party.signin.rules import person

if TYPE_CHECKING:
    from relying_party.signin.pupil import Applicant


@defect(replaces=person.person_key, requirements=("LR-31", "LR-38"))
def name_as_key(applicant: Applicant) -> Key:
    """Takes pupils with one name and birth date for one person."""
    parts = (*vars(applicant.name).values(), *vars(applicant.birth_date).values())
    return Key(leer_id_uuid="", account_uuid="|".join(parts))


@defect(replaces=person.person_key, requirements=("LR-43",))
def email_as_key(applicant: Applicant) -> Key:
    """Takes pupils with one e-mail address for one person."""
    key = person.person_key(applicant)
    return Key(leer_id_uuid="", account_uuid=applicant.email) if applicant.email else key


@defect(replaces=person.person_key, requirements=("LR-26", "LR-27", "LR-28"))
def account_as_key(applicant: Applicant) -> Key:
    """Takes the two accounts of one pupil for two persons."""
    return Key(leer_id_uuid="", account_uuid=person.person_key(applicant).account_uuid)


@defect(replaces=person.person_key, requirements=("LR-26",))
def new_person_each_time(_applicant: Applicant) -> Key:
    """Makes a new person of every sign-in."""
    return Key(leer_id_uuid="", account_uuid=secrets.token_hex())


@defect(replaces=person.former_accounts, requirements=("LR-32", "LR-33"))
def history_ignored(_applicant: Applicant) -> tuple[str, ...]:
    """Forgets what a pupil did before being identified."""
    return ()
