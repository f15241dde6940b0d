"""The trap of a stage: whoever follows an address that a token tells is written down there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx
import jwt
import pytest
from flask import Flask

from mock_idp.faults import Beside, Seam, bend
from mock_idp.faults.strangers import foreign
from mock_idp.faults.trap import NOWHERE, trap_address
from mock_idp.protocol.jose import Unsigned
from mock_idp.provider.traps import Traps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient

    from mock_idp.provider import Provider

HEADER = {"alg": "RS256", "kid": "first", "typ": "JWT"}


def header(fault: str, trap: str = NOWHERE) -> dict[str, object]:
    """Return the header of a token that a stranger signed."""
    unsigned = Unsigned(header=HEADER, claims={"sub": "somebody"}, key=foreign())
    token, fired = bend(Seam.SIGNATURE, unsigned, [f"signature.{fault}"], Beside(trap=lambda: trap))
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


@pytest.fixture
def untrusted(browser: FlaskClient, provider: Provider) -> Iterator[str]:
    """The trap of a stage behind a wrong certificate."""
    assert browser
    yield provider.traps.untrusted(provider.stages.open().id)
    provider.traps.close()


def test_behind_a_certificate_of_nobody_lies_the_same_trap(untrusted: str, provider: Provider) -> None:
    stage_id = untrusted.rpartition("/")[2]
    with httpx.Client(verify=False) as careless:  # noqa: S501  that is what the trap is for
        assert careless.post(f"{untrusted}/token", data={"code": "synthetic"}).json() == {}
    told = provider.journal.exchanges(stage_id)
    assert [(each.endpoint, each.method, each.request["name"]) for each in told] == [("trap", "POST", "token")]


def test_who_looks_at_the_certificate_is_never_seen(untrusted: str, provider: Provider) -> None:
    with httpx.Client() as careful, pytest.raises(httpx.ConnectError, match="certificate verify failed"):
        careful.post(f"{untrusted}/token", data={"code": "synthetic"})
    assert provider.journal.exchanges() == []


def test_that_entrance_is_on_the_host_of_the_issuer_and_opened_once(untrusted: str, provider: Provider) -> None:
    parts = urlsplit(untrusted)
    assert (parts.scheme, parts.hostname) == ("https", urlsplit(provider.settings.site).hostname)
    assert urlsplit(provider.traps.untrusted("another")).netloc == parts.netloc


@pytest.mark.parametrize("site", ["https://mock.example", "http://localhost:9100"])
def test_it_leads_nowhere_from_beyond_this_machine_or_with_nobody_behind_it(site: str) -> None:
    traps = Traps(site)
    if "mock" in site:
        traps.leads_to = Flask(__name__)
    assert traps.untrusted("one") == f"{NOWHERE}/trap/one"


def test_the_token_endpoint_is_said_to_be_there(browser: FlaskClient, untrusted: str) -> None:
    stage_id = untrusted.rpartition("/")[2]
    browser.put("/control/v1/issuers/op", json={"faults": ["discovery.token-endpoint-uncertified"]})
    document = browser.get(f"/op/.well-known/openid-configuration?stage={stage_id}").get_json()
    assert urlsplit(document["token_endpoint"]).netloc == urlsplit(untrusted).netloc
    assert urlsplit(document["token_endpoint"]).path.endswith("/token")
    assert document["issuer"] == "http://localhost:9100/op"
