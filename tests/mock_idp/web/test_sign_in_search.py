"""Searching on the sign-in page: among people of the stage and of the file, personas, and the crowd."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from mock_idp.domain.people.written import PersonRow
from mock_idp.domain.population import Situation
from mock_idp.provider import Provider
from mock_idp.settings import Settings
from mock_idp.web import create_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask.testing import FlaskClient
    from small_application import Application
    from werkzeug.test import TestResponse

    Search = Callable[..., TestResponse]

MARKUP = "<script>alert(1)</script>"
FILE = """
[schools]
"712345" = "Verzonnen Bergschool"
[[people]]
given_name = "Quirijn"
family_name = "Uitdebestand"
birth = { day = "01", month = "02", year = "2013" }
sex = "m"
life = [{ on = -30, is = "enrolled", school = "712345", stamnummer = "2600001", group = "900301" }]
"""


@pytest.fixture
def page(application: Application) -> Any:
    return application.ask().location


@pytest.fixture
def search(browser: FlaskClient, page: str) -> Search:
    def searched(lang: str = "en", **asked: str) -> TestResponse:
        return browser.get(page, query_string={"lang": lang, **asked})

    return searched


def buttons(response: TestResponse) -> list[str]:
    results = response.text.partition('data-testid="results"')[2]
    return re.findall(r'data-testid="(?:person|persona)-([^"]+)"', results)


def said(response: TestResponse) -> str:
    return re.search(r'data-testid="found">(.*?)</h3>', response.text, re.DOTALL)[1].strip()


def made(provider: Provider, stage_id: str = "default", **members: Any) -> str:
    document = {"birth": {"day": "01", "month": "02", "year": "2013"}, "sex": "f", **members}
    return provider.people.making.make(stage_id, PersonRow.model_validate(document)).user_name


@pytest.mark.parametrize(
    "text", ["haddad", "HADDAD", "yara had", "yara.haddad", "P07", "identified-since", "vorige maand"]
)
def test_a_persona_is_found_by_name_user_name_id_slug_and_title(search: Search, text: str) -> None:
    assert "identified-since" in buttons(search(q=text))


def test_a_name_is_found_without_its_accents_and_in_one_piece(search: Search) -> None:
    assert "diacritics" in buttons(search(q="zoe gheynst"))
    assert "two-accounts-first" in buttons(search(q="finn desmet"))


def test_a_name_that_was_corrected_is_found_by_the_old_one_and_by_that_of_the_day(
    search: Search, provider: Provider
) -> None:
    moment = {"on": -10, "is": "name-corrected", "given_name": "Quinty", "family_name": "Verbeterd"}
    user_name = made(provider, given_name="Quinten", family_name="Hierzo", life=[moment])
    assert [buttons(search(q=text)) for text in ("quinten hierzo", "quinty verbeterd")] == [[user_name]] * 2
    assert "Quinty Verbeterd" in search(q="hierzo").text
    provider.stages.change("default", calendar_offset_days=-20)
    assert user_name not in buttons(search(q="quinty verbeterd"))
    assert "Quinten Hierzo" in search(q="hierzo").text


def test_the_crowd_is_searched_too(search: Search, provider: Provider) -> None:
    pupil = provider.people.crowd.pupil(123_456)
    assert buttons(search(q=pupil.user_name)) == list(pupil.user_names)
    assert pupil.user_name in buttons(search(q=pupil.account_uuid.upper()))
    at_school = buttons(search(q=f"{pupil.given_name} {pupil.family_name}", school=pupil.school.number))
    assert pupil.user_name in at_school


def test_both_accounts_of_a_pupil_can_be_pressed(search: Search, provider: Provider) -> None:
    crowd = provider.people.crowd
    pupil = next(each for each in crowd if each.second_user_name)
    assert buttons(search(q=pupil.second_user_name)) == list(pupil.user_names)


def test_a_persona_is_found_by_every_uuid_it_ever_had(search: Search, application: Application) -> None:
    claims = application.claims("identified-since")
    uuids = [claims["ov_account_uuid"], *claims["ov_leerid_uuid"], *claims["ov_historiek_account_uuid"]]
    assert [buttons(search(q=uuid)) for uuid in uuids] == [["identified-since"]] * 3
    assert buttons(search(q="00000000-0000-4000-8000-000000000000")) == []


@pytest.mark.parametrize("situation", Situation)
def test_every_situation_is_found_among_personas_and_crowd(search: Search, situation: Situation) -> None:
    response = search(situation=situation.value)
    assert len(buttons(response)) == 25
    assert said(response) == "The first 25; there are more."
    assert f'value="{situation.value}" selected' in response.text


def test_a_situation_holds_on_the_day_of_the_stage(search: Search, provider: Provider) -> None:
    assert buttons(search(q="yara haddad", situation="identified-since")) == ["identified-since"]
    provider.stages.change("default", calendar_offset_days=-60)
    assert buttons(search(q="yara haddad", situation="identified-since")) == []
    assert buttons(search(q="yara haddad", situation="not-identified")) == ["identified-since"]


@pytest.mark.parametrize("school", ["700202", "blauwe walvis testcollege 700202"])
def test_a_school_is_meant_by_number_or_by_name(search: Search, school: str) -> None:
    assert buttons(search(q="noah wouters", school=school))[0] == "secondary-pupil"
    assert "secondary-pupil" not in buttons(search(q="noah wouters", school="700101"))


@pytest.mark.parametrize(
    ("school", "words"),
    [
        ("999999", "There is no school 999999."),
        ("school", "schools are called school, among them"),
        ("?!", "no school ?!"),
    ],
)
def test_a_school_that_is_not_meant_clearly_is_told(search: Search, school: str, words: str) -> None:
    response = search(school=school)
    assert words in response.text
    assert (buttons(response), said(response)) == ([], "Nothing was searched for.")


def test_the_number_of_people_is_told(search: Search) -> None:
    assert said(search(q="haddad yara")) == "1 person found."
    assert said(search(q="haddad yara", lang="nl")) == "1 persoon gevonden."
    assert said(search(q="p12")) == "2 people found."


def test_when_nobody_is_found_the_page_says_what_can_be_searched(search: Search) -> None:
    response = search(q="qqqq")
    assert said(response) == "Nobody found."
    assert "What can be searched for:" in response.text
    assert "What can be searched for:" not in search(q="haddad").text


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"q": "x" * 10_000}, "That is a text of 10000 characters"),
        ({"q": "   "}, "Write a name, or choose a situation or a school."),
        ({"situation": "unheard-of"}, "There is no situation unheard-of, so it was left out."),
        ({"situation": MARKUP}, "There is no situation &lt;script&gt;"),
    ],
)
def test_what_makes_no_sense_gets_a_friendly_answer(search: Search, asked: dict[str, str], words: str) -> None:
    response = search(**asked)
    assert response.status_code == 200
    assert words in response.text
    assert said(response) == "Nothing was searched for."


def test_an_unknown_situation_does_not_stop_the_search(search: Search) -> None:
    response = search(q="yara haddad", situation="unheard-of")
    assert buttons(response) == ["identified-since"]
    assert "There is no situation unheard-of" in response.text


@pytest.mark.parametrize("field", ["q", "school", "situation"])
def test_what_is_searched_for_is_shown_escaped(search: Search, field: str) -> None:
    assert MARKUP not in search(**{field: MARKUP}).text
    assert MARKUP not in search(**{field: f'"><b>{MARKUP}'}).text


def test_people_of_this_stage_are_found_and_those_of_another_are_not(search: Search, provider: Provider) -> None:
    here = made(provider, given_name="Quinten", family_name="Hierzo")
    there = made(provider, provider.stages.open().id, given_name="Quinten", family_name="Daarzo")
    assert buttons(search(q="quinten hierzo")) == [here]
    assert there not in buttons(search(q="daarzo"))


def test_markup_in_the_name_of_somebody_made_is_shown_escaped(
    search: Search, browser: FlaskClient, page: str, provider: Provider
) -> None:
    user_name = made(provider, given_name=MARKUP, family_name="Hierzo")
    for response in (search(q="hierzo"), browser.get(page), browser.get(f"{page}?made={user_name}")):
        assert MARKUP not in response.text
        assert "&lt;script&gt;alert(1)" in response.text


def test_who_is_changed_on_the_stage_is_shown_as_changed_and_once(search: Search, provider: Provider) -> None:
    user_name = provider.personas.get("identified-since").user_name
    made(provider, given_name="Quinty", family_name="Hierzo")
    provider.people.making.put(
        "default",
        PersonRow.model_validate({**provider.people.making.document("default", user_name), "family_name": "Uitgehuwd"}),
    )
    assert buttons(search(q="uitgehuwd")) == [user_name]


def test_people_of_the_file_are_on_the_page_and_found(clock: Any, tmp_path: Path) -> None:
    file = tmp_path / "people.toml"
    file.write_text(FILE, encoding="utf-8")
    provider = Provider(Settings(people_file=file), clock)
    browser = create_app(provider.settings, provider).test_client()
    parameters = {"client_id": "x", "redirect_uri": "http://127.0.0.1:9200/callback", "response_type": "code"}
    page = browser.get("/op/v1/auth", query_string={**parameters, "scope": "openid", "ui_locales": "en"}).location
    assert "Quirijn Uitdebestand" in browser.get(page).text
    assert "1e lj A (fictief): from" not in browser.get(page).text
    provider.stages.change("default", calendar_offset_days=-60)
    assert "1e lj A (fictief): from Oct 24, 2026" in browser.get(page).text
    for asked in ({"q": "uitdebestand"}, {"q": "bergschool"}, {"school": "Bergschool"}, {"school": "712345"}):
        assert len(buttons(browser.get(page, query_string=asked))) == 1


def test_the_language_that_was_chosen_stays_while_searching(search: Search) -> None:
    assert '<input type="hidden" name="lang" value="en">' in search(q="haddad").text


def test_the_plain_page_is_small_and_rendered_once(
    browser: FlaskClient, page: str, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = browser.get(page)
    assert len(first.data) < 60_000
    monkeypatch.setattr("mock_idp.web.sign_in.page.render_template", None)
    other = application.ask().location
    assert browser.get(other).text == first.text.replace(page, other)


def test_the_page_that_was_looked_at_last_is_kept(
    browser: FlaskClient, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mock_idp.web.sign_in.page.MOST_PAGES", 2)
    for lang in ("nl", "en", "nl", "en", "nl"):
        browser.get(page, query_string={"lang": lang})
    browser.get(page)  # takes the place of the one in English
    monkeypatch.setattr("mock_idp.web.sign_in.page.render_template", None)
    assert browser.get(page, query_string={"lang": "nl"}).status_code == 200
    assert browser.get(page, query_string={"lang": "en"}).status_code == 500
