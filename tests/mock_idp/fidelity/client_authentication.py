"""Client authentication: what each row says, over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shown import shows

if TYPE_CHECKING:
    from small_application import Application


@shows("secret-in-the-header")
def _(registered: Application) -> None:
    assert registered.redeem(registered.code()).status_code == 200
    assert registered.redeem(registered.code(prompt="login"), basic=False).status_code == 401
