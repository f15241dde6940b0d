"""Sessions: what each row says, over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shown import shows

if TYPE_CHECKING:
    from small_application import Application
    from switchboard import Switchboard

    from mock_idp.domain.clock import SettableClock


@shows("session-two-hours")
def _(application: Application, clock: SettableClock, switch: Switchboard) -> None:
    application.code()
    clock.advance(seconds=7199)
    assert "code" in application.parameters_of(application.ask())
    clock.advance(seconds=1)
    assert "/sign-in/" in application.ask().location
    switch.policy(session_ttl_s=10)
    application.code(prompt="login")
    clock.advance(seconds=10)
    assert "/sign-in/" in application.ask().location
