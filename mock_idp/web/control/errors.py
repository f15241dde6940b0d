"""What the control API answers when something is wrong: a slug, what happened and what next, and every problem."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Response, jsonify
from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Problem(BaseModel):
    """One value that is wrong: where, why, and what may help."""

    model_config = ConfigDict(defer_build=True, frozen=True)

    key: str = Field(description="The member, as in `faults[0]`; empty for the whole body.")
    message: str
    hint: str | None = None


class ErrorBody(BaseModel):
    """What every answer of status 400 and above holds."""

    model_config = ConfigDict(defer_build=True, frozen=True)

    error: str = Field(description="A word that programs can compare.")
    message: str = Field(description="What happened, and what to do next.")
    problems: list[Problem] = Field(description="Every value that is wrong; empty when the trouble lies elsewhere.")


class ControlError(Exception):
    """A call that cannot be answered as it was meant."""

    def __init__(
        self,
        error: str,
        message: str,
        *,
        problems: Iterable[Problem] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.body = ErrorBody(error=error, message=message, problems=list(problems))
        self.status = STATUS_OF[error]
        self.headers = dict(headers or {})


STATUS_OF: Final = {
    "invalid_json": 400,
    "unauthorized": 401,
    "forbidden": 403,
    "not_found": 404,
    "method_not_allowed": 405,
    "conflict": 409,
    "too_large": 413,
    "unsupported_media_type": 415,
    "invalid_values": 422,
}
"""The slugs and their HTTP status."""


def answer_of(error: ControlError) -> Response:
    """Return the error as an HTTP answer."""
    response = jsonify(error.body.model_dump(mode="json"))
    response.status_code = error.status
    response.headers.update(error.headers)
    return response


def invalid(problems: Iterable[Problem]) -> ControlError:
    """Return the error for values that are wrong: all of them, and nothing was changed."""
    found = list(problems)
    count = "One value is" if len(found) == 1 else f"{len(found)} values are"
    return ControlError("invalid_values", f"{count} wrong; nothing was changed. See problems.", problems=found)
