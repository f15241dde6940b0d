"""What is left out is really absent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shown import shows

if TYPE_CHECKING:
    from flask.testing import FlaskClient


@shows("no-dynamic-registration")
def _(browser: FlaskClient) -> None:
    assert "registration_endpoint" not in browser.get("/op/.well-known/openid-configuration").get_json()
    assert browser.post("/op/v1/register", json={}).status_code == 404
