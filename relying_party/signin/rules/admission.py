"""Decisions about who comes in (protocol, articles 2 and 3), asked in the order in which they stand here.

As with the guards, each asks one thing: `enrolment` speaks of pupils, `partner_school` of those who are enrolled,
`agreement_dates` of those at a partner school. Together they leave no gap; none does another's work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from relying_party.signin.pupil import Applicant, Enrolment, texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from relying_party.signin.schools import PartnerSchools


def pupil_role(claims: Mapping[str, Any]) -> bool:
    """Only a pupil comes in: somebody with a LeerID account, not any user of ACM (LR-08)."""
    return bool(texts(claims, "ov_account_uuid"))


def enrolments_in_force(enrolments: Sequence[Enrolment], today: date) -> tuple[Enrolment, ...]:
    """Of all enrolments those count that have begun and not ended, when LeerID sends dates (LR-03, LR-04, LR-06)."""
    return tuple(line for line in enrolments if (line.starts or today) <= today <= (line.ends or today))


def enrolment(applicant: Applicant) -> bool:
    """A pupil has an enrolment, in a list that can be read; nobody is assumed to be enrolled (LR-01, LR-10)."""
    return not applicant.is_pupil or (applicant.enrolments_readable and bool(applicant.enrolments))


def partner_school(applicant: Applicant, schools: PartnerSchools) -> bool:
    """At least one enrolment is in a school that has an agreement with us (LR-05, LR-06)."""
    return not applicant.enrolments or any(line.school_number in schools for line in applicant.enrolments)


def agreement_dates(applicant: Applicant, schools: PartnerSchools, today: date) -> bool:
    """At least one of these agreements holds today (LR-07)."""
    partners = [schools[line.school_number] for line in applicant.enrolments if line.school_number in schools]
    return not partners or any(partner.holds_on(today) for partner in partners)


def enough_data(applicant: Applicant) -> bool:  # noqa: ARG001  nothing more is demanded
    """Nothing else is demanded: no e-mail, first name, leer_id_uuid or birth date (LR-29, LR-41, LR-53)."""
    return True
