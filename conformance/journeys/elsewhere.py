"""Journeys in which others have a hand: another site, another name of the host, a provider out of reach."""

from typing import Final
from urllib.parse import urlencode

from conformance.evidence import PLANTED, SPOOFED
from conformance.journeys.knocking import knock
from conformance.journeys.registry import journey
from conformance.journeys.signing_out import AFTER_SIGN_OUT
from conformance.journeys.trip import Trip

SPOOFS: Final = {
    "Host": SPOOFED,
    "X-Forwarded-Host": SPOOFED,
    "Forwarded": f"host={SPOOFED};proto=https",
}
STRANGE_ISSUERS: Final = ("https://strange-issuer.example/op", "{own}.strange-issuer.example", "")
"""Issuers that no application is configured for: another, one that begins as the right one, and none at all."""
STILL_IN: Final = "after another site asked to sign out"


@journey()
async def started_by_another_site(trip: Trip) -> None:
    """Follow a link of another site to the sign-in page, with parameters that this site chose; then sign in."""
    situation, target = trip.situation(0), trip.bench.target
    sign_in = await trip.arrive(situation)
    await sign_in.tab.open(trip.bench.surroundings.provider_origin)
    planted = urlencode(dict.fromkeys(("state", "nonce", "code_challenge", "redirect_uri"), PLANTED))
    joint = "&" if "?" in target.sign_in_url else "?"
    trip.tell("visitor", "followed a link of another site to the sign-in page")
    await sign_in.tab.go(f"{target.sign_in_url}{joint}{planted}")
    await sign_in.started()
    await sign_in.type_credentials()
    await sign_in.land()


@journey()
async def spoofed_host(trip: Trip) -> None:
    """Sign in, then ask for the sign-in page under another host's name and see where that leads."""
    sign_in = await trip.sign_in(trip.situation(0))
    for address in await _starts(trip):
        for header, value in SPOOFS.items():
            trip.knocks.extend(await knock(trip, address, header, {header: value}))
            trip.tell("harness", f"asked for {address.partition('?')[0]} with {header}: {SPOOFED}")
    await sign_in.refresh()


async def _starts(trip: Trip) -> list[str]:
    """Addresses at which a sign-in starts: the page, and where its link leads; none that refuses its own name too."""
    target = trip.bench.target
    found = [target.sign_in_url]
    if target.landmarks.start:
        tab = await (await trip.browser()).tab()
        await tab.open(target.sign_in_url)
        address = await tab.aim(target.landmarks.start)
        found += [address] if address and trip.is_own(address) else []
    answers = {each: await knock(trip, each, "own name", {}) for each in found}
    return [each for each, knocks in answers.items() if not knocks[-1].is_refused]


@journey(needs=("initiate-login",))
async def begun_by_third_party(trip: Trip) -> None:
    """Sign in, then let a third party begin sign-ins at the right issuer and at others, and see where each leads."""
    sign_in = await trip.sign_in(trip.situation(0))
    page, own = trip.bench.target.capabilities.initiate_login or "", trip.bench.surroundings.issuer
    for issuer in (own, *(stranger.format(own=own) for stranger in STRANGE_ISSUERS)):
        trip.knocks.extend(await knock(trip, f"{page}?{urlencode({'iss': issuer})}", issuer, {}))
        trip.tell("harness", f"began a sign-in at {issuer} for somebody")
    await sign_in.refresh()


@journey(needs=("sign-out",))
async def sign_out_unreachable(trip: Trip) -> None:
    """Sign in, sign out while the browser cannot reach the provider, and open the page again."""
    await _left_there(trip, trip.bench.surroundings.provider_origin, None)


@journey(needs=("sign-out",))
async def sign_out_never_back(trip: Trip) -> None:
    """Sign in, sign out, never come back from the provider, and open the page again."""
    await _left_there(trip, trip.bench.target.application_origins[0], trip.bench.surroundings.provider_origin)


async def _left_there(trip: Trip, unreachable: str, after: str | None) -> None:
    first = await trip.sign_in(trip.situation(0))
    landed_at, button = first.tab.url, trip.bench.target.capabilities.sign_out
    await first.tab.cut_off(unreachable, after=after)
    if button is None or not await first.tab.click(button):
        trip.tell("harness", "found no sign-out button to press")
        return
    trip.tell("visitor", "pressed sign out")
    deadline = trip.bench.clock.elapsed() + trip.bench.target.settle_s
    while first.tab.trouble is None and trip.bench.clock.elapsed() < deadline:
        await trip.bench.clock.pause(0.03)
    trip.tell("visitor", f"got stuck: {first.tab.trouble}" if first.tab.trouble else "came to rest")
    await first.refresh()
    asked = len(trip.visits[-1].at("authorization"))
    glance = await trip.glance(AFTER_SIGN_OUT, first.visitor, landed_at)
    await first.refresh()
    if glance.signed_in and len(trip.visits[-1].at("authorization")) > asked:
        trip.tell("application", "asked for a new sign-in, and the provider, which was told nothing, gave it at once")
        trip.glances[-1] = glance.model_copy(update={"signed_in": False})


@journey(needs=("sign-out",))
async def signed_out_by_another_site(trip: Trip) -> None:
    """Sign in, let another site ask the application to sign out, and look whether one is still signed in."""
    first = await trip.sign_in(trip.situation(0))
    button = trip.bench.target.capabilities.sign_out
    address = await first.tab.aim(button) if button else None
    if address is None:
        trip.tell("harness", "found no address that signs out")
        return
    for posts in (False, True):
        tab = await trip.tab(first.visitor)
        await tab.open(trip.bench.surroundings.provider_origin)
        await (tab.submit(address, {}) if posts else tab.go(address))
        await trip.look("asked by another site", tab)
    await trip.glance(STILL_IN, first.visitor, first.tab.url)
