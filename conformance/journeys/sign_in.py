"""One sign-in, as a pupil does it: open the page, type user name and password at the provider, see where one lands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from conformance.evidence import DELIVERED_AT, Cookie, Exchange, Outcome, Step, Visit
from conformance.journeys.landing import Landing
from conformance.target import Landmark

if TYPE_CHECKING:
    from conformance.journeys.trip import Trip
    from conformance.ports import Held, Stage, Tab, Visitor
    from conformance.scenario import Situation

FORM: Final = 'form[data-testid="leerid-sign-in"]'
CANCEL: Final = Landmark(test_id="cancel")
WITHOUT_STAGE: Final = frozenset(seam for seam, step in DELIVERED_AT.items() if step is Step.NONE)
"""Endpoints that the application asks without a browser, so without a stage."""


@dataclass
class SignIn:
    """A sign-in under way in one tab."""

    trip: Trip
    situation: Situation
    visitor: Visitor
    stage: Stage
    tab: Tab
    arrived: Landing | None = None
    form_url: str | None = None
    cookies_before: tuple[Cookie, ...] = ()
    parameters: str = ""

    async def enter_stage(self) -> None:
        """Be on the stage of this sign-in again, where another tab of the browser has entered another."""
        provider, cookie = self.trip.bench.surroundings.provider_origin, self.stage.cookie
        await self.visitor.set_cookie(provider, cookie.name, cookie.value)

    async def open(self) -> None:
        """Go to the application's sign-in page and on to the provider's form, or to where the application stops."""
        if self.trip.did_not_start:
            self.arrived = Landing(outcome=self._not_started, reason=f"did not start: {self.trip.did_not_start}")
            return
        self.trip.tell("visitor", f"opened {self._sign_in_url}")
        await self.tab.open(self._sign_in_url)
        await self.started()

    @property
    def _not_started(self) -> Outcome:
        """What it is that the application did not start: a refusal where metadata are to be rejected, else a crash."""
        rejects = self.trip.rejects_at_start and self.situation.expect == "refused"
        return Outcome.REFUSED if rejects else Outcome.CRASHED

    async def started(self) -> None:
        """Go on from the application's sign-in page, however one came there."""
        target = self.trip.bench.target
        if target.landmarks.start:
            await self._press_start(target.landmarks.start)
        landing = await self.trip.lookout(self.tab).rest()
        self.cookies_before = await self.visitor.cookies(target.application_origins)
        if landing.outcome is None:
            self.form_url = self.tab.url
            self.trip.tell("application", "sent the visitor to the provider")
        else:
            self.arrived = landing

    @property
    def _sign_in_url(self) -> str:
        second = self.situation.issuer == "second"
        page = self.trip.second.sign_in_url if second else self.trip.bench.target.sign_in_url
        return f"{page}{'&' if '?' in page else '?'}{self.parameters}" if self.parameters else page

    async def _press_start(self, start: Landmark) -> None:
        clock, patience = self.trip.bench.clock, self.trip.bench.target.timeout_s
        deadline = clock.elapsed() + patience
        while clock.elapsed() < deadline and self.trip.is_own(self.tab.url):
            if await self.tab.shows(start):
                await self.tab.click(start)
                return
            await clock.pause(0.05)

    async def type_credentials(self) -> None:
        """Type user name and password of the persona into the provider's form, and press Enter."""
        if self.form_url is None:
            return
        persona = self.trip.bench.personas[self.situation.persona]
        await self.tab.fill(f'{FORM} input[name="username"]', persona.user_name)
        await self.tab.fill(f'{FORM} input[name="password"]', persona.password)
        self.trip.tell("visitor", f"signed in at the provider as {persona.slug}")
        await self.tab.press_enter()

    async def cancel(self) -> None:
        """Press the cancel button of the provider."""
        if self.form_url is not None:
            self.trip.tell("visitor", "cancelled at the provider")
            await self.tab.click(CANCEL)

    async def hold(self) -> Held | None:
        """Sign in, but keep the answer from reaching the application. None when no answer came."""
        surroundings, clock = self.trip.bench.surroundings, self.trip.bench.clock
        await self.tab.hold_responses(surroundings.provider_origin, surroundings.application_origins)
        await self.type_credentials()
        deadline = clock.elapsed() + self.trip.bench.target.timeout_s
        while clock.elapsed() < deadline:
            if held := await self.tab.held():
                return held
            await clock.pause(0.03)
        return None

    async def receive(self, held: Held) -> None:
        """Bring somebody else's authorization response to the application."""
        self.arrived, self.form_url = None, self.form_url or ""
        await self.tab.answer(held)

    async def redirect_uri(self) -> str | None:
        """Where the application said that the response is to come; None when it has not asked yet."""
        asked = [exchange for exchange in await self._exchanges() if exchange.endpoint == "authorization"]
        return asked[-1].asked("redirect_uri") if asked else None

    def callback_url(self) -> str | None:
        """The address of the authorization response as this browser opened it; None when it was posted."""
        uris = {exchange.asked("redirect_uri") for exchange in self.trip.visits[-1].at("authorization")}
        urls = [request.url for request in self.visitor.requests if request.method == "GET"]
        return next((url for url in reversed(urls) if "?" in url and url.partition("?")[0] in uris), None)

    async def refresh(self) -> None:
        """Note what happened on this stage after the sign-in had landed."""
        exchanges = await self._exchanges()
        update = {"exchanges": exchanges, "fired": fired_in(exchanges), "requests": self.visitor.requests}
        self.trip.visits[-1] = self.trip.visits[-1].model_copy(update=update)

    async def land(self, *, expected: str | None = None) -> Visit:
        """Wait until the browser has come to rest and note everything about this sign-in."""
        landing = self.arrived or await self.trip.lookout(self.tab).rest(left_form=self.form_url)
        visit = await self._gather(landing, expected or self.situation.expect)
        self.trip.visits.append(visit)
        self.trip.tell("application", f"{visit.outcome}: {visit.reason}" if visit.reason else str(visit.outcome))
        return visit

    async def _gather(self, landing: Landing, expected: str) -> Visit:
        trip, able = self.trip, self.trip.bench.target.capabilities
        outcome = landing.outcome or Outcome.STALLED
        signed_in = outcome is Outcome.SIGNED_IN
        identity = await self._read(able.identity) if signed_in else None
        name = await self._read(able.name) if signed_in else None
        exchanges = await self._exchanges()
        return Visit(
            persona=self.situation.persona,
            stage=self.stage.id,
            expected=expected,
            armed=self.situation.armed,
            outcome=outcome,
            started=trip.did_not_start is None,
            reason=landing.reason if landing.outcome else "the browser is still at the provider's sign-in form",
            page=await self.tab.page(),
            page_is_declared=landing.declared,
            last_step=last_step(exchanges, outcome),
            fired=fired_in(exchanges),
            exchanges=exchanges,
            identity=identity,
            name=name,
            cookies_before=self.cookies_before,
            cookies=await self.visitor.cookies(trip.bench.target.application_origins),
            requests=self.visitor.requests,
            documents=self.visitor.documents,
            stored=await self.tab.stored() if trip.is_own(self.tab.url) else {},
        )

    async def _read(self, landmark: Landmark | None) -> str | None:
        """Text of a landmark; a page drawn by a script may show it a little later."""
        if landmark is None:
            return None
        clock = self.trip.bench.clock
        deadline = clock.elapsed() + self.trip.bench.target.settle_s
        while (text := await self.tab.read(landmark)) is None and clock.elapsed() < deadline:
            await clock.pause(0.03)
        return text

    async def _exchanges(self) -> tuple[Exchange, ...]:
        control = self.trip.bench.control
        own = await control.journal(stage=self.stage.id)
        if not self.trip.issuer_wide:
            return own
        everywhere = await control.journal(since=self.trip.journal_from)
        found = {exchange.number: exchange for exchange in everywhere if exchange.endpoint in WITHOUT_STAGE}
        found |= {exchange.number: exchange for exchange in own}
        return tuple(found[number] for number in sorted(found))


def last_step(exchanges: tuple[Exchange, ...], outcome: Outcome) -> Step:
    """The furthest step of the protocol that the exchanges and the outcome show."""
    seen = [Step(exchange.endpoint) for exchange in exchanges if exchange.endpoint in set(Step)]
    if outcome is Outcome.SIGNED_IN:
        seen.append(Step.SIGNED_IN)
    return max(seen, key=lambda step: step.rank, default=Step.NONE)


def fired_in(exchanges: tuple[Exchange, ...]) -> tuple[str, ...]:
    """Faults and circumstances that really changed something, each once."""
    return tuple(dict.fromkeys(name for exchange in exchanges for name in exchange.fired))
