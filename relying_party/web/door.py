"""The door for tests, on this machine alone: a clock that can be put ahead. Open only with the setting `test_door`."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, cast

from flask import Blueprint, abort, request

from relying_party.web.site import current_site

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

blueprint = Blueprint("door", __name__)
FURTHEST_S = 400 * 24 * 3600


class MovableClock:
    """A clock that runs as another one does, some time ahead of it."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        """Return this moment, as far ahead as it was put."""
        return self._clock() + self.ahead


@blueprint.post("/test-door/clock")
def put_clock_ahead() -> dict[str, int]:
    """Put the clock of the whole application `ahead_s` seconds ahead; 0 puts it right again. Not for web pages."""
    ahead_s = request.form.get("ahead_s", type=int)
    if "Origin" in request.headers or ahead_s is None or not 0 <= ahead_s <= FURTHEST_S:
        abort(400)
    cast("MovableClock", current_site().clock).ahead = timedelta(seconds=ahead_s)
    return {"ahead_s": ahead_s}
