"""What comes of signing in: each trouble in a pupil's words and a developer's, and nothing of it on the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from small_application import Application

    from mock_idp.provider import Provider

TROUBLED = {
    "account-blocked": ("This account is blocked.", "2026-11-23, the day of this stage, the account is blocked"),
    "password-expired": ("must be changed first.", "the password has expired"),
    "account-withheld": ("was not handed out yet.", "the account is withheld"),
}


@pytest.fixture
def page(application: Application) -> Any:
    return f"{application.ask().location}?lang=en"


def journal(provider: Provider) -> list[Any]:
    return [each for each in provider.journal.exchanges() if each.endpoint == "sign-in"]


@pytest.mark.parametrize("slug", TROUBLED)
@pytest.mark.parametrize("is_typed", [True, False])
def test_an_account_in_trouble_is_told_in_both_words(
    browser: FlaskClient, page: str, provider: Provider, slug: str, *, is_typed: bool
) -> None:
    pupil = provider.personas.get(slug)
    form = {"username": pupil.user_name, "password": pupil.password} if is_typed else {"persona": slug}
    response = browser.post(page, data=form)
    assert response.status_code == 200
    assert all(words in response.text for words in TROUBLED[slug])
    assert ('aria-invalid="true"' in response.text) is is_typed


@pytest.mark.parametrize("slug", ["password-expired", "account-withheld"])
def test_the_trouble_is_over_when_the_calendar_has_moved_on(
    application: Application, browser: FlaskClient, provider: Provider, slug: str
) -> None:
    provider.stages.change("default", calendar_offset_days=7)
    assert browser.post(application.ask().location, data={"persona": slug}).status_code == 303


def test_an_account_that_is_opened_later_cannot_be_used_yet(
    application: Application, browser: FlaskClient, provider: Provider
) -> None:
    pupil = provider.personas.get("two-accounts-second")
    assert "code" in application.parameters_of(browser.post(application.ask().location, data={"persona": pupil.slug}))
    provider.stages.change("default", calendar_offset_days=-500)
    page = application.ask(prompt="login", ui_locales="en").location
    text = browser.post(page, data={"username": pupil.user_name, "password": pupil.password}).text
    assert "You cannot sign in with this account yet." in text
    assert "it is opened later" in text


def test_whose_password_is_wrong_is_told_to_the_developer_alone(
    browser: FlaskClient, page: str, provider: Provider
) -> None:
    wrong = browser.post(page, data={"username": "lotte.peeters87", "password": "wrong"}).text
    unknown = browser.post(page, data={"username": "nobody.here99", "password": "wrong"}).text
    assert all('<p class="words">User name or password is wrong.</p>' in text for text in (wrong, unknown))
    assert "Lotte Peeters has this user name, and another password." in wrong
    assert "Nobody on this stage has the user name nobody.here99." in unknown
    assert {each.response["error"] for each in journal(provider)[-2:]} == {"User name or password is wrong."}


def test_anybody_is_picked_by_user_name(application: Application, browser: FlaskClient, provider: Provider) -> None:
    pupil = provider.people.crowd.pupil(600_000)
    for user_name in (pupil.user_name, provider.personas.get("primary-pupil").user_name):
        response = browser.post(application.ask(prompt="login").location, data={"user_name": user_name})
        assert "code" in application.parameters_of(response)


def test_a_pupil_of_the_crowd_signs_in_with_user_name_and_password(
    application: Application, browser: FlaskClient, provider: Provider
) -> None:
    person = provider.people.crowd.person(provider.people.crowd.pupil(7))
    response = browser.post(
        application.ask().location, data={"username": person.user_name, "password": person.password}
    )
    assert "code" in application.parameters_of(response)


@pytest.mark.parametrize("form", [{"user_name": "nobody.here99"}, {"persona": "nobody"}, {"user_name": "x" * 9000}])
def test_nobody_is_picked_who_is_not_there(browser: FlaskClient, page: str, form: dict[str, str]) -> None:
    response = browser.post(page, data=form)
    assert "There is no such pupil." in response.text
    assert len(response.text) < 65_000


def test_a_persona_changed_on_a_stage_signs_in_as_they_are_there(
    application: Application, browser: FlaskClient, provider: Provider
) -> None:
    user_name = provider.personas.get("secondary-pupil").user_name
    row = provider.people.making.document("default", user_name)
    provider.people.made.put("default", user_name, {**row, "life": [{"on": -1, "is": "account-blocked"}]})
    assert "trouble" in browser.post(application.ask().location, data={"persona": "secondary-pupil"}).text


def test_while_the_datastore_is_away_the_pupil_can_try_again(
    application: Application, browser: FlaskClient, provider: Provider
) -> None:
    page = application.ask().location
    provider.stages.change("default", circumstances=("datastore.away",))
    away = browser.post(page, data={"persona": "secondary-pupil"})
    assert away.status_code == 503
    assert f'href="{page}" data-testid="try-again"' in away.text
    assert "datastore.away" in away.text
    provider.stages.change("default", circumstances=())
    assert browser.get(page).status_code == 200
    assert "code" in application.parameters_of(browser.post(page, data={"persona": "secondary-pupil"}))


def test_who_is_signed_in_already_can_try_again_as_well(
    application: Application, browser: FlaskClient, provider: Provider
) -> None:
    application.code()
    provider.stages.change("default", circumstances=("datastore.away",))
    away = application.ask()
    assert away.status_code == 503
    again = away.text.split('" data-testid="try-again"')[0].rpartition('href="')[2].replace("&amp;", "&")
    provider.stages.change("default", circumstances=())
    assert "code" in application.parameters_of(browser.get(again))


def test_a_page_that_refuses_for_good_offers_no_second_try(browser: FlaskClient) -> None:
    assert "try-again" not in browser.get("/op/v1/auth?client_id=x").text


def test_the_languages_of_an_error_lead_back_to_the_page(browser: FlaskClient, page: str) -> None:
    text = browser.post(page, data={"persona": "nobody"}).text
    other = text.split('lang="nl" hreflang="nl"', maxsplit=1)[0].rpartition('href="')[2].partition('"')[0]
    assert '<html lang="nl">' in browser.get(other).text
