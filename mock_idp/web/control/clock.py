"""The clock: read it, and move the calendar of the default stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_idp.state.stages import DEFAULT_STAGE
from mock_idp.web.control.blueprint import blueprint
from mock_idp.web.control.errors import invalid
from mock_idp.web.control.models import ClockSetting, ClockView
from mock_idp.web.control.wire import answer, sent_object, shaped
from mock_idp.web.current import current_provider

if TYPE_CHECKING:
    from flask import Response


@blueprint.get("/clock")
def read_clock() -> Response:
    """Read the clock of the tokens and the calendar of the default stage."""
    return answer(_view())


@blueprint.put("/clock")
def set_clock() -> Response:
    """Move the calendar of the default stage."""
    wanted, problems = shaped(ClockSetting, sent_object())
    if wanted is None:
        raise invalid(problems)
    current_provider().stages.change(DEFAULT_STAGE, calendar_offset_days=wanted.calendar_offset_days)
    return answer(_view())


def _view() -> ClockView:
    provider = current_provider()
    stage = provider.stages.default
    return ClockView(
        now=provider.clock.now().isoformat(),
        calendar_date=provider.calendar(stage).isoformat(),
        calendar_offset_days=stage.calendar_offset_days,
    )
