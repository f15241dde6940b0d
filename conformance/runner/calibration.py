"""Before belief: does an honest sign-in look signed in, a fresh visitor not, and a cancelled one not either?"""

from dataclasses import dataclass, replace
from typing import Final

from conformance.evidence import Outcome, Visit
from conformance.journeys import Bench, Trip
from conformance.scenario import Situation

HONEST: Final = Situation(persona="secondary-pupil", expect="signed-in")
CANCELLED: Final = Situation(persona="secondary-pupil", expect="refused")
BEFORE, AFTERWARDS = "calibration", "afterwards"
"""Who signs in honestly: no scenario meets them."""


@dataclass(frozen=True, kw_only=True)
class Calibrated:
    """What the calibration found. `broken`: why no verdict can be trusted, None when all is well."""

    broken: str | None = None
    remarks: tuple[str, ...] = ()
    baseline: Visit | None = None


class Unusable(Exception):  # noqa: N818  says what is wrong
    """The landmarks, the application or the mock are such that no verdict could be trusted."""


async def calibrate(bench: Bench) -> Calibrated:
    """Sign in honestly, look with a fresh visitor, cancel."""
    try:
        baseline = await _honest(bench)
        remarks = await _cancelled(bench)
    except Unusable as reason:
        return Calibrated(broken=str(reason))
    except Exception as error:  # noqa: BLE001  whatever it is, nothing can be judged then, and the report says so
        return Calibrated(broken=f"the harness failed: {type(error).__name__}: {error}")
    notes = dict.fromkeys(note for exchange in baseline.exchanges for note in exchange.notes)
    return Calibrated(baseline=baseline, remarks=(*(f"the provider notes: {note}" for note in notes), *remarks))


async def _honest(bench: Bench) -> Visit:
    async with Trip(bench=bench, situations=(HONEST,), name=BEFORE) as trip:
        sign_in = await trip.begin(HONEST)
        if sign_in.arrived is not None:
            raise Unusable(_did_not_start(await sign_in.land(), bench))
        await sign_in.type_credentials()
        visit = await sign_in.land()
        if visit.outcome is not Outcome.SIGNED_IN:
            raise Unusable(f"an honest sign-in does not look signed in: {_seen(visit)}{_not_ours(bench)}")
        if registered := _another_client(visit, bench):
            raise Unusable(registered)
        if not visit.at("token"):
            raise Unusable("the page looks signed in, but the application asked this mock for no token")
        refused = bench.target.landmarks.refused
        if refused and await sign_in.tab.shows(refused):
            raise Unusable("the signed-in page shows the refusal landmark too, so the two cannot be told apart")
        fresh = await trip.glance("fresh visitor", await trip.browser(), sign_in.tab.url)
        if fresh.signed_in:
            raise Unusable(f"a visitor who never signed in looks signed in at {fresh.page.url}: mend signed_in")
        return visit


def _another_client(visit: Visit, bench: Bench) -> str | None:
    """What is wrong where the application asked as another client than the one that was registered for it."""
    client = bench.target.client
    asked = {exchange.asked("client_id") for exchange in visit.at("authorization")} - {None}
    if client is None or asked <= {client.client_id}:
        return None
    said = " and ".join(sorted(map(str, asked)))
    return (
        f"the application says that its client_id is {said!r}, the target says {client.client_id!r}: mend one of them"
    )


def _did_not_start(visit: Visit, bench: Bench) -> str:
    if visit.outcome is Outcome.SIGNED_IN:
        return "a fresh visitor looks signed in already, so the landmark signed_in proves nothing; mend it"
    asked = "" if visit.at("authorization") else f"; is the application's issuer {bench.surroundings.issuer}?"
    return f"the sign-in page does not lead to the mock's sign-in form: {_seen(visit)}{asked}{_not_ours(bench)}"


def _seen(visit: Visit) -> str:
    """Where and how the sign-in ended, what the page says, and what the mock notes of it."""
    page, said = visit.page, " ".join(visit.page.text.split())[:200]
    notes = [note for exchange in visit.exchanges for note in exchange.notes]
    told = f"; the mock notes: {'; '.join(notes)}" if notes else ""
    status = f", status {page.status}," if page.status else ""
    where = f"it ended {visit.outcome} at {page.url.partition('?')[0]}{status} after step {visit.last_step.value!r}"
    return f"{where} ({visit.reason}); the page {page.title!r} says {said!r}{told}"


def _not_ours(bench: Bench) -> str:
    """That another application than the one of the target file may have been met."""
    start = bench.target.start
    if start is None or bench.application.has_log:
        return ""
    return f"; something answered at {start.ready_url} already, so start.command was not run"


async def _cancelled(bench: Bench) -> tuple[str, ...]:
    """Remarks on what a cancelled sign-in looks like."""
    async with Trip(bench=bench, situations=(CANCELLED,), name=BEFORE) as trip:
        sign_in = await trip.begin(CANCELLED)
        await sign_in.cancel()
        visit = await sign_in.land()
    if visit.outcome is Outcome.SIGNED_IN:
        raise Unusable("a cancelled sign-in looks signed in, so the landmark signed_in proves nothing; mend it")
    if visit.outcome is Outcome.REFUSED:
        return ()
    return (f"after cancel at the provider the application does not show a refusal: {visit.outcome}, {visit.reason}",)


async def still_works(bench: Bench) -> str | None:
    """Sign in honestly once more. None when it works, else why not."""
    try:
        async with Trip(bench=bench, situations=(HONEST,), name=AFTERWARDS) as trip:
            await trip.sign_in(HONEST)
            visit = trip.visits[-1]
    except Exception as error:  # noqa: BLE001  whatever it is, nobody has vouched
        return f"the harness failed at the honest sign-in afterwards: {type(error).__name__}: {error}"
    if visit.outcome is Outcome.SIGNED_IN:
        return None
    where = f"{visit.outcome} after step {visit.last_step.value!r}"
    return f"an honest sign-in afterwards does not work any more: {where} ({visit.reason})"


def informed(bench: Bench, calibrated: Calibrated) -> Bench:
    """The bench that knows the honest sign-in to compare with."""
    surroundings = bench.surroundings.model_copy(update={"baseline": calibrated.baseline})
    return replace(bench, surroundings=surroundings)
