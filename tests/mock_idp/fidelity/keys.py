"""Keys: what each row says, over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shown import shows

if TYPE_CHECKING:
    from flask.testing import FlaskClient


@shows("keys-two-thousand-bits")
def _(browser: FlaskClient) -> None:
    key = browser.get("/op/v1/keys").get_json()["keys"][0]
    assert set(key) == {"alg", "e", "kid", "kty", "n", "use"}
    assert len(key["n"]) == 342
