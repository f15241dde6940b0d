"""Reporting wrong data: by a form of this very session, in a text that is not too long, about oneself alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from honest_provider import ACCOUNT, LEER_ID

from relying_party.accounts.privacy_log import Kind, PrivacyLog
from relying_party.accounts.reports import LONGEST, MOST, Reports
from relying_party.signin.flow import utc_now

if TYPE_CHECKING:
    from browsing import Browser
    from conftest import OpenBrowser

    from relying_party.accounts.database import Database
    from relying_party.accounts.reports import Report

REPORT = "/me/report"
TEXT = "My class is 2B, not 1A."


def token(browser: Browser) -> str:
    """The token in the form on the pupil's page."""
    found = re.search(r'name="csrf_token" value="([0-9a-f]{64})"', browser.client.get("/me/data").text)
    assert found is not None
    return found[1]


def kept(database: Database) -> list[Report]:
    return list(Reports(database).read(who="a test", now=utc_now()))


def test_a_report_is_kept_and_shown_to_whoever_sent_it(browser: Browser, database: Database) -> None:
    person = browser.sign_in().person_id
    sent = browser.client.post(REPORT, data={"csrf_token": token(browser), "text": TEXT})
    assert (sent.status_code, sent.headers["Location"]) == (303, "/me/reported")
    assert 'data-testid="reported"' in browser.client.get("/me/reported").text
    assert [(each.person_id, each.text) for each in kept(database)] == [(person, TEXT)]
    assert TEXT in browser.client.get("/me/data").text
    assert TEXT in browser.client.get("/me/data.json").text


def test_the_log_is_told_without_the_text(browser: Browser, database: Database) -> None:
    browser.sign_in()
    browser.client.post(REPORT, data={"csrf_token": token(browser), "text": TEXT})
    log = PrivacyLog(database)
    (told,) = [each for each in log.entries() if each.entry.kind == Kind.WRONG_DATA_REPORTED]
    assert (told.entry.key, told.entry.purpose) == (LEER_ID, "correction")
    assert TEXT not in str([each.document for each in log.entries()])
    assert log.verify().holds


@pytest.mark.parametrize("form", [{}, {"csrf_token": ""}, {"csrf_token": "0" * 64}, {"csrf_token": "é"}])
def test_a_form_of_another_site_is_refused(browser: Browser, database: Database, form: dict[str, str]) -> None:
    browser.sign_in()
    refused = browser.client.post(REPORT, data={"text": TEXT, **form})
    assert refused.status_code == 400
    assert "hoort niet meer bij deze aanmelding" in refused.text
    assert kept(database) == []


def test_a_form_of_an_earlier_session_is_refused(browser: Browser, database: Database) -> None:
    browser.sign_in()
    earlier = token(browser)
    browser.sign_in()
    assert browser.client.post(REPORT, data={"csrf_token": earlier, "text": TEXT}).status_code == 400
    assert kept(database) == []


def test_a_form_of_somebody_elses_session_is_refused(open_browser: OpenBrowser, database: Database) -> None:
    first, second = open_browser(), open_browser()
    first.sign_in()
    second.sign_in()
    assert second.client.post(REPORT, data={"csrf_token": token(first), "text": TEXT}).status_code == 400
    assert kept(database) == []


def test_nobody_reports_without_a_session_or_by_a_link(browser: Browser, database: Database) -> None:
    assert browser.client.post(REPORT, data={"text": TEXT}).headers["Location"] == "/"
    browser.sign_in()
    assert browser.client.get(REPORT, query_string={"text": TEXT}).status_code == 405
    assert kept(database) == []


def test_about_whom_it_is_no_request_can_say(browser: Browser, database: Database) -> None:
    own = browser.sign_in().person_id
    form = {"csrf_token": token(browser), "text": TEXT, "person_id": "another", "person": "another", "key": ACCOUNT}
    browser.client.post(REPORT, data=form)
    assert [each.person_id for each in kept(database)] == [own]


@pytest.mark.parametrize(
    ("text", "status", "words"),
    [
        (" \n", 400, "Je hebt nog niets geschreven."),
        ("x" * (LONGEST + 1), 413, "Dit is te lang."),
        ("x" * 100_000, 413, "veel te veel tekst"),
    ],
)
def test_a_text_that_is_not_taken_is_told_why(
    browser: Browser, database: Database, text: str, status: int, words: str
) -> None:
    browser.sign_in()
    refused = browser.client.post(REPORT, data={"csrf_token": token(browser), "text": text})
    assert refused.status_code == status
    assert words in refused.text
    assert kept(database) == []


def test_a_text_that_is_too_long_comes_back_to_be_mended(browser: Browser, database: Database) -> None:
    browser.sign_in()
    text = f"{'x' * LONGEST}</textarea>"
    page = browser.client.post(REPORT, data={"csrf_token": token(browser), "text": text}).text
    assert f"{'x' * LONGEST}&lt;/textarea&gt;" in page
    again = re.search(r'name="csrf_token" value="([0-9a-f]{64})"', page)
    assert again is not None
    assert browser.client.post(REPORT, data={"csrf_token": again[1], "text": TEXT}).status_code == 303
    assert [each.text for each in kept(database)] == [TEXT]


def test_after_many_in_a_day_no_more_are_taken(browser: Browser, database: Database) -> None:
    browser.sign_in()
    form = {"csrf_token": token(browser), "text": TEXT}
    answers = [browser.client.post(REPORT, data=form).status_code for _time in range(MOST + 1)]
    assert answers == [303] * MOST + [429]
    assert len(kept(database)) == MOST


def test_markup_in_a_report_is_text(browser: Browser) -> None:
    browser.sign_in()
    browser.client.post(REPORT, data={"csrf_token": token(browser), "text": "<script>alert(1)</script>"})
    assert "<script>" not in browser.client.get("/me/data").text
