"""Defects in deciding who comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from relying_party.defects.registry import defect
from relying_party.signin.rules import admission

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from relying_party.signin.pupil import Applicant, Enrolment
    from relying_party.signin.schools import PartnerSchools


@defect(replaces=admission.pupil_role, requirements=("LR-08",))
def pupil_role_unchecked(_claims: Mapping[str, Any]) -> bool:
    """Lets any user of ACM in, teachers too."""
    return True


@defect(replaces=admission.enrolment, requirements=("LR-01", "LR-02", "LR-03", "LR-10"))
def enrolment_unchecked(_applicant: Applicant) -> bool:
    """Lets pupils in who are not enrolled, or whose enrolments cannot be read."""
    return True


@defect(replaces=admission.enrolments_in_force, requirements=("LR-06",))
def first_enrolment_only(enrolments: Sequence[Enrolment], today: date) -> tuple[Enrolment, ...]:
    """Looks at the first enrolment only."""
    return admission.enrolments_in_force(enrolments, today)[:1]


@defect(replaces=admission.enrolments_in_force, requirements=("LR-03", "LR-04"))
def enrolment_dates_ignored(enrolments: Sequence[Enrolment], _today: date) -> Sequence[Enrolment]:
    """Counts enrolments that have ended or have yet to begin, though their dates are delivered."""
    return enrolments


@defect(replaces=admission.partner_school, requirements=("LR-05",))
def partner_school_unchecked(_applicant: Applicant, _schools: PartnerSchools) -> bool:
    """Lets pupils of any school in."""
    return True


@defect(replaces=admission.agreement_dates, requirements=("LR-07",))
def agreement_dates_unchecked(_applicant: Applicant, _schools: PartnerSchools, _today: date) -> bool:
    """Lets pupils in whose school has an agreement no more."""
    return True


KNOWN_STRUCTURES = {"111", "121", "211", "221", "311", "312", "315", "321", ""}


@defect(replaces=admission.enough_data, requirements=("LR-57",))
def structures_known_alone(applicant: Applicant) -> bool:
    """Refuses pupils whose structure code is not in a list of its own."""
    return all(line.main_structure.lstrip("0") in KNOWN_STRUCTURES for line in applicant.enrolments)


@defect(replaces=admission.enough_data, requirements=("LR-41",))
def email_required(applicant: Applicant) -> bool:
    """Refuses pupils without an e-mail address."""
    return bool(applicant.email)


@defect(replaces=admission.enough_data, requirements=("LR-29",))
def leer_id_required(applicant: Applicant) -> bool:
    """Refuses pupils who are not identified yet."""
    return applicant.is_identified


@defect(replaces=admission.enough_data, requirements=("LR-53",))
def given_name_required(applicant: Applicant) -> bool:
    """Refuses pupils without a first name."""
    return bool(applicant.name.given_name)


@defect(replaces=admission.enough_data, requirements=("LR-06",))
def secondary_education_only(applicant: Applicant) -> bool:
    """Refuses pupils of a partner school who are in another kind of education than secondary."""
    return all(line.main_structure == "311" for line in applicant.enrolments)
