"""Miniatures: a mock, an application and a browser in memory, sound or wrong on purpose, for tests of the harness.

The clock only moves when somebody waits, so a test that waits ten seconds takes no time.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from conformance.evidence import Cookie, Document, Evidence, Exchange, IdToken, Page, Request, Surroundings
from conformance.journeys import Bench, Trip, journeys
from conformance.ports import About, Fault, Held, Persona, Stage
from conformance.requirement import Requirement
from conformance.scenario import Profile, Scenario
from conformance.target import Landmark, Target

APPLICATION = "http://127.0.0.1:9"
PROVIDER = "http://localhost:8"
FORM = f"{PROVIDER}/op/sign-in/"
SIGN_IN = f"{APPLICATION}/sign-in"
CALLBACK = f"{APPLICATION}/callback"
CLOCK = f"{APPLICATION}/clock"
SIGN_OUT = f"{APPLICATION}/sign-out"
INITIATE = f"{APPLICATION}/initiate"
START = f"{SIGN_IN}/go"
SECRET = "synthetic"
ME = f"{APPLICATION}/me"
DATA, REPORT = f"{APPLICATION}/data/{{identity}}", f"{APPLICATION}/report"
STORE, PRIVACY_LOG, PURGE = f"{APPLICATION}/store", f"{APPLICATION}/privacy-log", f"{APPLICATION}/purge"
THREE_YEARS_S = 1096 * 86_400
CLIENT = {"client_id": "me", "client_secret": SECRET, "redirect_uris": [CALLBACK]}
SECOND = {
    "sign_in_url": SIGN_IN,
    "client": CLIENT | {"redirect_uris": [f"{CALLBACK}/second"]},
}

TARGET = Target.model_validate(
    {
        "name": "Miniature",
        "sign_in_url": SIGN_IN,
        "key_refresh_s": 0,
        "client": CLIENT,
        "landmarks": {
            "signed_in": {"test_id": "signed-in"},
            "refused": {"test_id": "refused"},
            "signed_out": {"test_id": "signed-out"},
        },
        "capabilities": {
            "identity": {"test_id": "person-id"},
            "name": {"test_id": "person-name"},
            "sign_out": {"test_id": "sign-out"},
            "second_issuer": SECOND,
            "clock": CLOCK,
            "session_s": 3600,
            "log": True,
            "next_parameter": "next",
            "backchannel_logout": f"{APPLICATION}/backchannel-logout",
            "initiate_login": INITIATE,
            "store": STORE,
            "privacy_log": PRIVACY_LOG,
            "purge": PURGE,
            "pages": [DATA],
            "export": f"{APPLICATION}/export",
            "report": REPORT,
        },
    }
)
REQUIREMENT = Requirement(id="LR-01", sentence="A rule.", source="A source", level="must", certainty="documented")
PROFILE = Profile(name="full", version="1", include=("*",))


def scenario(name: str = "group/one", **more: Any) -> Scenario:
    members: dict[str, Any] = {"title": f"Title of {name}", "requirements": ["LR-01"], "level": "must"}
    return Scenario.model_validate({"id": name, "expect": "signed-in", **members, **more})


@dataclass
class MiniatureClock:
    """Moves when somebody waits, and a little at every look."""

    seconds: float = 0.0

    def now(self) -> datetime:
        return datetime(2030, 1, 1, tzinfo=UTC) + timedelta(seconds=self.seconds)

    def elapsed(self) -> float:
        self.seconds += 0.001
        return self.seconds

    async def pause(self, seconds: float) -> None:
        self.seconds += seconds
        await asyncio.sleep(0)


@dataclass
class MiniatureMock:
    """The control API in memory. `deaf`: faults that are armed, but never change anything."""

    deaf: bool = False
    stages: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    exchanges: list[Exchange] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    keys: int = 1
    actions: list[str] = field(default_factory=list)

    async def about(self) -> About:
        return About(product="leerid-testbed", version="0", api="1", issuer=f"{PROVIDER}/op")

    async def faults(self) -> Mapping[str, Fault]:
        names = ("id-token.nonce-mismatch", "userinfo.subject-other", "discovery.issuer-other")
        return {
            name: Fault(id=name, seam=name.partition(".")[0], kind="fault", sentence=f"Does {name}.") for name in names
        }

    async def personas(self) -> Mapping[str, Persona]:
        slugs = ("secondary-pupil", "primary-pupil")
        return {slug: Persona(slug=slug, user_name=slug, password=f"word of {slug}") for slug in slugs}

    async def open_stage(self, situation: Mapping[str, Any]) -> Stage:
        name = f"stage-{len(self.stages) + 1}"
        self.stages[name] = situation
        return Stage.model_validate({"id": name, "cookie": {"name": "leerid_stage", "value": name}})

    async def close_stage(self, stage_id: str) -> None:
        self.closed.append(stage_id)

    async def journal(self, *, stage: str | None = None, since: int = 0) -> tuple[Exchange, ...]:
        return tuple(each for each in self.exchanges if each.number > since and stage in {None, each.stage})

    async def register(self, client: Mapping[str, Any], *, issuer: str | None = None) -> None:
        del client, issuer

    async def log_out(self, stage_id: str, about: Mapping[str, Any]) -> None:
        self.record(stage_id, "backchannel-logout", request=dict(about))

    async def open_issuer(self, name: str) -> None:
        del name

    async def change_keys(self, action: str) -> None:
        self.actions.append(action)
        self.keys += action != "retire"

    @property
    def open_stages(self) -> list[str]:
        return [stage for stage in self.stages if stage not in self.closed]

    def armed(self, stage: str) -> list[str]:
        return [*self.stages[stage]["faults"], *self.stages[stage]["circumstances"]]

    def record(self, stage: str, endpoint: str, **more: Any) -> None:
        seams = {
            "sign-in": ("datastore",),
            "token": ("id-token", "token-response"),
            "userinfo": ("userinfo",),
            "discovery": ("discovery",),
        }
        mine = [name for name in self.armed(stage) if name.partition(".")[0] in seams.get(endpoint, (endpoint,))]
        number, fired = len(self.exchanges) + 1, () if self.deaf else tuple(mine)
        more = {"at": "2030-01-01T00:00:00Z", "fired": fired, **more}
        self.exchanges.append(Exchange(number=number, stage=stage, endpoint=endpoint, **more))


@dataclass
class MiniatureApplication:
    """An application; every switch makes it wrong in one way."""

    mock: MiniatureMock
    admits_faults: bool = False
    crashes_on_faults: bool = False
    breaks_on_faults: bool = False
    refuses_early: bool = False
    asks_amiss: bool = False
    refuses_all: bool = False
    always_looks_signed_in: bool = False
    hangs: bool = False
    keeps_old_sessions: bool = False
    keeps_session_id: bool = False
    opens_session_early: bool = False
    starts_once: bool = False
    takes_any_response: bool = False
    stays_at_callback: bool = False
    leaves_callback_by_script: bool = False
    never_asks_userinfo: bool = False
    forgets_new_keys: bool = False
    can_restart: bool = False
    has_log: bool = False
    dies_at_start: bool = False
    restarts: int = 0
    broken: bool = False
    has_no_clock: bool = False
    believes_host: bool = False
    starts_in_two_hops: bool = False
    starts_at_a_link: bool = False
    starts_never: bool = False
    refuses_questions: bool = False
    names_itself_after_host: bool = False
    takes_any_issuer: bool = False
    logs_responses: bool = False
    tells_secret: bool = False
    purges_never: bool = False
    crashes_over_purge: bool = False
    asks_for_purge: bool = False
    shows_anybody: bool = False
    takes_no_report: bool = False
    purged_at: list[int] = field(default_factory=list)
    kept: list[dict[str, Any]] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)
    forgets_no_session: bool = False
    signs_out_by_anybody: bool = False
    signs_out_late: bool = False
    signs_in_anew: bool = False
    client_id: str | None = None
    ahead_s: int = 0
    written: list[str] = field(default_factory=list)
    keys: int = 1
    sessions: dict[str, str] = field(default_factory=dict)
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    async def restart(self) -> str | None:
        self.restarts += 1
        self.broken, self.keys = False, self.mock.keys
        bent = [name for name in self.mock.open_stages if "discovery.issuer-other" in self.mock.armed(name)]
        for stage in bent if self.dies_at_start else ():
            self.mock.record(stage, "discovery")
        return "it ended with status 1" if self.dies_at_start and bent else None

    async def log(self) -> str:
        return "\n".join(self.written)

    async def read(self, url: str) -> tuple[Any, ...]:
        return tuple({STORE: self.kept, PRIVACY_LOG: self.entries}[url])

    async def purge(self, url: str) -> bool:
        assert url == PURGE
        self.purged_at.append(self.ahead_s)
        if self.asks_for_purge:
            self.mock.record(next(iter(self.mock.stages)), "token")
        if self.crashes_over_purge:
            return False
        if self.ahead_s > THREE_YEARS_S and not self.purges_never:
            self.kept.clear()
        return True

    def answers(self, url: str, headers: Mapping[str, str], form: Mapping[str, str]) -> Document:
        """What is answered outside any page: the clock, and the sign-in page under another name."""
        if self.refuses_questions:
            return Document(url=url, status=403)
        there = self._leads_on(url, headers)
        if there is not None:
            return Document(url=url, status=302 if there else 200, headers={"location": there} if there else {})
        if url == CLOCK:
            self.ahead_s = int(form["ahead_s"])
            return Document(url=url, status=500 if self.has_no_clock else 200)
        if url.endswith("/export"):
            self.entries.append({"key": "account of secondary-pupil", "why": "export"})
            return Document(url=url, status=200)
        if url.startswith(INITIATE):
            named = dict(parse_qsl(urlsplit(url).query)).get("iss", "")
            taken = self.takes_any_issuer or named == f"{PROVIDER}/op"
            return Document(url=url, status=302, headers={"location": f"{named}/v1/auth" if taken else "/refused"})
        host = headers.get("Host", "") if self.believes_host else ""
        redirect_uri = f"http://{host}/callback" if host else CALLBACK
        return Document(url=url, status=302, headers={"location": f"{PROVIDER}/op/v1/auth?redirect_uri={redirect_uri}"})

    def _leads_on(self, url: str, headers: Mapping[str, str]) -> str | None:
        """Where the application leads to itself before it does anything; "" at a page with a link, None: nowhere."""
        page, mark, query = url.partition("?")
        if self.starts_never:
            return url
        if page.endswith("/hop"):
            return None
        if self.starts_at_a_link and page == SIGN_IN:
            return ""
        host = headers.get("Host", "")
        if self.names_itself_after_host and host:
            return f"https://{host}/hop"
        return f"{urlsplit(page).path}/hop{mark}{query}" if self.starts_in_two_hops else None

    def judges(self, stage: str) -> str:
        """signed-in, refused, crashed or hanging."""
        faults = self.mock.stages[stage]["faults"]
        self.broken = self.broken or bool(faults and self.breaks_on_faults)
        if self.hangs:
            return "hanging"
        if faults and self.crashes_on_faults:
            return "crashed"
        old_keys = self.forgets_new_keys and self.keys < self.mock.keys
        if self.refuses_all or self.broken or old_keys or (faults and not self.admits_faults):
            return "refused"
        return "signed-in"


@dataclass
class MiniatureVisitor:
    """A browser profile."""

    application: MiniatureApplication
    jar: dict[str, Cookie] = field(default_factory=dict)
    stage: str = ""
    seen: list[Request] = field(default_factory=list)

    @property
    def requests(self) -> tuple[Request, ...]:
        return tuple(self.seen)

    @property
    def documents(self) -> tuple[Document, ...]:
        return ()

    async def ask(self, url: str, *, headers: Mapping[str, str], form: Mapping[str, str] | None = None) -> Document:
        return self.application.answers(url, headers, form or {})

    async def tab(self) -> "MiniatureTab":
        return MiniatureTab(self)

    async def set_cookie(self, url: str, name: str, value: str) -> None:
        assert (url, name) == (PROVIDER, "leerid_stage")
        self.stage = value

    async def bring(self, cookies: tuple[Cookie, ...]) -> None:
        self.jar |= {cookie.name: cookie for cookie in cookies}

    async def cookies(self, origins: tuple[str, ...]) -> tuple[Cookie, ...]:
        assert origins == (APPLICATION,)
        return tuple(self.jar.values())

    def keep(self, value: str) -> str:
        self.jar["session"] = Cookie(name="session", value=value, domain="127.0.0.1", http_only=True)
        return value

    @property
    def person(self) -> str | None:
        session = self.jar.get("session")
        if self.application.ahead_s > 3600 and not self.application.forgets_no_session:
            return None
        return self.application.sessions.get(session.value) if session else None


PAGES: Mapping[str, tuple[str, int, frozenset[str]]] = {
    "signed-in": (ME, 200, frozenset({"signed-in", "person-id", "person-name", "sign-out"})),
    "refused": (f"{APPLICATION}/refused", 403, frozenset({"refused"})),
    "crashed": (f"{APPLICATION}/callback", 500, frozenset()),
    "hanging": (f"{APPLICATION}/spinning", 200, frozenset()),
    "signed-out": (f"{APPLICATION}/signed-out", 200, frozenset({"signed-out"})),
    "home": (f"{APPLICATION}/", 200, frozenset()),
}


class MiniatureTab:
    """A tab in which the application and the provider answer at once."""

    def __init__(self, visitor: MiniatureVisitor) -> None:
        self.visitor, self.application = visitor, visitor.application
        self.mock = visitor.application.mock
        self.url, self.status = "about:blank", None
        self.trouble: str | None = None
        self.marks: frozenset[str] = frozenset()
        self.typed: dict[str, str] = {}
        self.stage = ""
        self.holding = False
        self.kept: Held | None = None
        self.cut = False
        self.asked = ""
        self.history: list[str] = []

    def _show(self, name: str) -> None:
        self.url, self.status, self.marks = PAGES[name]
        self.history.append(self.url)
        if self.application.always_looks_signed_in:
            self.marks |= {"signed-in"}

    async def open(self, url: str) -> None:
        self.asked = url
        self.visitor.seen.append(Request(url=url))
        at_a_link = self.application.starts_at_a_link and not self.visitor.stage
        if url.partition("?")[0] == SIGN_IN and not at_a_link:
            self._start()
        elif url.startswith(CALLBACK):
            await self.answer(Held(url=url))
        else:
            anew = self.application.signs_in_anew and not self.visitor.person and url == ME
            if anew:
                self.mock.record(self.stage or self.visitor.stage, "authorization")
            self._show("signed-in" if self.visitor.person or anew else "home")

    def _start(self) -> None:
        self.stage = self.visitor.stage
        if "discovery.issuer-other" in self.mock.armed(self.stage):
            self.mock.record(self.stage, "discovery")
        refuses = self.application.refuses_early or "started" in self.visitor.jar
        if refuses or self.mock.armed(self.stage)[:1] == ["discovery.issuer-other"]:
            self._show("refused")
            return
        number = next(self.application.numbers)
        if "session" not in self.visitor.jar:
            self.visitor.keep(f"anonymous {number}")
        if self.application.starts_once:
            self.visitor.jar["started"] = Cookie(name="started", value="yes", domain="127.0.0.1", http_only=True)
        if self.application.opens_session_early:
            self.application.sessions[self.visitor.jar["session"].value] = "whoever it will be"
        if self.application.asks_amiss:
            self.mock.record(self.stage, "authorization", notes=("redirect_uri is not registered",))
            self.url, self.status, self.marks = f"{PROVIDER}/op/v1/auth", 400, frozenset({"provider-error"})
            return
        asked = {"state": f"state-{number:020}", "redirect_uri": CALLBACK, "scope": "openid"}
        asked |= {"client_id": self.application.client_id} if self.application.client_id else {}
        self.mock.record(self.stage, "authorization", request=asked)
        self.url, self.status, self.marks = f"{FORM}{number}", 200, frozenset({"leerid-sign-in", "sign-in", "cancel"})
        self.history.append(self.url)
        if self.application.always_looks_signed_in:
            self._show("home")

    async def fill(self, selector: str, value: str) -> None:
        self.typed[selector.partition('name="')[2].rstrip('"]')] = value

    async def press_enter(self) -> None:
        await self.click(Landmark(test_id="sign-in"))

    async def click(self, landmark: Landmark) -> bool:
        if landmark.test_id not in self.marks:
            return False
        if self.url.startswith(FORM):
            self._leave_provider(cancelled=landmark.test_id == "cancel")
        elif landmark.test_id == "sign-out":
            self._sign_out()
        return True

    def _leave_provider(self, *, cancelled: bool) -> None:
        if not cancelled and not self._datastore_answers():
            return
        self.mock.record(self.stage, "authorization-response")
        if cancelled:
            self._show("refused")
            return
        assert self.typed["password"] == f"word of {self.typed['username']}"
        address = f"{CALLBACK}?code=1&stage={self.stage}&who={self.typed['username']}"
        if self.holding:
            self.kept = Held(url=address)
            return
        self.visitor.seen.append(Request(url=address))
        if self.application.leaves_callback_by_script:
            self.history.append(address)
        self._redeem(self.stage, self.typed["username"])
        if self.application.stays_at_callback:
            self.url = self.history[-1] = address

    def _datastore_answers(self) -> bool:
        self.mock.record(self.stage, "sign-in")
        if "datastore.away" in self.mock.armed(self.stage):
            self.status, self.marks = 503, frozenset({"provider-error"})
            return False
        if "datastore.away-told" in self.mock.armed(self.stage):
            self.mock.record(self.stage, "authorization-response")
            self.visitor.jar.pop("started", None)
            self._show("refused")
            return False
        return True

    def _redeem(self, stage: str, who: str) -> None:
        self.visitor.jar.pop("started", None)
        claims: dict[str, Any] = {"given_name": "Ans", "family_name": who, "ov_account_uuid": f"account of {who}"}
        token = IdToken(claims={"sub": who} | claims)
        self.application.entries.append({"key": claims["ov_account_uuid"]})
        self.application.written.append(f"signed in with code={stage if self.application.logs_responses else '***'}")
        self.mock.record(stage, "token", id_token=token, request={"code": f"code of {stage}"})
        outcome = self.application.judges(stage)
        if not self.application.never_asks_userinfo and outcome == "signed-in":
            self.mock.record(stage, "userinfo")
        if outcome == "signed-in":
            kept = self.application.keeps_session_id and self.visitor.jar["session"].value
            value = kept or f"session {next(self.application.numbers)}"
            self.application.sessions[self.visitor.keep(value)] = who
            person = {"name": f"Ans {who}", "keys": [claims["ov_account_uuid"]]}
            self.application.kept.append({"person": person, "since": 2030})
        self._show(outcome)

    def _sign_out(self) -> None:
        if self.cut and self.application.signs_out_late:
            self.trouble = "ERR_CONNECTION_REFUSED"
            return
        session = self.visitor.jar.pop("session")
        if not self.application.keeps_old_sessions:
            self.application.sessions.pop(session.value)
        self.mock.record(self.stage, "end-session")
        self._show("signed-out")

    async def back(self) -> None:
        if len(self.history) > 1:
            self.history.pop()
            await self._again(self.history.pop())

    async def reload(self) -> None:
        await self._again(self.history.pop())

    async def _again(self, url: str) -> None:
        self.visitor.seen.append(Request(url=url))
        if url.startswith(CALLBACK):
            self.history.append(url)
            self.url, self.status, self.marks = url, 200, frozenset({"going-on"})
            await self.answer(Held(url=url))
        else:
            self.url, self.status, self.marks = url, 200, frozenset()
            self.history.append(url)

    async def answer(self, held: Held) -> None:
        stage, _, who = held.url.partition("stage=")[2].partition("&who=")
        if self.application.takes_any_response:
            self._redeem(stage, who)
        else:
            self._show("refused")

    async def go(self, url: str) -> None:
        if url == SIGN_OUT and self.application.signs_out_by_anybody:
            self.application.sessions.clear()
        await self.open(url.partition("?")[0])

    async def submit(self, url: str, form: Mapping[str, str]) -> None:
        del form
        await self.go(url)

    async def aim(self, landmark: Landmark) -> str | None:
        if landmark.test_id == "start":
            return START
        return SIGN_OUT if landmark.test_id in self.marks else None

    async def source(self) -> str:
        if self.asked.startswith(DATA.partition("{")[0]):
            return (
                f"<p>account of {self.asked.rpartition('/')[2]}</p>" if self.application.shows_anybody else "<p>no</p>"
            )
        return f"<p>{SECRET if self.application.tells_secret else 'nothing'}</p>"

    async def cut_off(self, origin: str, *, after: str | None = None) -> None:
        del origin, after
        self.cut = True

    async def shows(self, landmark: Landmark) -> bool:
        if landmark.selector:
            return self.asked == REPORT and not self.application.takes_no_report
        return landmark.test_id in self.marks

    async def read(self, landmark: Landmark) -> str | None:
        if landmark.test_id not in self.marks:
            return None
        person = self.visitor.person
        return f"Ans {person}" if landmark.test_id == "person-name" else person

    async def is_busy(self) -> bool:
        return False

    async def page(self) -> Page:
        return Page(url=self.url, status=self.status, title="A page", text=f"Hello {self.visitor.person or 'visitor'}")

    async def stored(self) -> dict[str, str]:
        return {}

    async def hold_responses(self, provider_origin: str, application_origins: tuple[str, ...]) -> None:
        assert (provider_origin, application_origins) == (PROVIDER, (APPLICATION,))
        self.holding = True

    async def held(self) -> Held | None:
        return self.kept

    async def picture(self, path: Path) -> bool:
        return path.suffix == ".png"

    async def close(self) -> None:
        self.marks = frozenset()


@dataclass
class MiniatureBrowser:
    """Every visitor is new."""

    application: MiniatureApplication
    name: str = "miniature"
    version: str = "1"
    visitors: int = 0

    @asynccontextmanager
    async def visitor(self) -> AsyncIterator[MiniatureVisitor]:
        self.visitors += 1
        await asyncio.sleep(0)
        yield MiniatureVisitor(self.application)


def walk(journey: str, application: MiniatureApplication | None = None, **members: Any) -> Evidence:
    """The evidence of a journey in miniature."""
    application = application or MiniatureApplication(MiniatureMock())
    start = Landmark(test_id="start") if application.starts_at_a_link else None
    landmarks = TARGET.landmarks.model_copy(update={"start": start})
    situations = scenario(journey=journey, **members).situations

    async def walked() -> Evidence:
        bench = Bench(
            target=TARGET.model_copy(update={"landmarks": landmarks}),
            browser=MiniatureBrowser(application),
            control=application.mock,
            application=application,
            clock=MiniatureClock(),
            books=application,
            personas=dict(await application.mock.personas()),
            surroundings=Surroundings(
                application_origins=(APPLICATION,), provider_origin=PROVIDER, issuer=f"{PROVIDER}/op"
            ),
        )
        async with Trip(bench=bench, situations=situations, name=journey) as trip:
            await journeys()[journey].walk(trip)
        return trip.evidence

    return asyncio.run(walked())
