"""An HTTP answer as a value, so that faults can bend it before the web floor sends it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What an endpoint answers: a JSON object, or a text."""

    status: int = 200
    body: dict[str, Any] | str = field(default_factory=dict)
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
