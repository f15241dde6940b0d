"""Authorization: what each row says, over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from shown import shows
from small_application import REDIRECT_URI

from mock_idp.web import create_app

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient
    from small_application import Application
    from switchboard import Switchboard

    from mock_idp.domain.clock import SettableClock

VERIFIER = "a-verifier-that-is-at-least-forty-three-characters-long"
S256 = {"code_challenge": create_s256_code_challenge(VERIFIER), "code_challenge_method": "S256"}
PLAIN = {"code_challenge": VERIFIER, "code_challenge_method": "plain"}


def error(application: Application, **changes: str | None) -> str | None:
    return application.parameters_of(application.ask(**changes)).get("error")


def is_asked_to_sign_in(application: Application, **changes: str | None) -> bool:
    return "/sign-in/" in (application.ask(**changes).location or "")


@shows("client-id-required")
def _(application: Application) -> None:
    assert application.ask(client_id=None).status_code == 400
    assert is_asked_to_sign_in(application)


@shows("redirect-uri-required")
def _(registered: Application) -> None:
    assert registered.ask(redirect_uri=None).status_code == 400


@shows("redirect-uri-registered")
def _(registered: Application) -> None:
    for other in (f"{REDIRECT_URI}/", f"{REDIRECT_URI}?x=1", REDIRECT_URI.replace("127.0.0.1", "localhost")):
        assert registered.ask(redirect_uri=other).status_code == 400
    assert is_asked_to_sign_in(registered)


@shows("no-redirect-to-strangers")
def _(registered: Application) -> None:
    page = registered.ask(redirect_uri="https://elsewhere.example/")
    assert (page.status_code, page.location) == (400, None)
    stranger = registered.ask(client_id="stranger", redirect_uri="https://elsewhere.example/")
    assert (stranger.status_code, stranger.location) == (400, None)


@shows("response-type-code")
def _(application: Application) -> None:
    for wrong in ("token", "id_token", "code id_token", None):
        assert error(application, response_type=wrong, response_mode="query")
    assert is_asked_to_sign_in(application)


@shows("response-type-other")
def _(application: Application) -> None:
    assert error(application, response_type="token", response_mode="query") == "unsupported_response_type"


@shows("scope-openid")
def _(application: Application) -> None:
    assert error(application, scope="profile") == "invalid_scope"
    assert is_asked_to_sign_in(application, scope="openid")


@shows("scope-not-granted-at-once")
def _(registered: Application, switch: Switchboard) -> None:
    refusal = registered.ask(scope="openid rrn")
    assert refusal.location.startswith(REDIRECT_URI)
    assert registered.parameters_of(refusal)["state"] == "the-state"
    assert is_asked_to_sign_in(registered, scope="openid profile")
    switch.client(scopes=["openid"])
    assert error(registered, scope="openid profile") == "invalid_scope"


@shows("scope-refused-by-redirect")
def _(application: Application, switch: Switchboard) -> None:
    assert error(application, scope="openid nothing") == "invalid_scope"
    switch.policy(scope_refused="page")
    page = application.ask(scope="openid nothing")
    assert (page.status_code, page.location) == (400, None)


@shows("state-optional")
def _(application: Application) -> None:
    odd = "a state/with=odd & characters+é"
    assert application.parameters_of(application.answered(state=odd))["state"] == odd
    assert "state" not in application.parameters_of(application.answered(state=None, prompt="login"))


@shows("nonce-optional")
def _(application: Application) -> None:
    assert "nonce" not in application.claims(nonce=None)


@shows("response-modes")
def _(application: Application) -> None:
    query = application.answered(response_mode="query")
    assert query.location.startswith(f"{REDIRECT_URI}?code=")
    fragment = application.ask(response_mode="fragment")
    assert fragment.location.startswith(f"{REDIRECT_URI}#code=")
    form = application.ask(response_mode="form_post")
    assert 'name="code"' in form.text
    assert f'action="{REDIRECT_URI}"' in form.text


@shows("response-mode-default")
def _(application: Application) -> None:
    assert "?code=" in application.answered().location


@shows("response-mode-of-others")
def _(application: Application) -> None:
    for response_type in ("token", "id_token", "code id_token"):
        assert "#error=unsupported_response_type" in application.ask(response_type=response_type).location


@shows("response-mode-unknown")
def _(application: Application) -> None:
    assert error(application, response_mode="web_message") == "invalid_request"


@shows("proof-key-methods")
def _(application: Application) -> None:
    assert application.redeem(application.code(**S256), code_verifier=VERIFIER).status_code == 200
    plain = application.code(prompt="login", **PLAIN)
    assert application.redeem(plain, code_verifier=VERIFIER).status_code == 200


@shows("proof-key-plain")
def _(application: Application, browser: FlaskClient, switch: Switchboard) -> None:
    assert is_asked_to_sign_in(application, **PLAIN)
    notes = browser.get("/control/v1/journal").get_json()["exchanges"][0]["notes"]
    assert any("use S256" in each for each in notes)
    switch.policy(plain_challenge="strict")
    assert error(application, **PLAIN) == "invalid_request"
    assert is_asked_to_sign_in(application, **S256)


@shows("proof-key-optional")
def _(registered: Application, switch: Switchboard) -> None:
    assert registered.redeem(registered.code()).status_code == 200
    wrong = registered.redeem(registered.code(prompt="login", **S256), code_verifier=VERIFIER[::-1])
    assert wrong.get_json()["error"] == "invalid_grant"
    switch.client(require_pkce=True)
    assert error(registered) == "invalid_request"


@shows("proof-key-public")
def _(registered: Application, switch: Switchboard) -> None:
    assert is_asked_to_sign_in(registered)
    switch.client(token_endpoint_auth_method="none", client_secret=None)
    assert error(registered) == "invalid_request"
    code = registered.code(**S256)
    assert registered.redeem(code, basic=False, client_secret=None, code_verifier=VERIFIER).status_code == 200


@shows("prompt-login")
def _(application: Application) -> None:
    application.code()
    assert not is_asked_to_sign_in(application)
    assert is_asked_to_sign_in(application, prompt="login")


@shows("prompt-none")
def _(application: Application) -> None:
    assert error(application, prompt="none") == "login_required"
    application.code()
    assert "code" in application.parameters_of(application.ask(prompt="none"))


@shows("max-age")
def _(application: Application, clock: SettableClock) -> None:
    application.code()
    clock.advance(seconds=60)
    assert not is_asked_to_sign_in(application, max_age="60")
    assert is_asked_to_sign_in(application, max_age="59")


@shows("max-age-zero")
def _(application: Application) -> None:
    application.answered()
    assert not is_asked_to_sign_in(application)
    assert is_asked_to_sign_in(application, max_age="0")


@shows("max-age-malformed")
def _(application: Application) -> None:
    assert {error(application, max_age=wrong) for wrong in ("-1", "1.5", "soon")} == {"invalid_request"}


@shows("prompt-none-alone")
def _(application: Application) -> None:
    assert error(application, prompt="none login") == "invalid_request"


@shows("prompt-unknown")
def _(application: Application) -> None:
    assert error(application, prompt="create") == "invalid_request"


@shows("prompt-consent")
def _(application: Application) -> None:
    application.answered()
    assert "code" in application.parameters_of(application.ask(prompt="consent"))
    assert is_asked_to_sign_in(application, prompt="select_account")


@shows("id-token-hint")
def _(application: Application, browser: FlaskClient, clock: SettableClock) -> None:
    hint = application.tokens()["id_token"]
    for action in ("rotate", "retire"):
        browser.post("/control/v1/keys", json={"action": action})
    clock.advance(seconds=3700)
    assert error(application, id_token_hint=hint, prompt="none") is None
    assert error(application, id_token_hint=hint, client_id="another") == "invalid_request"
    assert error(application, id_token_hint=f"{hint[:-8]}AAAAAAAA") == "invalid_request"


@shows("id-token-hint-of-another")
def _(application: Application) -> None:
    hint = application.tokens("primary-pupil")["id_token"]
    application.answered("secondary-pupil", prompt="login")
    assert is_asked_to_sign_in(application, id_token_hint=hint)
    assert error(application, id_token_hint=hint, prompt="none") == "login_required"


@shows("request-objects")
def _(application: Application) -> None:
    for name in ("request", "request_uri", "registration"):
        assert error(application, **{name: "x"}) == f"{name}_not_supported"


@shows("claims-parameter")
def _(application: Application, browser: FlaskClient) -> None:
    assert is_asked_to_sign_in(application, claims='{"userinfo":{"email":{"essential":true}}}')
    notes = browser.get("/control/v1/journal").get_json()["exchanges"][0]["notes"]
    assert any("claims was ignored" in each for each in notes)


@shows("parameter-empty")
def _(application: Application) -> None:
    assert is_asked_to_sign_in(application, prompt="", max_age="", id_token_hint="", response_mode="")
    assert application.ask(client_id="").status_code == 400


@shows("parameter-twice")
def _(application: Application, browser: FlaskClient) -> None:
    application.ask()
    for name, status in (("nonce", 302), ("state", 400), ("redirect_uri", 400), ("client_id", 400)):
        response = browser.get("/op/v1/auth", query_string=[*application.sent.items(), (name, "again")])
        assert response.status_code == status
        assert status == 400 or "error=invalid_request" in response.location


@shows("ui-locales")
def _(application: Application, browser: FlaskClient) -> None:
    for asked, shown in [("en", "en"), ("fr en", "en"), ("nl-BE", "nl"), ("se", "nl")]:
        assert f'<html lang="{shown}">' in browser.get(application.ask(ui_locales=asked).location).text


@shows("unknown-parameters")
def _(application: Application) -> None:
    assert is_asked_to_sign_in(application, extra="foobar")


@shows("request-by-form")
def _(application: Application, browser: FlaskClient) -> None:
    application.ask()
    assert "/sign-in/" in browser.post("/op/v1/auth", data=application.sent).location


@shows("iss-parameter")
def _(application: Application, switch: Switchboard) -> None:
    assert "iss" not in application.parameters_of(application.answered())
    switch.policy(iss_parameter=True)
    assert application.parameters_of(application.ask())["iss"] == "http://localhost:9100/op"


@shows("more-parameters")
def _(application: Application, switch: Switchboard) -> None:
    assert set(application.parameters_of(application.answered())) == {"code", "state"}
    switch.circumstance("authorization-response.extra-parameters")
    assert set(application.parameters_of(application.ask())) > {"code", "state"}


@shows("errors-unexplained")
def _(application: Application, browser: FlaskClient, switch: Switchboard) -> None:
    assert set(application.parameters_of(application.ask(scope="openid nothing"))) == {"error", "state"}
    notes = browser.get("/control/v1/journal").get_json()["exchanges"][0]["notes"]
    assert any("nothing" in each for each in notes)
    assert application.redeem("unknown").get_json() == {"error": "invalid_grant"}
    switch.policy(error_description=True)
    assert application.redeem("unknown").get_json()["error_description"]
    assert application.parameters_of(application.ask(scope="openid nothing"))["error_description"]


@shows("open-mode")
def _(application: Application, switch: Switchboard, tmp_path: Path) -> None:
    assert is_asked_to_sign_in(application)
    file = tmp_path / "clients.toml"
    file.write_text(f'[[clients]]\nclient_id = "only"\nclient_secret = "s"\nredirect_uris = ["{REDIRECT_URI}"]\n')
    application.browser = create_app(switch.setting(clients_file=file)).test_client()
    assert application.ask().status_code == 400
    assert is_asked_to_sign_in(application, client_id="only")


@shows("required-scopes")
def _(registered: Application, switch: Switchboard) -> None:
    assert registered.tokens(scope="openid")["scope"] == ""
    switch.client(required_scopes=["profile"])
    assert registered.tokens(scope="openid", prompt="login")["scope"] == "profile"
    assert registered.tokens(scope="openid profile", prompt="login")["scope"] == "profile"


@shows("localhost-redirect")
def _(registered: Application, switch: Switchboard) -> None:
    switch.client(redirect_uris=["http://localhost:4200/callback"])
    assert is_asked_to_sign_in(registered, redirect_uri="http://localhost:4200/callback")


@shows("client-kinds")
def _(registered: Application, switch: Switchboard) -> None:
    native = "be.school.app:/callback"
    assert registered.ask(redirect_uri=native).status_code == 400
    switch.client(redirect_uris=[native])
    assert registered.answered(redirect_uri=native).location.startswith(f"{native}?code=")
