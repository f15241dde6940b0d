"""Publication: what each row says, over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shown import shows

if TYPE_CHECKING:
    from flask.testing import FlaskClient


@shows("issuer-without-slash")
def _(browser: FlaskClient) -> None:
    assert browser.get("/op/.well-known/openid-configuration").get_json()["issuer"] == "http://localhost:9100/op"
