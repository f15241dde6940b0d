"""Everybody, searched by the command."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from students_command import found, on_terminal, run

from mock_idp.cli import main
from mock_idp.domain.population import Query, Situation

if TYPE_CHECKING:
    from pathlib import Path

    from mock_idp.cli.students.everybody import Everybody

PEOPLE = """
[[people]]
user_name = "zelda.link99"
given_name = "Zelda"
family_name = "Link"
birth = { day = "01", month = "02", year = "2014" }
sex = "f"
number = "bis"
life = [{ on = "school-year", is = "enrolled", school = "700202", stamnummer = "0600001", group = "900301" }]

[[people]]
user_name = "noah.wouters45"
password = "another1234"
given_name = "Noa"
family_name = "Wouters"
birth = { day = "01", month = "02", year = "2014" }
sex = "f"
"""


@pytest.fixture
def people(tmp_path: Path) -> Path:
    file = tmp_path / "people.toml"
    file.write_text(PEOPLE, "utf-8")
    return file


def test_a_persona_is_found_before_the_crowd() -> None:
    people = found("lotte", "peeters")
    assert people[0]["persona"] == "primary-pupil"
    assert people[1]["persona"] is None
    assert all(each["given_name"].startswith("Lotte") for each in people)


@pytest.mark.parametrize(
    "words", [["primary-pupil"], ["P01"], ["LOTTE", "Pee"], ["lotte.peeters87"], ["lotte.peeters8"]]
)
def test_a_persona_is_found_by_slug_id_name_and_user_name(words: list[str]) -> None:
    assert found(*words)[0]["user_name"] == "lotte.peeters87"


def test_a_whole_user_name_finds_nobody_else() -> None:
    assert [each["user_name"] for each in found("lotte.peeters87")] == ["lotte.peeters87"]


def test_accents_do_not_matter() -> None:
    assert "diacritics" in {each["persona"] for each in found("zoe", "agnes")}


def test_all_words_must_fit() -> None:
    assert found("lotte", "wouters", "blauwe") == []


def test_a_school_narrows_the_search_down(everybody: Everybody) -> None:
    of_crowd = {each["user_name"] for each in found("--school", "000007", "--limit", "100") if each["persona"] is None}
    assert len(of_crowd) > 50
    assert of_crowd <= {name for each in everybody.crowd.pupils_of("000007") for name in each.user_names}


def test_schools_are_found_by_words_of_their_names() -> None:
    assert {"000007"} <= {each["number"] for person in found("eerste", "oefenschool") for each in person["schools"]}


@pytest.mark.parametrize("situation", list(Situation))
def test_situations_find_crowd_and_personas_alike(situation: Situation, everybody: Everybody) -> None:
    people = everybody.search(Query(situation=situation), limit=200).found
    assert all(situation in each.situations for each in people)
    assert {each.persona is None for each in people} == {True, False}


@pytest.mark.parametrize(
    ("slug", "situation"),
    [
        ("not-identified", Situation.NOT_IDENTIFIED),
        ("identified-since", Situation.IDENTIFIED_SINCE),
        ("bis-number", Situation.BIS_NUMBER),
        ("two-accounts-second", Situation.TWO_ACCOUNTS),
        ("two-schools-one-partner", Situation.TWO_SCHOOLS),
        ("moved-between-partners", Situation.MOVED),
        ("enrolment-ended", Situation.ENDED),
        ("no-email", Situation.NO_EMAIL),
        ("secondary-pupil", Situation.ORDINARY),
    ],
)
def test_situations_of_personas_are_those_of_their_lives(slug: str, situation: Situation, everybody: Everybody) -> None:
    seen = everybody.look_up(slug)
    assert seen is not None
    assert situation in seen.situations


def test_people_who_are_no_pupils_are_found_by_name_alone() -> None:
    assert found("katrien", "acker")[0]["schools"] == []
    assert "teacher" not in {each["persona"] for each in found("--situation", "ordinary")}


def test_more_people_than_are_listed_are_told() -> None:
    done = run("search", "peeters", "--limit", "2")
    assert len(done.stdout.splitlines()) == 3
    assert "there are more" in done.stderr
    assert json.loads(run("search", "peeters", "--limit", "2", "--json").stdout)["is_more"] is True


def test_an_end_of_the_list_is_told_as_well() -> None:
    assert "1 found" in run("search", "lotte.peeters87").stderr
    assert json.loads(run("search", "lotte.peeters87", "--json").stdout)["is_more"] is False


def test_finding_nobody_is_no_error_but_told() -> None:
    done = run("search", "qqqqq")
    assert "Nobody is like that" in done.stderr
    assert len(done.stdout.splitlines()) == 1


def test_a_pipe_gets_columns_with_tabs() -> None:
    header, line = run("search", "lotte.peeters87").stdout.splitlines()
    row = dict(zip(header.split("\t"), line.split("\t"), strict=True))
    assert row["user name"] == "lotte.peeters87"
    assert row["password"] == "gitaar4631"
    assert row["name"] == "Lotte Peeters"
    assert row["born"] == "07/03/2016"
    assert row["school"] == "700101 Testbasisschool De Gele Giraf"
    assert row["shows"] == "primary-pupil"


def test_a_terminal_gets_a_table() -> None:
    told = on_terminal("search", "lotte.peeters87")
    assert "─" in told
    assert "\t" not in told
    assert "gitaar4631" in told


def test_people_of_a_file_are_found_and_hide_personas_of_the_same_user_name(people: Path) -> None:
    assert [each["user_name"] for each in found("zelda", "--people", str(people))] == ["zelda.link99"]
    (noah,) = found("noah.wouters45", "--people", str(people))
    assert (noah["given_name"], noah["persona"], noah["password"]) == ("Noa", None, "another1234")


def test_problems_of_a_people_file_are_told(tmp_path: Path) -> None:
    file = tmp_path / "people.toml"
    file.write_text(PEOPLE.replace("900301", "900399").replace('sex = "f"', 'sexe = "f"'), "utf-8")
    told = run("search", "zelda", "--people", str(file), code=2).stderr
    assert f"{file}: people[0].sexe" in told
    assert "Did you mean 'sex'?" in told


def test_an_unknown_school_is_told_with_the_nearest() -> None:
    assert "Did you mean '700202'?" in run("search", "--school", "70020", code=2).stderr
    assert "students search NAME" in run("search", "--school", "Walvis", code=2).stderr


@pytest.mark.parametrize(
    "options", [["--situation", "sick"], ["--limit", "0"], ["--limit", "x"], ["--seed", "x"], ["--today", "tomorrow"]]
)
def test_wrong_options_are_refused(options: list[str]) -> None:
    done = CliRunner().invoke(main, ["students", "search", "lotte", *options])
    assert done.exit_code == 2
    assert options[0] in done.stderr


def test_another_seed_is_another_crowd() -> None:
    assert found("--school", "700202", "--limit", "999") != found("--school", "700202", "--limit", "999", "--seed", "1")
