"""The real browser on little pages: what it sees, keeps, holds back and draws."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from laboratory import free_port
from little_server import page, serve, to
from plain_browser import PlainBrowser

from conformance.adapters.browser import Chromium, ChromiumTab, ChromiumVisitor
from conformance.evidence import Cookie
from conformance.target import Landmark

pytestmark = pytest.mark.browser

WELCOME = page(
    """<title>Home</title><h1 data-testid="signed-in">Welcome, Zoë</h1><p hidden data-testid="secret">x</p>
    <svg data-testid="mark" width="9" height="9"></svg>
    <button data-testid="go" onclick="location='/second'">On</button>
    <script>localStorage.setItem('theme', 'dark')</script>""",
    **{"Set-Cookie": "session=abc; HttpOnly; Path=/"},
)
POSTS = page("""<form id=f method=post action="APP/callback"><input type=hidden name=code value=1></form>
    <script>f.submit()</script>""")


KEEPER = page("""<title>Keeper</title><script>
    const opening = indexedDB.open('pupils', 1);
    opening.onupgradeneeded = () => {
        const store = opening.result.createObjectStore('names');
        store.put({given: 'Zoë', known: new Map([['since', new Set([2030])]])}, 'one');
        store.put(new TextEncoder().encode('in bytes'), 'two');
        opening.result.createObjectStore('counts').put(5n, 'visits');
        opening.result.createObjectStore('empty');
    };
    caches.open('pages').then(cache => cache.put('/me', new Response('Welcome, Zoë')));
    sessionStorage.setItem('step', 'two');
    </script>""")
HOLDING_BACK = page("""<title>Holding back</title><script>
    const opening = indexedDB.open('held', 1);
    opening.onupgradeneeded = () => {
        const store = opening.result.createObjectStore('names');
        const again = () => { store.get('one').onsuccess = again; };
        again();
    };
    localStorage.setItem('theme', 'dark');
    </script>""")


def drive(use: Callable[[ChromiumVisitor, ChromiumTab], Awaitable[None]]) -> None:
    async def driven() -> None:
        async with Chromium() as browser, browser.visitor() as visitor:
            await use(visitor, await visitor.tab())

    asyncio.run(driven())


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110  a page signals nobody
            await asyncio.sleep(0.02)


async def until_settled(tab: ChromiumTab) -> None:
    async with asyncio.timeout(20):
        while await tab.is_busy():  # noqa: ASYNC110  a page signals nobody
            await asyncio.sleep(0.02)


def test_everything_that_a_page_keeps_is_read() -> None:
    with serve({"/": KEEPER}) as server:

        async def use(_visitor: ChromiumVisitor, tab: ChromiumTab) -> None:
            await tab.open(server.url)
            await until_settled(tab)
            kept = await tab.stored()
            assert kept.pop("session.step") == "two"
            assert json.loads(kept.pop("indexedDB.pupils.names")) == [
                ["one", "two"],
                [{"given": "Zoë", "known": [["since", [2030]]]}, "in bytes"],
            ]
            assert json.loads(kept.pop("indexedDB.pupils.counts")) == [["visits"], ["5"]]
            assert kept.pop("indexedDB.pupils.empty") == "[[],[]]"
            assert kept.pop(f"cache.pages.{server.url}/me") == "Welcome, Zoë"
            assert not kept

        drive(use)


def test_a_database_that_is_held_back_hides_nothing_else() -> None:
    with serve({"/": HOLDING_BACK}) as server:

        async def use(_visitor: ChromiumVisitor, tab: ChromiumTab) -> None:
            await tab.open(server.url)
            await until_settled(tab)
            assert await tab.stored() == {"local.theme": "dark"}

        drive(use)


def test_a_page_is_seen_as_a_visitor_sees_it(tmp_path: Path) -> None:
    with serve({"/": WELCOME, "/second": page("Second", 403), "/from": to("/")}) as server:

        async def use(visitor: ChromiumVisitor, tab: ChromiumTab) -> None:
            await tab.open(f"{server.url}/from")
            seen = await tab.page()
            assert (seen.url, seen.status, seen.title) == (f"{server.url}/", 200, "Home")
            assert "Welcome, Zoë" in seen.text
            assert await tab.shows(Landmark(test_id="signed-in"))
            assert await tab.shows(Landmark(role="heading", name="Welcome, Zoë"))
            assert await tab.shows(Landmark(text="Welcome", url="*/", status=200))
            assert await tab.shows(Landmark(selector="h1[data-testid]", test_id="signed-in"))
            assert not await tab.shows(Landmark(test_id="secret"))
            assert not await tab.shows(Landmark(text="Welcome", status=403))
            assert not await tab.shows(Landmark(url="*/elsewhere"))
            assert await tab.read(Landmark(test_id="signed-in")) == "Welcome, Zoë"
            assert await tab.read(Landmark(test_id="absent")) is None
            assert await tab.shows(Landmark(test_id="mark"))
            assert await tab.read(Landmark(test_id="mark")) is None
            assert await tab.stored() == {"local.theme": "dark"}
            (cookie,) = await visitor.cookies((server.url,))
            assert (cookie.name, cookie.value, cookie.http_only) == ("session", "abc", True)
            assert await tab.picture(tmp_path / "deep" / "page.png")
            assert (tmp_path / "deep" / "page.png").stat().st_size > 1000
            assert await tab.click(Landmark(test_id="go"))
            await until(lambda: tab.status == 403)
            assert tab.url == f"{server.url}/second"
            assert f"{server.url}/second" in {request.url for request in visitor.requests}

        drive(use)


def test_a_request_is_noted_with_its_referer_and_what_a_script_sent_and_without_what_was_typed() -> None:
    beacon = page("""<script>fetch('OTHER/hit', {method: 'POST', mode: 'no-cors', body: 'name=Zoë'})</script>""")
    form = page("""<form method=post action="/typed"><input name=password value=secret>
        <button data-testid=go>On</button></form>""")
    with serve({"/hit": ""}, host="localhost") as other:
        told = (200, beacon[1].replace("OTHER", other.url), {**beacon[2], "Referrer-Policy": "unsafe-url"})
        with serve({"/": told, "/form": form, "POST /typed": page("Typed")}) as server:

            async def use(visitor: ChromiumVisitor, tab: ChromiumTab) -> None:
                await tab.open(f"{server.url}/?code=1")
                await until(lambda: any(each.url == f"{other.url}/hit" for each in visitor.requests))
                (hit,) = [each for each in visitor.requests if each.url == f"{other.url}/hit"]
                assert (hit.kind, hit.referer, hit.body) == ("fetch", f"{server.url}/?code=1", "name=Zoë")
                await tab.open(f"{server.url}/form")
                assert await tab.click(Landmark(test_id="go"))
                await until(lambda: any(each.url == f"{server.url}/typed" for each in visitor.requests))
                (typed,) = [each for each in visitor.requests if each.url == f"{server.url}/typed"]
                assert (typed.method, typed.referer, typed.body) == ("POST", f"{server.url}/form", "")

            drive(use)


def test_a_form_is_typed_into_and_sent_by_enter_as_its_first_button_does() -> None:
    form = page("""<form action="/sent"><input name="username" value="before"><input name="password" type="password">
        <button>Send</button><button name="action" value="cancel">Cancel</button></form>""")
    with serve({"/": form, "/sent": page("Sent")}) as server:

        async def use(_visitor: ChromiumVisitor, tab: ChromiumTab) -> None:
            await tab.open(server.url)
            await tab.fill('input[name="username"]', "zoë")
            await tab.fill('input[name="password"]', "word")
            await tab.press_enter()
            await until(lambda: tab.url == f"{server.url}/sent?username=zo%C3%AB&password=word")

        drive(use)


def test_a_field_that_cannot_be_typed_into_yet_is_waited_for() -> None:
    late = page("""<form action="/sent"><input name="username" disabled></form>
        <script>setTimeout(() => { document.querySelector('input').disabled = false }, 300)</script>""")
    with serve({"/": late, "/sent": page("Sent")}) as server:

        async def use(_visitor: ChromiumVisitor, tab: ChromiumTab) -> None:
            await tab.open(server.url)
            await tab.fill('input[name="username"]', "late")
            await tab.press_enter()
            await until(lambda: tab.url == f"{server.url}/sent?username=late")

        drive(use)


SIGHTS: tuple[tuple[str, str | None, str | None], ...] = (
    ("<p data-testid=x>Seen", None, "Seen"),
    ("<p data-testid=y>Other", None, None),
    ("<p data-testid=x hidden>Hidden", None, None),
    ("<div style='display: none'><p data-testid=x>Hidden with what is around it</div>", None, None),
    ("<p data-testid=x style='visibility: hidden'>Invisible", None, None),
    ("<div style='visibility: hidden'><p data-testid=x style='visibility: visible'>Seen</div>", None, "Seen"),
    ("<p data-testid=x style='opacity: 0'>Seen through", None, "Seen through"),
    ("<p data-testid=x>", None, None),
    ("<details><summary>More</summary><p data-testid=x>Folded</details>", None, None),
    ("<p data-testid=x hidden>First<p data-testid=x>Second", None, None),
    ("<div data-testid=x style='display: contents'><b>No box of its own</b></div>", None, "No box of its own"),
    ("<p data-testid=x>Seen", "p", "Seen"),
    ("<p>Other<p data-testid=x>Seen", "p:first-of-type", None),
    ("<p data-testid=x>Seen", "//p", "Seen"),
    ("<p data-testid=x>Seen", "p:has-text('Seen')", "Seen"),
    ("<p data-testid=x>Seen", "p:has-text('Other')", None),
    (
        "<p id=host></p><script>host.attachShadow({mode: 'open'}).innerHTML = '<p data-testid=x>Shadow'</script>",
        None,
        "Shadow",
    ),
)


def test_what_can_be_seen_is_told_as_playwright_tells_it() -> None:
    pages = {f"/{n}": page(body) for n, (body, *_) in enumerate(SIGHTS)}
    wrong = []
    with serve(pages) as server:

        async def use(_visitor: ChromiumVisitor, tab: ChromiumTab) -> None:
            for n, (_, selector, text) in enumerate(SIGHTS):
                landmark = Landmark(test_id="x", selector=selector)
                await tab.open(f"{server.url}/{n}")
                await until_settled(tab)
                told = await tab.shows(landmark), await tab.read(landmark)
                by_playwright = await tab._element(landmark).is_visible()
                if (*told, by_playwright) != (text is not None, text, text is not None):
                    wrong.append((SIGHTS[n], told, by_playwright))

        drive(use)
    assert not wrong


def test_a_site_that_does_not_answer_is_told_and_not_raised() -> None:
    async def use(visitor: ChromiumVisitor, tab: ChromiumTab) -> None:
        del visitor
        await tab.open(f"http://127.0.0.1:{free_port()}/?code=secret")
        assert "ERR_CONNECTION_REFUSED" in str(tab.trouble)
        assert "secret" not in str(tab.trouble)

    drive(use)


@pytest.mark.parametrize("browser", [Chromium, PlainBrowser])
def test_one_goes_back_past_what_was_redirected_and_loads_a_page_again_as_it_came(
    browser: type[Chromium | PlainBrowser],
) -> None:
    never_kept = {"Cache-Control": "no-store"}
    one, two, three = (page(text, **never_kept) for text in ("One", "Two", "Three"))

    async def use() -> list[str]:
        async with browser() as opened, opened.visitor() as visitor:
            tab = await visitor.tab()
            await tab.back()
            await tab.open(f"{server.url}/")
            await tab.go(f"{server.url}/from")
            await until(lambda: tab.url == f"{server.url}/two")
            await tab.back()
            assert tab.url == f"{server.url}/"
            await tab.reload()
            assert (tab.url, tab.status, tab.trouble) == (f"{server.url}/", 200, None)
            await tab.submit(f"{server.url}/three", {"a": "1"})
            await until(lambda: tab.url == f"{server.url}/three")
            await tab.reload()
            return [f"{method} {path}{body}" for method, path, body in server.asked if path != "/favicon.ico"]

    with serve({"/": one, "/from": to("/two"), "/two": two, "POST /three": three}) as server:
        assert asyncio.run(use()) == [
            *("GET /", "GET /from", "GET /two"),
            *("GET /", "GET /"),
            *("POST /threea=1", "POST /threea=1"),
        ]


@pytest.mark.parametrize("browser", [Chromium, PlainBrowser])
def test_a_page_that_cannot_be_loaded_again_is_told_and_not_raised(browser: type[Chromium | PlainBrowser]) -> None:
    async def use() -> None:
        async with browser() as opened, opened.visitor() as visitor:
            tab = await visitor.tab()
            with serve({"/": page("One", **{"Cache-Control": "no-store"})}) as server:
                await tab.open(f"{server.url}/")
                assert tab.trouble is None
            await tab.reload()
            assert tab.trouble

    asyncio.run(use())


def test_cookies_can_be_brought_to_another_browser() -> None:
    with serve({"/": page("Hello")}) as server:

        async def use(visitor: ChromiumVisitor, tab: ChromiumTab) -> None:
            await visitor.bring((Cookie(name="session", value="abc", domain="127.0.0.1", http_only=True),))
            await visitor.set_cookie(server.url, "leerid_stage", "s1")
            await tab.open(server.url)
            sent = server.headers[0]["Cookie"].split("; ")
            assert sorted(sent) == ["leerid_stage=s1", "session=abc"]

        drive(use)


def test_a_redirected_response_is_held_back() -> None:
    with serve({"/callback": page("Arrived")}) as application:

        async def use(visitor: ChromiumVisitor, tab: ChromiumTab) -> None:
            del visitor
            await tab.hold_responses(provider.url, (application.url,))
            await tab.open(f"{provider.url}/sign-in")
            held = await tab.held()
            assert held is not None
            assert held.url == f"{application.url}/callback?code=1"
            assert application.asked == []
            await tab.answer(held)

        table = {"/sign-in": to(f"{application.url}/callback?code=1")}
        with serve(table) as provider:
            drive(use)


def test_a_posted_response_is_held_back_and_can_be_posted_elsewhere() -> None:
    with serve({"/callback": page("Arrived")}) as application:
        form = (200, str(POSTS[1]).replace("APP", application.url), POSTS[2])
        with serve({"/sign-in": form}) as provider:

            async def use(visitor: ChromiumVisitor, tab: ChromiumTab) -> None:
                await tab.hold_responses(provider.url, (application.url,))
                await tab.open(f"{provider.url}/sign-in")
                await until(lambda: tab._held is not None)
                held = await tab.held()
                assert held is not None
                assert held.form == {"code": "1"}
                assert application.asked == []
                other = await visitor.tab()
                await other.open("about:blank")
                await other.answer(held)
                await until(lambda: bool(application.asked))
                assert application.asked[0][::2] == ("POST", "code=1")

            drive(use)


def test_two_visitors_share_nothing() -> None:
    with serve({"/": WELCOME}) as server:

        async def both() -> None:
            async with Chromium() as browser, browser.visitor() as first, browser.visitor() as second:
                await (await first.tab()).open(server.url)
                assert await first.cookies((server.url,))
                assert await second.cookies((server.url,)) == ()

        asyncio.run(both())


ABROAD = page(
    """<form method=post action=/leave><button data-testid=out>Out</button></form>
    <script>const told = "in-a-script"</script><script src=/more.js></script>""",
    **{"Cache-Control": "no-store"},
)


def test_what_a_page_holds_where_its_buttons_lead_and_how_it_came() -> None:
    table = {"/": ABROAD, "/more.js": (200, "// in-a-file", {}), "/from": to("/")}
    with serve(table) as server:

        async def use(visitor: ChromiumVisitor, tab: ChromiumTab) -> None:
            await tab.open(f"{server.url}/from")
            assert {"in-a-script", "in-a-file"} <= set((await tab.source()).replace('"', " ").split())
            assert await tab.aim(Landmark(test_id="out")) == f"{server.url}/leave"
            assert await tab.aim(Landmark(test_id="absent")) is None
            assert [each.status for each in visitor.documents] == [302, 200]
            assert visitor.documents[1].headers["cache-control"] == "no-store"

        drive(use)


def test_another_site_leads_and_posts_to_the_application_across_sites() -> None:
    away = page("Away", **{"Set-Cookie": "session=abc; SameSite=Lax"})
    with serve({"/": away, "/leave": page("Left")}) as server, serve({"/": page("Here")}, "localhost") as other:

        async def use(visitor: ChromiumVisitor, tab: ChromiumTab) -> None:
            await tab.open(server.url)
            await tab.open(other.url)
            await tab.go(f"{server.url}/leave?by=link")
            await until(lambda: len(server.asked) >= 2)
            assert "session=abc" in server.headers[1].get("Cookie", "")
            second = await visitor.tab()
            await second.open(other.url)
            await second.submit(f"{server.url}/leave", {"a": "1"})
            await until(lambda: ("POST", "/leave", "a=1") in server.asked)
            number = server.asked.index(("POST", "/leave", "a=1"))
            assert "Cookie" not in server.headers[number], "SameSite=Lax travels with links, not with posted forms"

        drive(use)


@pytest.mark.parametrize("way", ["link", "form"])
def test_a_page_that_is_still_being_delivered_leads_on_all_the_same(way: str) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = await reader.readline()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n")
        await writer.drain()
        if asked.startswith(b"GET /slow"):
            await asyncio.sleep(0.5)  # the page is open, and nothing of it is there
        writer.write(b"<title>Here</title>")
        await writer.drain()
        writer.close()

    async def use(_visitor: ChromiumVisitor, tab: ChromiumTab) -> None:
        async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
            url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
            await tab.open(f"{url}/slow")
            await (tab.go(f"{url}/there") if way == "link" else tab.submit(f"{url}/there", {"a": "1"}))
            await until(lambda: tab.url == f"{url}/there")

    drive(use)


def test_one_asks_outside_any_page_under_another_name() -> None:
    with serve({"/": to("/elsewhere"), "/clock": {"ahead_s": 1}}) as server:

        async def use(visitor: ChromiumVisitor, tab: ChromiumTab) -> None:
            del tab
            answer = await visitor.ask(server.url, headers={"Host": "spoofed.example"})
            assert (answer.status, answer.headers["location"]) == (302, "/elsewhere")
            assert server.headers[0]["Host"] == "spoofed.example"
            assert (await visitor.ask(f"{server.url}/clock", headers={}, form={"ahead_s": "1"})).status == 200
            assert server.asked[1] == ("POST", "/clock", "ahead_s=1")
            assert (await visitor.ask(f"http://127.0.0.1:{free_port()}", headers={})).status == 0

        drive(use)


@pytest.mark.parametrize("comes_back", [False, True])
def test_a_tab_is_cut_off_from_a_site_redirects_included(comes_back: bool) -> None:  # noqa: FBT001  both ways
    with (
        serve({"/back": page("Back")}) as own,
        serve({"/": to(f"{own.url}/back")}, "localhost") as other,
        serve({"/": page("Start"), "/leave": to(other.url)}) as first,
    ):
        site, after = (own.url, other.url) if comes_back else (other.url, None)

        async def use(visitor: ChromiumVisitor, tab: ChromiumTab) -> None:
            del visitor
            await tab.open(first.url)
            await tab.cut_off(site, after=after)
            await tab.go(f"{first.url}/leave")
            await until(lambda: tab.trouble is not None)
            assert len(other.asked) == int(comes_back)
            assert own.asked == []

        drive(use)
