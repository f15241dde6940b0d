"""Siblings: issuers beside the main one, with keys, clients, sessions and faults of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from small_application import REDIRECT_URI, Application

from mock_idp.settings import Policy, Settings
from mock_idp.web import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from mock_idp.provider import Provider

EVIL = "/i/evil/op"
ASKED = {
    "client_id": "anybody",
    "redirect_uri": REDIRECT_URI,
    "response_type": "code",
    "scope": "openid profile",
    "state": "s",
}


@pytest.fixture
def evil(browser: FlaskClient) -> FlaskClient:
    assert browser.put("/control/v1/issuers/evil", json={}).status_code == 201
    return browser


def code_of(browser: FlaskClient, base: str) -> str:
    page = browser.get(f"{base}/v1/auth", query_string=ASKED | {"prompt": "login"}).location
    assert page.startswith(f"{base}/sign-in/")
    answer = browser.post(page, data={"persona": "secondary-pupil"})
    return dict(parse_qsl(urlsplit(answer.location).query))["code"]


def redeemed(browser: FlaskClient, base: str, code: str) -> Any:
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT_URI, "client_id": "anybody"}
    return browser.post(f"{base}/v1/token", data=form | {"client_secret": "any"}).get_json()


def test_a_sibling_publishes_itself_under_its_own_name_and_with_its_own_keys(evil: FlaskClient) -> None:
    document = evil.get(f"{EVIL}/.well-known/openid-configuration").get_json()
    assert document["issuer"] == "http://localhost:9100/i/evil/op"
    assert document["token_endpoint"] == "http://localhost:9100/i/evil/op/v1/token"
    kids = [{each["kid"] for each in evil.get(f"{base}/v1/keys").get_json()["keys"]} for base in ("/op", EVIL)]
    assert not kids[0] & kids[1]


def test_a_sibling_signs_pupils_in_as_itself(evil: FlaskClient) -> None:
    claims = Application.opened(redeemed(evil, EVIL, code_of(evil, EVIL))["id_token"])
    assert claims["iss"] == "http://localhost:9100/i/evil/op"
    assert claims["kid"] == evil.get(f"{EVIL}/v1/keys").get_json()["keys"][0]["kid"]


@pytest.mark.parametrize(("made_at", "sent_to"), [("/op", EVIL), (EVIL, "/op")])
def test_a_code_of_one_issuer_means_nothing_to_another(evil: FlaskClient, made_at: str, sent_to: str) -> None:
    code = code_of(evil, made_at)
    assert redeemed(evil, sent_to, code) == {"error": "invalid_grant"}
    assert "access_token" in redeemed(evil, made_at, code)


def test_an_access_token_of_one_issuer_means_nothing_to_another(evil: FlaskClient) -> None:
    token = redeemed(evil, EVIL, code_of(evil, EVIL))["access_token"]
    header = {"Authorization": f"Bearer {token}"}
    assert evil.get(f"{EVIL}/v1/userinfo", headers=header).status_code == 200
    assert evil.get("/op/v1/userinfo", headers=header).status_code == 401


def test_whoever_is_signed_in_at_one_is_not_signed_in_at_another(evil: FlaskClient) -> None:
    code_of(evil, EVIL)
    assert evil.get(f"{EVIL}/v1/auth", query_string=ASKED).location.startswith(REDIRECT_URI)
    assert evil.get("/op/v1/auth", query_string=ASKED).location.startswith("/op/sign-in/")


def test_what_a_sibling_has_armed_bends_nobody_else(browser: FlaskClient) -> None:
    browser.put("/control/v1/issuers/evil", json={"faults": ["discovery.issuer-other", "id-token.nonce-mismatch"]})
    issuers = [browser.get(f"{base}/.well-known/openid-configuration").get_json()["issuer"] for base in (EVIL, "/op")]
    assert issuers == ["https://another-issuer.example/op", "http://localhost:9100/op"]
    journal = browser.get("/control/v1/journal").get_json()["exchanges"]
    assert [(each["issuer"], each["fired"]) for each in journal] == [("evil", ["discovery.issuer-other"]), ("op", [])]


def test_two_stages_can_bend_the_keys_of_two_issuers_at_once(evil: FlaskClient) -> None:
    armed = {"faults": ["jwks.empty"]}
    assert evil.post("/control/v1/stages", json=armed | {"issuer": "evil"}).status_code == 201
    assert evil.get("/op/v1/keys").get_json()["keys"]
    assert evil.get(f"{EVIL}/v1/keys").get_json()["keys"] == []
    assert evil.post("/control/v1/stages", json=armed).status_code == 201
    assert evil.post("/control/v1/stages", json=armed | {"issuer": "evil"}).status_code == 409


def test_clients_of_a_sibling_are_its_own(evil: FlaskClient) -> None:
    body = {"client_secret": "s", "redirect_uris": [REDIRECT_URI]}
    assert evil.put("/control/v1/clients/theirs?issuer=evil", json=body).status_code == 201
    assert [evil.get(f"/control/v1/clients/theirs{query}").status_code for query in ("?issuer=evil", "")] == [200, 404]


def test_keys_of_a_sibling_rotate_alone(evil: FlaskClient) -> None:
    evil.post("/control/v1/keys?issuer=evil", json={"action": "rotate"})
    counts = [len(evil.get(f"/control/v1/keys{query}").get_json()["keys"]) for query in ("?issuer=evil", "")]
    assert counts == [2, 1]


def test_a_policy_holds_for_its_issuer_only(browser: FlaskClient) -> None:
    browser.put("/control/v1/issuers/evil", json={"policy": {"iss_parameter": True}})
    answers = []
    for base in (EVIL, "/op"):
        page = browser.get(f"{base}/v1/auth", query_string=ASKED).location
        answers.append(dict(parse_qsl(urlsplit(browser.post(page, data={"action": "cancel"}).location).query)))
    assert [each.get("iss") for each in answers] == ["http://localhost:9100/i/evil/op", None]


def test_a_closed_sibling_and_one_that_never_was_are_not_there(evil: FlaskClient) -> None:
    assert evil.delete("/control/v1/issuers/evil").status_code == 204
    assert [evil.get(f"/i/{name}/op/v1/keys").status_code for name in ("evil", "nobody")] == [404, 404]
    assert evil.get("/control/v1/keys?issuer=evil").status_code == 404


def test_a_sibling_that_opens_again_knows_nothing_of_the_one_before(evil: FlaskClient) -> None:
    code = code_of(evil, EVIL)
    evil.delete("/control/v1/issuers/evil")
    evil.put("/control/v1/issuers/evil", json={})
    assert redeemed(evil, EVIL, code) == {"error": "invalid_grant"}


def test_siblings_of_the_start_are_there_again_after_a_reset(provider: Provider) -> None:
    app = create_app(Settings(siblings=("honest",), policy=Policy(code_ttl_s=7)))
    browser = app.test_client()
    browser.put("/control/v1/issuers/evil", json={})
    browser.put("/control/v1/issuers/op", json={"policy": {"code_ttl_s": 9}})
    browser.post("/control/v1/reset")
    issuers = browser.get("/control/v1/issuers").get_json()["issuers"]
    assert [(each["name"], each["policy"]["code_ttl_s"]) for each in issuers] == [("op", 7), ("honest", 7)]
    del provider


@pytest.mark.parametrize("name", ["Evil", "e_vil", "-evil", "e" * 41, "é"])
def test_a_sibling_has_a_name_that_can_stand_in_an_address(browser: FlaskClient, name: str) -> None:
    answer = browser.put(f"/control/v1/issuers/{name}", json={"policy": {"code_ttl": 3}})
    assert answer.status_code == 422
    assert [each["key"] for each in answer.get_json()["problems"]] == ["policy.code_ttl", "name"]


def test_the_main_issuer_is_never_closed(browser: FlaskClient) -> None:
    assert browser.delete("/control/v1/issuers/op").status_code == 409
