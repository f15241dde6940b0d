"""The journal page in a real browser: live, readable, by keyboard, in both languages, on a phone, light and dark."""

from collections.abc import Iterator

import httpx
import pytest
from accessibility import violations
from laboratory import COMMANDS, Laboratory, free_port, running
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("the journal page")]
LOOKS = {"nl-phone": ("nl", 390, "light"), "en-wide": ("en", 1280, "dark"), "nl-wide": ("nl", 1280, "light")}


@pytest.fixture(params=LOOKS.values(), ids=LOOKS.keys())
def seen(browser: Browser, request: pytest.FixtureRequest) -> Iterator[tuple[Page, str]]:
    language, width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="nl-BE", color_scheme=scheme)
    yield context.new_page(), language
    context.close()


@pytest.fixture
def watching(browser: Browser, laboratory: Laboratory) -> Iterator[Page]:
    """A page that looks at the journal, with complaints of the browser counted as failures."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nl-BE")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{laboratory.mock}/inspect?lang=en")
    yield page
    context.close()
    assert complaints == []


def _sign_in(page: Page, application: str, person: str = "secondary-pupil") -> None:
    page.context.clear_cookies()
    page.goto(f"{application}/sign-in")
    page.get_by_test_id(f"persona-{person}").click()
    expect(page.get_by_test_id("signed-in")).to_be_visible()


def _in_another(browser: Browser, application: str) -> None:
    context = browser.new_context()
    _sign_in(context.new_page(), application)
    context.close()


def _is_sound(page: Page, language: str) -> None:
    assert page.locator("html").get_attribute("lang") == language
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "scrolls sideways"


def test_a_sign_in_is_shown_soundly(seen: tuple[Page, str], application: str, laboratory: Laboratory) -> None:
    page, language = seen
    _sign_in(page, application)
    page.goto(f"{laboratory.mock}/inspect?lang={language}")
    expect(page.get_by_test_id("sequence").get_by_role("listitem").first).to_be_visible()
    _is_sound(page, language)
    for summary in page.locator("#chosen summary").all():
        summary.click()
    _is_sound(page, language)
    page.goto(f"{page.url.partition('?')[0]}?lang={language}&client=nobody-at-all")
    _is_sound(page, language)


def test_a_sign_in_appears_by_itself(watching: Page, browser: Browser, application: str) -> None:
    before = watching.get_by_test_id("sign-in").get_attribute("data-version")
    _in_another(browser, application)
    expect(watching.get_by_test_id("sign-in")).not_to_have_attribute("data-version", before or "", timeout=10_000)
    expect(watching.get_by_test_id("outcome")).to_have_text("Tokens handed out", timeout=10_000)
    expect(watching.get_by_role("status")).to_have_text("There is something new.")


def test_what_somebody_reads_stays_when_others_sign_in(
    watching: Page, browser: Browser, application: str, laboratory: Laboratory
) -> None:
    _in_another(browser, application)
    watching.goto(f"{laboratory.mock}/inspect?lang=en")
    watching.locator("#chosen details.exchange summary").first.click()
    address = watching.url
    assert "/inspect/" in address
    rows = watching.get_by_test_id("sign-ins").locator("li")
    newest = rows.first.locator("a").get_attribute("id") or ""
    _in_another(browser, application)
    expect(rows.first.locator("a")).not_to_have_id(newest, timeout=10_000)
    assert watching.url == address
    assert watching.locator("#chosen details.exchange").first.get_attribute("open") is not None


def test_it_can_be_paused(page: Page, laboratory: Laboratory) -> None:
    page.clock.install()
    page.goto(f"{laboratory.mock}/inspect?lang=en")
    page.get_by_role("button", name="Pause").click()
    looks: list[str] = []
    page.on("request", lambda request: looks.append(request.url))
    page.clock.run_for(20_000)
    assert looks == []
    page.get_by_role("button", name="Pause").click()
    with page.expect_request("**/inspect*"):
        page.clock.run_for(20_000)


def test_a_request_is_copied_as_curl(
    watching: Page, browser: Browser, application: str, laboratory: Laboratory
) -> None:
    _in_another(browser, application)
    watching.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=laboratory.mock)
    watching.goto(f"{laboratory.mock}/inspect?lang=en")
    watching.locator("#chosen details.exchange summary").first.click()
    watching.get_by_role("button", name="Copy as curl").first.click()
    expect(watching.get_by_role("status")).to_have_text("Copied")
    copied = watching.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"curl --include --get {laboratory.mock}/op/v1/auth")


def test_it_works_by_keyboard_alone(watching: Page, browser: Browser, application: str) -> None:
    _in_another(browser, application)
    watching.reload()
    for _ in range(400):  # every sign-in of the list is a stop on the way
        watching.keyboard.press("Tab")
        if watching.evaluate("!!document.activeElement.closest('#chosen summary')"):
            break
    watching.keyboard.press("Enter")
    expect(watching.locator("#chosen details[open]")).to_have_count(1)
    _is_sound(watching, "en")


def test_without_script_it_is_a_plain_page(browser: Browser, application: str, laboratory: Laboratory) -> None:
    _in_another(browser, application)
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 900})
    page = context.new_page()
    page.goto(f"{laboratory.mock}/inspect?lang=en")
    expect(page.get_by_test_id("look-again")).to_be_visible()
    expect(page.get_by_role("button", name="Pause")).to_be_hidden()
    page.locator("#chosen summary").first.click()
    expect(page.locator("#chosen pre").first).to_be_visible()
    expect(page.get_by_role("button", name="Copy as curl")).to_have_count(0)
    context.close()


def test_a_control_token_opens_the_page_for_this_browser(browser: Browser, laboratory: Laboratory) -> None:
    port = free_port()
    home = f"http://localhost:{port}"
    command = [str(COMMANDS / "leerid-idp"), "serve", "--port", str(port), "--control-token", "synthetic-token"]
    with running(command, f"{home}/op/.well-known/openid-configuration", laboratory.place / "locked.log"):
        context = browser.new_context(viewport={"width": 390, "height": 900}, locale="nl-BE")
        page = context.new_page()
        page.goto(f"{home}/inspect?lang=nl")
        _is_sound(page, "nl")
        for given in ("wrong-token", "synthetic-token"):
            page.get_by_label("Controletoken").fill(given)
            page.keyboard.press("Enter")
            expect(page.get_by_role("alert").or_(page.locator("#live-state"))).to_be_visible()
        with page.expect_response(lambda answer: answer.request.resource_type == "fetch") as looked:
            expect(page.locator("#live-state")).to_have_text("Live")
        assert looked.value.status == 200
        _is_sound(page, "nl")
        context.close()


def test_an_empty_journal_and_a_closed_door_are_sound(seen: tuple[Page, str], laboratory: Laboratory) -> None:
    page, language = seen
    page.goto(f"{laboratory.mock}/inspect?lang={language}&client=somebody-who-never-came&odd=1")
    _is_sound(page, language)
    page.goto(f"{laboratory.mock}/inspect/nowhere?lang={language}")
    _is_sound(page, language)
    assert httpx.get(f"{laboratory.mock}/inspect", headers={"Host": "stranger.example"}).status_code == 403
