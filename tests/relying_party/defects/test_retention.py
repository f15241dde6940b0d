"""Defects in how long accounts are kept: what a sound application does, and what each does otherwise."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from honest_provider import Answer

from relying_party.accounts.retention import Kept, keep_until
from relying_party.defects import catalogue

if TYPE_CHECKING:
    from browsing import Browser
    from conftest import OpenBrowser
    from honest_provider import HonestProvider

A_DAY_S = 86_400
NEARLY_THREE_YEARS_S, OVER_THREE_YEARS_S = 1093 * A_DAY_S, 1098 * A_DAY_S


def kept(browser: Browser, ahead_s: int) -> list[dict[str, Any]]:
    """What is kept of somebody who signs in now, after a purge at a later time."""
    assert browser.sign_in().signed_in
    browser.client.post("/test-door/clock", data={"ahead_s": ahead_s})
    assert browser.client.post("/test-door/purge").status_code == 200
    found: list[dict[str, Any]] = browser.client.get("/test-door/store").get_json()
    return found


def known(came_first: str, came_last: str) -> Kept:
    first, last = (datetime.fromisoformat(each).replace(tzinfo=UTC) for each in (came_first, came_last))
    return Kept(person_id="p", created_at=first, last_sign_in_at=last, enrolled=True)


@pytest.mark.parametrize(("defect", "left"), [(None, 1), ("purged-after-two-years", 0)])
def test_an_account_is_kept_for_nearly_three_years(open_browser: OpenBrowser, defect: str | None, left: int) -> None:
    assert len(kept(open_browser(test_door=True, defect=defect), NEARLY_THREE_YEARS_S)) == left


@pytest.mark.parametrize(("defect", "left"), [(None, 0), ("purged-never", 1), ("links-deleted-alone", 1)])
def test_nothing_is_kept_over_three_years(open_browser: OpenBrowser, defect: str | None, left: int) -> None:
    assert len(kept(open_browser(test_door=True, defect=defect), OVER_THREE_YEARS_S)) == left


@pytest.mark.parametrize(
    ("defect", "first", "last", "gone_by"),
    [
        ("counted-from-first-sign-in", "2030-05-01T12:00", "2032-05-01T12:00", "2033-05-03"),
        ("purged-with-the-school-year", "2030-05-01T12:00", "2030-05-01T12:00", "2030-09-02"),
        ("purged-with-the-school-year", "2030-09-01T12:00", "2030-09-01T12:00", "2031-09-02"),
        ("years-of-365-days", "2030-08-31T23:30", "2030-08-31T23:30", "2033-08-31"),
        ("purged-at-start-of-day", "2030-08-31T23:30", "2030-08-31T23:30", "2033-08-31T01:00"),
        ("purged-at-start-of-day", "2032-02-29T23:30", "2032-02-29T23:30", "2035-02-28T01:00"),
    ],
)
def test_an_account_is_not_due_when_a_defect_says_so(defect: str, first: str, last: str, gone_by: str) -> None:
    account, then = known(first, last), datetime.fromisoformat(gone_by).replace(tzinfo=UTC)
    assert catalogue()[defect].wrong(account) <= then < keep_until(account)


def test_on_a_leap_day_one_defect_crashes_and_on_other_days_it_does_not() -> None:
    wrong = catalogue()["leap-day-crashes"].wrong
    leap, other = known("2032-02-29T12:00", "2032-02-29T12:00"), known("2032-03-01T12:00", "2032-03-01T12:00")
    assert wrong(other) == keep_until(other)
    assert keep_until(leap) > leap.last_sign_in_at
    with pytest.raises(ValueError, match="day is out of range"):
        wrong(leap)


@pytest.mark.parametrize(("defect", "left"), [(None, 0), ("purge-asks-provider", 1)])
def test_a_purge_needs_no_provider(
    open_browser: OpenBrowser, provider: HonestProvider, defect: str | None, left: int
) -> None:
    browser = open_browser(test_door=True, defect=defect)
    assert browser.sign_in().signed_in
    provider.answers[".well-known/openid-configuration"] = Answer({}, status=503)
    browser.client.post("/test-door/clock", data={"ahead_s": OVER_THREE_YEARS_S})
    browser.client.post("/test-door/purge")
    assert len(browser.client.get("/test-door/store").get_json()) == left


@pytest.mark.parametrize(
    ("defect", "kinds"), [(None, ["signed-in", "purged"]), ("deletions-not-logged", ["signed-in"])]
)
def test_a_deletion_stands_in_the_privacy_log(open_browser: OpenBrowser, defect: str | None, kinds: list[str]) -> None:
    browser = open_browser(test_door=True, defect=defect)
    assert kept(browser, OVER_THREE_YEARS_S) == []
    assert [entry["kind"] for entry in browser.client.get("/test-door/privacy-log").get_json()] == kinds
