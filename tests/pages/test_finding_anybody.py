"""Finding anybody on the sign-in page: searched, composed, used before; by mouse, by keyboard, on a small phone."""

from collections.abc import Iterator

import pytest
from accessibility import violations
from laboratory import Laboratory
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("finding anybody")]
SMALLEST = 320
WIDE = 1280
DARK = {"nl": "light", "en": "dark"}


@pytest.fixture(params=[("nl", SMALLEST), ("en", WIDE)], ids=lambda each: each[0])
def seen(browser: Browser, request: pytest.FixtureRequest) -> Iterator[tuple[Page, str]]:
    """A page on the smallest phone in Dutch, and on a wide screen in English and dark."""
    language, width = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="nl-BE", color_scheme=DARK[language])
    yield context.new_page(), language
    context.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": WIDE, "height": 900}, locale="nl-BE")
    yield context.new_page()
    context.close()


def _is_sound(page: Page, language: str) -> None:
    assert page.locator("html").get_attribute("lang") == language
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "scrolls sideways"


def _open(page: Page, application: str, language: str = "nl") -> str:
    page.goto(f"{application}/sign-in")
    address = page.url.partition("?")[0]
    page.goto(f"{address}?lang={language}")
    return address


def _again(page: Page) -> None:
    """Let the mock forget who is signed in, so that it shows its page again."""
    page.context.clear_cookies(name="leerid_session")


def _fill_in(page: Page, **fields: str) -> None:
    for name, value in fields.items():
        page.locator(f"[name={name}]").fill(value)


def _tab_to(page: Page, test_id: str, within: str = "") -> None:
    """Press Tab until an element has the focus, or stands around what has it."""
    selector = f"{within} [data-testid='{test_id}']".strip()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => !!document.activeElement.closest(selector)", selector):
            return
    raise AssertionError(f"Tab never leads to {test_id}")


def test_every_page_on_the_way_is_sound(seen: tuple[Page, str], application: str) -> None:
    page, language = seen
    address = _open(page, application, language)
    page.locator("[data-testid=group-identity] summary").click()
    _is_sound(page, language)
    page.goto(f"{address}?lang={language}&q=peeters")
    _is_sound(page, language)
    page.goto(f"{address}?lang={language}&q=qqqq&situation=unheard-of&school=de")
    _is_sound(page, language)
    page.goto(f"{address}/new?lang={language}")
    _is_sound(page, language)
    _fill_in(page, birth_day="45", other_school_1="123456", until_1="2020-01-01")
    page.get_by_test_id("make").click()
    expect(page.get_by_test_id("problems")).to_be_focused()
    _is_sound(page, language)


def test_a_pupil_who_was_made_signs_in_and_is_remembered(seen: tuple[Page, str], application: str) -> None:
    page, language = seen
    _open(page, application, language)
    page.get_by_test_id("compose").click()
    _fill_in(page, given_name="Noor", family_name="<b>Zelfgemaakt</b>", birth_year="2012", birth_day="32")
    page.get_by_test_id("make").click()
    expect(page.get_by_test_id("problems")).to_be_visible()
    assert page.locator("[name=family_name]").input_value() == "<b>Zelfgemaakt</b>"
    _fill_in(page, birth_day="3")
    page.get_by_test_id("make").click()
    expect(page.get_by_test_id("made")).to_contain_text("Noor <b>Zelfgemaakt</b>")
    page.get_by_test_id("made-people").get_by_role("button").first.click()
    expect(page.get_by_test_id("person-name")).to_have_text("Noor <b>Zelfgemaakt</b>")
    _again(page)
    _open(page, application, language)
    _is_sound(page, language)
    page.get_by_test_id("recent").get_by_role("button", name="Noor").click()
    expect(page.get_by_test_id("signed-in")).to_be_visible()


def test_somebody_of_the_crowd_is_searched_picked_and_signed_in(page: Page, application: str) -> None:
    _open(page, application)
    page.get_by_label("Situatie").select_option("no-email")
    page.get_by_label("School", exact=True).fill("Eerste Oefenschool")
    page.get_by_test_id("find").click()
    expect(page.get_by_role("status")).to_have_text("De eerste 25; er zijn er meer.")
    expect(page.get_by_test_id("results").get_by_text("Geen e-mailadres", exact=True).first).to_be_visible()
    in_one_situation = page.locator("[data-testid=results] li:not(:has(.tags span + span))")
    card = in_one_situation.locator("[data-testid^=person-]").first
    name = card.locator("b").inner_text()
    card.click()
    expect(page.get_by_test_id("person-name")).to_have_text(name)


def test_all_of_it_works_by_keyboard_alone(page: Page, application: str) -> None:
    _open(page, application)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    _tab_to(page, "search")
    page.keyboard.type("haddad")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("found")).to_be_in_viewport()
    _tab_to(page, "persona-identified-since", "[data-testid=results]")
    page.go_back()
    _tab_to(page, "group-others")
    page.keyboard.press("Enter")
    _tab_to(page, "persona-teacher")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("refused")).to_be_visible()


def test_what_goes_wrong_is_told_above_and_can_be_left_behind(
    page: Page, application: str, laboratory: Laboratory
) -> None:
    _open(page, application, "en")
    page.locator("[data-testid=group-trouble] summary").click()
    page.get_by_test_id("persona-account-blocked").click()
    expect(page.get_by_role("alert")).to_contain_text("This account is blocked.")
    expect(page.get_by_role("alert")).to_be_in_viewport()
    _is_sound(page, "en")
    page.get_by_role("link", name="Nederlands").click()
    expect(page.get_by_test_id("trouble")).to_have_count(0)
    assert page.url.startswith(laboratory.mock)
