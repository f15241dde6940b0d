"""Real client libraries sign a pupil in and out at the mock: `python3 noxfile.py -s clients`.

Each meets a mock of its own once, and the tests look at what was observed. That stays in build/clients/facts/, from
where scripts/clients_table.py writes docs/clients.md.
"""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import asdict, dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import jwt
import pytest
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from real_clients import LIBRARIES, PLACE, SIGNED_IN, Library, met, shown

from conformance.adapters.browser import Chromium
from conformance.target import Landmark

if TYPE_CHECKING:
    from real_clients import Happened, Meeting

    from conformance.adapters.browser import ChromiumTab

pytestmark = pytest.mark.clients

NAME = Landmark(test_id="person-name")
FACTS = PLACE / "facts"
KEYS_AGAIN_S = 62
"""openid-client asks for keys at most once a minute."""
USUAL_ISSUER = "http://localhost:9100/op"
TOKEN_ENDPOINT = f"{USUAL_ISSUER}/v1/token"
NO_KID = "Client assertion: the header names no key (kid), so every registered one is tried."
"""Told, though ACM takes it: two libraries send none unless they are told to."""
REFUSED = "mod-auth-openidc-with-key"
"""It can only name the token endpoint as audience."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What was observed of a library. `rotation` is None when it never got that far."""

    name: str
    title: str
    version: str
    sent: dict[str, Any]
    assertion: dict[str, Any] | None
    auth_method: str
    shown: str | None
    uses_userinfo: bool
    fetches_keys_each_time: bool | None = None
    sign_out: list[str] | None = None
    rotation: str | None = None
    notes: list[str]


async def observe(library: Library) -> Facts:
    """Sign in, out, in again, and in after the keys changed; return what was seen, and keep it."""
    async with Chromium() as browser, met(library) as meeting:
        async with browser.visitor() as visitor:
            tab = await meeting.comes_in(visitor)
            known = facts(meeting, await meeting.happened(), shown=await tab.read(NAME))
            if await tab.shows(SIGNED_IN):
                known |= await goes_out_and_in(meeting, visitor, tab)
                known["rotation"] = await after_rotation(meeting, browser)
        notes = [*known["notes"], *(await meeting.happened()).notes]
        known["notes"] = list(dict.fromkeys(note.replace(meeting.issuer, USUAL_ISSUER) for note in notes))
    return Facts(**known)


def facts(meeting: Meeting, happened: Happened, *, shown: str | None) -> dict[str, Any]:
    """Return what the journal tells of a sign-in; addresses become words, for they differ in every run."""
    asked, token = happened.one("authorization"), happened.one("token")
    return {
        "name": meeting.library.name,
        "title": meeting.library.title,
        "version": meeting.library.version(),
        "sent": {name: asked.get(name) for name in ("scope", "code_challenge_method")}
        | {name: bool(asked.get(name)) for name in ("state", "nonce")},
        "assertion": assertion(token["client_assertion"], meeting.issuer) if "client_assertion" in token else None,
        "auth_method": token["client_auth"],
        "shown": shown,
        "uses_userinfo": bool(happened.all("userinfo")),
        "notes": happened.notes,
    }


def assertion(sent: dict[str, Any], issuer: str) -> dict[str, Any]:
    """Return what can be said of a client assertion."""
    claims, header = sent["claims"], sent["header"]
    words = {issuer: "issuer", f"{issuer}/v1/token": "token endpoint"}
    audiences = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    return {
        "audience": [words.get(each, each) for each in audiences],
        "lifetime_s": claims["exp"] - claims["iat"],
        "kid": "kid" in header,
    }


async def goes_out_and_in(meeting: Meeting, visitor: Any, tab: ChromiumTab) -> dict[str, Any]:
    """Be known without the form until the sign-out; after it the form is shown again, in the same browser."""
    known = await visitor.tab()
    await known.open(f"{meeting.home}{meeting.library.sign_in}")
    assert await shown(known, SIGNED_IN), f"{known.url}: {(await known.page()).text}"
    await meeting.goes_out(tab)
    out = await meeting.happened()
    again = await meeting.comes_in(visitor)
    assert await again.shows(SIGNED_IN)
    second = await meeting.happened()
    return {"sign_out": sorted(out.one("end-session")), "fetches_keys_each_time": bool(second.all("jwks"))}


async def after_rotation(meeting: Meeting, browser: Chromium) -> str:
    """Rotate the keys and sign in, in a fresh browser; once more after a minute when the first time failed."""
    await meeting.control.change_keys("rotate")
    rotated = time.monotonic()
    if await signs_in(meeting, browser):
        return "at once"
    await asyncio.sleep(KEYS_AGAIN_S - (time.monotonic() - rotated))
    return "after a minute" if await signs_in(meeting, browser) else "no"


async def signs_in(meeting: Meeting, browser: Chromium) -> bool:
    """Whether a sign-in succeeds in a fresh browser."""
    async with browser.visitor() as visitor:
        return await (await meeting.comes_in(visitor)).shows(SIGNED_IN)


@pytest.fixture(scope="module", params=LIBRARIES, ids=lambda library: library.name)
def observed(request: pytest.FixtureRequest) -> Facts:
    library = request.param
    known = asyncio.run(observe(library))
    FACTS.mkdir(parents=True, exist_ok=True)
    (FACTS / f"{library.name}.json").write_text(json.dumps(asdict(known), indent=2), encoding="utf-8")
    return known


def test_a_pupil_signs_in_with_name_out_and_in_again(observed: Facts) -> None:
    assert observed.shown == (None if observed.name == REFUSED else "Noah Wouters")
    assert (observed.sign_out is None) == (observed.name == REFUSED)


def test_state_nonce_and_a_code_challenge_are_sent(observed: Facts) -> None:
    expected = {"state": True, "nonce": True, "code_challenge_method": "S256", "scope": "openid profile ov_leerling"}
    assert observed.sent == expected


def test_every_sign_out_names_the_client(observed: Facts) -> None:
    if observed.sign_out is not None:
        assert {"client_id", "post_logout_redirect_uri"} <= set(observed.sign_out)


def test_an_assertion_is_for_the_issuer_and_short_lived_or_it_is_refused(observed: Facts) -> None:
    if observed.assertion is not None:
        assert observed.assertion["lifetime_s"] <= 600
        assert (observed.assertion["audience"] == ["issuer"]) == (observed.shown is not None)


def test_the_keys_of_the_provider_may_change(observed: Facts) -> None:
    assert observed.rotation in ({None} if observed.name == REFUSED else {"at once", "after a minute"})


def test_the_mock_finds_nothing_odd_except_an_audience_that_is_not_the_issuer(observed: Facts) -> None:
    odd = [note for note in observed.notes if note != NO_KID]
    assert all("is the token endpoint; ACM wants the issuer" in note for note in odd)
    assert bool(odd) == (observed.name == REFUSED)


def test_authlibs_own_assertion_is_for_the_token_endpoint_and_lasts_an_hour() -> None:
    claims = claims_of(PrivateKeyJWT())
    assert claims["aud"] == TOKEN_ENDPOINT
    assert claims["exp"] - claims["iat"] == 3600


def test_authlib_repeats_the_jti_when_it_is_given_claims_once() -> None:
    told = PrivateKeyJWT(claims={"aud": USUAL_ISSUER})
    assert claims_of(told)["jti"] == claims_of(told)["jti"]


def claims_of(assertion: PrivateKeyJWT) -> dict[str, Any]:
    asking = SimpleNamespace(client_id="authlib", client_secret=(PLACE / "authlib.pem").read_bytes())
    claims: dict[str, Any] = jwt.decode(assertion.sign(asking, TOKEN_ENDPOINT), options={"verify_signature": False})
    return claims
