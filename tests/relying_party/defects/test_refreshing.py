"""The reference application refreshes when it is told to; each defect of refreshing does one thing wrongly."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pytest
from honest_provider import AUTHENTICATED, Answer

from relying_party.defects import catalogue
from relying_party.signin.flow import utc_now

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from browsing import Browser
    from conftest import MakeApp, OpenBrowser
    from honest_provider import HonestProvider

AN_HOUR = timedelta(hours=1, minutes=1)
FAR_S = 100 * 365 * 24 * 3600
SILENT = Answer({"error": "temporarily_unavailable"}, status=503)


@dataclass
class Signed:
    """A pupil who signed in with an application that refreshes, and its clock."""

    browser: Browser
    ahead: timedelta = field(default_factory=timedelta)

    def later(self) -> bool:
        """Look again when the access token is over once more; whether the pupil is still signed in."""
        self.ahead += AN_HOUR
        return self.browser.client.get("/me").status_code == 200

    @property
    def refreshed(self) -> int:
        seen = self.browser.provider.seen
        return sum(form.get("grant_type") == "refresh_token" for _path, _headers, form in seen)


@pytest.fixture
def enter(make_app: MakeApp, open_browser: OpenBrowser) -> Callable[..., Signed]:
    """Sign in at an application that refreshes, sound or with a defect."""

    def sign_in(defect: str | None = None, **settings: Any) -> Signed:
        def clock() -> datetime:
            return utc_now() + (signed.ahead if signed else timedelta())

        signed: Signed | None = None
        told = {"refresh": True, "max_age_seconds": FAR_S, **settings}
        browser = open_browser(make_app(clock=clock, defect=defect, **told))
        assert browser.sign_in().signed_in
        signed = Signed(browser)
        return signed

    return sign_in


def test_without_the_setting_nothing_is_refreshed_and_nothing_asked_for_it(enter: Callable[..., Signed]) -> None:
    signed = enter(refresh=False)
    assert (signed.later(), signed.refreshed) == (True, 0)
    assert all("offline_access" not in str(form) for _path, _headers, form in signed.browser.provider.seen)
    assert not signed.browser.provider.refresh_tokens


def test_a_session_is_refreshed_each_time_its_access_token_is_over_and_not_before(enter: Callable[..., Signed]) -> None:
    signed = enter()
    assert signed.browser.client.get("/me").status_code == 200
    assert signed.refreshed == 0
    assert [signed.later() for _ in range(3)] == [True] * 3
    assert signed.refreshed == 3
    assert signed.browser.client.get("/me").status_code == 200
    assert signed.refreshed == 3


def test_who_gets_no_refresh_token_stays_to_the_fixed_end(
    enter: Callable[..., Signed], provider: HonestProvider
) -> None:
    provider.bend_token_response = without("refresh_token")
    signed = enter()
    assert (signed.later(), signed.refreshed) == (True, 0)


def without(name: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda answer: {each: value for each, value in answer.items() if each != name}


def test_a_refresh_token_reaches_no_cookie_no_page_no_log_and_no_disk(
    enter: Callable[..., Signed], caplog: pytest.LogCaptureFixture, tmp_path: Any
) -> None:
    caplog.set_level(logging.DEBUG, "relying_party")
    signed = enter()
    assert signed.later()
    page = signed.browser.client.get("/me")
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*.db*"))
    assert "refresh-token-" not in f"{page.text}{page.headers}{signed.browser.cookie}{caplog.text}"
    assert b"refresh-token-" not in kept
    assert kept


WRONG: dict[str, tuple[dict[str, Any], str | None]] = {
    "issuer": ({"iss": "https://x.example"}, "refreshed-issuer-unchecked"),
    "subject": ({"sub": "somebody-else"}, "refreshed-subject-unchecked"),
    "audience": ({"aud": "another"}, "refreshed-audience-unchecked"),
    "audience beside": ({"aud": ["leerid-rp", "another"]}, "refreshed-audience-unchecked"),
    "party": ({"azp": "another"}, "refreshed-party-unchecked"),
    "authentication": ({"auth_time": AUTHENTICATED + 60}, "refreshed-authentication-unchecked"),
    "nonce": ({"nonce": "another"}, "refreshed-nonce-unchecked"),
    "expired": ({"exp": 1_000_000_000}, None),
    "hash": ({"at_hash": "of-another-token"}, None),
}
RIGHT: dict[str, dict[str, Any]] = {
    "as usual": {},
    "audience in a list": {"aud": ["leerid-rp"]},
    "same authentication": {"auth_time": AUTHENTICATED},
}


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_id_token_is_believed(enter: Callable[..., Signed], provider: HonestProvider, name: str) -> None:
    provider.refreshed_claims = RIGHT[name] | {"exp": 10_000_000_000}
    assert enter().later()


@pytest.mark.parametrize("name", WRONG)
def test_an_id_token_that_says_otherwise_than_the_first_ends_the_session(
    enter: Callable[..., Signed], provider: HonestProvider, name: str
) -> None:
    claims, defect = WRONG[name]
    provider.refreshed_claims = {"exp": 10_000_000_000} | claims
    assert not enter().later()
    if defect:
        assert enter(defect).later()


def test_the_defect_refreshed_nonce_wanted_refuses_what_is_right(
    enter: Callable[..., Signed], provider: HonestProvider
) -> None:
    provider.refreshed_claims = {"exp": 10_000_000_000}
    assert not enter("refreshed-nonce-wanted").later()


def test_the_defect_refreshed_token_wanted_refuses_a_refresh_without_id_token(enter: Callable[..., Signed]) -> None:
    assert not enter("refreshed-token-wanted").later()


def test_the_newest_refresh_token_is_used(enter: Callable[..., Signed]) -> None:
    wrong = enter("refresh-token-never-replaced")
    assert [wrong.later(), wrong.later()] == [True, False]


def test_the_old_refresh_token_is_kept_when_no_new_one_comes(
    enter: Callable[..., Signed], provider: HonestProvider
) -> None:
    def kept(answer: dict[str, Any]) -> dict[str, Any]:
        provider.refresh_tokens.pop()
        return without("refresh_token")(answer)

    provider.bend_refresh = kept
    sound = enter()
    assert [sound.later(), sound.later()] == [True, True]
    wrong = enter("refresh-token-lost")
    assert [wrong.later(), wrong.later()] == [True, False]


@pytest.mark.parametrize("error", ["invalid_grant", "invalid_request", "unheard_of"])
def test_a_refusal_ends_the_session_and_is_not_tried_again(
    enter: Callable[..., Signed], provider: HonestProvider, error: str
) -> None:
    signed = enter()
    provider.answers["token"] = Answer({"error": error}, status=400)
    assert [signed.later(), signed.later()] == [False, False]
    assert signed.refreshed == 1


def test_defects_go_on_after_a_refusal_or_insist(enter: Callable[..., Signed], provider: HonestProvider) -> None:
    ignoring, insisting = enter("refresh-refusal-ignored"), enter("refresh-insisted-on")
    provider.answers["token"] = Answer({"error": "invalid_grant"}, status=400)
    assert ignoring.later()
    before = insisting.refreshed
    assert not insisting.later()
    assert insisting.refreshed - before == 2


def test_a_provider_that_does_not_answer_ends_nothing_and_is_asked_again_a_minute_later(
    enter: Callable[..., Signed], provider: HonestProvider
) -> None:
    signed = enter()
    provider.answers["token"] = SILENT
    assert signed.later()
    assert signed.browser.client.get("/me").status_code == 200
    assert signed.refreshed == 1
    del provider.answers["token"]
    assert signed.later()
    assert signed.refreshed == 2


def at_once(signed: Signed, times: int) -> None:
    """Open the page several times at the same moment, when the access token is over."""
    signed.ahead += AN_HOUR
    cookie, app = signed.browser.cookie, signed.browser.client.application
    ready = Barrier(times)

    def look(_number: int) -> int:
        client = app.test_client()
        client.set_cookie("leerid_rp_session", cookie)
        ready.wait()
        return client.get("/me").status_code

    with ThreadPoolExecutor(times) as pool:
        list(pool.map(look, range(times)))


def test_of_requests_at_once_one_refreshes(enter: Callable[..., Signed]) -> None:
    signed = enter()
    at_once(signed, 8)
    assert signed.refreshed == 1
    assert signed.later()


def test_signing_out_forgets_what_a_session_is_refreshed_with(enter: Callable[..., Signed]) -> None:
    signed = enter()
    signed.browser.client.post("/sign-out")
    assert not signed.later()
    assert signed.refreshed == 0


def test_every_defect_of_refreshing_is_seen_here_or_by_a_scenario() -> None:
    mine = {each.id for each in catalogue().values() if any(one.startswith("RFR-") for one in each.requirements)}
    seen = {defect for _claims, defect in WRONG.values() if defect}
    assert len(mine) == 13
    assert seen < mine
