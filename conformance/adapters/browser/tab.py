"""A tab of the real browser: one page, and what is known of the document in it."""

import asyncio
import fnmatch
from collections.abc import Mapping
from contextlib import suppress
from functools import reduce
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from playwright import async_api as playwright

from conformance.adapters.browser.cutting import cut_off
from conformance.adapters.browser.scripts import (
    AIM,
    FOLLOW_LINK,
    GLIMPSE,
    LEGEND,
    OWN_SCRIPTS,
    POST_FORM,
    SELECT_FIELD,
    STORAGE,
)
from conformance.evidence import Page
from conformance.ports import Held
from conformance.target import Landmark, origin

TEXT_LENGTH: Final = 4000
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


class ChromiumTab:
    """One page, and what is known of the document in it."""

    def __init__(self, page: playwright.Page) -> None:
        """Follow the document's status and the requests that are under way."""
        self._page = page
        self._answered: dict[str, int] = {}
        self._under_way: set[playwright.Request] = set()
        self._held: Held | None = None
        self._trouble: str | None = None
        self._status: int | None = None
        page.on("response", self._saw_response)
        page.on("request", self._saw_request)
        page.on("requestfinished", self._saw_end)
        page.on("requestfailed", self._saw_failure)
        page.on("framenavigated", self._saw_navigation)

    def _saw_request(self, request: playwright.Request) -> None:
        self._under_way.add(request)

    def _saw_end(self, request: playwright.Request) -> None:
        self._under_way.discard(request)

    def _saw_response(self, response: playwright.Response) -> None:
        request = response.request
        if request.is_navigation_request() and response.frame == self._page.main_frame:
            self._answered[_without_fragment(response.url)] = response.status
            self._trouble = None

    def _saw_failure(self, request: playwright.Request) -> None:
        self._under_way.discard(request)
        failure = request.failure or ""
        is_document = request.is_navigation_request() and request.frame == self._page.main_frame
        if is_document and failure and "ERR_ABORTED" not in failure:
            self._trouble = f"{failure} at {request.url.partition('?')[0]}"

    def _saw_navigation(self, frame: playwright.Frame) -> None:
        if frame == self._page.main_frame and (status := self._answered.pop(_without_fragment(frame.url), None)):
            self._status = status

    @property
    def url(self) -> str:
        """Where the tab is."""
        return self._page.url

    @property
    def status(self) -> int | None:
        """HTTP status of the document."""
        return self._status

    @property
    def trouble(self) -> str | None:
        """Why the last navigation failed on the network, or None."""
        return self._trouble

    async def open(self, url: str) -> None:
        """Go to a page; what goes wrong on the way is told by `trouble` and `page`."""
        self._trouble = None
        with suppress(playwright.Error):
            await self._page.goto(url, wait_until="commit")

    async def back(self) -> None:
        """Press the back button; without a page before this one nothing happens."""
        self._trouble = None
        with suppress(playwright.Error):
            await self._page.go_back(wait_until="commit")

    async def reload(self) -> None:
        """Load the page that is open again; one that was posted is posted again."""
        self._trouble = None
        with suppress(playwright.Error):
            await self._page.reload(wait_until="commit")

    async def answer(self, held: Held) -> None:
        """Bring a held authorization response to the application, by GET or as a posted form."""
        if held.form is None:
            await self.open(held.url)
        else:
            await self.submit(held.url, held.form)

    async def go(self, url: str) -> None:
        """Follow a link on the page that is open, wherever it leads."""
        self._trouble = None
        await self._delivered()
        with suppress(playwright.Error):
            await self._page.evaluate(FOLLOW_LINK, url)

    async def submit(self, url: str, form: Mapping[str, str]) -> None:
        """Post a form from the page that is open, wherever it leads."""
        await self._delivered()
        with suppress(playwright.Error):
            await self._page.evaluate(POST_FORM, [url, dict(form)])

    async def _delivered(self) -> None:
        """Wait for the page to be there: one that was just opened may have nothing yet that a link could stand in."""
        with suppress(playwright.Error):
            await self._page.wait_for_load_state("domcontentloaded")

    async def aim(self, landmark: Landmark) -> str | None:
        """Where a link or the form of a button leads; None when there is none."""
        with suppress(playwright.Error):
            return str(await self._element(landmark).evaluate(AIM, timeout=1000)) or None
        return None

    async def source(self) -> str:
        """The page as it was delivered, with the scripts in it: its own policy may keep it from reading them itself."""
        texts = []
        with suppress(playwright.Error):
            await self._page.wait_for_load_state()
            texts.append(await self._page.content())
            own = await self._page.evaluate(OWN_SCRIPTS)
            texts.extend([await (await self._page.context.request.get(each)).text() for each in own])
        return "\n".join(texts)

    async def cut_off(self, origin: str, *, after: str | None = None) -> None:
        """From now on let no request reach an origin; with `after`, once this tab has been at that one."""
        await cut_off(self._page, origin, after)

    async def fill(self, selector: str, value: str) -> None:
        """Type into a field, in the place of what stands there; one that cannot be typed into yet is waited for."""
        with suppress(playwright.Error):
            if value and await self._page.evaluate(SELECT_FIELD, selector):
                await self._page.keyboard.insert_text(value)
                return
        await self._page.fill(selector, value)

    async def press_enter(self) -> None:
        """Press Enter in the field that was typed into last, which sends its form."""
        with suppress(playwright.Error):
            await self._page.keyboard.press("Enter")

    async def click(self, landmark: Landmark) -> bool:
        """Click what is seen; False when it cannot be."""
        try:
            await self._element(landmark).click(no_wait_after=True)
        except playwright.Error:
            return False
        return True

    async def shows(self, landmark: Landmark) -> bool:
        """Whether every member of the landmark holds now."""
        if landmark.status is not None and self._status != landmark.status:
            return False
        if landmark.url is not None and not fnmatch.fnmatchcase(self._page.url, landmark.url):
            return False
        if landmark.model_dump(exclude={"status", "url"}, exclude_none=True):
            with suppress(playwright.Error):
                glimpse = await self._glimpse(landmark)
                return glimpse[0] if glimpse else await self._element(landmark).is_visible()
            return False
        return True

    async def read(self, landmark: Landmark) -> str | None:
        """The text of the landmark's element, None when it is not there."""
        with suppress(playwright.Error):
            if glimpse := await self._glimpse(landmark):
                return glimpse[1] if glimpse[0] else None
            if await self._element(landmark).is_visible():
                return await self._element(landmark).inner_text(timeout=1000)
        return None

    async def _glimpse(self, landmark: Landmark) -> tuple[bool, str] | None:
        """Whether its element can be seen, and its text; None when only Playwright can tell."""
        if landmark.role is not None or landmark.text is not None:
            return None
        told = await self._page.evaluate(GLIMPSE, [landmark.test_id, landmark.selector])
        return (bool(told[0]), str(told[1])) if told else None

    def _element(self, landmark: Landmark) -> playwright.Locator:
        page, parts = self._page, []
        if landmark.test_id is not None:
            parts.append(page.get_by_test_id(landmark.test_id))
        if landmark.selector is not None:
            parts.append(page.locator(landmark.selector))
        if landmark.role is not None:
            parts.append(page.get_by_role(landmark.role, name=landmark.name))  # type: ignore[arg-type]  # any text
        if landmark.text is not None:
            parts.append(page.get_by_text(landmark.text))
        return reduce(lambda first, second: first.and_(second), parts).first

    async def is_busy(self) -> bool:
        """Whether the document is still loading or waits for an answer."""
        if any(request.resource_type not in {"eventsource", "websocket"} for request in self._under_way):
            return True
        try:
            return bool(await self._page.evaluate("document.readyState !== 'complete'"))
        except playwright.Error:
            return True

    async def page(self) -> Page:
        """The page as it is now."""
        title = text = ""
        with suppress(playwright.Error):
            title, text = await self._page.evaluate(LEGEND)
        return Page(url=self._page.url, status=self._status, title=title, text=text[:TEXT_LENGTH])

    async def stored(self) -> dict[str, str]:
        """What the page's origin keeps: local and session storage, IndexedDB, Cache Storage."""
        with suppress(playwright.Error):
            return {str(key): str(value) for key, value in (await self._page.evaluate(STORAGE)).items()}
        return {}

    async def hold_responses(self, provider_origin: str, application_origins: tuple[str, ...]) -> None:
        """From now on, keep authorization responses from reaching the application."""

        async def on_provider(route: playwright.Route) -> None:
            response = await route.fetch(max_redirects=0)
            location = response.headers.get("location", "")
            if response.status in REDIRECTS and origin(location) in application_origins:
                self._held = Held(url=location)
                await route.abort()
            else:
                await route.fulfill(response=response)

        async def on_application(route: playwright.Route) -> None:
            form = dict(parse_qsl(route.request.post_data or "", keep_blank_values=True))
            if route.request.is_navigation_request() and ("code" in form or "error" in form):
                self._held = Held(url=route.request.url, form=form)
                await route.abort()
            else:
                await route.continue_()

        await self._page.route(lambda url: origin(url) == provider_origin, on_provider)
        await self._page.route(lambda url: origin(url) in application_origins, on_application)

    async def held(self) -> Held | None:
        """The authorization response that was kept, if any yet."""
        return self._held

    async def picture(self, path: Path) -> bool:
        """Save what the visitor sees; False when it cannot be drawn."""
        await asyncio.to_thread(path.parent.mkdir, parents=True, exist_ok=True)
        try:
            await self._page.screenshot(path=path, animations="disabled")
        except playwright.Error:
            return False
        return True

    async def close(self) -> None:
        """Close the tab."""
        with suppress(playwright.Error):
            await self._page.close()


def _without_fragment(url: str) -> str:
    return urlsplit(url)._replace(fragment="").geturl()
