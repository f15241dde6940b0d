"""People and claims: what each row says, over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shown import shows

if TYPE_CHECKING:
    from small_application import Application


@shows("profile-scope")
def _(application: Application) -> None:
    told = application.claims(scope="openid profile").keys() - application.claims(scope="openid", prompt="login").keys()
    assert told == {"given_name", "family_name"}
