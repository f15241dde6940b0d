"""From judged evidence to a pupil who may come in: reads the claims and asks the rules of admission in order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from relying_party.signin.pupil import Applicant, Enrolment, UnreadableError, text
from relying_party.signin.refusal import Refused, Step
from relying_party.signin.rules import reading

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from relying_party.signin.evidence import Evidence
    from relying_party.signin.rules import Rules
    from relying_party.signin.schools import PartnerSchools


def applicant_from(evidence: Evidence, rules: Rules, today: date) -> Applicant:
    """Read who asks to come in.

    Raises:
        Refused: when this is no pupil, or when a claim cannot be read.
    """
    claims = rules.merged_claims(evidence.claims, evidence.userinfo)
    try:
        if not rules.pupil_role(claims):
            raise Refused(reason="pupil-role", step=Step.ADMISSION)
        applicant = replace(_read(claims, rules), issuer=evidence.issuer)
    except UnreadableError:
        raise Refused(reason="readable-claims", step=Step.ADMISSION) from None
    return _with_enrolments(applicant, (evidence.claims, evidence.userinfo), rules, today)


def refuse_unless_admitted(applicant: Applicant, rules: Rules, schools: PartnerSchools, today: date) -> None:
    """Ask the rules of admission in order.

    Raises:
        Refused: at the first rule that says no.
    """
    answers = (
        ("enrolment", lambda: rules.enrolment(applicant)),
        ("partner-school", lambda: rules.partner_school(applicant, schools)),
        ("agreement-dates", lambda: rules.agreement_dates(applicant, schools, today)),
        ("enough-data", lambda: rules.enough_data(applicant)),
    )
    for reason, holds in answers:
        if not holds():
            raise Refused(reason=reason, step=Step.ADMISSION)


def admitted_enrolments(applicant: Applicant, schools: PartnerSchools, today: date) -> tuple[Enrolment, ...]:
    """Return the enrolments that give access: those at a partner school whose agreement holds."""
    return tuple(
        line
        for line in applicant.enrolments
        if line.school_number in schools and schools[line.school_number].holds_on(today)
    )


def _read(claims: Mapping[str, Any], rules: Rules) -> Applicant:
    return Applicant(
        subject=text(claims, "sub"),
        account_uuid=rules.read_account(claims),
        leer_id_uuid=rules.read_leer_id(claims),
        former_account_uuids=rules.read_former_accounts(claims),
        name=rules.read_name(claims),
        birth_date=rules.read_birth_date(claims),
        email=rules.read_email(claims),
    )


def _with_enrolments(
    applicant: Applicant, sources: tuple[Mapping[str, Any], ...], rules: Rules, today: date
) -> Applicant:
    """Add the enrolments that count. Every source that lists enrolments must be readable; the first one is used."""
    told = [claims for claims in sources if reading.ENROLMENTS in claims]
    try:
        lists = [reading.read_enrolments(claims, rules.read_school_number) for claims in told]
    except UnreadableError:
        return replace(applicant, enrolments_readable=False)
    return replace(applicant, enrolments=rules.enrolments_in_force(lists[0], today) if lists else ())
