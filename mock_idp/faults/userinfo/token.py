"""Userinfo as a token, which only a client gets that registered for it (Core section 5.3.2): honest, and forged.

What is left as an object is signed on its way out with the key of the provider.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mock_idp.faults.bending import answer_otherwise, answer_put
from mock_idp.faults.material import ANOTHER_CLIENT, ANOTHER_ISSUER
from mock_idp.faults.registry import circumstance, fault
from mock_idp.faults.seam import Seam
from mock_idp.faults.signature import forging
from mock_idp.faults.strangers import foreign
from mock_idp.protocol.userinfo import JWT_TYPE

if TYPE_CHECKING:
    from mock_idp.protocol.answer import Answer


def _claims(answer: Answer) -> dict[str, Any]:
    return answer.body if isinstance(answer.body, dict) else {}


@circumstance(Seam.USERINFO, requirements=["UIN-08"])
def signed(answer: Answer) -> Answer:
    """The userinfo response is a token, rightly signed, where an object is usual."""
    return answer_otherwise(answer, content_type=JWT_TYPE)


@fault(Seam.USERINFO, requirements=["UIN-07"])
def signed_by_stranger(answer: Answer) -> Answer:
    """The userinfo response is a token that a stranger signed."""
    header = {"alg": "RS256", "typ": "JWT"}
    return answer_otherwise(answer, content_type=JWT_TYPE, body=forging.signed(header, _claims(answer), foreign()))


@fault(Seam.USERINFO, requirements=["UIN-07"])
def signed_by_nobody(answer: Answer) -> Answer:
    """The userinfo response is a token whose algorithm is none."""
    return answer_otherwise(answer, content_type=JWT_TYPE, body=forging.unsigned({"alg": "none"}, _claims(answer)))


@fault(Seam.USERINFO, requirements=["UIN-07"])
def signed_of_another_issuer(answer: Answer) -> Answer:
    """The userinfo response is a token, rightly signed, that names another issuer."""
    return answer_otherwise(answer_put(answer, iss=ANOTHER_ISSUER), content_type=JWT_TYPE)


@fault(Seam.USERINFO, requirements=["UIN-07"])
def signed_for_another_client(answer: Answer) -> Answer:
    """The userinfo response is a token, rightly signed, that is meant for another client."""
    return answer_otherwise(answer_put(answer, aud=ANOTHER_CLIENT), content_type=JWT_TYPE)
