"""What stands in an export."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from excel_file import TEXT, cells_in
from students_command import ANCHOR, on_terminal, run, shown

from mock_idp.cli.students.everybody import Everybody
from mock_idp.domain.discimus import schools
from mock_idp.domain.insz import Number
from mock_idp.domain.people.export import FURTHER_COLUMNS, SCHOOL_COLUMNS, lines_of
from mock_idp.domain.people.personas import read_personas
from mock_idp.domain.population import Query, Situation
from mock_idp.domain.population.export import settled_row

if TYPE_CHECKING:
    from pathlib import Path

HEADERS = [
    *("Achternaam", "Voornaam", "Stamnummer", "Administratieve groep"),
    *("LeerID Gebruikersnaam", "LeerID Wachtwoord"),
]
SCHOOL_DAYS = [date(2026, 9, 1), ANCHOR, date(2027, 8, 31)]


def rows(*arguments: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run("export", *arguments).stdout)))


def documents(*arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run("export", "--format", "jsonl", *arguments).stdout.splitlines()]


# Lines and columns ---------------------------------------------------------------------------------------------------


def test_the_headers_are_those_of_the_real_export() -> None:
    assert list(SCHOOL_COLUMNS) == HEADERS
    assert run("export", "--school", "700202", "--limit", "1").stdout.splitlines()[0] == ",".join(HEADERS)


def test_a_line_says_what_a_school_hands_out() -> None:
    assert rows("--school", "700202")[0] == {
        "Achternaam": "Wouters",
        "Voornaam": "Noah",
        "Stamnummer": "2400318",
        "Administratieve groep": "1e lj 2e graad ASO (fictief)",
        "LeerID Gebruikersnaam": "noah.wouters45",
        "LeerID Wachtwoord": "egel9473",
    }


def test_numbers_keep_their_leading_zeros() -> None:
    lines = rows("--limit", "100", "--columns", "all")
    stamnummers = {each["Stamnummer"] for each in lines}
    assert {len(each) for each in stamnummers} == {7}
    assert any(each.startswith("0") for each in stamnummers)
    assert "000007" in {each["Instellingsnummer"] for each in lines}


def test_the_file_of_a_school_has_everybody_who_is_enrolled_there_on_that_day(everybody: Everybody) -> None:
    exported = {each["LeerID Gebruikersnaam"] for each in rows("--school", "000007")}
    all_year = everybody.search(Query(school="000007"), limit=999).found
    holding = {each.person.user_name for each in all_year if any(lines_of(each.person, ANCHOR, "000007"))}
    assert holding <= exported
    assert len(holding) < len(all_year)
    for name in exported:
        person = everybody.find(name)
        assert person is not None
        assert [line.enrolment.instellingsnummer for line in lines_of(person, ANCHOR, "000007")] == ["000007"]


def test_whoever_has_two_enrolments_stands_in_the_files_of_both_schools(everybody: Everybody) -> None:
    pupil = everybody.crowd.search(Query(situation=Situation.TWO_SCHOOLS), limit=1).pupils[0]
    assert pupil.second_school is not None
    first, second = (
        {each["LeerID Gebruikersnaam"]: each["Stamnummer"] for each in rows("--school", number)}
        for number in (pupil.school.number, pupil.second_school.number)
    )
    assert first[pupil.user_name] != second[pupil.user_name]


def test_whoever_has_two_accounts_has_two_lines(everybody: Everybody) -> None:
    pupil = everybody.crowd.search(Query(situation=Situation.TWO_ACCOUNTS), limit=1).pupils[0]
    names = [each["LeerID Gebruikersnaam"] for each in rows("--school", pupil.school.number)]
    assert all(names.count(each) == 1 for each in pupil.user_names)


def test_whoever_has_left_stands_in_no_file(everybody: Everybody) -> None:
    pupil = everybody.crowd.search(Query(situation=Situation.ENDED), limit=1).pupils[0]
    assert pupil.user_name not in {each["LeerID Gebruikersnaam"] for each in rows("--school", pupil.school.number)}


def test_whoever_was_not_handed_out_an_account_stands_in_no_file() -> None:
    facts = shown("account-withheld")["facts"]
    (enrolment,) = [each for each in facts["enrolments"] if each["holds"]]
    assert facts["account_state"] == "withheld"
    school = enrolment["instellingsnummer"]
    assert facts["user_name"] not in {each["LeerID Gebruikersnaam"] for each in rows("--school", school)}
    assert facts["user_name"] in {each["user_name"] for each in documents("--limit", "100")}


def test_people_who_are_no_pupils_stand_in_no_file() -> None:
    teacher = shown("teacher")["user_name"]
    assert teacher not in {each["user_name"] for each in documents("--limit", "100")}
    assert teacher not in {each["LeerID Gebruikersnaam"] for each in rows("--limit", "100")}


@pytest.mark.parametrize("situation", list(Situation))
def test_only_those_of_a_situation_are_exported(situation: Situation, everybody: Everybody) -> None:
    exported = documents("--situation", situation.value, "--limit", "30")
    assert len(exported) == 30
    for each in exported:
        pupil = everybody.crowd.by_user_name(each["user_name"])
        seen = everybody.look_up(each["user_name"])
        assert seen is not None
        assert situation in (pupil or seen).situations


@pytest.mark.parametrize("day", SCHOOL_DAYS)
def test_the_short_way_to_a_line_and_the_life_say_the_same(day: date, everybody: Everybody) -> None:
    crowd = everybody.crowd
    pupils = [crowd.pupil(index) for index in range(0, len(crowd), 3989)]
    pupils += [each for situation in Situation for each in crowd.search(Query(situation=situation), limit=20).pupils]
    short = {each.user_name: row for each in pupils if (row := settled_row(each, crowd.password(each.user_name)))}
    for pupil in pupils:
        lines = lines_of(crowd.person(pupil), day)
        if pupil.user_name in short:
            told = [tuple(read(line) for read in SCHOOL_COLUMNS.values()) for line in lines]
            assert told == [short[pupil.user_name]]
    assert 300 < len(short) < len(pupils)


def test_the_same_seed_makes_the_same_file() -> None:
    assert run("export", "--limit", "300").stdout == run("export", "--limit", "300").stdout
    assert run("export", "--limit", "300").stdout != run("export", "--limit", "300", "--seed", "1").stdout


def test_a_limit_counts_lines() -> None:
    done = run("export", "--limit", "120")
    assert len(done.stdout.splitlines()) == 121
    assert "120 lines." in done.stderr


# JSON Lines ----------------------------------------------------------------------------------------------------------


def test_json_lines_hold_everything_about_a_pupil_on_that_day() -> None:
    assert documents("--limit", "1")[0] == shown("primary-pupil")["facts"]
    assert documents("--limit", "1")[0] == {
        "user_name": "lotte.peeters87",
        "password": "gitaar4631",
        "day": "2026-11-23",
        "given_name": "Lotte",
        "family_name": "Peeters",
        "birth": {"day": "07", "month": "03", "year": "2016"},
        "sex": "f",
        "number": "rrn",
        "email": "lotte.peeters@leerling.example",
        "account_uuid": "6cda2c35-4b01-4d51-97f3-3c3291ee9a99",
        "account_state": "active",
        "leer_id_uuid": "18619c1e-d1ae-49a2-acfb-c8da479840c0",
        "history": [],
        "accounts": [{"label": "primary-pupil", "uuid": "6cda2c35-4b01-4d51-97f3-3c3291ee9a99"}],
        "enrolments": [
            {
                "instellingsnummer": "700101",
                "school_name": "Testbasisschool De Gele Giraf",
                "stamnummer": "2300042",
                "administratieve_groep_code": "900205",
                "administratieve_groep_omschrijving": "5de leerjaar (fictief)",
                "hoofdstructuur": "211",
                "starts_on": "2023-09-01",
                "ends_on": None,
                "holds": True,
            }
        ],
        "circumstances": [],
    }


def test_circumstances_of_a_persona_are_met_in_json_lines() -> None:
    exported = {each["user_name"]: each for each in documents("--limit", "100")}
    for persona in read_personas(anchor=ANCHOR).all():
        if persona.circumstances and persona.person.life:
            assert exported[persona.user_name] == shown(persona.slug)["facts"]


def test_no_export_holds_a_national_number() -> None:
    told = "".join(run("export", form, "--limit", "300").stdout for form in ("--format=jsonl", "--columns=all"))
    for persona in read_personas(anchor=ANCHOR).all():
        life = persona.person.life
        assert not life or not any(insz in told for number in Number if (insz := life.insz(number)))


# Excel ---------------------------------------------------------------------------------------------------------------


def test_the_excel_file_of_a_school_says_what_the_csv_says(tmp_path: Path) -> None:
    file = tmp_path / "700202.xlsx"
    run("export", "--school", "700202", "--out", str(file))
    header, *lines = [[cell.value for cell in row] for row in cells_in(file.read_bytes())]
    assert header == HEADERS
    assert [dict(zip(HEADERS, line, strict=True)) for line in lines] == rows("--school", "700202")


def test_every_cell_of_the_excel_file_is_text(tmp_path: Path) -> None:
    file = tmp_path / "000007.xlsx"
    run("export", "--school", "000007", "--columns", "all", "--out", str(file))
    header, *lines = cells_in(file.read_bytes())
    assert [cell.value for cell in header] == [*SCHOOL_COLUMNS, *FURTHER_COLUMNS]
    assert {cell.kind for line in lines for cell in line} == {"text"}
    assert {cell.number_format for line in lines for cell in line} == {TEXT}
    assert "000007" in {cell.value for line in lines for cell in line}


def test_the_same_pupils_make_the_same_excel_file(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("one.xlsx", "two.xlsx")]
    for file in files:
        run("export", "--school", "000007", "--out", str(file))
    assert files[0].read_bytes() == files[1].read_bytes()


def test_an_excel_file_can_go_into_a_pipe() -> None:
    piped = run("export", "--school", "000007", "--format", "xlsx").stdout_bytes
    assert len(cells_in(piped)) == 1 + len(rows("--school", "000007"))


def test_an_excel_file_is_that_of_one_school() -> None:
    assert "Add --school NUMBER" in run("export", "--format", "xlsx", code=2).stderr


def test_all_reasons_against_an_export_are_told_at_once(tmp_path: Path) -> None:
    told = on_terminal("export", "--format", "xlsx", code=2)
    assert "Add --school NUMBER" in told
    assert "Add --out FILE" in told
    assert "it holds everything" in run("export", "--columns", "all", "--out", str(tmp_path / "a.jsonl"), code=2).stderr


# Reading it back -----------------------------------------------------------------------------------------------------


def test_the_csv_of_a_school_can_be_read_as_a_people_file(tmp_path: Path) -> None:
    file = tmp_path / "school.csv"
    run("export", "--school", "000007", "--columns", "all", "--out", str(file))
    again = tmp_path / "again.csv"
    run("export", "--school", "000007", "--columns", "all", "--people", str(file), "--out", str(again))
    before, after = (csv.DictReader(io.StringIO(each.read_text("utf-8"))) for each in (file, again))
    assert sorted(map(_known, before)) == sorted(map(_known, after))


def _known(line: dict[str, str]) -> tuple[str, ...]:
    """Return what the file tells of somebody; the sex of the crowd is not told."""
    return tuple(value for name, value in line.items() if name != "Geslacht")


def test_the_file_that_schools_get_can_be_read_as_well(tmp_path: Path) -> None:
    file = tmp_path / "000007.csv"
    run("export", "--school", "000007", "--out", str(file))
    people = Everybody(seed=0, today=ANCHOR, people_file=file)
    for each in rows("--school", "000007"):
        person = people.find(each["LeerID Gebruikersnaam"])
        assert person is not None
        assert person.has_password(each["LeerID Wachtwoord"])
        (line,) = lines_of(person, ANCHOR, "000007")
        assert line.enrolment.stamnummer == each["Stamnummer"]
        assert line.enrolment.administratieve_groep_omschrijving == each["Administratieve groep"]


def test_schools_of_the_mock_can_all_be_exported(everybody: Everybody) -> None:
    for number in schools():
        assert number in everybody.schools
        run("export", "--school", number, "--limit", "1")


def test_an_unknown_school_is_told_with_the_nearest() -> None:
    assert "Did you mean '700202'?" in run("export", "--school", "70020", code=2).stderr
