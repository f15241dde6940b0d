"""The door for tests: shut unless asked for, open to this machine alone, and closed to web pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from relying_party.settings import Settings

if TYPE_CHECKING:
    from conftest import OpenBrowser
    from honest_provider import HonestProvider

CLOCK, RESTART = "/test-door/clock", "/test-door/restart"


def test_without_the_setting_there_is_no_door(open_browser: OpenBrowser) -> None:
    assert open_browser().client.post(CLOCK, data={"ahead_s": 60}).status_code == 404


def test_a_clock_that_was_put_ahead_can_be_put_right(open_browser: OpenBrowser) -> None:
    browser = open_browser(test_door=True)
    assert browser.sign_in().signed_in
    for ahead_s, signed_in in ((9 * 3600, False), (0, True)):
        assert browser.client.post(CLOCK, data={"ahead_s": ahead_s}).get_json() == {"ahead_s": ahead_s}
        assert (browser.client.get("/me").status_code == 200) is signed_in


@pytest.mark.parametrize("form", [{}, {"ahead_s": "-1"}, {"ahead_s": "soon"}, {"ahead_s": str(10**9)}])
def test_what_is_no_time_ahead_is_refused(open_browser: OpenBrowser, form: dict[str, str]) -> None:
    assert open_browser(test_door=True).client.post(CLOCK, data=form).status_code == 400


@pytest.mark.parametrize("address", [CLOCK, RESTART])
def test_a_web_page_cannot_open_it(open_browser: OpenBrowser, address: str) -> None:
    asked = open_browser(test_door=True).client.post(
        address, data={"ahead_s": 60}, headers={"Origin": "http://far.example"}
    )
    assert asked.status_code == 400


def test_an_application_that_begins_anew_asks_the_provider_for_everything_again(
    open_browser: OpenBrowser, provider: HonestProvider
) -> None:
    browser = open_browser(test_door=True)
    for anew, asked in ((False, 1), (False, 1), (True, 2)):
        if anew:
            assert browser.client.post(RESTART).get_json() == {"restarted": True}
        assert browser.sign_in().signed_in
        assert [provider.calls(endpoint) for endpoint in ("openid-configuration", "keys")] == [asked, asked]


def test_who_is_signed_in_stays_so_and_the_clock_goes_on_when_it_begins_anew(open_browser: OpenBrowser) -> None:
    browser = open_browser(test_door=True)
    assert browser.sign_in().signed_in
    browser.client.post(CLOCK, data={"ahead_s": 3600})
    assert browser.client.post(RESTART).status_code == 200
    assert browser.client.get("/me").status_code == 200
    browser.client.post(CLOCK, data={"ahead_s": 9 * 3600})
    assert browser.client.get("/me").status_code != 200


@pytest.mark.parametrize("wide", [{"expose": True}, {"base_url": "https://app.example"}])
def test_it_cannot_be_opened_to_other_machines(wide: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="this machine alone"):
        Settings(test_door=True, **wide)  # type: ignore[arg-type]  settings of all kinds
