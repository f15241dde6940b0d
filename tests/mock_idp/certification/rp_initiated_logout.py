"""RP-Initiated Logout OP: what each module does, and what it demands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jwt
from asserting import OTHER_KEY
from shown import does_as
from suite import is_page, unsigned

if TYPE_CHECKING:
    from suite import Suite
    from werkzeug.test import TestResponse

BACK = "http://127.0.0.1:9200/signed-out"
STATE = "x" * 128


def signed_out(suite: Suite, *, hint: str | None = None, **changes: str | None) -> TestResponse:
    """Sign in, then send the browser to the end of the session; None leaves a parameter out."""
    honest = {"id_token_hint": hint or suite.flow()["id_token"], "post_logout_redirect_uri": BACK, "state": STATE}
    query = {name: value for name, value in (honest | changes).items() if value is not None}
    return suite.application.browser.get("/op/v1/logout", query_string=query)


def must_sign_in_again(suite: Suite) -> bool:
    return suite.answered(suite.asked(prompt="none"))["error"] == "login_required"


@does_as("oidcc-rp-initiated-logout-discovery-endpoint-verification")
def _(secure: Suite) -> None:
    assert secure.document["end_session_endpoint"].startswith("https://")


@does_as("oidcc-rp-initiated-logout")
def _(suite: Suite) -> None:
    assert signed_out(suite).location == f"{BACK}?state={STATE}"
    assert must_sign_in_again(suite)


@does_as("oidcc-rp-initiated-logout-bad-post-logout-redirect-uri")
def _(suite: Suite) -> None:
    assert is_page(signed_out(suite, post_logout_redirect_uri=f"{BACK}/bad"))


@does_as("oidcc-rp-initiated-logout-modified-id-token-hint")
def _(suite: Suite) -> None:
    assert is_page(signed_out(suite, hint=unsigned(suite.claims(suite.flow()))))


@does_as("oidcc-rp-initiated-logout-no-id-token-hint")
def _(suite: Suite) -> None:
    assert is_page(signed_out(suite, id_token_hint=None))


@does_as("oidcc-rp-initiated-logout-no-params")
def _(suite: Suite) -> None:
    assert is_page(signed_out(suite, id_token_hint=None, post_logout_redirect_uri=None, state=None))
    assert must_sign_in_again(suite)


@does_as("oidcc-rp-initiated-logout-no-post-logout-redirect-uri")
def _(suite: Suite) -> None:
    assert is_page(signed_out(suite, post_logout_redirect_uri=None))
    assert must_sign_in_again(suite)


@does_as("oidcc-rp-initiated-logout-no-state")
def _(suite: Suite) -> None:
    assert signed_out(suite, state=None).location == BACK
    assert must_sign_in_again(suite)


@does_as("oidcc-rp-initiated-logout-only-state")
def _(suite: Suite) -> None:
    assert is_page(signed_out(suite, id_token_hint=None, post_logout_redirect_uri=None))
    assert must_sign_in_again(suite)


@does_as("oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri")
def _(suite: Suite) -> None:
    assert is_page(signed_out(suite, post_logout_redirect_uri=f"{BACK}?foo=bar"))


@does_as("oidcc-rp-initiated-logout-bad-id-token-hint")
def _(suite: Suite) -> None:
    claims = suite.claims(suite.flow())
    assert is_page(signed_out(suite, hint=jwt.encode(claims, OTHER_KEY.as_pem(private=True), algorithm="RS256")))
