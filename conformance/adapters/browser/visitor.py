"""A visitor: an isolated browser context."""

from collections.abc import Mapping
from typing import Final

from playwright import async_api as playwright

from conformance.adapters.browser.tab import ChromiumTab
from conformance.evidence import Cookie, Document, Request

BODY_LENGTH: Final = 100_000


class ChromiumVisitor:
    """An isolated browser context."""

    def __init__(self, context: playwright.BrowserContext) -> None:
        """Watch every request of this context."""
        self._context = context
        self._requests: list[Request] = []
        self._documents: list[Document] = []
        context.on("request", self._saw)
        context.on("response", self._saw_answer)

    def _saw(self, request: playwright.Request) -> None:
        seen = Request(
            method=request.method,
            url=request.url,
            kind=request.resource_type,
            referer=request.headers.get("referer", ""),
            body=_sent_by_script(request),
        )
        self._requests.append(seen)

    def _saw_answer(self, response: playwright.Response) -> None:
        if response.request.is_navigation_request():
            document = Document(url=response.url, status=response.status, headers=dict(response.headers))
            self._documents.append(document)

    @property
    def documents(self) -> tuple[Document, ...]:
        """Every answer to a request for a page so far."""
        return tuple(self._documents)

    async def ask(self, url: str, *, headers: Mapping[str, str], form: Mapping[str, str] | None = None) -> Document:
        """Ask outside any page, with headers of one's own, as GET or as a posted form; follow nothing."""
        method = "GET" if form is None else "POST"
        try:
            answer = await self._context.request.fetch(
                url, method=method, headers=dict(headers), form=dict(form) if form else None, max_redirects=0
            )
        except playwright.Error:
            return Document(url=url, status=0)
        return Document(url=url, status=answer.status, headers=dict(answer.headers))

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


def _sent_by_script(request: playwright.Request) -> str:
    """What a script sent; nothing of a form, in which a visitor types a password."""
    sent = None if request.is_navigation_request() else request.post_data_buffer
    return sent[:BODY_LENGTH].decode(errors="replace") if sent else ""
