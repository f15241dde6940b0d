"""Faults in how the userinfo endpoint answers: refusals, failures, something else than claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_idp.faults.bending import answer_otherwise
from mock_idp.faults.material import WEB_PAGE
from mock_idp.faults.registry import fault
from mock_idp.faults.seam import Seam

if TYPE_CHECKING:
    from mock_idp.protocol.answer import Answer


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
