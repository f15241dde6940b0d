"""The door for tests: shut unless asked for, open to this machine alone, and closed to web pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from relying_party.settings import Settings

if TYPE_CHECKING:
    from conftest import OpenBrowser

CLOCK = "/test-door/clock"


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


def test_a_web_page_cannot_open_it(open_browser: OpenBrowser) -> None:
    asked = open_browser(test_door=True).client.post(
        CLOCK, data={"ahead_s": 60}, headers={"Origin": "http://far.example"}
    )
    assert asked.status_code == 400


@pytest.mark.parametrize("wide", [{"expose": True}, {"base_url": "https://app.example"}])
def test_it_cannot_be_opened_to_other_machines(wide: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="this machine alone"):
        Settings(test_door=True, **wide)  # type: ignore[arg-type]  settings of all kinds
