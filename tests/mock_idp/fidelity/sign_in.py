"""Sign-in: what each row says, over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shown import shows

if TYPE_CHECKING:
    from small_application import Application


@shows("no-consent")
def _(application: Application) -> None:
    assert "code" in application.parameters_of(application.answered(prompt="consent"))
