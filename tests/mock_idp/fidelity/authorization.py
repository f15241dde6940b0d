"""Authorization: what each row says, over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shown import shows

if TYPE_CHECKING:
    from small_application import Application


@shows("response-type-code")
def _(application: Application) -> None:
    for wrong in ("token", "id_token", "code id_token", None):
        assert "error" in application.parameters_of(application.ask(response_type=wrong))
