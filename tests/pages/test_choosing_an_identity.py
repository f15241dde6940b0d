"""The identity chooser and the pages of signing out, as a person meets them: readable, narrow enough, by keyboard."""

from collections.abc import Iterator
from urllib.parse import urlencode

import httpx
import pytest
from accessibility import violations
from laboratory import Laboratory
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("choosing an identity")]
LANGUAGES = {"nl": "Als wie ga je verder?", "en": "As whom do you go on?"}
LEVELS = ["organisation", "capacity"]


def _is_sound(page: Page, language: str) -> None:
    assert page.locator("html").get_attribute("lang") == language
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "scrolls sideways"


@pytest.fixture(params=LEVELS)
def level(laboratory: Laboratory, request: pytest.FixtureRequest) -> Iterator[str]:
    """Register a client to which people come at this level."""
    client = f"{laboratory.mock}/control/v1/clients/identities"
    body = {
        "client_secret": "invented",
        "client_name": "Mediatheek",
        "redirect_uris": [f"{laboratory.mock}/"],
        "claims_profile": "acm-2024",
        "identity_level": request.param,
    }
    httpx.put(client, json=body).raise_for_status()
    yield request.param
    httpx.delete(client)


@pytest.fixture
def chooser(page: Page, laboratory: Laboratory, level: str) -> Page:
    """The chooser of a teacher of two schools."""
    del level
    asked = {
        "client_id": "identities",
        "redirect_uri": f"{laboratory.mock}/",
        "response_type": "code",
        "scope": "openid profile vo",
        "state": "s",
    }
    page.goto(f"{laboratory.mock}/op/v1/auth?{urlencode(asked)}")
    teacher = laboratory.persona("teacher")
    page.locator("input[name=username]").fill(teacher["user_name"])
    page.locator("input[name=password]").fill(teacher["password"])
    page.get_by_test_id("sign-in").click()
    expect(page.get_by_test_id("identity-chooser")).to_be_visible()
    return page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chooser_is_sound_in_both_languages(chooser: Page, language: str) -> None:
    if language == "en":
        chooser.get_by_role("link", name="English").click()
    expect(chooser.get_by_role("heading", level=1)).to_have_text(LANGUAGES[language])
    expect(chooser.get_by_text("Mediatheek")).to_be_visible()
    _is_sound(chooser, language)


def test_an_identity_is_chosen_by_keyboard_alone(chooser: Page, level: str) -> None:
    wanted = "identity-OV-700101" if level == "organisation" else "identity-OV"
    button = chooser.get_by_test_id(wanted)
    for _ in range(20):
        if button.evaluate("button => button === document.activeElement"):
            break
        chooser.keyboard.press("Tab")
    chooser.keyboard.press("Enter")
    chooser.wait_for_url("**/?code=*")


def test_somebody_else_is_led_to_the_sign_in_page(chooser: Page) -> None:
    chooser.get_by_test_id("somebody-else").click()
    expect(chooser.get_by_test_id("leerid-sign-in")).to_be_visible()


def test_choosing_can_be_cancelled(chooser: Page) -> None:
    chooser.get_by_test_id("cancel").click()
    chooser.wait_for_url("**/?error=access_denied*")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("post_logout_redirect_uri=https://elsewhere.example/", "why"),
        ("client_id=x&post_logout_redirect_uri=https://elsewhere.example/", "why"),
        ("switch&client_id=x", "provider-error"),
    ],
)
def test_a_sign_out_that_leads_nowhere_says_why(
    page: Page, laboratory: Laboratory, path: str, shown: str, language: str
) -> None:
    page.goto(f"{laboratory.mock}/op/v1/logout?{path}&lang={language}")
    expect(page.get_by_test_id(shown)).to_be_visible()
    _is_sound(page, language)
