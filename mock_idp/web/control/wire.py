"""From HTTP to values and back: bodies and queries through pydantic, every problem at once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar

from flask import Response, jsonify, request
from pydantic import BaseModel, ConfigDict, ValidationError

from mock_idp.domain.people.written import MOMENTS
from mock_idp.domain.problems import did_you_mean, members_of
from mock_idp.web.control.errors import ControlError, Problem, invalid

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic_core import ErrorDetails

Model = TypeVar("Model", bound=BaseModel)

JSON = "application/json"


class Sent(BaseModel):
    """What a caller sends: unknown members and wrong types are refused."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid", strict=True)


class Told(BaseModel):
    """What a caller is told; read from the attributes of our own values."""

    model_config = ConfigDict(defer_build=True, frozen=True, from_attributes=True)


def answer(body: BaseModel, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Return the model as a JSON answer."""
    response = jsonify(body.model_dump(mode="json"))
    response.status_code = status
    response.headers.update(headers or {})
    return response


def nothing() -> Response:
    """Return the answer without content."""
    return Response(status=204)


def sent_object() -> dict[str, Any]:
    """Return the JSON object in the body; raise `ControlError` when it is none."""
    if request.mimetype != JSON:
        raise ControlError("unsupported_media_type", f"Send the body as Content-Type: {JSON}.")
    try:
        body = json.loads(request.get_data(), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise ControlError("invalid_json", "The body is not JSON (RFC 8259); mend it and send it again.") from None
    if not isinstance(body, dict):
        raise invalid([Problem(key="", message="The body must be a JSON object.")])
    return body


def shaped(model: type[Model], body: Mapping[str, Any], **context: Any) -> tuple[Model | None, list[Problem]]:
    """Return the body as a `model` and no problem, or None and every problem."""
    try:
        return model.model_validate_json(json.dumps(body), strict=True, context=context), []
    except ValidationError as error:
        return None, [_problem(each, model) for each in error.errors()]


def sent_query(model: type[Model]) -> Model:
    """Return the query parameters as a `model`; raise `ControlError` with every problem."""
    repeated = [name for name in request.args if len(request.args.getlist(name)) > 1]
    twice = [Problem(key=name, message="This parameter is given more than once.") for name in repeated]
    query, problems = shaped(model, request.args.to_dict())
    if query is None or twice:
        raise invalid([*twice, *problems])
    return query


def _problem(error: ErrorDetails, model: type[BaseModel]) -> Problem:
    key, context = _key(error["loc"]), error.get("ctx", {})
    if error["type"] == "extra_forbidden":
        hint = did_you_mean(str(error["loc"][-1]), members_of(model))
        return Problem(key=key, message="This member is unknown.", hint=hint or None)
    if error["type"] == "union_tag_not_found":
        return Problem(key=_key((*error["loc"], "is")), message="Field required.")
    if error["type"] == "union_tag_invalid":
        hint = did_you_mean(str(context["tag"]), MOMENTS)
        return Problem(key=_key((*error["loc"], "is")), message="There is no moment of this name.", hint=hint or None)
    message = error["msg"].removeprefix("Value error, ").rstrip(".")
    return Problem(key=key, message=f"{message}.", hint=context.get("hint") or None)


def _key(location: Iterable[int | str]) -> str:
    """Return the member, as in `life[0].school`; of which kind a moment was taken to be is no part of it."""
    parts = (part for part in location if part not in MOMENTS)
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts).lstrip(".")


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON.")
