"""What is armed through the control API fires on its own stage, is told by the journal, and is seen nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from mock_idp.faults import Fault, Seam, catalogue

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from mock_idp.provider import Provider

CALLBACK = "http://127.0.0.1:9200/callback"
SIGNED_OUT = "http://127.0.0.1:9200/signed-out"
SECRET = "synthetic-client-secret"
CLIENT = {
    "client_secret": SECRET,
    "redirect_uris": [CALLBACK],
    "post_logout_redirect_uris": [SIGNED_OUT],
    "token_endpoint_auth_method": "client_secret_post",
    "openid_in_answer": True,
    "backchannel_logout_uri": "http://127.0.0.1:1/nobody-listens-here",
}
ASKED = {
    "client_id": "my-app",
    "redirect_uri": CALLBACK,
    "response_type": "code",
    "scope": "openid profile ov_leerling",
    "state": "synthetic-state",
    "nonce": "synthetic-nonce",
    "max_age": "3600",
    "acr_values": "urn:be:vlaanderen:authmech:leerid",
}
REFRESHED = {Seam.REFRESH: (), Seam.REFRESHED_ID_TOKEN: ("refresh.with-id-token",)}
"""Seams that only a refresh passes, and the circumstances without which nothing passes there."""
SHOWN_BY = {"claims.birth-parts-absent": "birth-year-only"}
"""Who shows what an ordinary pupil cannot."""
BEFORE = {"signature.withdrawn-key": ("rotate", "retire")}
"""What happens to the keys before."""

SIBLING = {"authorization.sent-on-to-main-issuer"}
"""What is done by a sibling only; what mixes two issuers up needs one as well."""

LEAVING = {"client_id": "my-app", "post_logout_redirect_uri": SIGNED_OUT, "state": "synthetic-leaving"}


@pytest.fixture
def browser(control: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    for name in ("SLOW_S", "DRIP_S"):
        monkeypatch.setattr(f"mock_idp.faults.transport.{name}", 0.001)
    control.put("/control/v1/clients/my-app", json=CLIENT)
    return control


def open_stage(browser: FlaskClient, fault: Fault) -> str:
    """Open a stage that arms one thing, and enter it."""
    if fault.mixes_up:
        browser.put("/control/v1/issuers/evil", json={})
        browser.put("/control/v1/clients/my-app?issuer=evil", json=CLIENT)
    armed = {"circumstances": [*REFRESHED.get(fault.seam, ())]}
    armed[f"{fault.kind}s"] = [fault.id, *armed.get(f"{fault.kind}s", ())]
    answer = browser.post("/control/v1/stages", json=armed)
    assert answer.status_code == 201, answer.text
    stage_id: str = answer.get_json()["id"]
    browser.set_cookie("leerid_stage", stage_id)
    return stage_id


def walk(browser: FlaskClient, persona: str = "secondary-pupil", at: str = "/op") -> dict[str, Any]:
    """Sign a pupil in and out as an application does that checks nothing; return what was secret on the way."""
    browser.get("/op/.well-known/openid-configuration")
    browser.get("/op/v1/keys")
    page = browser.get(f"{at}/v1/auth", query_string=ASKED)
    if at != "/op":
        page = browser.get(page.location)
    password = "wrong-synthetic-password"
    browser.post(page.location, data={"username": "noor", "password": password})
    back = browser.post(page.location, data={"persona": persona})
    code = dict(parse_qsl(urlsplit(back.location).query)).get("code", "no-code-came")
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK, "client_id": "my-app"}
    tokens = browser.post("/op/v1/token", data={**form, "client_secret": SECRET}).get_json(silent=True)
    tokens = tokens if isinstance(tokens, dict) else {}
    access_token = tokens.get("access_token", "no-token-came")
    browser.get("/op/v1/userinfo", headers={"Authorization": f"Bearer {access_token}"})
    browser.get("/op/v1/logout", query_string=LEAVING)
    return {"password": password, "code": code, "secret": SECRET, "access_token": access_token} | {
        "id_token": tokens.get("id_token", "no-token-came")
    }


def refresh(browser: FlaskClient) -> None:
    """Sign in at the main issuer once more, for longer than this visit, and refresh."""
    scope = f"{ASKED['scope']} offline_access"
    browser.put("/control/v1/clients/my-app", json=CLIENT | {"scopes": scope.split()})
    page = browser.get("/op/v1/auth", query_string=ASKED | {"scope": scope})
    back = browser.post(page.location, data={"persona": "secondary-pupil"})
    code = dict(parse_qsl(urlsplit(back.location).query))["code"]
    proof = {"client_id": "my-app", "client_secret": SECRET}
    redeemed = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK}
    tokens = browser.post("/op/v1/token", data=redeemed | proof).get_json()
    browser.post("/op/v1/token", data={"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]} | proof)


def log_out(browser: FlaskClient, stage_id: str) -> None:
    """Let a logout token be sent; nobody takes it."""
    about = {"client_id": "my-app", "sub": "synthetic", "sid": "synthetic"}
    answer = browser.post(f"/control/v1/stages/{stage_id}/backchannel-logout", json=about)
    assert answer.get_json() == {"status": 0, "cache_control": None}


def fired(browser: FlaskClient, stage_id: str) -> set[str]:
    exchanges = browser.get(f"/control/v1/journal?stage={stage_id}").get_json()["exchanges"]
    return {each for exchange in exchanges for each in exchange["fired"]}


@pytest.mark.parametrize("fault", catalogue().values(), ids=lambda fault: fault.id)
def test_everything_in_the_catalogue_fires_on_its_stage_and_on_no_other(browser: FlaskClient, fault: Fault) -> None:
    for step in BEFORE.get(fault.id, ()):
        assert browser.post("/control/v1/keys", json={"action": step}).status_code == 200
    stage_id = open_stage(browser, fault)

    browser.get("/op/v1/auth", query_string=ASKED | {"prompt": "none"})  # nobody is signed in yet: an error
    walk(browser, SHOWN_BY.get(fault.id, "secondary-pupil"), "/i/evil/op" if fault.id in SIBLING else "/op")
    if fault.seam in REFRESHED:
        refresh(browser)
    log_out(browser, stage_id)

    assert fired(browser, stage_id) == {fault.id, *REFRESHED.get(fault.seam, ())}
    assert fired(browser, "default") == set()


@pytest.mark.parametrize("form", ["code-long", "code-with-reserved-characters"])
def test_a_code_in_another_form_is_redeemed_on_its_stage(browser: FlaskClient, provider: Provider, form: str) -> None:
    stage_id = open_stage(browser, catalogue()[f"authorization-response.{form}"])

    secrets = walk(browser)

    told = {each.endpoint: each for each in provider.journal.exchanges() if each.stage == stage_id}
    assert secrets["id_token"] != "no-token-came"
    assert told["authorization-response"].response["code"] == told["token"].request["code"]


def test_a_parameter_that_comes_twice_is_two_fields_of_a_posted_form(browser: FlaskClient) -> None:
    open_stage(browser, catalogue()["authorization-response.state-repeated"])
    page = browser.get("/op/v1/auth", query_string={**ASKED, "response_mode": "form_post"})

    posted = browser.post(page.location, data={"persona": "secondary-pupil"}).text

    assert posted.count('name="state"') == 2
    assert posted.count('name="code"') == 1


def test_after_a_stage_is_closed_everything_is_honest_again(browser: FlaskClient) -> None:
    fault = catalogue()["discovery.issuer-other"]
    stage_id = open_stage(browser, fault)
    bent = browser.get("/op/.well-known/openid-configuration").get_json()

    browser.delete(f"/control/v1/stages/{stage_id}")

    assert bent["issuer"] == "https://another-issuer.example/op"
    assert browser.get("/op/.well-known/openid-configuration").get_json()["issuer"] == "http://localhost:9100/op"


def test_a_whole_sign_in_leaves_no_secret_in_the_journal(browser: FlaskClient, provider: Provider) -> None:
    secrets = walk(browser)

    text = browser.get("/control/v1/journal").get_data(as_text=True)
    endpoints = [each.endpoint for each in provider.journal.exchanges()]

    assert "no-code-came" not in secrets.values()
    assert "no-token-came" not in secrets.values()
    assert not [name for name, secret in secrets.items() if secret in text]
    assert secrets["id_token"].rpartition(".")[2] not in text
    assert endpoints == [
        "discovery",
        "jwks",
        "authorization",
        "sign-in",
        "sign-in",
        "authorization-response",
        "token",
        "userinfo",
        "end-session",
    ]


def test_the_code_is_the_same_in_the_answer_and_in_the_token_request(browser: FlaskClient, provider: Provider) -> None:
    walk(browser)

    told = {each.endpoint: each for each in provider.journal.exchanges()}

    assert told["authorization-response"].response["code"] == told["token"].request["code"]
    assert told["token"].account == told["userinfo"].account
    assert told["token"].id_token is not None


def test_the_calendar_of_a_stage_moves_the_enrolments_of_that_stage_only(
    browser: FlaskClient, provider: Provider
) -> None:
    walk(browser, "enrolment-ended")
    stage = browser.post("/control/v1/stages", json={"calendar_offset_days": -30}).get_json()
    browser.set_cookie("leerid_stage", stage["id"])

    walk(browser, "enrolment-ended")

    told = [each for each in provider.journal.exchanges() if each.endpoint == "userinfo"]
    assert [(each.stage, len(each.response["ov_inschrijvingen"])) for each in told] == [
        ("default", 0),
        (stage["id"], 1),
    ]
