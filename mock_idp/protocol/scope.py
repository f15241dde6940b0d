"""Scopes: what a client may ask for, and what the token response says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_idp.domain.claims import OPENID
from mock_idp.settings.policy import AnswerScope

if TYPE_CHECKING:
    from mock_idp.domain.clients import Client
    from mock_idp.settings import Policy


def scope_told(scope: str, client: Client, policy: Policy) -> str | None:
    """Return the scope of the token response, None for no such member: real ones were seen without openid."""
    told = policy.answer_scope
    if client.openid_in_answer is not None:
        told = AnswerScope.AS_GRANTED if client.openid_in_answer else AnswerScope.WITHOUT_OPENID
    if told == AnswerScope.OMITTED:
        return None
    return scope if told == AnswerScope.AS_GRANTED else " ".join(each for each in scope.split() if each != OPENID)
