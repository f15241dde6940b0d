"""The personas as people: the same on every run, found by name, and every problem of their file at once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from mock_idp.domain.people.personas import FILE, read_personas
from mock_idp.domain.problems import ProblemsError

if TYPE_CHECKING:
    from mock_idp.domain.people.personas import Persona


TODAY = date(2026, 11, 23)


def test_people_are_the_same_on_every_run() -> None:
    known = read_personas(anchor=TODAY).get("secondary-pupil")
    assert (known.user_name, known.password) == ("noah.wouters45", "egel9473")


def test_another_day_gives_the_same_people() -> None:
    one, other = (read_personas(anchor=each).all() for each in (TODAY, date(2030, 1, 1)))
    assert [(each.slug, each.user_name, each.password) for each in one] == [
        (each.slug, each.user_name, each.password) for each in other
    ]


def test_another_seed_gives_other_passwords_and_the_same_user_names() -> None:
    one, other = read_personas(anchor=TODAY, seed=1).all(), read_personas(anchor=TODAY, seed=2).all()
    assert [each.user_name for each in one] == [each.user_name for each in other]
    assert [each.password for each in one] != [each.password for each in other]


@pytest.mark.parametrize("persona", read_personas(anchor=TODAY).all(), ids=lambda persona: persona.slug)
def test_user_names_and_passwords_have_the_form_of_leerid(persona: Persona) -> None:
    assert persona.user_name.isascii()
    assert persona.user_name == persona.user_name.lower()
    assert persona.user_name[-2:].isdigit()
    assert persona.password.rstrip("0123456789").isalpha()
    assert persona.password[-4:].isdigit()


def test_a_user_name_finds_its_person_in_any_case() -> None:
    personas = read_personas(anchor=TODAY)
    known = personas.get("mononym")
    assert personas.find(f" {known.user_name.upper()} ") == known.person
    assert personas.find("nobody") is None


@pytest.mark.parametrize(
    ("password", "is_right"), [("egel9473", True), (" egel9473 ", True), ("egel9474", False), ("", False)]
)
def test_only_the_password_opens_the_account(password: str, is_right: bool) -> None:  # noqa: FBT001  a table
    assert read_personas(anchor=TODAY).get("secondary-pupil").person.has_password(password) == is_right


def test_two_accounts_of_one_pupil_share_a_life() -> None:
    personas = read_personas(anchor=TODAY)
    one, other = (personas.get(f"two-accounts-{each}").person for each in ("first", "second"))
    assert one.life == other.life
    assert one.account != other.account
    assert one.user_name != other.user_name


def problems_of(text: str) -> Any:
    with pytest.raises(ProblemsError) as caught:
        read_personas(anchor=TODAY, text=text)
    return [problem.line for problem in caught.value.problems]


def test_all_problems_between_rows_are_told_at_once() -> None:
    text = FILE.read_text("utf-8").replace('school = "700202"', 'school = "700222"', 1)
    text = text.replace('group = "9002', 'group = "9092', 1).replace('slug = "no-email"', 'slug = "mononym"')
    lines = problems_of(text)
    assert any("no school '700222'. Did you mean '700202'?" in line for line in lines)
    assert any("There is no group '9092" in line for line in lines)
    assert any("mononym: This name belongs to 2 people" in line for line in lines)


def test_a_misspelt_member_gets_a_hint_and_its_key() -> None:
    lines = problems_of(FILE.read_text("utf-8").replace("stamnummer =", "stammnummer =", 1))
    assert any("personas[0].life[0].enrolled.stammnummer" in line and "'stamnummer'" in line for line in lines)


def test_a_file_that_is_no_toml_is_told() -> None:
    assert "not TOML" in problems_of("[[personas]\n")[0]
