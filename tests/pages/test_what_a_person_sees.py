"""Every page a person meets: free of accessibility violations, never wider than the screen, usable by keyboard."""

import pytest
from accessibility import violations
from laboratory import Laboratory
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("what a person sees")]
LANGUAGES = ("nl", "en")


def _is_sound(page: Page, language: str) -> None:
    assert page.locator("html").get_attribute("lang") == language
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "scrolls sideways"


def _in(url: str, language: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}lang={language}"


def _sign_in(page: Page, application: str, person: str) -> None:
    page.goto(f"{application}/sign-in")
    button = page.get_by_test_id(f"persona-{person}")
    if not button.is_visible():
        page.locator("details", has=button).locator("summary").click()
    button.click()
    page.wait_for_url(f"{application}/**")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/", "/op/v1/auth?client_id=x", "/op/v1/logout"])
def test_pages_of_the_mock(page: Page, laboratory: Laboratory, path: str, language: str) -> None:
    page.goto(_in(f"{laboratory.mock}{path}", language))
    _is_sound(page, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sign_in_page(page: Page, application: str, language: str) -> None:
    page.goto(f"{application}/sign-in")
    page.goto(_in(page.url, language))
    expect(page.get_by_test_id("leerid-sign-in")).to_be_visible()
    _is_sound(page, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/", "/signed-out"])
def test_pages_of_the_application(page: Page, application: str, path: str, language: str) -> None:
    page.goto(_in(f"{application}{path}", language))
    _is_sound(page, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_that_shows_who_i_am(page: Page, application: str, language: str) -> None:
    _sign_in(page, application, "secondary-pupil")
    expect(page.get_by_test_id("signed-in")).to_be_visible()
    page.goto(_in(page.url, language))
    _is_sound(page, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("person", ["two-partner-schools", "not-identified", "diacritics"])
def test_the_page_with_everything_about_me(page: Page, application: str, person: str, language: str) -> None:
    _sign_in(page, application, person)
    page.get_by_test_id("own-data").click()
    expect(page.get_by_test_id("happened").get_by_role("listitem")).not_to_have_count(0)
    page.goto(_in(page.url, language))
    _is_sound(page, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_telling_that_something_is_wrong(page: Page, application: str, language: str) -> None:
    _sign_in(page, application, "secondary-pupil")
    page.goto(_in(f"{application}/me/data", language))
    page.locator("textarea").evaluate("field => field.removeAttribute('maxlength')")
    page.locator("textarea").fill("Te lang. " * 150)
    page.get_by_test_id("report").click()
    expect(page.get_by_role("alert")).to_be_visible()
    _is_sound(page, language)
    page.locator("textarea").fill("Mijn klas is 2B.")
    page.locator("textarea").press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("reported")).to_be_visible()
    _is_sound(page, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_for_staff(page: Page, browser: Browser, application: str, language: str) -> None:
    pupils = browser.new_context().new_page()
    _sign_in(pupils, application, "secondary-pupil")
    pupils.goto(_in(f"{application}/staff", language))
    _is_sound(pupils, language)
    pupils.context.close()
    _sign_in(page, application, "official")
    for address in (f"{application}/", f"{application}/staff"):
        page.goto(_in(address, language))
        _is_sound(page, language)
    page.get_by_role("searchbox").fill("wouters")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("found")).to_be_visible()
    _is_sound(page, language)
    page.get_by_test_id("found").get_by_role("link").first.click()
    expect(page.get_by_test_id("staff-pupil")).to_be_visible()
    _is_sound(page, language)


@pytest.mark.parametrize("person", ["no-enrolment", "school-without-agreement", "teacher"])
def test_a_refusal_says_why(page: Page, application: str, person: str) -> None:
    _sign_in(page, application, person)
    expect(page.get_by_test_id("refused")).to_be_visible()
    _is_sound(page, "nl")


def test_a_wrong_password_is_told_on_the_same_page(page: Page, application: str) -> None:
    page.goto(f"{application}/sign-in")
    page.locator("input[name=username]").fill("niemand01")
    page.locator("input[name=password]").fill("verkeerd")
    page.get_by_test_id("sign-in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.locator("input[name=username]").input_value() == "niemand01"
    _is_sound(page, "nl")


def test_a_pupil_signs_in_by_keyboard_alone(page: Page, application: str, laboratory: Laboratory) -> None:
    pupil = laboratory.persona("secondary-pupil")
    page.goto(f"{application}/sign-in")
    field = page.locator("input[name=username]")
    for _ in range(20):
        if field.evaluate("field => field === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.type(pupil["user_name"])
    page.keyboard.press("Tab")
    page.keyboard.type(pupil["password"])
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("signed-in")).to_be_visible()


def test_every_page_of_the_mock_says_that_it_is_for_testing(page: Page, laboratory: Laboratory) -> None:
    for path in ("/", "/op/v1/auth?client_id=x", "/op/v1/logout", "/nothing-here"):
        answer = page.goto(f"{laboratory.mock}{path}")
        assert answer is not None
        assert "x-leerid-testbed" in answer.headers
        expect(page.get_by_text("Testomgeving").first).to_be_visible()
