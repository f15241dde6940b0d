"""The real browser, through Playwright. Nothing else imports Playwright; nothing of it leaves this file."""

import asyncio
import fnmatch
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import reduce
from pathlib import Path
from types import TracebackType
from typing import Final, Self
from urllib.parse import parse_qsl, urlsplit

from playwright import async_api as playwright

from conformance.adapters.chromium import find_chromium, flags
from conformance.evidence import Cookie, Page, Request
from conformance.ports import Held
from conformance.target import Landmark, origin

TEXT_LENGTH: Final = 4000
PATIENCE_MS: Final = 10_000
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
STORAGE: Final = """() => Object.fromEntries([['local', window.localStorage], ['session', window.sessionStorage]]
    .flatMap(([kind, store]) => Object.keys(store).map(key => [`${kind}.${key}`, store.getItem(key)])))"""
POST_FORM: Final = """([url, fields]) => {
    const form = Object.assign(document.createElement('form'), {method: 'post', action: url});
    for (const [name, value] of Object.entries(fields))
        form.append(Object.assign(document.createElement('input'), {type: 'hidden', name, value}));
    document.documentElement.append(form);
    form.submit();
}"""


class Chromium:
    """One Chromium, started when entered; every visitor gets an isolated context in it."""

    def __init__(self, *, headed: bool = False) -> None:
        """Find the browser now, so that its absence is told before anything starts."""
        self._headed = headed
        self._program = find_chromium(headed=headed)
        self._playwright: playwright.Playwright | None = None
        self._browser: playwright.Browser | None = None

    async def __aenter__(self) -> Self:
        """Start the browser."""
        self._playwright = await playwright.async_playwright().start()
        self._browser = await self._playwright.chromium.launch(
            executable_path=self._program,
            headless=not self._headed,
            args=flags(is_root=hasattr(os, "geteuid") and os.geteuid() == 0),
            chromium_sandbox=not (hasattr(os, "geteuid") and os.geteuid() == 0),
            handle_sigint=False,  # the run ends in order and closes the browser itself
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the browser."""
        if self._browser:
            with suppress(playwright.Error):
                await self._browser.close()
        if self._playwright:
            await self._playwright.stop()

    @property
    def name(self) -> str:
        """Which program."""
        return self._program.name

    @property
    def version(self) -> str:
        """Which version; empty before the start."""
        return self._browser.version if self._browser else ""

    @asynccontextmanager
    async def visitor(self) -> AsyncIterator["ChromiumVisitor"]:
        """A visitor who was never here before."""
        if self._browser is None:
            raise RuntimeError("the browser has not been started; use `async with`")
        context = await self._browser.new_context(ignore_https_errors=True, locale="nl-BE")
        context.set_default_timeout(PATIENCE_MS)
        try:
            yield ChromiumVisitor(context)
        finally:
            with suppress(playwright.Error):
                await context.close()


class ChromiumVisitor:
    """An isolated browser context."""

    def __init__(self, context: playwright.BrowserContext) -> None:
        """Watch every request of this context."""
        self._context = context
        self._requests: list[Request] = []
        context.on("request", self._saw)

    def _saw(self, request: playwright.Request) -> None:
        self._requests.append(Request(method=request.method, url=request.url, kind=request.resource_type))

    @property
    def requests(self) -> tuple[Request, ...]:
        """Every request that left this browser so far."""
        return tuple(self._requests)

    async def tab(self) -> "ChromiumTab":
        """Open a tab."""
        return ChromiumTab(await self._context.new_page())

    async def set_cookie(self, url: str, name: str, value: str) -> None:
        """Give this browser a cookie of a site."""
        await self._context.add_cookies([{"url": url, "name": name, "value": value}])

    async def bring(self, cookies: tuple[Cookie, ...]) -> None:
        """Give this browser the cookies of another."""
        if cookies:
            await self._context.add_cookies(
                [
                    {
                        "name": cookie.name,
                        "value": cookie.value,
                        "domain": cookie.domain,
                        "path": cookie.path,
                        "httpOnly": cookie.http_only,
                        "secure": cookie.secure,
                    }
                    for cookie in cookies
                ]
            )

    async def cookies(self, origins: tuple[str, ...]) -> tuple[Cookie, ...]:
        """The cookies that would be sent to these origins."""
        return tuple(
            Cookie(
                name=cookie.get("name", ""),
                value=cookie.get("value", ""),
                domain=cookie.get("domain", ""),
                path=cookie.get("path", "/"),
                http_only=cookie.get("httpOnly", False),
                secure=cookie.get("secure", False),
                same_site=cookie.get("sameSite"),
            )
            for cookie in await self._context.cookies([f"{url}/" for url in origins])
        )


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

    async def answer(self, held: Held) -> None:
        """Bring a held authorization response to the application, by GET or as a posted form."""
        if held.form is None:
            await self.open(held.url)
            return
        with suppress(playwright.Error):
            await self._page.evaluate(POST_FORM, [held.url, held.form])

    async def fill(self, selector: str, value: str) -> None:
        """Type into a field."""
        await self._page.fill(selector, value)

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
                return await self._element(landmark).is_visible()
            return False
        return True

    async def read(self, landmark: Landmark) -> str | None:
        """The text of the landmark's element, None when it is not there."""
        with suppress(playwright.Error):
            if await self._element(landmark).is_visible():
                return await self._element(landmark).inner_text(timeout=1000)
        return None

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
            title = await self._page.title()
            text = await self._page.evaluate("document.body ? document.body.innerText : ''")
        return Page(url=self._page.url, status=self._status, title=title, text=text[:TEXT_LENGTH])

    async def stored(self) -> dict[str, str]:
        """Local and session storage of the page's origin."""
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
