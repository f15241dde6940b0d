"""One scenario under way: what a journey may do (open browsers, sign in, look, rotate keys) and what it gathers."""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from conformance.evidence import (
    Evidence,
    Exchange,
    Glance,
    Knock,
    Moment,
    Outcome,
    Page,
    Reading,
    Search,
    Step,
    Surroundings,
    Visit,
    delivered_at,
)
from conformance.journeys.cast import label_of
from conformance.journeys.landing import Landing, Lookout
from conformance.journeys.sign_in import SignIn
from conformance.ports import Application, Books, Browser, Clock, Control, Persona, Stage, Tab, Visitor
from conformance.scenario import Situation
from conformance.target import SecondIssuer, Target, origin


@dataclass(frozen=True, kw_only=True)
class Bench:
    """Everything outside that a scenario works with. `cast`: the run's label; None: the personas themselves sign in."""

    target: Target
    browser: Browser
    control: Control
    application: Application
    clock: Clock
    books: Books
    personas: dict[str, Persona]
    surroundings: Surroundings
    cast: str | None = None


def bends_issuer(situation: Situation) -> bool:
    """Whether something is armed that the application meets without a browser, so without a stage."""
    return any(delivered_at(name) is Step.NONE for name in situation.armed)


@dataclass
class Trip:
    """The evidence of one scenario in the making. Use as a context manager: it closes browsers and stages.

    `name`: whose people sign in, the id of the scenario as a rule. `longer_s`: seconds for which an application is
    waited for beyond the target's own patience. `rejects_at_start`: nobody is to be sent to the provider at all, so
    that not to start is a way to refuse; else it is a crash.
    """

    bench: Bench
    situations: tuple[Situation, ...]
    name: str
    picture: Path | None = None
    issuer_wide: bool = False
    journal_from: int = 0
    rejects_at_start: bool = False
    did_not_start: str | None = None
    has_picture: bool = False
    ahead_s: int = 0
    longer_s: float = 0.0
    visits: list[Visit] = field(default_factory=list)
    glances: list[Glance] = field(default_factory=list)
    searches: list[Search] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    knocks: list[Knock] = field(default_factory=list)
    asides: list[Exchange] = field(default_factory=list)
    timeline: list[Moment] = field(default_factory=list)
    _open: AsyncExitStack = field(default_factory=AsyncExitStack)
    _last_tab: Tab | None = None

    async def __aenter__(self) -> Self:
        """Begin."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Take the picture of the last page, close every browser and stage."""
        try:
            if self.picture and self._last_tab:
                self.has_picture = await self._last_tab.picture(self.picture)
        finally:
            await self._open.aclose()

    @property
    def evidence(self) -> Evidence:
        """What was gathered so far."""
        return Evidence(
            visits=tuple(self.visits),
            glances=tuple(self.glances),
            searches=tuple(self.searches),
            readings=tuple(self.readings),
            knocks=tuple(self.knocks),
            asides=tuple(self.asides),
            timeline=tuple(self.timeline),
            surroundings=self.bench.surroundings,
        )

    @property
    def second(self) -> SecondIssuer:
        """The second issuer of the target; a journey that goes there needs one."""
        second = self.bench.target.capabilities.second_issuer
        if second is None:
            raise LookupError("the target names no second issuer")
        return second

    def situation(self, number: int) -> Situation:
        """The situation of the sign-in with this number; the last one given holds for the rest."""
        return self.situations[min(number, len(self.situations) - 1)]

    def tell(self, who: str, what: str) -> None:
        """Put a line in the timeline."""
        self.timeline.append(Moment(at=self.bench.clock.now().isoformat(), who=who, what=what))

    def afterwards(self, do: Callable[[], Awaitable[None]]) -> None:
        """Do something when the trip ends."""
        self._open.push_async_callback(do)

    async def browser(self) -> Visitor:
        """A browser that was never here before; it is closed when the trip ends."""
        return await self._open.enter_async_context(self.bench.browser.visitor())

    async def stage(self, situation: Situation, *, restarts: bool = True) -> Stage:
        """Open a stage at the mock; it is closed when the trip ends.

        `restarts`: an application that has to meet a bent issuer begins anew, so that nothing is known to it.
        """
        wanted: dict[str, Any] = {
            "faults": list(situation.faults),
            "circumstances": list(situation.circumstances),
            "persona": situation.persona,
            "calendar_offset_days": situation.calendar_offset_days,
            "claims_profile": self.bench.target.claims_profile,
            "issuer": self.second.name if situation.issuer == "second" else None,
        }
        if self.bench.cast:
            wanted["cast"] = label_of(self.bench.cast, self.name)
        wanted |= {"clock_ahead_s": self.ahead_s} if self.ahead_s else {}  # the provider lives in the same year
        stage = await self.bench.control.open_stage(wanted)
        self._open.push_async_callback(self.bench.control.close_stage, stage.id)
        what = f"opened a stage for {situation.persona}" + (", in the application's time" if self.ahead_s else "")
        self.tell("harness", f"{what}, armed: {', '.join(situation.armed)}" if situation.armed else f"{what}, honest")
        if restarts and bends_issuer(situation):
            await self._restart()
        return stage

    async def _restart(self) -> None:
        """Let the application start anew, so that it reads discovery and keys as this stage bends them."""
        self.did_not_start = await self.bench.application.restart()
        self.tell("harness", self.did_not_start or "restarted the application")

    async def begin(self, situation: Situation, visitor: Visitor | None = None, stage: Stage | None = None) -> SignIn:
        """Open the application's sign-in page in this browser, or in a new one; stops at the provider's form."""
        sign_in = await self.arrive(situation, visitor, stage)
        await sign_in.open()
        return sign_in

    async def arrive(self, situation: Situation, visitor: Visitor | None = None, stage: Stage | None = None) -> SignIn:
        """Be there with an empty tab, on a stage, without having opened anything."""
        visitor = visitor or await self.browser()
        stage = stage or await self.stage(situation)
        sign_in = SignIn(trip=self, situation=situation, visitor=visitor, stage=stage, tab=await self.tab(visitor))
        await sign_in.enter_stage()
        return sign_in

    async def tab(self, visitor: Visitor) -> Tab:
        """Open a tab; the picture is taken of the last one."""
        self._last_tab = await visitor.tab()
        return self._last_tab

    async def sign_in(self, situation: Situation, visitor: Visitor | None = None) -> SignIn:
        """Sign in from the first page to the last, as a pupil does."""
        sign_in = await self.begin(situation, visitor)
        await sign_in.type_credentials()
        await sign_in.land()
        return sign_in

    async def glance(self, label: str, visitor: Visitor, url: str) -> Glance:
        """Look at a page of the application without signing in."""
        tab = await self.tab(visitor)
        await tab.open(url)
        self.tell("visitor", f"looked at {url.partition('?')[0]} ({label})")
        return await self.look(label, tab)

    async def look(self, label: str, tab: Tab) -> Glance:
        """Note how the page in this tab looks, once it has come to rest."""
        landing = await self.lookout(tab, settles=True).rest()
        return self.note(label, await tab.page(), landing)

    def note(self, label: str, page: Page, landing: Landing) -> Glance:
        """Keep how a page looked."""
        signed_in = landing.outcome is Outcome.SIGNED_IN
        glance = Glance(label=label, page=page, signed_in=signed_in, outcome=landing.outcome)
        self.glances.append(glance)
        return glance

    def lookout(self, tab: Tab, *, settles: bool | None = None) -> Lookout:
        """Somebody who watches this tab, as patiently as this trip is."""
        bench = self.bench
        target = bench.target.model_copy(update={"timeout_s": bench.target.timeout_s + self.longer_s})
        return Lookout(tab, target, bench.clock, bench.surroundings.provider_origin, settles=settles)

    def is_own(self, url: str) -> bool:
        """Whether a page is the application's own."""
        return origin(url) in self.bench.target.application_origins
