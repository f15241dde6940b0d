"""Faults in the answer of the userinfo endpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_idp.faults.bending import (
    about_person,
    answer_drop,
    answer_otherwise,
    answer_put,
    answer_put_if_present,
)
from mock_idp.faults.material import ANOTHER_PERSON, UNASKED, WEB_PAGE
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


@fault(Seam.USERINFO, requirements=["UIN-05"])
def status_unauthorized(answer: Answer) -> Answer:
    """The userinfo endpoint refuses the access token."""
    return answer_otherwise(
        answer,
        status=401,
        body={"error": "invalid_token"},
        headers={**answer.headers, "WWW-Authenticate": 'Bearer error="invalid_token"'},
    )


@fault(Seam.USERINFO, requirements=["UIN-06"])
def status_server_error(answer: Answer) -> Answer:
    """The userinfo endpoint fails."""
    return answer_otherwise(answer, status=500, body={"error": "server_error"})


@fault(Seam.USERINFO, requirements=["UIN-06"])
def not_json(answer: Answer) -> Answer:
    """The userinfo endpoint answers with a web page."""
    return answer_otherwise(answer, body=WEB_PAGE, content_type="text/html; charset=utf-8")


@circumstance(Seam.USERINFO, requirements=["CLM-33", "LR-45"])
def extra_claims(answer: Answer) -> Answer:
    """The userinfo response carries claims that nobody asked for."""
    return answer_put(answer, **UNASKED)


@circumstance(Seam.USERINFO, requirements=["LR-59"])
def person_in_id_token_only(answer: Answer) -> Answer:
    """The userinfo response says who signed in and nothing else about the person; the ID token does."""
    about = about_person(answer.body) if isinstance(answer.body, dict) else []
    return answer_drop(answer, *about)


@fault(Seam.USERINFO, requirements=["LR-10"])
def enrolments_malformed(answer: Answer) -> Answer:
    """The enrolments in the userinfo response are no list."""
    return answer_put_if_present(answer, ov_inschrijvingen="testbed-malformed")
