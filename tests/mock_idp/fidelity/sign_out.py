"""Sign-out: what each row says, over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shown import shows

if TYPE_CHECKING:
    from flask.testing import FlaskClient


@shows("sign-out-message")
def _(browser: FlaskClient) -> None:
    response = browser.get("/op/v1/logout")
    assert (response.status_code, response.location) == (200, None)
