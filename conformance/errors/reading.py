"""TOML text to a model, or every problem of the file at once with its key and a hint. No I/O."""

import re
import tomllib
from collections.abc import Mapping
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from conformance.errors import InputError, Problem, did_you_mean

Model = TypeVar("Model", bound=BaseModel)

SENTENCES: Mapping[str, str] = {
    "extra_forbidden": "no such key",
    "missing": "is missing",
}
"""Pydantic's kinds of problem that are told in our own words; the others keep pydantic's sentence."""


def parse(model: type[Model], text: str, *, file: str) -> Model:
    """Read one TOML text as `model`.

    Raises:
        InputError: with every problem of the text.
    """
    try:
        members = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(Problem(file=file, message=f"is not TOML: {error}", hint="see toml.io")) from None
    return accept(model, members, file=file)


def accept(model: type[Model], members: Any, *, file: str) -> Model:
    """Validate members that were read already; problems as in `parse`."""
    try:
        return model.model_validate(members)
    except ValidationError as error:
        problems = [_problem(model, dict(detail), file) for detail in error.errors(include_url=False)]
        raise InputError(*problems) from None


def _problem(model: type[BaseModel], detail: Mapping[str, Any], file: str) -> Problem:
    where, kind = detail["loc"], detail["type"]
    message = SENTENCES.get(kind, re.sub("^(Value error, |Input )", "", detail["msg"]))
    return Problem(file=file, key=_key(where) or None, message=message, hint=_hint(model, detail))


def _key(where: tuple[str | int, ...]) -> str:
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in where)
    return "".join(parts).removeprefix(".")


def _hint(model: type[BaseModel], detail: Mapping[str, Any]) -> str | None:
    where = detail["loc"]
    if detail["type"] == "extra_forbidden":
        known = _fields_at(model, where[:-1])
        return did_you_mean(str(where[-1]), known) or (f"known keys: {', '.join(known)}" if known else None)
    if detail["type"] == "literal_error":
        return did_you_mean(str(detail["input"]), re.findall("'([^']+)'", detail["ctx"]["expected"]))
    return None


def _fields_at(model: type[BaseModel], where: tuple[str | int, ...]) -> list[str]:
    for part in where:
        if isinstance(part, str):
            field = model.model_fields.get(part)
            inner = _model_in(field.annotation) if field else None
            if inner is None:
                return []
            model = inner
    return sorted(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model inside `Model | None`, `tuple[Model, ...]` and the like."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for part in get_args(annotation) if (model := _model_in(part))), None)
