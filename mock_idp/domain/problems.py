"""What is wrong with a file of ours or theirs: every problem at once, each with file, key and hint."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pydantic_core import ErrorDetails

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that is wrong, where, and what may help."""

    file: str
    key: str
    message: str
    hint: str = ""

    @property
    def line(self) -> str:
        """The problem on one line: file, key, message, hint."""
        where = f"{self.file}: {self.key}" if self.key else self.file
        return f"{where}: {self.message}" + (f" {self.hint}" if self.hint else "")


class ProblemsError(ValueError):
    """A file cannot be used; `problems` are all of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(each.line for each in self.problems))


def parsed(text: str, file: str) -> dict[str, Any]:
    """Return the TOML document; raise `ProblemsError` with the line when it is not well-formed."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProblemsError([Problem(file=file, key="", message=f"This is not TOML: {error}.")]) from None
    except RecursionError:
        message, hint = "Its tables and lists lie too deep in one another.", "No member of ours lies deeper than four."
        raise ProblemsError([Problem(file=file, key="", message=message, hint=hint)]) from None


def validated(model: type[Model], document: object, file: str, **context: Any) -> Model:
    """Return the document as a `model`, checked in this context; raise `ProblemsError` with every problem."""
    try:
        return model.model_validate(document, context=context)
    except ValidationError as error:
        raise ProblemsError(_problem(each, model, file) for each in _causes(error.errors())) from None


def _causes(errors: Sequence[ErrorDetails]) -> Iterator[ErrorDetails]:
    """Leave out that a list has too few items when that is because some of them have errors."""
    for error in errors:
        if error["type"] != "too_short" or not any(_is_within(each["loc"], error["loc"]) for each in errors):
            yield error


def _is_within(inner: tuple[int | str, ...], outer: tuple[int | str, ...]) -> bool:
    return len(inner) > len(outer) and inner[: len(outer)] == outer


def _problem(error: Any, model: type[BaseModel], file: str) -> Problem:
    key = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error["loc"]).lstrip(".")
    if error["type"] == "extra_forbidden":
        hint = did_you_mean(str(error["loc"][-1]), members_of(model))
        return Problem(file=file, key=key, message="This member is unknown.", hint=hint)
    message = f"{error['msg'].removeprefix('Value error, ').rstrip('.')}."
    return Problem(file=file, key=key, message=message, hint=error.get("ctx", {}).get("hint") or "")


@cache
def members_of(model: type[BaseModel]) -> set[str]:
    """Return the names of all members of a model and of the models inside it."""
    schema = model.model_json_schema()
    inner = schema.get("$defs", {}).values()
    return {name for each in (schema, *inner) for name in each.get("properties", {})}


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint naming the nearest known word, or an empty string."""
    near = get_close_matches(word, sorted(known), n=1)
    return f"Did you mean {near[0]!r}?" if near else ""
