"""Where ACM contradicts OpenID Connect: what each row says, over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shown import shows

if TYPE_CHECKING:
    from small_application import Application


@shows("no-name-claim")
def _(application: Application) -> None:
    assert "name" not in application.claims(scope="openid profile")
