"""A sign-in over HTTP, from the first click to the page at the end."""

from __future__ import annotations

import json
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import parse_qs, urlsplit

import pytest
from honest_provider import ACCOUNT, FOREIGN_KEY, LEER_ID, PUPIL, Answer
from joserfc import jws
from joserfc.jwk import RSAKey
from sqlalchemy import inspect, text

from relying_party.signin.flow import utc_now
from relying_party.web.site import EXTENSION

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from browsing import Browser
    from conftest import MakeApp, OpenBrowser
    from flask import Flask
    from honest_provider import HonestProvider

SECOND = "6f1de0a4-0000-4000-8000-000000000002"


class Persons(Protocol):
    def __call__(self, second: dict[str, Any], defect: str | None = None) -> int: ...


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return utc_now() + self.ahead


def everything_stored(app: Flask, *, without: str = "") -> str:
    """Return every value in every table, or in every table but one."""
    database = app.extensions[EXTENSION].database
    chosen = [name for name in inspect(database.engine).get_table_names() if name != without]
    with database.engine.connect() as connection:
        return "\n".join(str(connection.execute(text(f"select * from {name}")).all()) for name in chosen)  # noqa: S608  names of our own tables


def request_of(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def test_the_authorization_request_says_what_it_must(browser: Browser) -> None:
    asked = request_of(browser.start())
    assert asked["response_type"] == "code"
    assert asked["redirect_uri"] == "http://127.0.0.1:9200/callback"
    assert asked["scope"] == "openid profile ov_leerling"
    assert asked["code_challenge_method"] == "S256"
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) >= 43


def test_state_nonce_and_challenge_are_fresh_in_every_request(browser: Browser) -> None:
    one, two = request_of(browser.start()), request_of(browser.start())
    assert all(one[name] != two[name] for name in ("state", "nonce", "code_challenge"))


def test_the_defect_state_constant_sends_one_state_for_all(open_browser: OpenBrowser) -> None:
    browser = open_browser(defect="state-constant")
    assert request_of(browser.start())["state"] == request_of(browser.start())["state"]


def test_the_defect_pkce_absent_sends_no_challenge(open_browser: OpenBrowser, provider: HonestProvider) -> None:
    browser = open_browser(defect="pkce-absent")
    assert "code_challenge" not in request_of(browser.start())
    assert browser.sign_in().signed_in
    assert "code_verifier" not in provider.form("token")


def test_the_code_is_redeemed_once_with_the_same_redirect_uri(browser: Browser, provider: HonestProvider) -> None:
    browser.sign_in()
    assert provider.calls("token") == 1
    assert provider.form("token")["redirect_uri"] == "http://127.0.0.1:9200/callback"


def test_a_code_with_reserved_characters_is_passed_back_unchanged(browser: Browser, provider: HonestProvider) -> None:
    code = "a+b/c=d%2F&e é"
    parameters = provider.authorize(browser.start())
    provider.codes[code] = provider.codes.pop(parameters["code"])
    assert browser.come_back(parameters | {"code": code}).signed_in


def test_the_access_token_travels_in_the_header_only(browser: Browser, provider: HonestProvider) -> None:
    browser.sign_in()
    path, headers, form = next(call for call in provider.seen if call[0].endswith("userinfo"))
    assert headers["Authorization"] == "Bearer access-token-of-a-test"
    assert (path, form) == ("/op/v1/userinfo", {})


def test_basic_authentication_form_encodes_id_and_secret(open_browser: OpenBrowser, provider: HonestProvider) -> None:
    provider.client_id = "a client:7"
    assert open_browser(client_id="a client:7", client_secret="s%c r").sign_in().signed_in
    assert provider.basic("token") == ("a+client%3A7", "s%25c+r")


def test_the_secret_can_go_in_the_body(open_browser: OpenBrowser, provider: HonestProvider) -> None:
    assert open_browser(client_authentication="client_secret_post", client_secret="hush").sign_in().signed_in
    assert provider.form("token")["client_secret"] == "hush"
    assert "Authorization" not in provider.headers("token")


def test_a_private_key_proves_who_we_are_to_the_issuer_for_a_minute(
    open_browser: OpenBrowser, provider: HonestProvider, tmp_path: Path
) -> None:
    key_file = tmp_path / "key.pem"
    key_file.write_bytes(FOREIGN_KEY.as_pem(private=True))
    browser = open_browser(client_authentication="private_key_jwt", client_key_file=key_file)
    proofs = []
    for _ in range(2):
        assert browser.sign_in().signed_in
        proof = jws.deserialize_compact(provider.form("token")["client_assertion"], FOREIGN_KEY)
        proofs.append(json_of(proof.payload))
    assert proofs[0]["aud"] == provider.issuer
    assert proofs[0]["iss"] == proofs[0]["sub"] == "leerid-rp"
    assert proofs[0]["exp"] - proofs[0]["iat"] <= 61
    assert proofs[0]["jti"] != proofs[1]["jti"]


def json_of(payload: bytes | None) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(payload or b"{}")
    return document


def test_the_issuer_in_the_response_is_welcome_when_it_is_right(browser: Browser, provider: HonestProvider) -> None:
    assert browser.sign_in(iss=provider.issuer).signed_in


def test_a_parameter_that_comes_twice_is_refused(browser: Browser, provider: HonestProvider) -> None:
    parameters = provider.authorize(browser.start())
    query = f"code={parameters['code']}&code=other&state={parameters['state']}"
    response = browser.client.get(f"/callback?{query}", follow_redirects=True)
    assert browser.outcome(response).reason == "parameters-once"


def test_a_response_nobody_asked_for_is_refused(browser: Browser, provider: HonestProvider) -> None:
    assert browser.come_back({"code": "x", "state": "y"}).reason == "sign-in-begun"
    assert provider.calls("token") == 0


def test_a_response_for_another_browser_is_refused(open_browser: OpenBrowser, make_app: MakeApp) -> None:
    app = make_app()
    mine, other = open_browser(app), open_browser(app)
    other.start()
    assert other.come_back(dict(mine.provider.authorize(mine.start()))).reason == "state"


def test_a_response_opened_again_gets_a_clear_page_and_the_session_stays(
    browser: Browser, provider: HonestProvider
) -> None:
    parameters: dict[str, str | None] = dict(provider.authorize(browser.start()))
    assert browser.come_back(parameters).signed_in
    again = browser.come_back(parameters)
    assert (again.reason, again.status) == ("sign-in-begun", 400)
    assert browser.client.get("/me").status_code == 200


def test_a_response_that_comes_after_half_an_hour_is_refused(
    open_browser: OpenBrowser, make_app: MakeApp, provider: HonestProvider
) -> None:
    clock = Clock()
    browser = open_browser(make_app(clock=clock))
    parameters = provider.authorize(browser.start())
    clock.ahead = timedelta(minutes=31)
    assert browser.come_back(dict(parameters)).reason == "sign-in-begun"


def test_two_tabs_both_arrive(browser: Browser, provider: HonestProvider) -> None:
    one, two = provider.authorize(browser.start()), provider.authorize(browser.start())
    assert browser.come_back(dict(one)).signed_in
    assert browser.come_back(dict(two)).signed_in


def test_a_refused_sign_in_stores_nothing_about_the_pupil(
    make_app: MakeApp, open_browser: OpenBrowser, provider: HonestProvider
) -> None:
    provider.claims["ov_inschrijvingen"] = []
    app = make_app()
    assert open_browser(app).sign_in().reason == "enrolment"
    stored = everything_stored(app, without="privacy_log")
    assert not any(value in stored for value in ("Gheynst", ACCOUNT, LEER_ID, "zoe@"))


def test_of_a_refused_pupil_the_privacy_log_keeps_the_key_and_nothing_else(
    make_app: MakeApp, open_browser: OpenBrowser, provider: HonestProvider
) -> None:
    provider.claims["ov_inschrijvingen"] = []
    app = make_app()
    assert open_browser(app).sign_in().reason == "enrolment"
    stored = everything_stored(app)
    assert stored.count(LEER_ID) == 1
    assert not any(value in stored for value in ("Gheynst", ACCOUNT, "zoe@"))


def test_a_refused_sign_in_changes_no_snapshot(browser: Browser, provider: HonestProvider) -> None:
    browser.sign_in()
    provider.claims |= {"family_name": "Anders", "ov_inschrijvingen": []}
    person = browser.client.get("/me")
    assert browser.sign_in().reason == "enrolment"
    assert "Van der Gheynst" in person.text


def test_only_listed_data_are_stored(make_app: MakeApp, open_browser: OpenBrowser, provider: HonestProvider) -> None:
    provider.claims |= {"gender": "canary-gender", "rrn": "12031499947", "address": {"street": "canary-street"}}
    app = make_app()
    assert open_browser(app).sign_in().signed_in
    stored = everything_stored(app)
    assert "canary" not in stored
    assert "12031499947" not in stored
    assert "access-token" not in stored


def test_what_is_no_longer_told_is_no_longer_kept(
    make_app: MakeApp, open_browser: OpenBrowser, provider: HonestProvider
) -> None:
    app = make_app()
    browser = open_browser(app)
    browser.sign_in()
    provider.claims |= {"family_name": "Anders"}
    del provider.claims["email"]
    assert browser.sign_in().signed_in
    stored = everything_stored(app)
    assert "Anders" in stored
    assert "Gheynst" not in stored
    assert "zoe@" not in stored


def test_of_a_school_without_agreement_nothing_is_kept(
    make_app: MakeApp, open_browser: OpenBrowser, provider: HonestProvider
) -> None:
    line = PUPIL["ov_inschrijvingen"][0]
    provider.claims["ov_inschrijvingen"] = [line | {"instellingsnummer": "700303", "stamnummer": "2599999"}, line]
    app = make_app()
    assert open_browser(app).sign_in().signed_in
    assert "2599999" not in everything_stored(app)


def test_the_log_holds_no_claim_and_no_token(
    browser: Browser, provider: HonestProvider, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    browser.sign_in()
    browser.sign_in(state="another")
    provider.answers["token"] = Answer({"error": "invalid_grant", "error_description": "Zoë"}, 400)
    browser.sign_in()
    told = [record.getMessage() for record in caplog.records if record.name.startswith("relying_party")]
    secrets = ("Zoë", "Gheynst", ACCOUNT, LEER_ID, "zoe@", "access-token", "eyJ", "testbed-secret", "code-")
    assert told
    assert not any(secret in line for line in told for secret in secrets)


def test_a_key_that_is_new_is_fetched_at_once(browser: Browser, provider: HonestProvider) -> None:
    browser.sign_in()
    rotate(provider)
    assert browser.sign_in().signed_in
    assert provider.calls("keys") == 2


def test_the_defect_keys_never_refetched_does_not_survive_a_rotation(
    open_browser: OpenBrowser, provider: HonestProvider
) -> None:
    browser = open_browser(defect="keys-never-refetched")
    browser.sign_in()
    rotate(provider)
    assert browser.sign_in().reason == "signature"


def rotate(provider: HonestProvider) -> None:
    fresh = RSAKey.generate_key(2048, {"kid": "key-2", "use": "sig", "alg": "RS256"})
    provider.keys.append(fresh)
    provider.bend_header = lambda header: header | {"kid": "key-2"}
    provider.seal = lambda header, claims: jws.serialize_compact(header, json.dumps(claims), fresh, ["RS256"])


def test_a_storm_of_unknown_keys_is_no_storm_of_fetches(browser: Browser, provider: HonestProvider) -> None:
    browser.sign_in()
    for number in range(15):
        provider.bend_header = lambda header, number=number: header | {"kid": f"unknown-{number}"}  # type: ignore[misc]
        assert browser.sign_in().reason == "signature"
    assert provider.calls("keys") == 6


def test_a_new_key_under_an_old_name_is_fetched_at_once(browser: Browser, provider: HonestProvider) -> None:
    browser.sign_in()
    provider.keys[:] = [FOREIGN_KEY]
    provider.seal = lambda header, claims: jws.serialize_compact(header, json.dumps(claims), FOREIGN_KEY, ["RS256"])
    assert browser.sign_in().signed_in
    assert provider.calls("keys") == 2


def test_a_storm_of_wrong_signatures_is_no_storm_of_fetches(browser: Browser, provider: HonestProvider) -> None:
    browser.sign_in()
    provider.seal = lambda header, claims: jws.serialize_compact(header, json.dumps(claims), FOREIGN_KEY, ["RS256"])
    for _ in range(10):
        assert browser.sign_in().reason == "signature"
    assert provider.calls("keys") == 6


@pytest.mark.parametrize(("defect", "fetches"), [("keys-refetched-without-limit", 16), (None, 6)])
def test_the_defect_without_a_limit_fetches_each_time(
    open_browser: OpenBrowser, provider: HonestProvider, defect: str | None, fetches: int
) -> None:
    browser = open_browser(defect=defect)
    browser.sign_in()
    for number in range(15):
        provider.bend_header = lambda header, number=number: header | {"kid": f"unknown-{number}"}  # type: ignore[misc]
        browser.sign_in()
    assert provider.calls("keys") == fetches


@pytest.mark.parametrize(("defect", "is_signed_in"), [("withdrawn-keys-kept", True), (None, False)])
def test_a_withdrawn_key_is_forgotten_when_the_keys_are_fetched_again(
    open_browser: OpenBrowser,
    provider: HonestProvider,
    defect: str | None,
    is_signed_in: bool,  # noqa: FBT001  a table
) -> None:
    browser = open_browser(defect=defect)
    browser.sign_in()
    honest = provider.seal, provider.bend_header
    rotate(provider)
    del provider.keys[0]
    assert browser.sign_in().signed_in
    provider.seal, provider.bend_header = honest
    assert browser.sign_in().signed_in == is_signed_in


KEYS_AWAY = Answer({"error": "temporarily_unavailable"}, 503)


@pytest.mark.parametrize(("defect", "is_signed_in"), [("keys-dropped-on-failure", False), (None, True)])
def test_known_keys_go_on_being_used_while_others_cannot_be_fetched(
    open_browser: OpenBrowser,
    provider: HonestProvider,
    defect: str | None,
    is_signed_in: bool,  # noqa: FBT001  a table
) -> None:
    browser = open_browser(defect=defect)
    browser.sign_in()
    honest, provider.answers["keys"] = provider.bend_header, KEYS_AWAY
    provider.bend_header = lambda header: header | {"kid": "unknown"}
    assert browser.sign_in().reason == "provider-unavailable"
    provider.bend_header = honest
    assert browser.sign_in().signed_in == is_signed_in


@pytest.mark.parametrize(("minutes", "is_signed_in"), [(2, True), (59, True), (61, False)])
def test_keys_that_cannot_be_fetched_again_outlast_their_minute_by_an_hour(
    open_browser: OpenBrowser,
    make_app: MakeApp,
    provider: HonestProvider,
    minutes: int,
    is_signed_in: bool,  # noqa: FBT001  a table
) -> None:
    clock = Clock()
    browser = open_browser(make_app(clock=clock))
    browser.sign_in()
    provider.answers["keys"] = KEYS_AWAY
    clock.ahead = timedelta(minutes=minutes)
    provider.bend_id_token = lambda claims: claims | {"exp": claims["exp"] + 7200, "iat": claims["iat"] + minutes * 60}
    outcome = browser.sign_in()
    assert outcome.signed_in == is_signed_in
    assert is_signed_in or outcome.reason == "provider-unavailable"
    assert provider.calls("keys") == 2


@pytest.mark.parametrize("defect", ["old-names-believed", "keys-never-refetched"])
def test_a_defect_does_not_survive_a_new_key_under_an_old_name(
    open_browser: OpenBrowser, provider: HonestProvider, defect: str
) -> None:
    browser = open_browser(defect=defect)
    browser.sign_in()
    provider.keys[:] = [FOREIGN_KEY]
    provider.seal = lambda header, claims: jws.serialize_compact(header, json.dumps(claims), FOREIGN_KEY, ["RS256"])
    assert browser.sign_in().signed_in == (defect == "keys-never-refetched")


def test_discovery_is_read_again_after_a_minute(
    open_browser: OpenBrowser, make_app: MakeApp, provider: HonestProvider
) -> None:
    clock = Clock()
    browser = open_browser(make_app(clock=clock))
    browser.sign_in()
    assert provider.calls("openid-configuration") == 1
    clock.ahead = timedelta(seconds=61)
    browser.start()
    assert provider.calls("openid-configuration") == 2


def test_a_refused_discovery_document_is_not_kept(browser: Browser, provider: HonestProvider) -> None:
    provider.bend_discovery = lambda document: document | {"issuer": "https://other.example"}
    assert browser.sign_in().reason == "discovery-issuer"
    provider.bend_discovery = lambda document: document
    assert browser.sign_in().signed_in


def test_a_provider_that_is_away_gets_a_friendly_page(open_browser: OpenBrowser) -> None:
    outcome = open_browser(issuer="http://localhost:1/op").sign_in()
    assert (outcome.reason, outcome.status) == ("provider-unavailable", 400)


def test_names_are_shown_and_kept_as_delivered(browser: Browser, provider: HonestProvider) -> None:
    provider.claims |= {"given_name": "Zoë-Agnès", "family_name": "van 't Kint D'Hondt <b>"}
    assert ">Zoë-Agnès van &#39;t Kint D&#39;Hondt &lt;b&gt;</h1>" in browser.sign_in().page


def test_the_defect_name_ascii_folded_drops_accents(open_browser: OpenBrowser) -> None:
    assert "Zoe-Agnes" in open_browser(defect="name-ascii-folded").sign_in().page


@pytest.fixture
def persons(open_browser: OpenBrowser, provider: HonestProvider, tmp_path: Path) -> Persons:
    """Sign one pupil in and then another one; return how many persons the application sees."""

    def count(second: dict[str, Any], defect: str | None = None) -> int:
        first = dict(provider.claims)
        browser = open_browser(defect=defect, database=f"sqlite:///{tmp_path / f'{defect}.db'}")
        one = browser.sign_in().person_id
        provider.claims = first | second
        two = browser.sign_in().person_id
        provider.claims = first
        assert one
        assert two
        return len({one, two})

    return count


def test_two_accounts_of_one_pupil_are_one_person(persons: Persons) -> None:
    assert persons({"ov_account_uuid": SECOND}) == 1
    assert persons({"ov_account_uuid": SECOND}, "account-as-key") == 2


def test_namesakes_are_two_persons(persons: Persons) -> None:
    other = {"ov_account_uuid": SECOND, "ov_leerid_uuid": ["another"], "email": None}
    assert persons(other) == 2
    assert persons(other, "name-as-key") == 1


def test_twins_with_one_address_are_two_persons(persons: Persons) -> None:
    other = {"ov_account_uuid": SECOND, "ov_leerid_uuid": ["another"], "given_name": "Twin"}
    assert persons(other) == 2
    assert persons(other, "email-as-key") == 1


def test_a_pupil_who_is_identified_keeps_the_work_done_before(persons: Persons, provider: HonestProvider) -> None:
    provider.claims["ov_leerid_uuid"] = []
    since = {"ov_account_uuid": SECOND, "ov_leerid_uuid": [LEER_ID], "ov_historiek_account_uuid": [ACCOUNT]}
    assert persons(since) == 1
    assert persons(since, "history-ignored") == 2


def test_an_account_of_another_pupil_opens_nothing(browser: Browser, provider: HonestProvider) -> None:
    browser.sign_in()
    provider.claims |= {"ov_leerid_uuid": ["somebody-else"]}
    outcome = browser.sign_in()
    assert (outcome.reason, outcome.status) == ("conflict", 403)


def test_parallel_sign_ins_make_one_person(
    open_browser: OpenBrowser, make_app: MakeApp, provider: HonestProvider
) -> None:
    app = make_app()
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda _number: open_browser(app).sign_in(), range(8)))
    assert {outcome.signed_in for outcome in outcomes} == {True}
    assert len({outcome.person_id for outcome in outcomes}) == 1
    assert provider.calls("token") == 8
