"""Faults and circumstances in whom userinfo is about, and in what it tells of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_idp.faults.bending import about_person, answer_drop, answer_put, answer_put_if_present
from mock_idp.faults.material import ANOTHER_EMAIL, ANOTHER_ISSUER, ANOTHER_PERSON, UNASKED
from mock_idp.faults.registry import circumstance, fault
from mock_idp.faults.seam import Seam

if TYPE_CHECKING:
    from mock_idp.protocol.answer import Answer


@fault(Seam.USERINFO, requirements=["UIN-01"])
def subject_other(answer: Answer) -> Answer:
    """The userinfo response is about another person than the ID token."""
    return answer_put_if_present(answer, sub=ANOTHER_PERSON)


@fault(Seam.USERINFO, requirements=["UIN-02"])
def subject_missing(answer: Answer) -> Answer:
    """The userinfo response has no subject."""
    return answer_drop(answer, "sub")


@fault(Seam.USERINFO, requirements=["UIN-03"])
def subject_list(answer: Answer) -> Answer:
    """The subject of the userinfo response is a list."""
    subject = answer.body.get("sub") if isinstance(answer.body, dict) else None
    return answer_put_if_present(answer, sub=[subject])


@circumstance(Seam.USERINFO, requirements=["LR-59"])
def person_in_id_token_only(answer: Answer) -> Answer:
    """The userinfo response says who signed in and nothing else about the person; the ID token does."""
    about = about_person(answer.body) if isinstance(answer.body, dict) else []
    return answer_drop(answer, *about)


@fault(Seam.USERINFO, requirements=["LR-10"])
def enrolments_malformed(answer: Answer) -> Answer:
    """The enrolments in the userinfo response are no list."""
    return answer_put_if_present(answer, ov_inschrijvingen="testbed-malformed")


@circumstance(Seam.USERINFO, requirements=["CLM-33", "LR-45"])
def extra_claims(answer: Answer) -> Answer:
    """The userinfo response carries claims that nobody asked for."""
    return answer_put(answer, **UNASKED)


@circumstance(Seam.USERINFO, requirements=["UIN-04", "CLM-09"])
def issuer_and_email_of_others(answer: Answer) -> Answer:
    """The userinfo response names another issuer and has the e-mail address of somebody else."""
    return answer_put(answer_put_if_present(answer, email=ANOTHER_EMAIL), iss=ANOTHER_ISSUER)


@fault(Seam.USERINFO, requirements=["UIN-09"])
def account_of_another(answer: Answer) -> Answer:
    """The userinfo response has the right sub, and the account and the leer_id of somebody else."""
    return answer_put_if_present(answer, ov_account_uuid=ANOTHER_PERSON, ov_leerid_uuid=[ANOTHER_PERSON])


@circumstance(Seam.USERINFO, requirements=["UIN-10"])
def claims_elsewhere(answer: Answer, trap: str) -> Answer:
    """The userinfo response says that an address is to be fetched elsewhere, within the application's own network."""
    source = {"endpoint": f"{trap}/claims", "access_token": "testbed-access-token"}
    return answer_put(answer, _claim_names={"address": "elsewhere"}, _claim_sources={"elsewhere": source})
