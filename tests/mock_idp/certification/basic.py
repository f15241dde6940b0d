"""Basic OP: what each module does, and what it demands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from shown import does_as
from small_application import REDIRECT_URI
from suite import Skipped, is_page, unsigned, wish

if TYPE_CHECKING:
    from suite import Suite
    from switchboard import Switchboard

    from mock_idp.domain.clock import SettableClock

PROFILE = {
    *("name", "given_name", "family_name", "middle_name", "nickname", "preferred_username", "profile", "picture"),
    *("website", "gender", "birthdate", "zoneinfo", "locale", "updated_at"),
}
OF_AN_ID_TOKEN = {
    *("iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr", "azp", "at_hash", "c_hash"),
    *("nbf", "jti", "sid", "s_hash", "openbanking_intent_id", "txn"),
}
"""What the suite takes without a scope that brings it."""
UI_NEEDED = {"interaction_required", "login_required", "account_selection_required", "consent_required"}


def only_with_registration(suite: Suite) -> None:
    """Skip what the suite does only with a client that it registered itself."""
    if "registration_endpoint" not in suite.document:
        raise Skipped("registration_endpoint")


def nothing_unasked(suite: Suite, tokens: dict[str, Any]) -> None:
    wish(fulfilled=suite.claims(tokens).keys() <= OF_AN_ID_TOKEN, otherwise="no claims that nobody asked for")


def scopes(suite: Suite, scope: str, told: set[str]) -> None:
    suite.skip_unless_scopes_are_listed(scope)
    tokens = suite.flow(scope=scope)
    wish(fulfilled=told <= suite.userinfo(tokens).keys(), otherwise=scope)


@does_as("oidcc-server")
def _(suite: Suite) -> None:
    assert "client_secret_basic" in suite.document["token_endpoint_auth_methods_supported"]
    tokens = suite.flow()
    assert tokens["token_type"] == "Bearer"
    suite.userinfo(tokens)
    nothing_unasked(suite, tokens)


@does_as("oidcc-response-type-missing")
def _(suite: Suite) -> None:
    error = suite.authorized(response_type=None)["error"]
    assert error in {"invalid_request", "unsupported_response_type"}


@does_as("oidcc-idtoken-signature")
def _(suite: Suite) -> None:
    only_with_registration(suite)


@does_as("oidcc-idtoken-unsigned")
def _(suite: Suite) -> None:
    only_with_registration(suite)


@does_as("oidcc-userinfo-get")
def _(suite: Suite) -> None:
    suite.userinfo(suite.flow())


@does_as("oidcc-userinfo-post-header")
def _(suite: Suite) -> None:
    tokens = suite.flow()
    header = {"Authorization": f"Bearer {tokens['access_token']}"}
    suite.userinfo(tokens, suite.application.browser.post("/op/v1/userinfo", headers=header))


@does_as("oidcc-userinfo-post-body")
def _(suite: Suite) -> None:
    tokens = suite.flow()
    response = suite.application.browser.post("/op/v1/userinfo", data={"access_token": tokens["access_token"]})
    wish(fulfilled=response.status_code < 300, otherwise="the access token in the body")
    suite.userinfo(tokens, response)


@does_as("oidcc-ensure-request-without-nonce-succeeds-for-code-flow")
def _(suite: Suite) -> None:
    suite.flow(nonce=None)


@does_as("oidcc-scope-profile")
def _(suite: Suite) -> None:
    scopes(suite, "openid profile", PROFILE)


@does_as("oidcc-scope-email")
def _(suite: Suite) -> None:
    scopes(suite, "openid email", {"email", "email_verified"})


@does_as("oidcc-scope-address")
def _(suite: Suite) -> None:
    scopes(suite, "openid address", {"address"})


@does_as("oidcc-scope-phone")
def _(suite: Suite) -> None:
    scopes(suite, "openid phone", {"phone_number", "phone_number_verified"})


@does_as("oidcc-scope-all")
def _(suite: Suite) -> None:
    scopes(suite, "openid profile email address phone", PROFILE | {"email", "address", "phone_number"})


@does_as("oidcc-alternate-happy-flow")
def _(suite: Suite) -> None:
    suite.skip_unless_scopes_are_listed("email openid")


@does_as("oidcc-display-page")
def _(suite: Suite) -> None:
    suite.flow(display="page")


@does_as("oidcc-display-popup")
def _(suite: Suite) -> None:
    suite.flow(display="popup")


@does_as("oidcc-prompt-login")
def _(suite: Suite, clock: SettableClock) -> None:
    first = suite.claims(suite.flow())
    clock.advance(seconds=1)
    assert "/sign-in/" in suite.asked(prompt="login").location
    second = suite.claims(suite.flow(prompt="login"))
    assert second.get("auth_time", 1) > first.get("auth_time", 0)


@does_as("oidcc-prompt-none-not-logged-in")
def _(suite: Suite) -> None:
    answer = suite.answered(suite.asked(prompt="none", state="x" * 128))
    assert answer["error"] in UI_NEEDED
    assert answer.keys() <= {"error", "error_description", "state", "iss"}


@does_as("oidcc-prompt-none-logged-in")
def _(suite: Suite) -> None:
    first = suite.claims(suite.flow())
    second = suite.claims(suite.redeemed(suite.answered(suite.asked(prompt="none"))))
    assert [second.get(each) for each in ("sub", "auth_time")] == [first.get(each) for each in ("sub", "auth_time")]


@does_as("oidcc-max-age-1")
def _(suite: Suite, clock: SettableClock) -> None:
    suite.flow()
    clock.advance(seconds=2)
    assert "/sign-in/" in suite.asked(max_age="1").location
    claims = suite.claims(suite.flow(max_age="1"))
    assert 0 <= clock.now().timestamp() - claims["auth_time"] <= 1


@does_as("oidcc-max-age-10000")
def _(suite: Suite, clock: SettableClock) -> None:
    first = suite.claims(suite.flow(max_age="15000"))
    clock.advance(seconds=1)
    second = suite.claims(suite.redeemed(suite.answered(suite.asked(max_age="10000"))))
    assert (second["auth_time"], second["sub"]) == (first["auth_time"], first["sub"])


@does_as("oidcc-ensure-request-with-unknown-parameter-succeeds")
def _(suite: Suite) -> None:
    suite.flow(extra="foobar")


@does_as("oidcc-id-token-hint")
def _(suite: Suite) -> None:
    first = suite.flow()
    answer = suite.answered(suite.asked(prompt="none", id_token_hint=first["id_token"]))
    assert suite.claims(suite.redeemed(answer))["sub"] == suite.claims(first)["sub"]


@does_as("oidcc-login-hint")
def _(suite: Suite) -> None:
    suite.flow(login_hint="buffy@localhost")


@does_as("oidcc-ui-locales")
def _(suite: Suite) -> None:
    suite.flow(ui_locales="se")


@does_as("oidcc-claims-locales")
def _(suite: Suite) -> None:
    suite.flow(claims_locales="se")


@does_as("oidcc-ensure-request-with-acr-values-succeeds")
def _(suite: Suite) -> None:
    asked = " ".join(suite.document.get("acr_values_supported", ["1", "2"]))
    claims = suite.claims(suite.flow(acr_values=asked))
    wish(fulfilled=claims.get("acr") in asked.split(), otherwise="one of the acr_values")


@does_as("oidcc-codereuse")
def _(suite: Suite) -> None:
    answer = suite.authorized()
    suite.redeemed(answer)
    suite.refused(suite.application.redeem(answer["code"]))


@does_as("oidcc-codereuse-30seconds")
def _(suite: Suite, clock: SettableClock) -> None:
    answer = suite.authorized()
    token = suite.redeemed(answer)["access_token"]
    clock.advance(seconds=30)
    suite.refused(suite.application.redeem(answer["code"]))
    wish(fulfilled=400 <= suite.application.userinfo(token).status_code < 500, otherwise="the first token is revoked")


@does_as("oidcc-ensure-registered-redirect-uri")
def _(suite: Suite) -> None:
    assert is_page(suite.asked(redirect_uri=f"{REDIRECT_URI}/unregistered"))


@does_as("oidcc-ensure-post-request-succeeds")
def _(suite: Suite) -> None:
    suite.asked()
    browser = suite.application.browser
    page = browser.post("/op/v1/auth", data=suite.application.sent).location
    suite.redeemed(suite.answered(browser.post(page, data={"persona": "secondary-pupil"})))


@does_as("oidcc-server-client-secret-post")
def _(suite: Suite, switch: Switchboard) -> None:
    assert "client_secret_post" in suite.document["token_endpoint_auth_methods_supported"]
    switch.client(token_endpoint_auth_method="client_secret_post")
    response = suite.application.redeem(suite.authorized()["code"], basic=False)
    assert response.status_code == 200
    suite.checked(response.get_json()["id_token"])


@does_as("oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported")
def _(suite: Suite) -> None:
    only_with_registration(suite)


@does_as("oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported")
def _(suite: Suite) -> None:
    suite.asked()
    moved = {name: suite.application.sent[name] for name in ("state", "nonce")}
    response = suite.application.ask(request=unsigned(suite.application.sent), scope="openid", state=None, nonce=None)
    parameters = suite.application.parameters_of(response)
    if parameters.get("error") == "request_not_supported":
        raise Skipped("request")
    assert parameters["state"] == moved["state"]


@does_as("oidcc-claims-essential")
def _(suite: Suite) -> None:
    tokens = suite.flow(claims='{"userinfo":{"name":{"essential":true}}}')
    wish(fulfilled="name" in suite.userinfo(tokens), otherwise="the claim name")


@does_as("oidcc-ensure-request-object-with-redirect-uri")
def _(suite: Suite) -> None:
    suite.asked()
    inside = unsigned(suite.application.sent)
    assert is_page(suite.application.ask(request=inside, redirect_uri=f"{REDIRECT_URI}/invalid", state=None))


@does_as("oidcc-refresh-token")
def _(suite: Suite, switch: Switchboard) -> None:
    listed = "offline_access" in suite.document.get("scopes_supported", [])
    tokens = suite.flow(scope="openid offline_access" if listed else "openid")
    if "refresh_token" not in tokens:
        raise Skipped("refresh_token")
    del switch


@does_as("oidcc-ensure-request-with-valid-pkce-succeeds")
def _(suite: Suite) -> None:
    verifier = "a-verifier-that-is-at-least-forty-three-characters-long"
    challenge = create_s256_code_challenge(verifier)
    answer = suite.authorized(code_challenge=challenge, code_challenge_method="S256")
    suite.redeemed(answer, code_verifier=verifier)
