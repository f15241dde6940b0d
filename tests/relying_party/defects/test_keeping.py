"""Defects in what is kept and logged: what a sound application does, and what each does otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from honest_provider import PUPIL

if TYPE_CHECKING:
    from browsing import Browser
    from conftest import OpenBrowser
    from honest_provider import HonestProvider

ENROLMENT = PUPIL["ov_inschrijvingen"][0]
A_DAY_S = 86_400
NEARLY_THREE_YEARS_S, OVER_THREE_YEARS_S = 1093 * A_DAY_S, 1098 * A_DAY_S


def asked(browser: Browser, door: str) -> Any:
    return browser.client.get(f"/test-door/{door}").get_json()


def kept(browser: Browser, ahead_s: int) -> list[dict[str, Any]]:
    """What is kept of somebody who signs in now, after a purge at a later time."""
    assert browser.sign_in().signed_in
    browser.client.post("/test-door/clock", data={"ahead_s": ahead_s})
    assert browser.client.post("/test-door/purge").status_code == 200
    found: list[dict[str, Any]] = asked(browser, "store")
    return found


@pytest.mark.parametrize(
    ("defect", "kinds"),
    [(None, ["signed-in", "refused"]), ("refused-not-logged", ["signed-in"]), ("admitted-not-logged", ["refused"])],
)
def test_who_comes_in_and_who_is_refused_stand_in_the_privacy_log(
    open_browser: OpenBrowser, defect: str | None, kinds: list[str]
) -> None:
    browser = open_browser(test_door=True, defect=defect)
    assert browser.sign_in().signed_in
    assert not browser.sign_in(state="another").signed_in
    assert [entry["kind"] for entry in asked(browser, "privacy-log")] == kinds


@pytest.mark.parametrize("defect", [None, "name-in-privacy-log"])
def test_the_privacy_log_holds_no_name(open_browser: OpenBrowser, defect: str | None) -> None:
    browser = open_browser(test_door=True, defect=defect)
    assert browser.sign_in().signed_in
    (person,) = asked(browser, "store")
    assert (person["snapshot"]["family_name"] in str(asked(browser, "privacy-log"))) is bool(defect)


@pytest.mark.parametrize(("defect", "number"), [(None, "0012345"), ("pupil-number-as-number", "12345")])
def test_a_register_number_is_kept_with_its_zeros(
    open_browser: OpenBrowser, provider: HonestProvider, defect: str | None, number: str
) -> None:
    provider.claims = provider.claims | {"ov_inschrijvingen": [ENROLMENT | {"stamnummer": "0012345"}]}
    browser = open_browser(test_door=True, defect=defect)
    assert browser.sign_in().signed_in
    (person,) = asked(browser, "store")
    assert person["snapshot"]["enrolments"][0]["pupil_number"] == number


@pytest.mark.parametrize(("defect", "left"), [(None, 1), ("purged-after-two-years", 0)])
def test_an_account_is_kept_for_nearly_three_years(open_browser: OpenBrowser, defect: str | None, left: int) -> None:
    assert len(kept(open_browser(test_door=True, defect=defect), NEARLY_THREE_YEARS_S)) == left


@pytest.mark.parametrize(("defect", "left"), [(None, 0), ("purged-never", 1), ("links-deleted-alone", 1)])
def test_nothing_is_kept_over_three_years(open_browser: OpenBrowser, defect: str | None, left: int) -> None:
    assert len(kept(open_browser(test_door=True, defect=defect), OVER_THREE_YEARS_S)) == left
