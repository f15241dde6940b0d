"""The few movements that faults are made of: put a member, drop one, answer otherwise. All return a new payload."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mock_idp.protocol.answer import Answer

PERSONAL: Final = frozenset({"given_name", "family_name", "email", "birthdate"})


def put(payload: Mapping[str, Any], **members: Any) -> dict[str, Any]:
    """Return the payload with these members set."""
    return {**payload, **members}


def put_if_present(payload: Mapping[str, Any], **members: Any) -> dict[str, Any]:
    """Return the payload with these members replaced, those that it has."""
    return {**payload, **{name: value for name, value in members.items() if name in payload}}


def drop(payload: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Return the payload without these members."""
    return {name: value for name, value in payload.items() if name not in names}


def twice(payload: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return the payload with this member twice, as it is and altered; without the member as it is."""
    return put_if_present(payload, **{name: [payload.get(name), altered(str(payload.get(name)))]})


def about_person(payload: Mapping[str, Any]) -> list[str]:
    """Return the names of the claims that tell something about a person, beyond who signed in."""
    return [name for name in payload if name in PERSONAL or name.startswith(("ov_", "vo_"))]


def altered(text: str) -> str:
    """Return the text with its first character replaced by another letter."""
    return ("B" if text[:1] == "A" else "A") + text[1:]


def answer_put(answer: Answer, **members: Any) -> Answer:
    """Return a successful answer with these members set; any other answer as it is."""
    return _with_body(answer, lambda body: put(body, **members))


def answer_put_if_present(answer: Answer, **members: Any) -> Answer:
    """Return a successful answer with these members replaced, those that it has; any other answer as it is."""
    return _with_body(answer, lambda body: put_if_present(body, **members))


def answer_drop(answer: Answer, *names: str) -> Answer:
    """Return a successful answer without these members; any other answer as it is."""
    return _with_body(answer, lambda body: drop(body, *names))


def answer_otherwise(answer: Answer, **changes: Any) -> Answer:
    """Return a successful answer with these attributes of `Answer` replaced; any other answer as it is."""
    return replace(answer, **changes) if answer.status == HTTPStatus.OK else answer


def _with_body(answer: Answer, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Answer:
    if answer.status != HTTPStatus.OK or not isinstance(answer.body, dict):
        return answer
    return replace(answer, body=change(answer.body))
