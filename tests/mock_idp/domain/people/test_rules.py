"""What must hold between the members of a document of people: told of the member, all at once."""

from __future__ import annotations

from datetime import date

import pytest

from mock_idp.domain.leerid import student_of
from mock_idp.domain.people.book import Book, read_people
from mock_idp.domain.problems import ProblemsError

ANCHOR = date(2026, 11, 23)
HEAD = """
[[people]]
user_name = "sam.test10"
family_name = "Test"
birth = { day = "23", month = "01", year = "2013" }
sex = "m"
account = "a"
life = [
  { on = -90, is = "account-opened", account = "b" },
  { on = -90, is = "account-opened", account = "c" },
"""


def read(*moments: str) -> Book:
    return read_people(f"{HEAD}{''.join(f'  {each},' for each in moments)}\n]\n", "people.toml", anchor=ANCHOR)


def problems(*moments: str) -> list[str]:
    with pytest.raises(ProblemsError) as caught:
        read(*moments)
    return [each.line for each in caught.value.problems]


def test_a_problem_names_the_member() -> None:
    told = problems(
        '{ on = 0, is = "left", school = "700209" }',
        '{ on = 0, is = "moved", to = "700101", from = "700201", stamnummer = "2500215", group = "900999" }',
        '{ on = 0, is = "account-blocked", account = "d" }',
    )

    assert [each.split(": ")[1:3] for each in told] == [
        ["people[0] (sam.test10)", "life[2].school"],
        ["people[0] (sam.test10)", "life[3].from"],
        ["people[0] (sam.test10)", "life[3].group"],
        ["people[0] (sam.test10)", "life[4].account"],
    ]


@pytest.mark.parametrize(
    "merges",
    [[("a", "a")], [("a", "b"), ("b", "a")], [("a", "b"), ("b", "c"), ("c", "a")]],
    ids=["itself", "each other", "in a circle"],
)
def test_an_account_that_goes_up_in_itself_is_told(merges: list[tuple[str, str]]) -> None:
    told = problems(*(f'{{ on = 0, is = "accounts-merged", account = "{a}", into = "{b}" }}' for a, b in merges))

    assert "goes up in itself" in told[0]
    assert f"life[{1 + len(merges)}].into" in told[0]


def test_merges_in_a_row_lead_to_the_account_that_stays() -> None:
    book = read(
        '{ on = -3, is = "accounts-merged", account = "a", into = "b" }',
        '{ on = -2, is = "accounts-merged", account = "b", into = "c" }',
    )

    (person,) = book.all()
    assert person.life
    account = student_of(person.life, day=ANCHOR).account("a")
    assert account
    assert account.label == "c"


def test_nothing_happens_to_an_account_before_it_is_opened() -> None:
    (person,) = read('{ on = -100, is = "account-replaced", account = "b" }').all()

    assert person.life
    assert [each.label for each in student_of(person.life, day=ANCHOR).accounts.by_label.values()] == ["a", "b", "c"]
    assert student_of(person.life, day=ANCHOR).accounts.by_label["b"].replaced == 0


@pytest.mark.parametrize("day", ['"0001-01-01"', '"9999-12-31"', "40000"])
def test_a_day_that_no_register_can_hold_is_told(day: str) -> None:
    assert "life[2]" in problems(f'{{ on = {day}, is = "left" }}')[0]
