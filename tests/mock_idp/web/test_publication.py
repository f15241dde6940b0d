"""What is published, and the headers of every answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from small_application import Application


PAGES = [
    "/",
    "/op/v1/keys",
    "/op/.well-known/openid-configuration",
    "/op/v1/logout",
    "/op/v1/auth",
    "/nowhere",
    "/op/v1/userinfo",
]


def test_the_discovery_document_is_acms(browser: FlaskClient) -> None:
    document = browser.get("/op/.well-known/openid-configuration").get_json()
    issuer = "http://localhost:9100/op"
    assert document["issuer"] == issuer
    assert document["authorization_endpoint"] == f"{issuer}/v1/auth"
    assert document["jwks_uri"] == f"{issuer}/v1/keys"
    assert document["end_session_endpoint"] == f"{issuer}/v1/logout"
    assert document["response_types_supported"] == ["code"]
    assert not {"scopes_supported", "claims_supported"} & document.keys()


@pytest.mark.parametrize("page", PAGES)
def test_every_answer_says_that_it_is_for_testing_only(browser: FlaskClient, page: str) -> None:
    headers = browser.get(page).headers
    assert headers["X-LeerID-Testbed"] == "testing-only"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"]
    assert headers["Cache-Control"] == (
        "public, max-age=21500, must-revalidate" if page.endswith("keys") else "no-store"
    )


@pytest.mark.parametrize("page", ["/", "/op/v1/logout", "/op/v1/auth", "/nowhere"])
def test_every_page_carries_the_banner(browser: FlaskClient, page: str) -> None:
    assert 'data-testid="testing-only"' in browser.get(page).text


def test_pages_load_nothing_from_elsewhere(browser: FlaskClient, application: Application) -> None:
    for page in ("/", application.ask().location):
        text = browser.get(page).text
        assert 'src="http' not in text
        assert '<link rel="stylesheet" href="/static/' in text


def test_the_start_page_says_what_to_paste(browser: FlaskClient) -> None:
    assert "http://localhost:9100/op" in browser.get("/").text


def test_an_address_that_does_not_exist_is_explained(browser: FlaskClient) -> None:
    response = browser.get("/op/v1/<b>")
    assert response.status_code == 404
    assert 'data-testid="provider-error"' in response.text
    assert "<b>" not in response.text
