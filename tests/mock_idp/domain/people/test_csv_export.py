"""A school's export as CSV becomes people, or every reason why it cannot."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mock_idp.domain.discimus import Enrolled, Left
from mock_idp.domain.insz import Number
from mock_idp.domain.people.book import Book, book_of
from mock_idp.domain.people.csv_cells import ALSO, CELLS
from mock_idp.domain.people.csv_export import Export, document_in
from mock_idp.domain.people.export import FURTHER_COLUMNS, SCHOOL_COLUMNS, lines_of
from mock_idp.domain.people.personas import read_personas
from mock_idp.domain.population import Population, Query, Situation
from mock_idp.domain.problems import ProblemsError

if TYPE_CHECKING:
    from mock_idp.domain.people.person import Person

ANCHOR = date(2026, 11, 23)
HEADER = "Achternaam,Voornaam,Stamnummer,Administratieve groep,LeerID Gebruikersnaam,LeerID Wachtwoord"
ROW = "Peeters,Noor,2500214,1e lj A (fictief),noor.peeters12,beer1234"


def read(text: str | bytes, file: str = "700101.csv") -> Export:
    return document_in(text.encode() if isinstance(text, str) else text, file)


def book(text: str | bytes, file: str = "700101.csv") -> Book:
    return book_of(read(text, file).document, file, anchor=ANCHOR)


def person(text: str | bytes, file: str = "700101.csv") -> Person:
    (only,) = book(text, file).all()
    return only


def problems(text: str | bytes, file: str = "700101.csv") -> list[str]:
    with pytest.raises(ProblemsError) as caught:
        read(text, file)
    return [each.line for each in caught.value.problems]


def enrolments(someone: Person) -> list[Enrolled]:
    assert someone.life
    return [each for each in someone.life.moments if isinstance(each, Enrolled)]


# What is read --------------------------------------------------------------------------------------------------------


def test_the_real_export_becomes_people() -> None:
    noor = person(f"{HEADER}\n{ROW}\n")

    (enrolled,) = enrolments(noor)
    assert (noor.user_name, noor.password, noor.full_name) == ("noor.peeters12", "beer1234", "Noor Peeters")
    assert (enrolled.school.number, enrolled.stamnummer, enrolled.group.code) == ("700101", "2500214", "900301")
    assert (enrolled.hoofdstructuur, enrolled.on) == ("311", date(2026, 9, 1))


def test_only_a_family_name_is_needed() -> None:
    someone = person("Achternaam\nTestleerling\n")

    assert someone.life
    assert someone.user_name.startswith("testleerling")
    assert (someone.life.birth.day, someone.life.birth.month, someone.life.birth.year) == ("00", "00", "0000")
    assert someone.life.number == Number.RRN


def test_everything_that_is_filled_in_is_told() -> None:
    notes = "\n".join(read("Achternaam\nTestleerling\n").notes)

    for column in set(CELLS) - {"Achternaam", "Voornaam", "Instelling", "Einddatum", "E-mailadres", "Soort nummer"}:
        if column != "Administratieve groep code":
            assert f"{column} is missing on every line" in notes


def test_nothing_is_told_of_what_is_there() -> None:
    full = (
        "Achternaam,LeerID Gebruikersnaam,LeerID Wachtwoord,Geboortedatum,Geslacht,Geïdentificeerd,Stamnummer,"
        "Instellingsnummer,Administratieve groep,Hoofdstructuur,Begindatum\n"
        "Peeters,noor.peeters12,beer1234,7/3/2013,V,nee,2500214,700202,1e lj A (fictief),311,1/9/2025\n"
    )

    assert read(full, "klas.csv").notes == ()
    assert person(full, "klas.csv").life.number == Number.NONE  # type: ignore[union-attr]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_delimiter_encoding_and_end_of_line_is_read(delimiter: str, encoding: str, newline: str) -> None:
    rows = ["Achternaam,Voornaam", "Crèvecœur,Zoë", '"De Smet",Jérôme']
    text = newline.join(row.replace(",", delimiter) for row in rows)

    assert [each.full_name for each in book(text.encode(encoding)).all()] == ["Zoë Crèvecœur", "Jérôme De Smet"]


@pytest.mark.parametrize("above", [0, 1, 4])
def test_the_header_is_found_within_the_first_five_rows(above: int) -> None:
    assert person("Leerlingen van de school\n" * above + "Achternaam;Voornaam\nPeeters;Noor\n").given_name == "Noor"


def test_the_header_is_not_looked_for_further_down() -> None:
    assert "No header in the first 5 rows" in problems("Leerlingen\n" * 5 + "Achternaam;Voornaam\nPeeters;Noor\n")[0]


@pytest.mark.parametrize("header", ["ACHTERNAAM", " achternaam ", "Achternaam"])
def test_headers_are_read_whatever_their_capitals_and_spaces(header: str) -> None:
    assert person(f"{header};e-mail;geidentificeerd\nPeeters;n@leerling.example;nee\n").life.email  # type: ignore[union-attr]


def test_quoted_cells_hold_delimiters_quotes_and_line_ends() -> None:
    someone = person('Achternaam,Voornaam\n"Peeters, ""de jonge""","Noor\nAnna"\n')

    assert (someone.family_name, someone.given_name) == ('Peeters, "de jonge"', "Noor Anna")


def test_the_last_day_that_a_register_holds_is_no_end() -> None:
    (told,) = problems("Achternaam,Einddatum\nPeeters,31/12/2999\n")

    assert "line 2, column Einddatum: No register holds the day after" in told
    assert person("Achternaam,Einddatum\nPeeters,30/12/2999\n").life.moments[-1].on == date(2999, 12, 31)


def test_what_no_file_of_people_may_say_is_told_of_the_export() -> None:
    (told,) = problems("Achternaam,Voornaam\nPeeters,No\x01or\n")

    assert told.startswith("700101.csv: people[0].given_name: ")


def test_two_lines_of_one_user_name_are_two_enrolments() -> None:
    rows = f"{HEADER},Instellingsnummer\n{ROW},700101\n{ROW.replace('2500214', '2400007')},700202\n"

    assert [each.school.number for each in enrolments(person(rows))] == ["700101", "700202"]


def test_an_enrolment_that_ended_ends_on_its_last_day() -> None:
    someone = person("Achternaam,Begindatum,Einddatum\nPeeters,01/09/2025,30/06/2026\n")

    assert someone.life
    assert [each.on for each in someone.life.moments if isinstance(each, Left)] == [date(2026, 7, 1)]


@pytest.mark.parametrize(
    ("cell", "code", "hoofdstructuur"),
    [("1e lj A", "900301", "311"), ("900201", "900201", "211"), ("3de  LEERJAAR (fictief)", "900203", "211")],
)
def test_a_group_is_known_by_description_or_code(cell: str, code: str, hoofdstructuur: str) -> None:
    (enrolled,) = enrolments(person(f"Achternaam,Administratieve groep\nPeeters,{cell}\n"))

    assert (enrolled.group.code, enrolled.hoofdstructuur) == (code, hoofdstructuur)


def test_a_group_that_is_not_known_gets_a_code_that_lasts() -> None:
    text = "Achternaam,Administratieve groep\nPeeters,Klas van juf Els\nClaes,klas van juf els\nMaes,123456\n"
    first, second, third = (enrolments(each)[0].group for each in book(text).all())

    assert first == second == enrolments(person(text.splitlines()[0] + "\nX,Klas van juf Els"))[0].group
    assert first.name == "Klas van juf Els"
    assert (third.code, third.name) == ("123456", "Groep 123456")
    assert f"The group 'Klas van juf Els' is not known. Here it has the code {first.code}." in "".join(read(text).notes)


def test_zeros_that_a_spreadsheet_took_away_are_put_back_and_told() -> None:
    export = "Achternaam,Stamnummer,Instellingsnummer\nPeeters,500214,7\n"

    (enrolled,) = enrolments(person(export))
    assert (enrolled.stamnummer, enrolled.school.number) == ("0500214", "000007")
    assert sum("lost leading zeros on every line" in note for note in read(export).notes) == 2


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("7/3/2013", ("07", "03", "2013")),
        ("2013-03-07", ("07", "03", "2013")),
        ("07.03.2013", ("07", "03", "2013")),
        ("00/00/2013", ("00", "00", "2013")),
        ("2013", ("00", "00", "2013")),
    ],
)
def test_a_date_of_birth_can_be_incomplete(cell: str, parts: tuple[str, str, str]) -> None:
    someone = person(f"Achternaam,Geboortedatum\nPeeters,{cell}\n")

    assert someone.life
    assert (someone.life.birth.day, someone.life.birth.month, someone.life.birth.year) == parts


def test_people_without_a_user_name_each_get_one_of_their_own() -> None:
    names = [each.user_name for each in book("Achternaam\n" + "Peeters\n" * 150).all()]

    assert len(set(names)) == 150


def test_a_made_up_user_name_is_never_one_that_another_line_has() -> None:
    taken = person("Achternaam\nPeeters\n").user_name

    names = [each.user_name for each in book(f"Achternaam,LeerID Gebruikersnaam\nPeeters,\nClaes,{taken}\n").all()]

    assert names[0] != names[1] == taken


# The school ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", ["700101.csv", "/school/leerid-700101-2026.csv", "Export 700101.tsv"])
def test_the_school_stands_in_the_name_of_the_file(file: str) -> None:
    assert enrolments(person(f"{HEADER}\n{ROW}\n", file))[0].school.number == "700101"


@pytest.mark.parametrize("file", ["klas.csv", "7001011.csv", "700101-700202.csv"])
def test_without_a_school_every_line_is_a_problem_with_a_hint(file: str) -> None:
    told = problems(f"{HEADER}\n{ROW}\n{ROW}\n", file)

    assert [each.partition(": ")[2].partition(":")[0] for each in told] == [
        "line 2, column Instellingsnummer",
        "line 3, column Instellingsnummer",
    ]
    assert "700101.csv" in told[0]


def test_a_school_that_is_not_known_is_one_from_now_on_and_a_real_one_is_warned_of() -> None:
    text = "Achternaam,Instelling\nPeeters,De Linde\n"

    assert enrolments(person(text, "712345.csv"))[0].school.name == "De Linde"
    assert not any("real school" in note for note in read(text, "712345.csv").notes)
    assert any("039107 (De Linde) may be a real school" in note for note in read(text, "039107.csv").notes)


# What is wrong -------------------------------------------------------------------------------------------------------


def test_all_problems_are_told_at_once_with_line_column_and_hint() -> None:
    told = problems(
        "Achternaam,Stamnummer,LeerID Gebruikersnaam,LeerID Wachtwoord,Geboortedatum,Geslacht,E-mailadres,Einddatum\n"
        "Peeters,25002145,Noor Peeters,x,31/31/2013,z,nergens,morgen\n"
        ",2500214,,,,,,\n"
        "Claes,,,,,,,,te veel\n",
    )

    assert [each.split(": ")[1] for each in told] == [
        *(f"line 2, column {each}" for each in ("Stamnummer", "LeerID Gebruikersnaam", "LeerID Wachtwoord")),
        *(f"line 2, column {each}" for each in ("Geboortedatum", "Geslacht", "E-mailadres", "Einddatum")),
        "line 3, column Achternaam",
        "line 4",
    ]
    assert "31/12/2013" in told[3]


def test_two_pupils_of_one_user_name_are_told() -> None:
    assert (
        "line 3, column Voornaam: Line 2 says otherwise"
        in problems(
            "Achternaam,Voornaam,LeerID Gebruikersnaam\nPeeters,Noor,noor.peeters12\nPeeters,Nora,noor.peeters12\n"
        )[0]
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "No header"),
        (b"Achternam;Voornaam\nPeeters;Noor\n", "'Achternam' is near"),
        (b"Voornaam\nNoor\n", "Only these are there: Voornaam"),
        (b"Achternaam\n", "There is nobody"),
        (b"Achternaam,Voornaam,voornaam\nPeeters,a,b\n", "Column Voornaam is there twice"),
        (b'Achternaam\n"Peeters\n', "cannot be read"),
        (b'Achternaam\n"Peeters"x\n', "cannot be read"),
        (b"Achternaam\n\x81\x8d\n", "UTF-8 or Windows-1252"),
        (b"Achternaam,Begindatum,Einddatum\nPeeters,2/9/2026,1/9/2026\n", "ends before it begins"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(content: bytes, told: str) -> None:
    assert told in problems(content)[0]


def test_a_column_that_is_not_known_is_passed_over_and_told() -> None:
    assert any("'Klas' is not known" in note for note in read("Achternaam,Klas\nPeeters,1A\n").notes)


# There and back ------------------------------------------------------------------------------------------------------


def written(someone: Person) -> list[dict[str, str]]:
    columns = {**SCHOOL_COLUMNS, **FURTHER_COLUMNS}
    return [{name: tell(line) for name, tell in columns.items()} for line in lines_of(someone, ANCHOR)]


def csv_of(rows: list[dict[str, str]]) -> str:
    lines = [list(rows[0]), *(list(row.values()) for row in rows)]
    return "\n".join(";".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in line) for line in lines)


def known() -> list[Person]:
    crowd = Population()
    pupils = [each for kind in Situation for each in crowd.search(Query(situation=kind), 3).pupils]
    return [*(each.person for each in read_personas(anchor=ANCHOR).all()), *(crowd.person(each) for each in pupils)]


@pytest.mark.parametrize("someone", [each for each in known() if written(each)], ids=lambda each: each.user_name)
def test_what_is_exported_is_read_back(someone: Person) -> None:
    rows = written(someone)

    again = written(person(csv_of(rows), "export.csv"))

    assert [{name: cell for name, cell in row.items() if rows[0][name]} for row in again] == [
        {name: cell for name, cell in row.items() if rows[0][name]} for row in rows
    ]


def test_every_column_of_the_export_is_known_here() -> None:
    assert {*SCHOOL_COLUMNS, *FURTHER_COLUMNS} <= {*CELLS, *ALSO}


# Whatever is read ----------------------------------------------------------------------------------------------------

CELL = st.one_of(
    st.text(alphabet="a0é\"';,\t\n\r/-. ", max_size=12),
    st.sampled_from(["Peeters", "2500214", "700101", "0", "1/9/2026", "V", "ja", "a@b", "noor.peeters12", "\x00", "٣"]),
    st.text(max_size=6),
)
HEADERS = st.lists(st.sampled_from([*CELLS, *ALSO, "Klas"]), max_size=8).map(lambda each: ["Achternaam", *each])


def outcome(content: bytes, file: str) -> Any:
    """Read a file: people or problems come of it, and nothing else."""
    try:
        export = document_in(content, file)
        return book_of(export.document, file, anchor=ANCHOR).all()
    except ProblemsError as error:
        return [each for each in error.problems if each.file == file and each.message]


@settings(max_examples=300, derandomize=True, deadline=None, database=None)
@given(
    headers=HEADERS,
    rows=st.lists(st.lists(CELL, max_size=9), max_size=5),
    delimiter=st.sampled_from(";,\t"),
    is_quoted=st.booleans(),
    file=st.sampled_from(["700101.csv", "klas.csv"]),
)
def test_no_table_brings_the_reading_down(
    headers: list[str], rows: list[list[str]], delimiter: str, file: str, *, is_quoted: bool
) -> None:
    lines = [headers, *rows]
    quoted = [[f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in line] for line in lines] if is_quoted else lines
    assert outcome("\n".join(delimiter.join(line) for line in quoted).encode("utf-8", "surrogatepass"), file)


@settings(max_examples=200, derandomize=True, deadline=None, database=None)
@given(content=st.binary(max_size=80))
def test_no_bytes_bring_the_reading_down(content: bytes) -> None:
    assert outcome(content, "700101.csv")
    assert outcome(b"Achternaam,Voornaam\n" + content, "700101.csv")
