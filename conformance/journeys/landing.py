"""Where a visitor came to rest: signed in, refused, crashed, stalled, or at the provider's form."""

import re
from dataclasses import dataclass
from typing import Final

from conformance.evidence import Outcome
from conformance.ports import Clock, Tab
from conformance.target import Landmark, Target, origin

LOOK_EVERY_S: Final = 0.03
SERVER_ERROR: Final = 500
SIGN_IN_FORM: Final = Landmark(test_id="leerid-sign-in")
SIGNED_OUT: Final = Landmark(test_id="signed-out")
PROVIDER_ERROR: Final = Landmark(test_id="provider-error")
STACK_TRACE: Final = re.compile(
    r"Traceback \(most recent call last\)|^\s+at [\w.$<>]+\([\w.]+:\d+\)|^\s+at .+\(?[\w/.:-]+:\d+:\d+\)?$"
    r"|Stack trace:\s*#0|Unhandled exception|Fatal error: Uncaught",
    re.MULTILINE,
)


@dataclass(frozen=True, kw_only=True)
class Landing:
    """Where a visitor came to rest, and why we say so. `outcome` None: at the provider's sign-in form."""

    outcome: Outcome | None
    reason: str = ""
    declared: bool = False


class Lookout:
    """Looks at one tab until it has come to rest."""

    def __init__(
        self, tab: Tab, target: Target, clock: Clock, provider_origin: str, *, settles: bool | None = None
    ) -> None:
        """Look at `tab` with the eyes of `target`; `settles`: a quiet page of its own is rest, landmark or not."""
        self._tab, self._target, self._clock = tab, target, clock
        self._provider_origin = provider_origin
        self._settles = target.landmarks.refused is None if settles is None else settles
        self._quiet_since: tuple[str, float] | None = None

    async def rest(self, *, left_form: str | None = None) -> Landing:
        """Wait until the tab has come to rest; `left_form` is the provider's form that was just submitted."""
        deadline = self._clock.elapsed() + self._target.timeout_s
        while self._clock.elapsed() < deadline:
            if landing := await self._look(left_form):
                return landing
            await self._clock.pause(LOOK_EVERY_S)
        page = await self._tab.page()
        if STACK_TRACE.search(page.text):
            return Landing(outcome=Outcome.CRASHED, reason="the page shows a stack trace")
        waited = f"no landmark appeared within {self._target.timeout_s:g} s; the browser stands at {page.url}"
        return Landing(outcome=Outcome.STALLED, reason=waited)

    async def left(self) -> Landing:
        """Wait until the visitor has been signed out; `outcome` SIGNED_IN when the page still says otherwise."""
        deadline = self._clock.elapsed() + self._target.timeout_s
        while self._clock.elapsed() < deadline:
            if self._tab.trouble or await self._crashed():
                return await self._crashed() or Landing(outcome=Outcome.CRASHED, reason=str(self._tab.trouble))
            if await self._is_out():
                return Landing(outcome=None, reason="signed out")
            await self._clock.pause(LOOK_EVERY_S)
        return Landing(outcome=Outcome.SIGNED_IN, reason="the page did not change into a signed-out one")

    async def _is_out(self) -> bool:
        declared = self._target.landmarks.signed_out
        if origin(self._tab.url) == self._provider_origin:
            return await self._tab.shows(SIGNED_OUT)
        if declared is not None:
            return await self._tab.shows(declared)
        return not await self._tab.shows(self._target.landmarks.signed_in) and not await self._tab.is_busy()

    async def _look(self, left_form: str | None) -> Landing | None:
        if self._tab.trouble:
            return Landing(outcome=Outcome.CRASHED, reason=f"the application did not answer: {self._tab.trouble}")
        here = origin(self._tab.url)
        if here in self._target.application_origins:
            return await self._on_application()
        if here == self._provider_origin:
            return await self._on_provider(left_form)
        return None

    async def _on_application(self) -> Landing | None:
        for look in (self._crashed, self._signed_in, self._refused, self._settled):
            if landing := await look():
                return landing
        return None

    async def _crashed(self) -> Landing | None:
        status = self._tab.status
        if status is None or status < SERVER_ERROR or self._declares(status):
            return None
        return Landing(outcome=Outcome.CRASHED, reason=f"the application answered {status}")

    def _declares(self, status: int) -> bool:
        refused = self._target.landmarks.refused
        return refused is not None and refused.status == status

    async def _signed_in(self) -> Landing | None:
        if await self._tab.shows(self._target.landmarks.signed_in):
            return Landing(outcome=Outcome.SIGNED_IN)
        return None

    async def _refused(self) -> Landing | None:
        refused = self._target.landmarks.refused
        if refused is None or not await self._tab.shows(refused):
            return None
        return await self._refusal_or_trace("the application shows its refusal", declared=True)

    async def _settled(self) -> Landing | None:
        """At rest on a page of its own, not signed in."""
        if not self._settles or await self._tab.is_busy():
            self._quiet_since = None
            return None
        now = self._clock.elapsed()
        if self._quiet_since is None or self._quiet_since[0] != self._tab.url:
            self._quiet_since = (self._tab.url, now)
        if now - self._quiet_since[1] < self._target.settle_s:
            return None
        return await self._refusal_or_trace("the application came to rest on a page of its own, not signed in")

    async def _refusal_or_trace(self, reason: str, *, declared: bool = False) -> Landing:
        if STACK_TRACE.search((await self._tab.page()).text):
            return Landing(outcome=Outcome.CRASHED, reason="the page shows a stack trace")
        return Landing(outcome=Outcome.REFUSED, reason=reason, declared=declared)

    async def _on_provider(self, left_form: str | None) -> Landing | None:
        if await self._tab.shows(PROVIDER_ERROR):
            said = " ".join((await self._tab.read(PROVIDER_ERROR) or "").split())[:300]
            return Landing(outcome=Outcome.STALLED, reason=f"the provider did not accept the request: {said}")
        if self._tab.url == left_form or not await self._tab.shows(SIGN_IN_FORM):
            return None
        if left_form is None:
            return Landing(outcome=None)
        return Landing(outcome=Outcome.REFUSED, reason="the application sent the visitor back to sign in again")
