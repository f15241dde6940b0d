"""Faults in the answer of the token endpoint."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from mock_idp.faults.bending import answer_drop, answer_otherwise, answer_put, answer_put_if_present
from mock_idp.faults.registry import circumstance, fault
from mock_idp.faults.seam import Seam

if TYPE_CHECKING:
    from mock_idp.protocol.answer import Answer


def _without_openid(answer: Answer) -> str:
    scope = answer.body.get("scope", "") if isinstance(answer.body, dict) else ""
    return " ".join(each for each in scope.split() if each != "openid")


@fault(Seam.TOKEN_RESPONSE, requirements=["TOK-07", "LR-60"])
def id_token_missing(answer: Answer) -> Answer:
    """The token response brings no ID token."""
    return answer_drop(answer, "id_token")


@fault(Seam.TOKEN_RESPONSE, requirements=["TOK-08"])
def access_token_missing(answer: Answer) -> Answer:
    """The token response brings no access token."""
    return answer_drop(answer, "access_token")


@fault(Seam.TOKEN_RESPONSE, requirements=["TOK-10"])
def token_type_missing(answer: Answer) -> Answer:
    """The token response does not say of which type its access token is."""
    return answer_drop(answer, "token_type")


@fault(Seam.TOKEN_RESPONSE, requirements=["TOK-10"])
def token_type_mac(answer: Answer) -> Answer:
    """The access token is of a type that the application did not ask for, mac."""
    return answer_put_if_present(answer, token_type="mac")  # noqa: S106  a type, not a password


@fault(Seam.TOKEN_RESPONSE, requirements=["TOK-06"])
def error_in_success(answer: Answer) -> Answer:
    """The token response names an error in an answer that is successful otherwise."""
    return answer_put(answer, error="server_error")


@fault(Seam.TOKEN_RESPONSE, requirements=["TOK-05"])
def body_list(answer: Answer) -> Answer:
    """The token endpoint answers with a JSON list that has the right object in it."""
    return answer_otherwise(answer, body=json.dumps([answer.body]))


@fault(Seam.TOKEN_RESPONSE, requirements=["TOK-05"])
def body_empty(answer: Answer) -> Answer:
    """The token endpoint answers with success and nothing else."""
    return answer_otherwise(answer, body="")


@fault(Seam.TOKEN_RESPONSE, requirements=["TOK-01"])
def status_invalid_grant(answer: Answer) -> Answer:
    """The token endpoint refuses the code."""
    return answer_otherwise(answer, status=400, body={"error": "invalid_grant"})


@fault(Seam.TOKEN_RESPONSE, requirements=["TOK-02", "LR-68"])
def status_invalid_client(answer: Answer) -> Answer:
    """The token endpoint refuses the application."""
    return answer_otherwise(answer, status=401, body={"error": "invalid_client"})


@fault(Seam.TOKEN_RESPONSE, requirements=["TOK-03"])
def status_server_error(answer: Answer) -> Answer:
    """The token endpoint fails."""
    return answer_otherwise(answer, status=500, body={"error": "server_error"})


@circumstance(Seam.TOKEN_RESPONSE, requirements=["TOK-09"])
def token_type_lower_case(answer: Answer) -> Answer:
    """The token response calls its token type bearer, in lower case."""
    return answer_put_if_present(answer, token_type="bearer")  # noqa: S106  a type, not a password


@circumstance(Seam.TOKEN_RESPONSE, requirements=["TOK-11"])
def expires_in_missing(answer: Answer) -> Answer:
    """The token response does not say how long its access token lives."""
    return answer_drop(answer, "expires_in")


@circumstance(Seam.TOKEN_RESPONSE, requirements=["TOK-11"])
def expires_in_3599(answer: Answer) -> Answer:
    """The access token lives for 3599 seconds, not for an hour."""
    return answer_put_if_present(answer, expires_in=3599)


@fault(Seam.TOKEN_RESPONSE, requirements=["TOK-11"])
def expires_in_text(answer: Answer) -> Answer:
    """The token response writes how long its access token lives as a text."""
    return answer_put_if_present(answer, expires_in="3600")


@fault(Seam.TOKEN_RESPONSE, requirements=["TOK-11"])
def expires_in_zero(answer: Answer) -> Answer:
    """The access token lives for zero seconds, it is said."""
    return answer_put_if_present(answer, expires_in=0)


@fault(Seam.TOKEN_RESPONSE, requirements=["TOK-11"])
def expires_in_negative(answer: Answer) -> Answer:
    """The access token lives for less than zero seconds, it is said."""
    return answer_put_if_present(answer, expires_in=-1)


@circumstance(Seam.TOKEN_RESPONSE, requirements=["TOK-14"])
def scope_missing(answer: Answer) -> Answer:
    """The token response does not say which scopes were granted."""
    return answer_drop(answer, "scope")


@circumstance(Seam.TOKEN_RESPONSE, requirements=["TOK-14"])
def scope_narrower(answer: Answer) -> Answer:
    """The token response grants openid and nothing else that was asked."""
    return answer_put_if_present(answer, scope="openid")


@circumstance(Seam.TOKEN_RESPONSE, requirements=["TOK-14"])
def scope_without_openid(answer: Answer) -> Answer:
    """The scope in the token response leaves openid out."""
    return answer_put_if_present(answer, scope=_without_openid(answer))
