"""Machines: what each row says, over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shown import shows

if TYPE_CHECKING:
    from flask.testing import FlaskClient


@shows("introspection-announced")
def _(browser: FlaskClient) -> None:
    document = browser.get("/op/.well-known/openid-configuration").get_json()
    assert document["introspection_endpoint"] == "http://localhost:9100/op/v1/introspect"
