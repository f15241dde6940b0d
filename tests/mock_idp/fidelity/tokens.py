"""Codes and tokens: what each row says, over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shown import shows

if TYPE_CHECKING:
    from small_application import Application
    from switchboard import Switchboard

    from mock_idp.domain.clock import SettableClock


@shows("code-thirty-seconds")
def _(application: Application, clock: SettableClock, switch: Switchboard) -> None:
    early, late = application.code(), application.code(prompt="login")
    clock.advance(seconds=29)
    assert application.redeem(early).status_code == 200
    clock.advance(seconds=1)
    assert application.redeem(late).status_code == 400
    switch.policy(code_ttl_s=60)
    longer = application.code(prompt="login")
    clock.advance(seconds=59)
    assert application.redeem(longer).status_code == 200
