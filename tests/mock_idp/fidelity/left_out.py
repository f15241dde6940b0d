"""What is left out is really absent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shown import shows

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from small_application import Application
    from switchboard import Switchboard

SOMEBODY = ("teacher", "citizen", "secondary-pupil")


def document(browser: FlaskClient) -> dict[str, Any]:
    return dict(browser.get("/op/.well-known/openid-configuration").get_json())


def told_of(registered: Application, switch: Switchboard) -> set[str]:
    """Return every claim that anybody can bring, under the profile that lets out the most of others."""
    switch.profile("acm-2024")
    scope = "openid profile vo ov_leerling"
    return {name for each in SOMEBODY for name in registered.claims(each, scope=scope, prompt="login")}


def is_not_granted(registered: Application, *scopes: str) -> bool:
    errors = {registered.parameters_of(registered.ask(scope=f"openid {each}")).get("error") for each in scopes}
    return errors == {"invalid_scope"}


@shows("no-dynamic-registration")
def _(browser: FlaskClient) -> None:
    assert "registration_endpoint" not in document(browser)
    assert browser.post("/op/v1/register", json={}).status_code == 404


@shows("no-revocation")
def _(browser: FlaskClient) -> None:
    assert "revocation_endpoint" not in document(browser)
    assert browser.post("/op/v1/revoke", data={"token": "x"}).status_code == 404


@shows("no-channel-logout")
def _(browser: FlaskClient, application: Application) -> None:
    assert not [each for each in document(browser) if "channel_logout" in each or "check_session" in each]
    assert "sid" not in application.claims()
    assert "session_state" not in application.parameters_of(application.ask())


@shows("no-upstream-sign-out")
def _(browser: FlaskClient) -> None:
    page = browser.get("/op/v1/logout")
    assert "csam" not in page.text.lower()
    assert "<iframe" not in page.text


@shows("no-saml")
def _(browser: FlaskClient) -> None:
    assert [browser.get(path).status_code for path in ("/sps/saml20", "/saml/metadata", "/op/saml")] == [404] * 3


@shows("no-http-header")
def _(application: Application) -> None:
    response = application.answered()
    assert not [name for name, _ in response.headers if name.lower().startswith(("http_", "iv-", "vo"))]


@shows("no-mutual-tls")
def _(browser: FlaskClient) -> None:
    methods = document(browser)["token_endpoint_auth_methods_supported"]
    assert not [each for each in methods if "tls" in each]
    assert "mtls_endpoint_aliases" not in document(browser)


@shows("no-device-or-password-grant")
def _(application: Application, browser: FlaskClient) -> None:
    grants = document(browser)["grant_types_supported"]
    for grant in ("password", "implicit", "urn:ietf:params:oauth:grant-type:device_code"):
        assert grant not in grants
        assert application.redeem("any", grant_type=grant).get_json() == {"error": "unsupported_grant_type"}
    assert browser.post("/op/v1/device", data={}).status_code == 404


@shows("no-national-number")
def _(registered: Application, switch: Switchboard) -> None:
    assert is_not_granted(registered, "rrn")
    assert "rrn" not in told_of(registered, switch)


@shows("no-roles")
def _(registered: Application, switch: Switchboard) -> None:
    assert is_not_granted(registered, "abb_loketLB")
    assert not [each for each in told_of(registered, switch) if "rol_3" in each]


@shows("no-mandates")
def _(registered: Application, switch: Switchboard) -> None:
    assert is_not_granted(registered, "wettelijkvertegenwoordiger", "ssm_mandaat")
    assert not {"wv_orgcode", "ssm_mandaatgever"} & told_of(registered, switch)


@shows("no-papi")
def _(registered: Application, switch: Switchboard) -> None:
    assert is_not_granted(registered, "papi")
    assert "papi_token" not in told_of(registered, switch)


@shows("no-cot")
def _(registered: Application, switch: Switchboard) -> None:
    assert "cot" not in told_of(registered, switch)


@shows("no-tls")
def _(browser: FlaskClient) -> None:
    assert document(browser)["issuer"].startswith("http://localhost:")


@shows("no-real-names")
def _(browser: FlaskClient) -> None:
    assert "vlaanderen.be" not in browser.get("/op/.well-known/openid-configuration").text


@shows("no-success-page-of-isam")
def _(browser: FlaskClient) -> None:
    assert browser.get("/stb/html/pages?TAM_OP=logout_success").status_code == 404


@shows("no-old-urns")
def _(application: Application) -> None:
    assert "urn:be:vlaanderen:authmech:" in application.claims(acr_values="urn:be:vlaanderen:authmech:leerid")["acr"]


@shows("no-local-identities")
def _(application: Application, browser: FlaskClient) -> None:
    page = browser.get(application.ask().location).text
    assert 'data-testid="persona-teacher"' in page
    assert not [each for each in ("itsme", "eidas", "csam") if f'data-testid="{each}"' in page]


@shows("no-lead-time")
def _(registered: Application, switch: Switchboard) -> None:
    assert registered.ask(redirect_uri="http://127.0.0.1:9200/new").status_code == 400
    switch.client(redirect_uris=["http://127.0.0.1:9200/new"])
    assert registered.ask(redirect_uri="http://127.0.0.1:9200/new").status_code == 302
