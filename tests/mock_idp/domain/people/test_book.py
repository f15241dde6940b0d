"""A file of people: small to write, and told all its problems at once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_idp.domain.insz import Number
from mock_idp.domain.people.book import Book, read_people
from mock_idp.domain.people.days import day_of, school_year_of
from mock_idp.domain.people.telling import document_of
from mock_idp.domain.people.written import PeopleFile, PersonRow
from mock_idp.domain.problems import ProblemsError, validated

TODAY = date(2026, 11, 23)
PUPIL = """
[[people]]
given_name = "Noor"
family_name = "Testleerling"
birth = { day = "01", month = "02", year = "2013" }
sex = "f"
"""
ENROLLED = '{ on = -10, is = "enrolled", school = "700202", stamnummer = "2600001", group = "900301" }'


def read(text: str) -> Book:
    return read_people(text, "people.toml", anchor=TODAY)


def problems_of(text: str) -> list[str]:
    with pytest.raises(ProblemsError) as caught:
        read(text)
    return [problem.line for problem in caught.value.problems]


def test_five_lines_make_a_pupil() -> None:
    (person,) = read(PUPIL).all()
    assert person.user_name.startswith("noor.testleerling")
    assert person.has_password(person.password)
    assert person.life.moments == ()
    assert read(PUPIL).find(person.user_name.upper()) == person


def test_a_school_of_ones_own_can_be_named() -> None:
    moment = ENROLLED.replace("700202", "712345")
    text = f'{PUPIL}life = [{moment}]\n[schools]\n"712345" = "Eigen Oefenschool"\n'
    (person,) = read(text).all()
    assert person.life.moments[0].school.name == "Eigen Oefenschool"
    assert "There is no school '712345'." in problems_of(f"{PUPIL}life = [{moment}]")[0]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('account = "A B"', "account"),
        ('life = [{ on = "someday", is = "left" }]', "This is no day"),
        ('life = [{ on = 0, is = "vanished" }]', "vanished"),
        ('life = [{ on = 0, is = "identified" }]', 'Write number = "none"'),
        ('life = [{ on = 0, is = "account-blocked", account = "other" }]', "no account 'other'"),
        ('circumstances = ["id-token.expired"]', "circumstances[0]"),
        ('same_pupil_as = "nobody"', "no pupil 'nobody'"),
        ('citizen = { subject = "x" }', "citizen.subject"),
        ("shoe_size = 38", "unknown"),
    ],
)
def test_what_is_wrong_is_told_with_its_key(line: str, told: str) -> None:
    assert any(told in each for each in problems_of(PUPIL + line))


def test_every_problem_is_told_at_once() -> None:
    life = ENROLLED.replace("700202", "799999").replace("900301", "999999")
    lines = problems_of(f"{PUPIL}life = [{life}, {{ on = 0, is = 'account-blocked', account = 'x' }}]\n{PUPIL}")
    assert len(lines) == 5
    assert sum("belongs to 2 people" in line for line in lines) == 2


def test_rows_with_problems_are_not_told_to_be_missing() -> None:
    (line,) = problems_of(f"{PUPIL}shoe_size = 38\n")
    assert "people[0].shoe_size" in line
    (line,) = problems_of("people = []")
    assert "people: Tuple should have at least 1 item" in line


def test_what_lies_too_deep_is_a_problem() -> None:
    (line,) = problems_of(f"x = {'[' * 100_000}")
    assert "lie too deep" in line


@pytest.mark.parametrize(
    "text", [" secret", "secret ", "se\ncret", "se\u2028cret", "se\x7fcret", "    ", "\u00a0secret"]
)
def test_what_nobody_could_type_is_no_password_and_no_name(text: str) -> None:
    for member in ("password", "given_name"):
        with pytest.raises(ProblemsError, match=member):
            validated(PeopleFile, {"people": [{"family_name": "Test", member: text}]}, "people.toml")


@pytest.mark.parametrize("text", ["appel 1234", "d'Hont-É ", "王小明王", "a  b!"])
def test_a_password_that_is_accepted_opens(text: str) -> None:
    (person,) = read(f'{PUPIL}password = "{text.strip()}"\n').all()
    assert person.has_password(f" {text}\n")


@pytest.mark.parametrize("name", ["jan_peeters", "jan..peeters", "jan.", "j-", "a" * 100])
def test_whatever_is_a_user_name_is_a_label(name: str) -> None:
    (person,) = read(f'{PUPIL}user_name = "{name}"\n').all()
    row = PersonRow.model_validate(document_of(person))
    assert (row.account, row.leer_id) == (name, name)


def test_a_life_has_not_more_moments_than_a_page_can_show() -> None:
    moment = '{ on = 0, is = "email-removed" }'
    (person,) = read(f"{PUPIL}life = [{', '.join([moment] * 500)}]").all()
    assert len(person.life.moments) == 500
    (line,) = problems_of(f"{PUPIL}life = [{', '.join([moment] * 501)}]")
    assert "people[0].life: Tuple should have at most 500 items" in line


def test_a_citizen_needs_no_birth_and_has_no_life() -> None:
    text = f'[[people]]\ngiven_name = "An"\nfamily_name = "Burger"\ncitizen = {{ subject = "{"a" * 40}" }}\n'
    (person,) = read(text).all()
    assert (person.life, person.citizen.subject) == (None, "a" * 40)
    assert any("has no life" in line for line in problems_of(f"{text}life = [{ENROLLED}]"))


def test_a_second_account_needs_a_moment_that_opens_it() -> None:
    first = PUPIL + 'user_name = "noor.one"\n'
    second = '[[people]]\nuser_name = "noor.two"\nsame_pupil_as = "noor.one"\naccount = "two"\n'
    assert any("never opens account 'two'" in line for line in problems_of(first + second))
    life = 'life = [{ on = -5, is = "account-opened", account = "two" }]\n'
    one, two = read(first + life + second).all()
    assert one.life == two.life


def test_numbers_are_of_the_birth_date_and_nobodys() -> None:
    (person,) = read(PUPIL).all()
    assert person.life.insz(Number.RRN)[:9] == "130201000"
    assert "13020100" not in repr(person)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        (-30, date(2026, 10, 24)),
        ("2024-02-29", date(2024, 2, 29)),
        ("school-year", date(2026, 9, 1)),
        ("school-year+1", date(2027, 9, 1)),
        ("school-year-1", date(2025, 9, 1)),
        ("school-year-62d", date(2026, 7, 1)),
        ("school-year+1-1d", date(2027, 8, 31)),
    ],
)
def test_days_are_written_in_three_ways(written: int | str, day: date) -> None:
    assert day_of(written, TODAY) == day


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_every_day_lies_in_its_school_year(day: date) -> None:
    begin = school_year_of(day)
    assert date(begin, 9, 1) <= day < date(begin + 1, 9, 1)


VALUES: Any = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from(["700202", "left", "identified", ""]),
    st.lists(st.fixed_dictionaries({"on": st.integers(), "is": st.sampled_from(["left", "moved", "?"])}), max_size=3),
)


@given(st.dictionaries(st.sampled_from(["family_name", "life", "birth", "citizen", "number", "on"]), VALUES))
def test_whatever_is_written_there_are_problems_and_no_crash(row: dict[str, Any]) -> None:
    with pytest.raises(ProblemsError):
        validated(PeopleFile, {"people": [{**row, "shoe_size": 38}]}, "people.toml")


@given(st.text(max_size=60))
def test_any_text_is_told_what_is_wrong_with_it(text: str) -> None:
    with pytest.raises(ProblemsError):
        read_people(text, "people.toml", anchor=TODAY)
