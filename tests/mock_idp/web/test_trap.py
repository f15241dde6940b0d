"""The trap of a stage: whoever follows an address that a token tells is written down there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jwt
import pytest

from mock_idp.faults import Seam, bend
from mock_idp.faults.strangers import foreign
from mock_idp.faults.trap import NOWHERE, trap_address
from mock_idp.protocol.jose import Unsigned

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from mock_idp.provider import Provider

HEADER = {"alg": "RS256", "kid": "first", "typ": "JWT"}


def header(fault: str, trap: str = NOWHERE) -> dict[str, object]:
    """Return the header of a token that a stranger signed."""
    unsigned = Unsigned(header=HEADER, claims={"sub": "somebody"}, key=foreign())
    token, fired = bend(Seam.SIGNATURE, unsigned, [f"signature.{fault}"], trap)
    assert fired
    return dict(jwt.get_unverified_header(token))


@pytest.mark.parametrize(
    ("site", "address"),
    [
        ("http://localhost:9100", "http://127.0.0.1:9100/trap/one"),
        ("http://127.0.0.1:9100", "http://localhost:9100/trap/one"),
        ("https://mock.example", "https://mock.example/trap/one"),
    ],
)
def test_it_lies_on_another_host_where_the_machine_has_two_names(site: str, address: str) -> None:
    assert trap_address(site, "one") == address


def test_headers_lead_to_the_trap_of_the_stage() -> None:
    trap = "http://127.0.0.1:9100/trap/one"

    assert header("key-address-in-header", trap)["jku"] == f"{trap}/keys"
    assert header("certificate-address-in-header", trap)["x5u"] == f"{trap}/chain"
    nested = header("addresses-in-jwk-header", trap)["jwk"]
    assert isinstance(nested, dict)
    assert (nested["jku"], nested["x5u"]) == (f"{trap}/keys", f"{trap}/chain")


def test_who_comes_is_written_down_on_the_stage_and_finds_what_a_stranger_made(
    browser: FlaskClient, provider: Provider
) -> None:
    stage = provider.stages.open()

    keys = browser.get(f"/trap/{stage.id}/keys")
    chain = browser.get(f"/trap/{stage.id}/chain")
    browser.post(f"/trap/{stage.id}/far/away", data={"client_secret": "synthetic"}, auth=("me", "synthetic"))

    assert keys.get_json()["keys"][0]["n"] == foreign().as_dict(private=False)["n"]
    assert "d" not in keys.get_json()["keys"][0]
    assert chain.text.startswith("-----BEGIN CERTIFICATE-----")
    told = provider.journal.exchanges(stage.id)
    assert [(each.endpoint, each.method, each.request["name"]) for each in told] == [
        ("trap", "GET", "keys"),
        ("trap", "GET", "chain"),
        ("trap", "POST", "far/away"),
    ]
    assert told[2].request["credentials"] == "Basic"
    assert "synthetic" not in told[2].model_dump_json()


def test_a_trap_of_no_stage_does_not_exist(browser: FlaskClient, provider: Provider) -> None:
    assert browser.get("/trap/nobody/keys").status_code == 404
    assert provider.journal.exchanges() == []
