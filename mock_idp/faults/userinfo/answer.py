"""Faults in how the userinfo endpoint answers: refusals, failures, something else than claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_idp.faults.bending import answer_otherwise
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


@fault(Seam.USERINFO, requirements=["UIN-05"])
def status_forbidden(answer: Answer) -> Answer:
    """The userinfo endpoint says that the access token does not reach that far."""
    return answer_otherwise(
        answer,
        status=403,
        body={"error": "insufficient_scope"},
        headers={**answer.headers, "WWW-Authenticate": 'Bearer error="insufficient_scope"'},
    )
