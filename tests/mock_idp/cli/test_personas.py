"""The personas as the command lists them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from mock_idp.cli import main
from mock_idp.cli.personas import TITLES, remarks
from mock_idp.domain.people.personas import Group, read_personas

PAGE = Path(__file__).parents[3] / "docs" / "personas.md"


def run(*arguments: str, code: int = 0) -> Any:
    done = CliRunner().invoke(main, ["personas", *arguments])
    assert done.exit_code == code, done.output
    return done


def listed(*arguments: str) -> Any:
    return json.loads(run("--json", *arguments).stdout)


def test_programs_are_told_everything() -> None:
    persona = next(each for each in listed() if each["slug"] == "secondary-pupil")
    assert {"id": "P02", "group": "everyday", "user_name": "noah.wouters45", "password": "egel9473"}.items() <= (
        persona.items()
    )
    assert persona["title"] == "Leerling secundair onderwijs"
    assert persona["title_en"] == "Pupil in secondary school"
    assert persona["proves"]
    assert persona["requirements"]
    assert persona["visits"] == [0]
    assert persona["suggests"] == []
    assert persona["schools"] == ["Testcollege De Blauwe Walvis"]


def test_every_user_name_can_be_taken_from_the_json() -> None:
    names = [each["user_name"] for each in listed()]
    assert len(set(names)) == len(names) > 76


def test_the_seed_makes_the_passwords() -> None:
    assert [each["password"] for each in listed()] != [each["password"] for each in listed("--seed", "7")]


def test_one_group_can_be_listed() -> None:
    of_identity = listed("--group", "identity")
    assert {each["group"] for each in of_identity} == {"identity"}
    assert len(of_identity) < len(listed())


def test_an_unknown_group_is_told_with_the_known_ones() -> None:
    assert "'identity'" in run("--group", "identities", code=2).stderr


def test_people_read_who_can_sign_in_and_what_it_shows() -> None:
    told = run().stdout
    for words in ("P02", "secondary-pupil", "noah.wouters45", "egel9473", "Pupil in secondary school"):
        assert words in told
    assert all(title in told for title in TITLES.values())
    assert f"{len(listed())} invented persons" in told


def test_titles_are_told_in_dutch_when_asked() -> None:
    told = run("--language", "nl").stdout
    assert "Leerling secundair onderwijs" in told
    assert "Pupil in secondary school" not in told


def test_every_group_has_a_title() -> None:
    assert set(TITLES) == set(Group)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, []),
        ({"visits": (-60, 0)}, ["Sign in 60 days ago, then today."]),
        ({"visits": (0, 0)}, ["Sign in today, then today again."]),
        ({"visits": (-1, 1)}, ["Sign in 1 day ago, then in 1 day."]),
        ({"suggests": ("id-token.extra-claims",)}, ["Arm id-token.extra-claims."]),
    ],
)
def test_what_to_do_first_is_told(changed: dict[str, Any], told: list[str]) -> None:
    persona = read_personas(anchor=date(2026, 11, 23)).get("primary-pupil")
    assert persona is not None
    assert list(remarks(replace(persona, **changed))) == told


def test_what_always_holds_is_told() -> None:
    assert "Always: claims.leer-id-missing." in run().stdout


def test_the_page_is_up_to_date() -> None:
    assert run("--markdown").stdout == PAGE.read_text("utf-8"), "leerid-idp personas --markdown > docs/personas.md"


def test_the_page_lists_everybody_once_with_requirements() -> None:
    page = PAGE.read_text("utf-8")
    for each in listed():
        assert page.count(f"| {each['id']} | `{each['slug']}` |") == 1
        assert ", ".join(each["requirements"]) in page


def test_two_forms_at_once_are_refused() -> None:
    assert "exclude each other" in run("--json", "--markdown", code=2).stderr


def test_help_teaches_by_example() -> None:
    assert "jq -r '.[].user_name'" in run("--help").stdout
