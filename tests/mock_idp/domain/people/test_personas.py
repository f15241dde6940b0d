"""The personas file: the same people on every run, and all its problems at once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from mock_idp.domain.people.personas import FILE, read_personas
from mock_idp.domain.problems import ProblemsError

if TYPE_CHECKING:
    from mock_idp.domain.people.personas import Persona


TODAY = date(2026, 11, 23)

EVERYBODY = [
    "primary-pupil",
    "secondary-pupil",
    "no-email",
    "not-identified",
    "identified-since",
    "two-accounts-first",
    "two-accounts-second",
    "identified-no-history",
    "bis-number",
    "no-enrolment",
    "enrolment-ended",
    "enrolment-future",
    "two-schools-one-partner",
    "school-without-agreement",
    "agreement-ended",
    "leading-zeros",
    "diacritics",
    "namesake-one",
    "namesake-two",
    "twin-one",
    "twin-two",
    "mononym",
    "birth-year-only",
    "teacher",
]


def test_everybody_is_there() -> None:
    assert [persona.slug for persona in read_personas(anchor=TODAY).all()] == EVERYBODY


def test_people_are_the_same_on_every_run() -> None:
    known = read_personas(anchor=TODAY).get("secondary-pupil")
    assert (known.user_name, known.password) == ("noah.wouters45", "egel9473")
    assert read_personas(anchor=TODAY).all() == read_personas(anchor=date(2030, 1, 1)).all()


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


def test_credentials_find_their_persona() -> None:
    personas = read_personas(anchor=TODAY)
    known = personas.get("mononym")
    assert personas.with_credentials(f" {known.user_name.upper()} ", known.password) == known


@pytest.mark.parametrize(("user_name", "password"), [("noah.wouters45", "egel9474"), ("nobody", ""), ("", "")])
def test_wrong_credentials_find_nobody(user_name: str, password: str) -> None:
    assert read_personas(anchor=TODAY).with_credentials(user_name, password) is None


def problems_of(text: str) -> Any:
    with pytest.raises(ProblemsError) as caught:
        read_personas(anchor=TODAY, text=text)
    return caught.value.problems


def test_all_problems_between_rows_are_told_at_once() -> None:
    text = FILE.read_text("utf-8")
    broken = text.replace('school = "700202"', 'school = "7002020"', 1).replace(
        'group = "900204"', 'group = "900205"', 1
    )
    lines = [problem.line for problem in problems_of(broken.replace('slug = "no-email"', 'slug = "mononym"'))]
    assert any("no school '7002020'. Did you mean '700202'?" in line for line in lines)
    assert any("no group '900205'" in line for line in lines)
    assert any("The slug 'mononym' belongs to 2 personas" in line for line in lines)


def test_a_misspelt_member_gets_a_hint_and_its_key() -> None:
    broken = FILE.read_text("utf-8").replace("hoofdstructuur =", "hoofdstruktuur =", 1)
    lines = [problem.line for problem in problems_of(broken)]
    assert any("personas[0].enrolments[0].hoofdstruktuur" in line and "'hoofdstructuur'" in line for line in lines)


def test_a_file_that_is_no_toml_is_told() -> None:
    assert "not TOML" in problems_of("[[personas]\n")[0].message


def test_an_identified_pupil_needs_a_number() -> None:
    broken = FILE.read_text("utf-8").replace('number = "none"', 'number = "rrn"')
    assert "disagree" in problems_of(broken)[0].message
