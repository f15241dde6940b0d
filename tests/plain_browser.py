"""A browser that speaks HTTP and nothing else: no scripts, no pictures. A sign-in in it takes a tenth of the time.

It keeps what the protocol rests on: cookies of one host each with SameSite, a cache, redirects, forms. What only a
script would show, such as the page's storage, cannot be seen in it.
"""

import fnmatch
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import httpx
from plain_document import Document, fields

from conformance.evidence import Cookie, Page, Request
from conformance.evidence import Document as Answered
from conformance.ports import Held
from conformance.target import Landmark, origin

PATIENCE_S = 60
MOST_REDIRECTS = 20
TEXT_LENGTH = 4000
KEEP_METHOD = frozenset({307, 308})
HEADERS = {"Accept": "text/html,*/*;q=0.8", "Accept-Language": "nl-BE"}
PRELOAD = re.compile(r"<([^>]+)>[^,]*rel=\"?preload\"?[^,]*?as=(\w+)")
MAX_AGE = re.compile(r"max-age=(\d+)")
FORM = "application/x-www-form-urlencoded"


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""


@dataclass
class Jar:
    """Cookies. They know hosts and paths, no ports, as in any browser."""

    kept: dict[tuple[str, str, str], Cookie] = field(default_factory=dict)

    def put(self, cookie: Cookie) -> None:
        self.kept[cookie.domain, cookie.path, cookie.name] = cookie

    def take(self, url: str, line: str) -> None:
        """Do what a Set-Cookie header says."""
        pair, *rest = (part.strip() for part in line.split(";"))
        name, _, value = pair.partition("=")
        told = {key.strip().lower(): said.strip() for key, _, said in (part.partition("=") for part in rest)}
        cookie = Cookie(
            name=name,
            value=value,
            domain=_host(url),
            path=told.get("path") or "/",
            http_only="httponly" in told,
            secure="secure" in told,
            same_site=told.get("samesite", "lax").capitalize(),
        )
        self.put(cookie)
        if told.get("max-age") in {"0", "-1"} or ("expires" in told and _is_past(told["expires"])):
            del self.kept[cookie.domain, cookie.path, cookie.name]

    def at(self, url: str) -> Iterator[Cookie]:
        """The cookies of this address."""
        path = urlsplit(url).path or "/"
        for cookie in self.kept.values():
            if cookie.domain == _host(url) and (path == cookie.path or path.startswith(cookie.path.rstrip("/") + "/")):
                yield cookie

    def header(self, url: str, *, method: str, cross_site: bool) -> str:
        """What is sent there; a POST from another site brings only what says SameSite=None."""
        allowed = {"None"} if cross_site and method != "GET" else {"None", "Lax"} if cross_site else None
        cookies = (each for each in self.at(url) if allowed is None or each.same_site in allowed)
        return "; ".join(f"{each.name}={each.value}" for each in cookies)


def _is_past(date: str) -> bool:
    return parsedate_to_datetime(date).timestamp() <= 0


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request of a tab, and the page it came from."""

    url: str
    method: str = "GET"
    form: dict[str, str] | None = None
    initiator: str | None = None
    past_cache: bool = False

    @property
    def cross_site(self) -> bool:
        return self.initiator is not None and _host(self.initiator) != _host(self.url)

    def after(self, status: int, location: str) -> "Asked":
        """The request that a redirect leads to."""
        where = urljoin(self.url, location)
        past_cache = self.past_cache or self.method == "POST"  # Chromium asks anew wherever a posted form leads
        following = replace(self, url=where, past_cache=past_cache)
        return following if status in KEEP_METHOD else replace(following, method="GET", form=None)


class PlainBrowser:
    """One connection pool; visitors share nothing else. Use as an async context manager."""

    name = "plain HTTP client"
    version = httpx.__version__

    def __init__(self) -> None:
        """Open the connection pool."""
        self._transport = httpx.AsyncHTTPTransport(verify=False)

    async def __aenter__(self) -> Self:
        """Begin."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close what is open."""
        await self._transport.aclose()

    @asynccontextmanager
    async def visitor(self) -> AsyncIterator["PlainVisitor"]:
        """A visitor who was never here before."""
        yield PlainVisitor(self._transport)


class PlainVisitor:
    """Cookies, a cache, and the requests that went out."""

    def __init__(self, transport: httpx.AsyncHTTPTransport) -> None:
        """Begin with nothing."""
        self._transport = transport
        self.jar = Jar()
        self.seen: list[Request] = []
        self.answered: list[Answered] = []
        self._cache: dict[str, httpx.Response] = {}

    @property
    def requests(self) -> tuple[Request, ...]:
        """Every request that left this browser so far."""
        return tuple(self.seen)

    @property
    def documents(self) -> tuple[Answered, ...]:
        """Every answer to a request for a page so far."""
        return tuple(self.answered)

    async def ask(self, url: str, *, headers: Mapping[str, str], form: Mapping[str, str] | None = None) -> Answered:
        """Ask outside any page, with headers of one's own, as GET or as a posted form; follow nothing."""
        more = {"Content-Type": FORM} if form is not None else {}
        content = urlencode(form).encode() if form is not None else None
        method = "GET" if form is None else "POST"
        cookies = self.jar.header(url, method=method, cross_site=False)
        more |= {"Cookie": cookies} if cookies else {}
        request = httpx.Request(method, url, headers={**headers, **more}, content=content)
        try:
            answer = await self._transport.handle_async_request(request)
        except httpx.TransportError:
            return Answered(url=url, status=0)
        await answer.aread()
        await answer.aclose()
        return Answered(url=url, status=answer.status_code, headers=dict(answer.headers))

    async def tab(self) -> "PlainTab":
        """Open a tab."""
        return PlainTab(self)

    async def set_cookie(self, url: str, name: str, value: str) -> None:
        """Give this browser a cookie of a site."""
        self.jar.put(Cookie(name=name, value=value, domain=_host(url), same_site="Lax"))

    async def bring(self, cookies: tuple[Cookie, ...]) -> None:
        """Give this browser the cookies of another."""
        for cookie in cookies:
            self.jar.put(cookie)

    async def cookies(self, origins: tuple[str, ...]) -> tuple[Cookie, ...]:
        """The cookies that would be sent to these origins; ports make no difference."""
        return tuple({id(each): each for url in origins for each in self.jar.at(f"{url}/")}.values())

    async def fetch(self, asked: Asked) -> httpx.Response:
        """Send one request and keep what the answer says to keep."""
        self.seen.append(Request(method=asked.method, url=asked.url))
        if asked.method == "GET" and not asked.past_cache and asked.url in self._cache:
            return self._cache[asked.url]
        headers = HEADERS | self._about(asked)
        content = urlencode(asked.form).encode() if asked.form is not None else None
        patience = {"timeout": dict.fromkeys(("connect", "read", "write", "pool"), PATIENCE_S)}
        request = httpx.Request(asked.method, asked.url, headers=headers, content=content, extensions=patience)
        answer = await self._transport.handle_async_request(request)
        await answer.aread()
        await answer.aclose()
        for line in answer.headers.get_list("set-cookie"):
            self.jar.take(asked.url, line)
        self.answered.append(Answered(url=asked.url, status=answer.status_code, headers=dict(answer.headers)))
        if asked.method == "GET" and _may_be_kept(answer):
            self._cache[asked.url] = answer
        return answer

    def _about(self, asked: Asked) -> dict[str, str]:
        cookies = self.jar.header(asked.url, method=asked.method, cross_site=asked.cross_site)
        headers = {"Cookie": cookies} if cookies else {}
        if asked.form is not None:
            headers |= {"Content-Type": FORM, "Origin": origin(asked.initiator or asked.url)}
        return headers


def _may_be_kept(answer: httpx.Response) -> bool:
    told = answer.headers.get("cache-control", "")
    age = MAX_AGE.search(told)
    return bool(answer.is_success and age and int(age[1]) and "no-store" not in told and "no-cache" not in told)


class PlainTab:
    """A document, and where it came from. Every navigation has ended when the call returns."""

    def __init__(self, visitor: PlainVisitor) -> None:
        """Begin with an empty page."""
        self._visitor = visitor
        self._holding: tuple[str, tuple[str, ...]] | None = None
        self._held: Held | None = None
        self._cut: dict[str, str | None] = {}
        self._been: set[str] = set()
        self._history: list[Asked] = []
        self.document, self.text = Document(), ""
        self.url = "about:blank"
        self.status: int | None = None
        self.trouble: str | None = None

    async def open(self, url: str) -> None:
        """Go to a page."""
        await self._go(Asked(url=url))

    async def back(self) -> None:
        """Press the back button; without a page before this one nothing happens."""
        if len(self._history) > 1:
            self._history.pop()
            await self._go(self._history.pop())

    async def reload(self) -> None:
        """Load the page that is open again; one that was posted is posted again."""
        if self._history:
            await self._go(replace(self._history.pop(), past_cache=True))

    async def answer(self, held: Held) -> None:
        """Bring a held authorization response to the application, by GET or as a posted form."""
        method = "GET" if held.form is None else "POST"
        await self._go(Asked(url=held.url, method=method, form=held.form))

    async def go(self, url: str) -> None:
        """Follow a link on the page that is open, wherever it leads."""
        await self._go(Asked(url=url, initiator=self.url))

    async def submit(self, url: str, form: Mapping[str, str]) -> None:
        """Post a form from the page that is open, wherever it leads."""
        await self._go(Asked(url=url, method="POST", form=dict(form), initiator=self.url))

    async def aim(self, landmark: Landmark) -> str | None:
        """Where a link or the form of a button leads; None when there is none."""
        found = self.document.find(landmark)
        told = found and (found.attributes.get("href") or found.form.attributes.get("action"))
        return urljoin(self.url, told) if told else None

    async def source(self) -> str:
        """The page as it was delivered."""
        return self.text

    async def cut_off(self, origin: str, *, after: str | None = None) -> None:
        """From now on let no request reach an origin; with `after`, once this tab has been at that one."""
        self._cut[origin] = after

    async def _go(self, asked: Asked) -> None:
        self.trouble = None
        try:
            await self._follow(asked)
        except httpx.TimeoutException:
            return  # still waiting, as a browser would be
        except httpx.TransportError as error:
            self.trouble = f"{type(error).__name__} at {asked.url.partition('?')[0]}"

    async def _follow(self, asked: Asked) -> None:
        for _ in range(MOST_REDIRECTS + 1):
            if self._keeps_form(asked):
                return
            if self._is_cut(asked):
                self.trouble = f"ERR_CONNECTION_REFUSED at {asked.url.partition('?')[0]}"
                return
            answer = await self._visitor.fetch(asked)
            if not answer.has_redirect_location:
                self._show(asked.url, answer)
                posted = self._posts_itself(asked)
                if posted is None:
                    self._history.append(asked)
                    return
                asked = posted
                continue
            following = asked.after(answer.status_code, answer.headers["location"])
            if self._keeps_address(asked, following):
                return
            asked = following
        self.trouble = f"ERR_TOO_MANY_REDIRECTS at {asked.url.partition('?')[0]}"

    def _posts_itself(self, asked: Asked) -> Asked | None:
        """The form that the page of an answer posts by a script, which is all that this browser knows of scripts."""
        form = self.document.select('form[data-testid="form-post"]')
        if form is None:
            return None
        where = urljoin(asked.url, form.attributes.get("action", ""))
        return Asked(url=where, method="POST", form=fields(form, form), initiator=asked.url)

    def _is_cut(self, asked: Asked) -> bool:
        site = origin(asked.url)
        self._been.add(site)
        return site in self._cut and (self._cut[site] is None or self._cut[site] in self._been)

    def _keeps_form(self, asked: Asked) -> bool:
        form = asked.form or {}
        if self._holding is None or origin(asked.url) not in self._holding[1] or not {"code", "error"} & form.keys():
            return False
        self._held = Held(url=asked.url, form=form)
        return True

    def _keeps_address(self, asked: Asked, following: Asked) -> bool:
        if self._holding is None:
            return False
        provider, applications = self._holding
        if origin(asked.url) != provider or origin(following.url) not in applications:
            return False
        self._held = Held(url=following.url)
        return True

    def _show(self, url: str, answer: httpx.Response) -> None:
        self.url, self.status = url, answer.status_code
        self.document, self.text = Document(answer.text), answer.text
        loaded = [*self.document.loads(), *PRELOAD.findall(answer.headers.get("link", ""))]
        self._visitor.seen += [Request(url=urljoin(url, address), kind=kind) for address, kind in loaded]

    async def fill(self, selector: str, value: str) -> None:
        """Type into a field."""
        found = self.document.select(selector)
        assert found, f"{self.url} has no {selector}"
        found.fill(value)

    async def press_enter(self) -> None:
        """Send the form that was typed into, as its first button does; only the provider's is typed into."""
        assert await self.click(Landmark(test_id="sign-in")), f"{self.url} has no button to send a form with"

    async def click(self, landmark: Landmark) -> bool:
        """Follow a link or send a form; False when there is nothing to click."""
        found = self.document.find(landmark)
        if found is None:
            return False
        if found.tag == "a":
            await self._go(Asked(url=urljoin(self.url, found.attributes["href"]), initiator=self.url))
        elif found.form.tag == "form":
            form, sent = found.form, fields(found.form, found)
            where = urljoin(self.url, form.attributes.get("action", ""))
            if form.attributes.get("method", "get").lower() == "post":
                await self._go(Asked(url=where, method="POST", form=sent, initiator=self.url))
            else:
                query = urlencode([*parse_qsl(urlsplit(where).query), *sent.items()])
                await self._go(Asked(url=urlsplit(where)._replace(query=query).geturl(), initiator=self.url))
        return True

    async def shows(self, landmark: Landmark) -> bool:
        """Whether every member of the landmark holds now."""
        if landmark.status not in {None, self.status}:
            return False
        if landmark.url is not None and not fnmatch.fnmatchcase(self.url, landmark.url):
            return False
        has_element = bool(landmark.model_dump(exclude={"status", "url"}, exclude_none=True))
        return not has_element or self.document.find(landmark) is not None

    async def read(self, landmark: Landmark) -> str | None:
        """The text of the landmark's element, None when it is not there."""
        found = self.document.find(landmark)
        return found.text if found else None

    async def is_busy(self) -> bool:
        """Never between two calls."""
        return False

    async def page(self) -> Page:
        """The page as it is now."""
        text = self.document.text[:TEXT_LENGTH]
        return Page(url=self.url, status=self.status, title=self.document.title, text=text)

    async def stored(self) -> dict[str, str]:
        """Nothing: only scripts fill the storage."""
        return {}

    async def hold_responses(self, provider_origin: str, application_origins: tuple[str, ...]) -> None:
        """From now on, keep authorization responses from reaching the application."""
        self._holding = provider_origin, application_origins

    async def held(self) -> Held | None:
        """The authorization response that was kept, if any yet."""
        return self._held

    async def picture(self, path: Path) -> bool:
        """Nothing is drawn here."""
        del path
        return False

    async def close(self) -> None:
        """Close the tab."""
