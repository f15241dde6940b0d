"""The last ones used in a browser: a cookie of user names, and nothing that anybody wrote into it is believed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from mock_idp.domain.people.written import PersonRow

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from small_application import Application

    from mock_idp.provider import Provider

SLUGS = ("primary-pupil", "no-email", "mononym", "twin-one", "twin-two", "bis-number", "newcomer", "teacher", "citizen")


def shown(browser: FlaskClient, page: str) -> list[str]:
    return re.findall(r'data-testid="recent-([^"]+)"', browser.get(page).text)


def again(application: Application, **changes: str) -> str:
    location = application.ask(prompt="login", **changes).location
    assert location
    return location


def test_a_new_browser_has_used_nobody(application: Application, browser: FlaskClient) -> None:
    page = again(application)
    assert shown(browser, page) == []
    assert "Eerder gebruikt" not in browser.get(page).text


def test_the_last_eight_are_shown_the_latest_first(
    application: Application, browser: FlaskClient, provider: Provider
) -> None:
    names = [provider.personas.get(slug).user_name for slug in SLUGS]
    for slug in SLUGS:
        browser.post(again(application), data={"persona": slug})
    assert shown(browser, again(application)) == names[:0:-1]
    browser.post(again(application), data={"persona": "twin-one"})
    assert shown(browser, again(application))[:2] == [names[3], names[-1]]


def test_one_click_signs_them_in(application: Application, browser: FlaskClient, provider: Provider) -> None:
    browser.post(again(application), data={"persona": "mononym"})
    user_name = provider.personas.get("mononym").user_name
    assert "code" in application.parameters_of(browser.post(again(application), data={"user_name": user_name}))


def test_the_cookie_holds_user_names_and_stays_on_the_sign_in_page(
    application: Application, browser: FlaskClient, provider: Provider
) -> None:
    response = browser.post(again(application), data={"persona": "mononym"})
    cookie = next(each for each in response.headers.getlist("Set-Cookie") if each.startswith("leerid_recent="))
    value, *attributes = cookie.split("; ")
    assert value == f"leerid_recent={provider.personas.get('mononym').user_name}"
    assert {"HttpOnly", "SameSite=Lax", "Path=/op/sign-in/"} <= set(attributes)


@pytest.mark.parametrize("form", [{"action": "cancel"}, {"persona": "account-blocked"}, {"persona": "nobody"}])
def test_who_was_not_signed_in_is_not_remembered(
    application: Application, browser: FlaskClient, form: dict[str, str]
) -> None:
    browser.post(again(application), data=form)
    assert shown(browser, again(application)) == []


@pytest.mark.parametrize(
    "cookie",
    ["<script>x</script>", "../../etc", "|||", "x" * 4_000, "nobody.here99", "ééé", "noah wouters", '"a|b'],
)
def test_a_cookie_that_makes_no_sense_shows_nobody(application: Application, browser: FlaskClient, cookie: str) -> None:
    page = again(application)
    browser.set_cookie("leerid_recent", cookie, path="/op/sign-in/")
    assert shown(browser, page) == []
    assert "<script>x" not in browser.get(page).text


def test_what_makes_sense_in_a_cookie_is_kept(
    application: Application, browser: FlaskClient, provider: Provider
) -> None:
    user_name = provider.personas.get("mononym").user_name
    page = again(application)
    browser.set_cookie("leerid_recent", f"<b>|{user_name}|{user_name}|{'x' * 500}", path="/op/sign-in/")
    assert shown(browser, page) == [user_name]


def test_somebody_of_another_stage_is_not_shown(
    application: Application, browser: FlaskClient, provider: Provider
) -> None:
    birth = {"day": "01", "month": "02", "year": "2013"}
    row = PersonRow.model_validate({"family_name": "Hierzo", "birth": birth, "sex": "f"})
    user_name = provider.people.making.make("default", row).user_name
    browser.post(again(application), data={"user_name": user_name})
    assert shown(browser, again(application)) == [user_name]
    browser.set_cookie("leerid_stage", provider.stages.open().id)
    assert shown(browser, again(application)) == []
