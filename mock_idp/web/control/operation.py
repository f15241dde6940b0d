"""What an operation of the control API is: a row of the tables of operations."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel


@dataclass(frozen=True, kw_only=True)
class Body:
    """A JSON body: its model and an example. Without a model: any object."""

    model: type[BaseModel] | None
    example: Any


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One method of one path. `answers` by HTTP status; `refusals` are slugs of `errors.STATUS_OF`."""

    method: str
    path: str
    name: str
    summary: str
    tag: str
    answers: Mapping[int, Body | None]
    sends: Body | None = None
    query: tuple[str, ...] = ()
    refusals: tuple[str, ...] = field(default=())


READING: Final = ("not_found",)
SENDING: Final = ("invalid_json", "too_large", "unsupported_media_type", "invalid_values")
