"""Staff see pupils: named in the settings, logged before anything is shown, and nobody else sees anything."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from honest_provider import ACCOUNT, LEER_ID, PUPIL, Answer

from relying_party.accounts import disclosing
from relying_party.accounts.models import Person
from relying_party.accounts.privacy_log import Kind, PrivacyLog
from relying_party.signin.flow import utc_now

if TYPE_CHECKING:
    from browsing import Browser
    from conftest import MakeApp, OpenBrowser
    from honest_provider import HonestProvider
    from werkzeug.test import TestResponse

    from relying_party.accounts.database import Database
    from relying_party.accounts.privacy_log import Entry

AN = "0ccc380975a1e678f75b1c669b6c06b83a19d7ed"
TEACHER = {"sub": AN, "given_name": "An", "family_name": "Peeters", "vo_id": "01a63351"}
STAFF = "/staff"


@pytest.fixture
def pupil(open_browser: OpenBrowser) -> Browser:
    """A pupil's browser, signed in where staff are named."""
    browser = open_browser(staff_subjects=(AN,))
    assert browser.sign_in().signed_in
    return browser


@pytest.fixture
def person(pupil: Browser) -> str:
    """The id of that pupil."""
    return browser_person(pupil)


@pytest.fixture
def staff(open_browser: OpenBrowser, provider: HonestProvider, person: str) -> Browser:
    """A teacher's browser, signed in as staff; a pupil was here before."""
    assert person
    provider.claims = dict(TEACHER)
    browser = open_browser(staff_subjects=(AN,))
    assert browser.sign_in().path == STAFF
    return browser


def browser_person(browser: Browser) -> str:
    return browser.client.get("/me").text.partition('data-testid="person-id">')[2].partition("<")[0]


def search(browser: Browser, text: str, **changed: str) -> TestResponse:
    found = re.search(r'name="csrf_token" value="([0-9a-f]{64})"', browser.client.get(STAFF).text)
    form = {"csrf_token": found[1] if found else "", "text": text, **changed}
    return browser.client.post(STAFF, data=form)


def looks(database: Database) -> list[Entry]:
    return [each.entry for each in PrivacyLog(database).entries() if each.entry.kind == Kind.READ_BY_STAFF]


def full(*_told: object) -> None:
    raise OSError("no space left")


@pytest.mark.parametrize("text", ["gheynst", "VAN DER", "zoë", "2500001", "agnès gheynst"])
def test_a_search_finds_a_pupil_and_stands_in_the_log(
    staff: Browser, database: Database, person: str, text: str
) -> None:
    page = search(staff, text)
    assert f'href="/staff/pupils/{person}"' in page.text
    assert [(each.who, each.person, each.key, each.purpose) for each in looks(database)] == [
        (AN, person, LEER_ID, "support")
    ]
    assert PrivacyLog(database).verify().holds


@pytest.mark.parametrize(("text", "status"), [("nobody-like-this", 200), ("z", 400), ("   ", 400), ("", 400)])
def test_a_search_that_finds_nobody_shows_and_logs_nobody(
    staff: Browser, database: Database, text: str, status: int
) -> None:
    page = search(staff, text)
    assert page.status_code == status
    assert "Gheynst" not in page.text
    assert looks(database) == []


def test_nobody_is_listed_before_somebody_is_looked_for(staff: Browser, database: Database) -> None:
    page = staff.client.get(STAFF)
    assert page.status_code == 200
    assert "Gheynst" not in page.text
    assert looks(database) == []


def test_a_list_shows_and_logs_so_many_and_no_more(
    staff: Browser,
    pupil: Browser,
    provider: HonestProvider,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    provider.claims = PUPIL | {"ov_account_uuid": "another", "ov_leerid_uuid": ["another"]}
    assert pupil.sign_in().signed_in
    monkeypatch.setattr(disclosing, "MOST_FOUND", 1)
    page = search(staff, "gheynst").text
    assert page.count('href="/staff/pupils/') == 1
    assert "Er zijn er meer." in page
    assert len(looks(database)) == 1


def test_a_pupil_is_shown_without_what_other_services_know_them_by(
    staff: Browser, database: Database, person: str
) -> None:
    page = staff.client.get(f"/staff/pupils/{person}").text
    assert [each for each in ("Van der Gheynst", "07 / 03 / 2012", str(PUPIL["email"])) if each not in page] == []
    assert [each for each in (LEER_ID, ACCOUNT) if each in page] == []
    assert [(each.who, each.person) for each in looks(database)] == [(AN, person)]


def test_the_pupil_sees_that_somebody_looked(staff: Browser, pupil: Browser, person: str) -> None:
    staff.client.get(f"/staff/pupils/{person}")
    page = pupil.client.get("/me/data").text
    assert "Iemand van onze medewerkers" in page
    assert AN not in page


def test_what_the_log_cannot_be_told_of_is_not_shown(
    staff: Browser, person: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disclosing, "append_by", full)
    for answer in (staff.client.get(f"/staff/pupils/{person}"), search(staff, "gheynst")):
        assert answer.status_code == 500
        assert "Gheynst" not in answer.text


@pytest.mark.parametrize("person_id", ["nobody", "00000000-0000-4000-8000-000000000000"])
def test_a_pupil_who_is_not_there_is_not_found(staff: Browser, database: Database, person_id: str) -> None:
    assert staff.client.get(f"/staff/pupils/{person_id}").status_code == 404
    assert looks(database) == []


@pytest.mark.parametrize("token", ["", "0" * 64])
def test_a_search_from_another_site_is_refused(staff: Browser, database: Database, token: str) -> None:
    assert search(staff, "gheynst", csrf_token=token).status_code == 400
    assert looks(database) == []


def test_a_pupil_opens_no_page_for_staff(pupil: Browser, database: Database, person: str) -> None:
    answers = [pupil.client.get(STAFF), search(pupil, "gheynst"), pupil.client.get(f"/staff/pupils/{person}")]
    assert [each.status_code for each in answers] == [403] * 3
    assert [each for each in answers if "Gheynst" in each.text] == []
    assert looks(database) == []


def test_without_a_session_nobody_opens_them(open_browser: OpenBrowser, database: Database, person: str) -> None:
    visitor = open_browser(staff_subjects=(AN,))
    visitor.start()
    assert [visitor.client.get(each).status_code for each in (STAFF, f"/staff/pupils/{person}")] == [403, 403]
    assert looks(database) == []


def test_a_pupil_whom_the_list_names_stays_a_pupil(open_browser: OpenBrowser) -> None:
    browser = open_browser(staff_subjects=(ACCOUNT,))
    assert browser.sign_in().signed_in
    assert browser.client.get(STAFF).status_code == 403


@pytest.mark.parametrize("subjects", [(), ("somebody-else",)])
def test_whoever_is_not_named_is_refused_as_before(
    open_browser: OpenBrowser, provider: HonestProvider, subjects: tuple[str, ...]
) -> None:
    provider.claims = dict(TEACHER)
    assert open_browser(staff_subjects=subjects).sign_in().reason == "pupil-role"


def test_where_nobody_is_named_the_pages_do_not_exist(browser: Browser) -> None:
    browser.sign_in()
    assert [browser.client.get(each).status_code for each in (STAFF, "/staff/pupils/x")] == [404, 404]
    assert browser.client.post(STAFF).status_code == 404


def test_whoever_is_struck_off_the_list_sees_nothing_any_more(
    staff: Browser, open_browser: OpenBrowser, person: str
) -> None:
    later = open_browser(staff_subjects=("somebody-else",))
    later.cookie = staff.cookie
    assert later.client.get(f"/staff/pupils/{person}").status_code == 403


def test_of_staff_nothing_is_kept_but_the_session_and_the_log(staff: Browser, database: Database) -> None:
    assert staff.client.get("/me").headers["Location"] == "/"
    assert "Naar de leerlingen" in staff.client.get("/").text
    with database.reading() as session:
        assert [each.leer_id_uuid for each in session.query(Person)] == [LEER_ID]
    (told,) = [each.entry for each in PrivacyLog(database).entries() if each.entry.who]
    assert (told.kind, told.who, told.person, told.key) == (Kind.SIGNED_IN, AN, "", "")


def test_their_session_ends_with_the_sign_out_and_after_its_hours(
    open_browser: OpenBrowser, make_app: MakeApp, provider: HonestProvider
) -> None:
    ahead = timedelta()
    provider.claims = dict(TEACHER)
    browser = open_browser(make_app(clock=lambda: utc_now() + ahead, session_hours=2, staff_subjects=(AN,)))
    browser.sign_in()
    ahead = timedelta(hours=2, minutes=1)
    assert browser.client.get(STAFF).status_code == 403
    ahead = timedelta()
    assert browser.client.get(STAFF).status_code == 200
    cookie = browser.cookie
    browser.client.post("/sign-out")
    browser.cookie = cookie
    assert browser.client.get(STAFF).status_code == 403


def test_their_session_is_refreshed_as_that_of_a_pupil(
    open_browser: OpenBrowser, make_app: MakeApp, provider: HonestProvider
) -> None:
    ahead = timedelta()
    provider.claims = dict(TEACHER)
    app = make_app(clock=lambda: utc_now() + ahead, refresh=True, staff_subjects=(AN,))
    browser = open_browser(app)
    browser.sign_in()
    ahead = timedelta(minutes=61)
    assert browser.client.get(STAFF).status_code == 200
    provider.answers["token"] = Answer({"error": "invalid_grant"}, 400)
    ahead = timedelta(minutes=122)
    assert browser.client.get(STAFF).status_code == 403


def test_a_new_sign_in_ends_the_session_of_staff(staff: Browser, provider: HonestProvider) -> None:
    before = staff.cookie
    provider.claims = dict(PUPIL)
    assert staff.sign_in().signed_in
    assert staff.client.get(STAFF).status_code == 403
    staff.cookie = before
    assert staff.client.get(STAFF).status_code == 403


def test_the_second_issuer_names_no_staff(
    open_browser: OpenBrowser, provider: HonestProvider, database: Database
) -> None:
    provider.claims = dict(TEACHER)
    browser = open_browser(
        issuer="http://localhost:1/op",
        second_issuer=provider.issuer,
        second_client_id="leerid-rp",
        staff_subjects=(AN,),
    )
    begun = browser.client.get("/sign-in/second").headers["Location"]
    ended = browser.client.get("/callback/second", query_string=browser.provider.authorize(begun))
    assert ended.headers["Location"] == "/refused/pupil-role"
    assert looks(database) == []


@pytest.mark.parametrize("address", [STAFF, "/staff/pupils/x"])
def test_nothing_of_it_is_kept_in_a_cache(staff: Browser, address: str) -> None:
    assert staff.client.get(address).headers["Cache-Control"] == "no-store"


def test_markup_in_what_is_looked_for_is_text(staff: Browser) -> None:
    assert "<script>" not in search(staff, "<script>alert(1)</script>").text
