"""Nobody signed in: the person is told on a page, or the application by redirect, as the policy says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mock_idp.settings import Policy

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from small_application import Application
    from werkzeug.test import TestResponse

    from mock_idp.provider import Provider

REFUSED = ["account-blocked", "password-expired", "account-withheld"]


@pytest.fixture
def submit(application: Application, browser: FlaskClient) -> Any:
    def send(form: dict[str, str], **changes: str) -> TestResponse:
        return browser.post(application.ask(ui_locales="en", **changes).location, data=form)

    return send


def notes(provider: Provider) -> str:
    return " ".join([each for each in provider.journal.exchanges() if each.endpoint == "sign-in"][-1].notes)


@pytest.mark.parametrize("slug", REFUSED)
def test_an_account_that_is_refused_is_told_at_the_page(submit: Any, provider: Provider, slug: str) -> None:
    response = submit({"persona": slug})
    assert (response.status_code, response.location) == (200, None)
    assert "the application is told nothing" in response.text.lower()
    assert "account_refused is page" in notes(provider)


@pytest.mark.parametrize("slug", REFUSED)
@pytest.mark.parametrize("mode", ["query", "form_post"])
def test_an_account_that_is_refused_is_told_to_the_application_where_the_policy_says_so(
    application: Application, submit: Any, provider: Provider, slug: str, mode: str
) -> None:
    provider.main.conduct.policy = Policy(account_refused="redirect")
    response = submit({"persona": slug}, response_mode=mode)
    if mode == "query":
        assert application.parameters_of(response) == {"error": "access_denied", "state": "the-state"}
    else:
        assert 'value="access_denied"' in response.text
    assert "the account is" in notes(provider)
    assert "leerid_session" not in response.headers.get("Set-Cookie", "")


@pytest.mark.parametrize("policy", ["page", "redirect"])
@pytest.mark.parametrize("form", [{"username": "lotte.peeters87", "password": "wrong"}, {"persona": "nobody"}])
def test_a_wrong_password_is_never_told_to_the_application(
    submit: Any, provider: Provider, policy: str, form: dict[str, str]
) -> None:
    provider.main.conduct.policy = Policy(account_refused=policy, cancelled=policy)
    response = submit(form)
    assert (response.status_code, response.location) == (200, None)


def test_who_cancels_is_denied_at_the_application(application: Application, submit: Any, provider: Provider) -> None:
    response = submit({"action": "cancel"})
    assert application.parameters_of(response) == {"error": "access_denied", "state": "the-state"}
    assert "cancelled" in notes(provider)


def test_who_cancels_may_be_told_on_a_page_that_leads_back(
    application: Application, browser: FlaskClient, provider: Provider
) -> None:
    provider.main.conduct.policy = Policy(cancelled="page")
    page = application.ask(ui_locales="en").location
    response = browser.post(page, data={"action": "cancel"})
    assert (response.status_code, response.location) == (200, None)
    assert "You did not sign in" in response.text
    assert f'href="{page}' in response.text
    assert "cancelled is page" in notes(provider)
    assert "code" in application.parameters_of(browser.post(page, data={"persona": "secondary-pupil"}))


def test_a_page_that_was_denied_is_answered_once(submit: Any, browser: FlaskClient, application: Application) -> None:
    page = application.ask().location
    assert browser.post(page, data={"action": "cancel"}).status_code == 303
    assert browser.post(page, data={"persona": "secondary-pupil"}).status_code == 400
    assert submit
