"""A pupil of one's own: what the form makes, what it says when something is wrong, and where one goes from there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from small_application import Application
    from werkzeug.test import TestResponse

    from mock_idp.domain.people.person import Person
    from mock_idp.provider import Provider

PUPIL = {
    "given_name": "Noor",
    "family_name": "Zelfgemaakt",
    "birth_day": "7",
    "birth_month": "3",
    "birth_year": "2012",
    "sex": "f",
    "email": "noor@leerling.example",
    "number": "rrn",
    "identified_on": "",
    "school_1": "700202",
    "other_school_1": "",
    "group_1": "900302",
    "from_1": "2026-09-01",
    "until_1": "",
    "school_2": "",
    "group_2": "900302",
    "from_2": "2026-09-01",
    "account": "",
    "action": "make",
}


@pytest.fixture
def page(application: Application) -> Any:
    return application.ask(ui_locales="en").location


def pupil_of(provider: Provider) -> Person:
    (person,) = provider.people.made_on("default")
    return person


def compose(browser: FlaskClient, page: str, **changes: str) -> TestResponse:
    return browser.post(f"{page}/new", data={**PUPIL, **changes})


def signed_in(application: Application, browser: FlaskClient, page: str, **changes: str) -> dict[str, Any]:
    """The claims of a pupil who was made and signed in at once."""
    response = compose(browser, page, action="sign-in", **changes)
    return application.opened(application.redeem(application.parameters_of(response)["code"]).get_json()["id_token"])


def problems(response: TestResponse) -> dict[str, str]:
    summary = re.search(r'data-testid="problems">(.*?)</ul>', response.text, re.DOTALL)
    return dict(re.findall(r'<a href="#([^"]*)">([^<]*)</a>', summary[1] if summary else ""))


def test_the_empty_form_begins_with_an_identified_pupil_of_this_school_year(browser: FlaskClient, page: str) -> None:
    text = browser.get(f"{page}/new").text
    assert 'name="from_1" type="date" value="2026-09-01"' in text
    assert '<option value="700202" selected>' in text
    assert "gone when the mock stops" in text


def test_a_pupil_who_was_made_is_listed_with_user_name_and_password(
    browser: FlaskClient, page: str, provider: Provider
) -> None:
    response = compose(browser, page)
    person = pupil_of(provider)
    assert (response.status_code, response.location) == (303, f"{page}?made={person.user_name}")
    text = browser.get(response.location).text
    assert f"Noor Zelfgemaakt was made: user name {person.user_name}, password {person.password}." in text
    assert f'data-testid="person-{person.user_name}"' in text
    assert browser.post(page, data={"user_name": person.user_name}).status_code == 303


def test_a_pupil_is_made_and_signed_in_at_once(application: Application, browser: FlaskClient, page: str) -> None:
    claims = signed_in(application, browser, page)
    assert (claims["given_name"], claims["family_name"]) == ("Noor", "Zelfgemaakt")
    assert (claims["ov_geboortedag"], claims["ov_geboortemaand"], claims["ov_geboortejaar"]) == ("07", "03", "2012")
    assert claims["email"] == "noor@leerling.example"
    assert [each["instellingsnummer"] for each in claims["ov_inschrijvingen"]] == ["700202"]
    assert len(claims["ov_leerid_uuid"]) == 1


def test_unknown_parts_of_the_birth_date_and_names_can_be_left_out(
    application: Application, browser: FlaskClient, page: str
) -> None:
    claims = signed_in(application, browser, page, given_name="", birth_day="", birth_month="", email="")
    assert (claims["ov_geboortedag"], claims["ov_geboortemaand"]) == ("00", "00")
    assert not {"given_name", "email"} & claims.keys()


def test_a_pupil_can_be_not_identified(application: Application, browser: FlaskClient, page: str) -> None:
    assert not signed_in(application, browser, page, number="none").get("ov_leerid_uuid")


def test_a_pupil_identified_since_has_a_history(application: Application, browser: FlaskClient, page: str) -> None:
    claims = signed_in(application, browser, page, number="bis", identified_on="2026-10-15")
    assert len(claims["ov_leerid_uuid"]) == 1
    assert len(claims["ov_historiek_account_uuid"]) == 1


def test_a_second_enrolment_can_be_at_any_school_of_the_crowd(
    application: Application, browser: FlaskClient, page: str, provider: Provider
) -> None:
    number = provider.people.crowd.pupil(600_000).school.number
    claims = signed_in(application, browser, page, other_school_2=number)
    assert {each["instellingsnummer"] for each in claims["ov_inschrijvingen"]} == {"700202", number}


def test_an_enrolment_lasts_up_to_and_including_its_last_day(
    application: Application, browser: FlaskClient, page: str, provider: Provider
) -> None:
    assert signed_in(application, browser, page, until_1="2026-11-23")["ov_inschrijvingen"]
    provider.stages.change("default", calendar_offset_days=1)
    user_name = pupil_of(provider).user_name
    response = browser.post(application.ask(prompt="login").location, data={"user_name": user_name})
    tokens = application.redeem(application.parameters_of(response)["code"]).get_json()
    assert not application.opened(tokens["id_token"]).get("ov_inschrijvingen")


def test_a_pupil_can_be_enrolled_nowhere(application: Application, browser: FlaskClient, page: str) -> None:
    assert not signed_in(application, browser, page, school_1="").get("ov_inschrijvingen")


@pytest.mark.parametrize(
    ("account", "words"),
    [
        ("account-blocked", "This account is blocked."),
        ("password-expired", "must be changed first."),
        ("account-withheld", "was not handed out yet."),
        ("account-opened", "You cannot sign in with this account yet."),
    ],
)
def test_an_account_can_be_in_trouble(browser: FlaskClient, page: str, account: str, words: str) -> None:
    text = compose(browser, page, account=account, action="sign-in").text
    assert words in text
    assert "Noor Zelfgemaakt" in text


def test_a_history_does_not_come_from_the_trouble_of_an_account(
    browser: FlaskClient, page: str, provider: Provider
) -> None:
    compose(browser, page, account="account-blocked", number="none")
    assert pupil_of(provider).life.moments[0].on.isoformat() == "2026-09-01"


def test_all_that_is_wrong_is_told_at_once_and_nothing_typed_is_lost(
    browser: FlaskClient, page: str, provider: Provider
) -> None:
    wrong = {
        "given_name": "Zelf<b>",
        "family_name": "",
        "birth_day": "32",
        "birth_month": "x",
        "birth_year": "0012",
        "sex": "?",
        "email": "nobody",
        "number": "none",
        "identified_on": "2026-10-15",
        "other_school_1": "123456",
        "group_1": "1",
        "from_1": "yesterday",
        "until_1": "31/12/2026",
        "account": "asleep",
    }
    response = compose(browser, page, **wrong)
    assert set(problems(response)) == set(wrong) - {"given_name", "number"}
    assert all(f'id="{field}-problem"' in response.text for field in problems(response))
    for field in ("birth_day", "email", "other_school_1", "from_1", "until_1"):
        assert f'name="{field}"' in response.text
        assert f'value="{wrong[field]}"' in response.text
    assert 'value="Zelf&lt;b&gt;"' in response.text
    assert provider.people.made_on("default") == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"family_name": "x" * 201},
        {"given_name": "x" * 201},
        {"birth_year": "1" * 10_000},
        {"birth_day": "٣"},
        {"birth_year": "2027"},
        {"email": "@"},
        {"email": "a b@c"},
        {"email": f"{'x' * 200}@leerling.example"},
        {"identified_on": "2026-02-30"},
        {"from_1": "0001-01-01"},
        {"until_1": "2026-08-31"},
        {"other_school_2": "700202"},
        {"school_2": "700202"},
        {"school_1": "999999"},
    ],
)
def test_each_field_is_checked(browser: FlaskClient, page: str, changes: dict[str, str], provider: Provider) -> None:
    response = compose(browser, page, **changes)
    assert len(problems(response)) == 1
    assert len(response.text) < 40_000
    assert provider.people.made_on("default") == ()


def test_problems_are_told_in_dutch_too(browser: FlaskClient, application: Application) -> None:
    response = compose(browser, application.ask().location, family_name="")
    assert problems(response) == {"family_name": "Schrijf een familienaam. Alleen de voornaam mag ontbreken."}
    assert 'hreflang="en"' not in response.text


def test_two_pupils_of_one_name_are_two_people(browser: FlaskClient, page: str, provider: Provider) -> None:
    compose(browser, page)
    compose(browser, page)
    first, second = provider.people.made_on("default")
    assert first.user_name != second.user_name
    assert first.life.identities.account_uuid("", 0) is not None


def test_a_pupil_is_known_on_the_stage_of_the_interaction_alone(
    application: Application, browser: FlaskClient, provider: Provider
) -> None:
    stage = provider.stages.open()
    browser.set_cookie("leerid_stage", stage.id)
    compose(browser, application.ask(ui_locales="en").location)
    assert len(provider.people.made_on(stage.id)) == 1
    assert provider.people.made_on("default") == ()


def test_the_form_of_a_sign_in_that_is_over_says_so(browser: FlaskClient, page: str, provider: Provider) -> None:
    browser.post(page, data={"persona": "secondary-pupil"})
    assert browser.get(f"{page}/new").status_code == 400
    assert compose(browser, page).status_code == 400
    assert provider.people.made_on("default") == ()


def test_only_the_last_of_many_are_listed(browser: FlaskClient, page: str, provider: Provider) -> None:
    for number in range(26):
        compose(browser, page, family_name=f"Zelfgemaakt{number}")
    text = browser.get(page).text
    assert text.count('data-testid="person-') == 24
    assert "Noor Zelfgemaakt25" in text
    assert "Noor Zelfgemaakt0<" not in text
    assert "The last 24 of 26; search for the others." in text
    assert len(provider.people.made_on("default")) == 26


@pytest.mark.parametrize(
    "changes",
    [
        {"birth_day": "007"},
        {"birth_month": "0000"},
        {"until_1": "2999-12-31"},
        {"until_1": "9999-12-31"},
        {"given_name": "No\nor"},
        {"family_name": "Test\u2028leerling"},
        {"email": "noor\x00@leerling.example"},
    ],
)
def test_what_cannot_be_written_down_is_told_and_makes_nobody(
    browser: FlaskClient, provider: Provider, page: str, changes: dict[str, str]
) -> None:
    response = compose(browser, page, **changes)
    assert response.status_code == 200, response.text
    assert 'data-testid="problems"' in response.text
    assert provider.people.made_on("default") == ()


TYPED = st.text(max_size=12) | st.sampled_from(["0", "31", "2012", "2999-12-31", "700202", "bis", "none", "2026-09-01"])


@given(st.dictionaries(st.sampled_from(sorted(PUPIL)), TYPED))
@settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_is_typed_the_form_answers(browser: FlaskClient, page: str, typed: dict[str, str]) -> None:
    assert compose(browser, page, **{**typed, "action": "make"}).status_code in {200, 303}


def test_nobody_is_made_on_a_stage_that_was_closed(
    application: Application, browser: FlaskClient, provider: Provider
) -> None:
    stage = provider.stages.open()
    browser.set_cookie("leerid_stage", stage.id, domain="localhost")
    page = application.ask().location
    assert browser.get(f"{page}/new").status_code == 200
    provider.stages.close(stage.id)
    assert compose(browser, page).status_code == 400
    assert provider.people.made_on(stage.id) == ()


def test_a_name_that_was_corrected_is_shown_as_it_is_today(browser: FlaskClient, provider: Provider, page: str) -> None:
    compose(browser, page)
    moment = {"on": 0, "is": "name-corrected", "family_name": "Verbeterd"}
    made = pupil_of(provider)
    path = f"/control/v1/stages/default/people/{made.user_name}/moments"
    assert "Noor Zelfgemaakt" in browser.get(page).text
    assert browser.post(path, json=moment).status_code < 300
    assert "Noor Verbeterd" in browser.get(page).text
