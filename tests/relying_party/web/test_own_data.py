"""A pupil's own data: all of it, for that pupil alone, and never without an entry in the privacy log."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from honest_provider import ACCOUNT, LEER_ID, PUPIL

from relying_party.accounts import disclosing
from relying_party.accounts.models import Table
from relying_party.accounts.privacy_log import Entry, Kind, Outcome, PrivacyLog
from relying_party.signin.flow import utc_now

if TYPE_CHECKING:
    from browsing import Browser
    from conftest import OpenBrowser
    from honest_provider import HonestProvider

    from relying_party.accounts.database import Database

PAGE, EXPORT = "/me/data", "/me/data.json"
OTHER = {
    "given_name": "Otis",
    "family_name": "Anders",
    "ov_account_uuid": "6f1de0a4-0000-4000-8000-000000000002",
    "ov_leerid_uuid": ["0b5c7e52-0000-4000-8000-000000000002"],
}


def exported(browser: Browser) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(browser.client.get(EXPORT).text)
    return document


def values(told: object) -> set[str]:
    """Every value in a document, as text."""
    if isinstance(told, dict):
        return set().union(*map(values, told.values())) if told else set()
    if isinstance(told, list):
        return set().union(*map(values, told)) if told else set()
    return {str(told)}


def test_the_export_holds_every_column_that_is_kept_of_the_pupil(browser: Browser, database: Database) -> None:
    browser.sign_in()
    held = exported(browser)["held"]
    kept = {"person", "account", "snapshot", "enrolment"}
    with database.reading() as session:
        tables = [table for table in Table.metadata.sorted_tables if table.name in kept]
        rows = [dict(row) for table in tables for row in session.execute(table.select()).mappings()]
    wanted = {
        str(value) for row in rows for name, value in row.items() if name != "position" and isinstance(value, str)
    }
    assert {"Van der Gheynst", LEER_ID, ACCOUNT} <= wanted
    assert wanted - values(held) == set()


def test_the_page_shows_what_the_export_holds(browser: Browser) -> None:
    browser.sign_in()
    held = exported(browser)["held"]
    page = browser.client.get(PAGE).text
    told = {key: value for key, value in held.items() if key not in {"created_at", "last_sign_in_at"}}
    assert [value for value in values(told) - {""} if value not in page] == []


def test_the_page_says_until_when_it_is_kept(browser: Browser) -> None:
    browser.sign_in()
    until = exported(browser)["kept_until"]
    assert int(until[:4]) == utc_now().year + 3
    assert f" {until[:4]} of de dag erna." in browser.client.get(PAGE).text


def test_the_export_is_a_file_whose_name_tells_nothing_and_that_no_cache_keeps(browser: Browser) -> None:
    browser.sign_in()
    headers = browser.client.get(EXPORT).headers
    assert headers["Content-Disposition"] == "attachment; filename=leerid-data.json"
    assert headers["Content-Type"] == "application/json"
    assert headers["Cache-Control"] == "no-store"


def test_names_are_exported_as_delivered(browser: Browser) -> None:
    browser.sign_in()
    assert PUPIL["given_name"] in browser.client.get(EXPORT).text


def test_each_look_stands_in_the_privacy_log_before_the_pupil_sees_it(browser: Browser, database: Database) -> None:
    person = browser.sign_in().person_id
    page = browser.client.get(PAGE).text
    told = exported(browser)
    assert "Je bekeek deze pagina." in page, "this very look"
    assert [each["kind"] for each in told["privacy_log"]] == ["exported", "read-by-pupil", "signed-in"]
    entries = [each.entry for each in PrivacyLog(database).entries()][1:]
    assert {(each.person, each.key, each.purpose) for each in entries} == {(person, LEER_ID, "right-of-access")}
    assert PrivacyLog(database).verify().holds


@pytest.mark.parametrize("address", [PAGE, EXPORT])
def test_what_the_log_cannot_be_told_of_is_not_shown(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    browser.sign_in()

    def full(*_told: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(disclosing, "append_by", full)
    answer = browser.client.get(address)
    assert answer.status_code == 500
    assert "Gheynst" not in answer.text


@pytest.mark.parametrize("address", [PAGE, EXPORT])
def test_without_a_session_there_is_nothing_to_see(browser: Browser, database: Database, address: str) -> None:
    answer = browser.client.get(address)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert PrivacyLog(database).entries() == []


@pytest.mark.parametrize("address", [PAGE, EXPORT])
def test_whose_data_it_is_no_request_can_say(
    open_browser: OpenBrowser, provider: HonestProvider, database: Database, address: str
) -> None:
    first, second = open_browser(), open_browser()
    person = first.sign_in().person_id
    provider.claims |= OTHER
    own = second.sign_in().person_id
    told = dict.fromkeys(("id", "person", "person_id", "pupil"), person)
    answer = second.client.get(address, query_string=told, headers={"X-Person": person})
    assert "Anders" in answer.text
    assert "Gheynst" not in answer.text
    assert person not in answer.text.replace(f"={person}", "")
    assert {each.entry.person for each in PrivacyLog(database).entries()[2:]} == {own}


def test_the_list_has_refusals_and_earlier_accounts_and_nothing_of_anybody_else(
    browser: Browser, database: Database
) -> None:
    browser.sign_in()
    log = PrivacyLog(database)
    told: tuple[tuple[str, str], ...] = (("", LEER_ID), ("who-was-joined", ACCOUNT), ("", "another-key"))
    for person, key in told:
        log.record(Entry(at=utc_now(), kind=Kind.REFUSED, outcome=Outcome.REFUSED, person=person, key=key))
    assert [each["kind"] for each in exported(browser)["privacy_log"]] == [
        "exported",
        "refused",
        "refused",
        "signed-in",
    ]


def test_that_staff_looked_is_told_and_not_who(browser: Browser, database: Database) -> None:
    person = browser.sign_in().person_id
    looked = Entry(at=utc_now(), kind=Kind.READ_BY_STAFF, outcome=Outcome.DONE, person=person, who="teacher-7")
    PrivacyLog(database).record(looked)
    page = browser.client.get(PAGE).text
    assert "Iemand van onze medewerkers" in page
    assert "teacher-7" not in page + browser.client.get(EXPORT).text


def test_markup_in_a_name_is_text(browser: Browser, provider: HonestProvider) -> None:
    provider.claims |= {"family_name": "<script>alert(1)</script>"}
    browser.sign_in()
    assert "<script>" not in browser.client.get(PAGE).text
