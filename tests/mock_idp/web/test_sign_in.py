"""The sign-in page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from small_application import Application

    from mock_idp.domain.clock import SettableClock
    from mock_idp.provider import Provider


@pytest.fixture
def page(application: Application) -> Any:
    return application.ask().location


def test_a_pupil_signs_in_with_user_name_and_password(browser: FlaskClient, page: str, provider: Provider) -> None:
    pupil = provider.personas.get("primary-pupil")
    response = browser.post(page, data={"username": pupil.user_name, "password": pupil.password})
    assert (response.status_code, "code=" in response.location) == (303, True)


def test_a_wrong_password_shows_the_page_again_with_an_alert(browser: FlaskClient, page: str) -> None:
    response = browser.post(page, data={"username": "lotte.peeters87", "password": "wrong"})
    assert response.status_code == 200
    assert 'role="alert"' in response.text
    assert 'value="lotte.peeters87"' in response.text
    assert 'value="wrong"' not in response.text


def test_what_was_typed_is_shown_escaped(browser: FlaskClient, page: str) -> None:
    response = browser.post(page, data={"username": '"><script>x</script>', "password": "wrong"})
    assert "<script>x" not in response.text


def test_the_page_has_what_the_harness_looks_for(browser: FlaskClient, page: str, provider: Provider) -> None:
    text = browser.get(page).text
    wanted = ["leerid-sign-in", "sign-in", "cancel", *(f"persona-{each.slug}" for each in provider.personas.all())]
    assert all(f'data-testid="{name}"' in text for name in wanted)
    assert 'name="username"' in text
    assert 'name="password" type="password"' in text


def test_no_password_of_a_pupil_is_on_the_page(browser: FlaskClient, page: str, provider: Provider) -> None:
    text = browser.get(page).text
    assert not [each.slug for each in provider.personas.all() if each.password in text]


def test_cancelling_answers_access_denied(application: Application, browser: FlaskClient, page: str) -> None:
    response = browser.post(page, data={"action": "cancel", "username": "", "password": ""})
    parameters = application.parameters_of(response)
    assert (parameters["error"], parameters["state"]) == ("access_denied", "the-state")


def test_an_unknown_pupil_shows_the_page_again(browser: FlaskClient, page: str) -> None:
    assert 'role="alert"' in browser.post(page, data={"persona": "nobody"}).text


def test_a_page_is_answered_only_once(browser: FlaskClient, page: str) -> None:
    assert browser.post(page, data={"persona": "secondary-pupil"}).status_code == 303
    again = browser.post(page, data={"persona": "secondary-pupil"})
    assert (again.status_code, again.location) == (400, None)
    assert browser.get(page).status_code == 400


def test_a_page_is_left_open_for_half_an_hour_at_most(browser: FlaskClient, page: str, clock: SettableClock) -> None:
    clock.advance(seconds=1800)
    assert browser.get(page).status_code == 400


def test_the_pupil_of_the_stage_is_suggested(
    browser: FlaskClient, application: Application, provider: Provider
) -> None:
    stage = provider.stages.open(persona="namesake-two")
    browser.set_cookie("leerid_stage", stage.id, domain="localhost")
    text = browser.get(application.ask().location).text
    assert text.index('data-testid="persona-namesake-two"') < text.index('data-testid="persona-picker"')
    assert text.count('data-testid="persona-namesake-two"') == 1


@pytest.mark.parametrize(
    ("query", "header", "language"),
    [
        ("", None, "nl"),
        ("", "en-GB,en;q=0.9", "nl"),
        ("?lang=en", "nl", "en"),
        ("?lang=nl", "en", "nl"),
        ("?lang=xx", None, "nl"),
    ],
)
def test_the_page_speaks_dutch_or_english(
    browser: FlaskClient, page: str, query: Any, header: str | None, language: str
) -> None:
    text = browser.get(page + query, headers={"Accept-Language": header} if header else {}).text
    assert f'<html lang="{language}">' in text


def test_the_application_can_ask_for_a_language(application: Application, browser: FlaskClient) -> None:
    page = application.ask(ui_locales="fr-BE en-GB").location
    assert '<html lang="en">' in browser.get(page).text


def test_the_chosen_language_stays_after_an_error(browser: FlaskClient, page: str) -> None:
    text = browser.get(f"{page}?lang=en").text
    action = re.search(r'action="([^"]+)"', text).group(1)
    assert '<html lang="en">' in browser.post(action, data={"username": "x", "password": "y"}).text


def test_the_page_names_the_situation_in_its_language(browser: FlaskClient, page: str) -> None:
    assert "Nergens ingeschreven" in browser.get(page).text
    assert "Not enrolled anywhere" in browser.get(f"{page}?lang=en").text


def test_a_page_whose_stage_was_closed_is_over(
    application: Application, browser: FlaskClient, provider: Provider
) -> None:
    stage = provider.stages.open()
    browser.set_cookie("leerid_stage", stage.id, domain="localhost")
    page = application.ask(ui_locales="en").location
    assert browser.get(f"{page}?q=haddad").status_code == 200
    provider.stages.close(stage.id)
    pressed = browser.post(page, data={"persona": "secondary-pupil"})
    for response in (browser.get(page), browser.get(f"{page}?q=haddad"), browser.get(f"{page}/new"), pressed):
        assert (response.status_code, response.location) == (400, None)
