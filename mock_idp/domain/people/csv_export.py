"""A school's export of its LeerID accounts as CSV (F7 to F9), read as people: a line per pupil and enrolment.

The real export says little: where it is silent something is filled in, and a note tells what.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from mock_idp.domain.discimus import Sex, schools
from mock_idp.domain.insz import Number
from mock_idp.domain.people.credentials import free_user_name
from mock_idp.domain.people.csv_cells import ALSO, CELLS, UNKNOWN_BIRTH, WrongCellError
from mock_idp.domain.people.csv_filling import Filling
from mock_idp.domain.people.csv_groups import OwnGroups
from mock_idp.domain.people.csv_table import folded, table_in
from mock_idp.domain.people.days import LAST_DAY
from mock_idp.domain.people.written import PeopleFile
from mock_idp.domain.problems import Problem, ProblemsError, validated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mock_idp.domain.people.csv_table import Line

Values = dict[str, Any]

FAMILY_NAME: Final = "Achternaam"
GIVEN_NAME: Final = "Voornaam"
USER_NAME: Final = "LeerID Gebruikersnaam"
PASSWORD: Final = "LeerID Wachtwoord"  # noqa: S105  the name of a column
SCHOOL: Final = "Instellingsnummer"
STAMNUMMER: Final = "Stamnummer"
BEGIN: Final = "Begindatum"
END: Final = "Einddatum"
KNOWN: Final[Mapping[str, str]] = MappingProxyType(
    {folded(header): column for header, column in {**{each: each for each in CELLS}, **ALSO}.items()}
)
SIX_DIGITS: Final = re.compile(r"(?<!\d)\d{6}(?!\d)", re.ASCII)
INVENTED_SCHOOL: Final = re.compile(r"7\d{5}|000007", re.ASCII)
OF_THE_PUPIL: Final = (
    *(FAMILY_NAME, GIVEN_NAME, PASSWORD, "Geboortedatum", "Geslacht", "Geïdentificeerd", "Soort nummer", "E-mailadres"),
)
"""What no two lines of one user name can say differently."""


@dataclass(frozen=True, kw_only=True)
class Export:
    """What was read. `notes`: sentences about what was filled in, put right or passed over."""

    document: PeopleFile
    notes: tuple[str, ...]


def document_in(content: bytes, file: str) -> Export:
    """Return the people of a school's export; raise `ProblemsError` with every problem, by line and column."""
    table = table_in(content, file, KNOWN, FAMILY_NAME)
    reading = _Reading(file=file, names=frozenset(each.cells.get(USER_NAME, "").lower() for each in table.lines))
    for line in table.lines:
        reading.read(line)
    if problems := [*reading.problems, *table.problems]:
        raise ProblemsError(problems)
    notes = [f"The column {each!r} is not known and was passed over." for each in table.unread]
    notes += reading.notes(len(table.lines))
    return Export(document=reading.document(), notes=tuple(f"{file}: {note}" for note in notes))


def school_in_name(file: str) -> str | None:
    """Return the school number in the name of a file, if there is just one: `700101.csv`."""
    found = SIX_DIGITS.findall(PurePath(file).stem)
    return found[0] if len(found) == 1 else None


@dataclass(frozen=True, kw_only=True)
class _Reading:
    """One pass over the lines: people, problems and what was filled in come together on the way."""

    file: str
    names: frozenset[str]
    people: dict[str, Values] = field(default_factory=dict)
    first: dict[str, tuple[int, Values]] = field(default_factory=dict)
    schools: dict[str, str] = field(default_factory=dict)
    groups: OwnGroups = field(default_factory=OwnGroups)
    filling: Filling = field(default_factory=Filling)
    problems: list[Problem] = field(default_factory=list)

    def read(self, line: Line) -> None:
        """Add what a line says; only its problems when there are any."""
        values, problems = self._values(line)
        problems += [*self._missing(line), *self._otherwise(line, values), *self._backwards(line, values)]
        self.problems.extend(problems)
        if problems:
            return
        name = values.get(USER_NAME) or self._made_up(values)
        if name not in self.people:
            self.first[name] = (line.number, values)
            self.people[name] = {**self._person(values, name), "life": []}
        self.people[name]["life"] += self._enrolment(line, values)

    def document(self) -> PeopleFile:
        """Return everybody who was read; raise `ProblemsError` when no file of people may say it."""
        people = list(self.people.values())
        document = {"schools": self.schools, "groups": self.groups.own, "people": people}
        return validated(PeopleFile, document, self.file)

    def notes(self, lines: int) -> Iterator[str]:
        """Yield what was filled in on so many lines, and what may be wrong with the schools."""
        yield from self.filling.notes(lines)
        for code, name in self.groups.own.items():
            yield f"The group {name!r} is not known. Here it has the code {code}."
        for number, name in self.schools.items():
            if not INVENTED_SCHOOL.fullmatch(number):
                yield f"{number} ({name}) may be a real school. Real pupils do not belong in a test."

    # What is wrong with a line ---------------------------------------------------------------------------------------

    def _values(self, line: Line) -> tuple[Values, list[Problem]]:
        """Return what the cells hold, and what is wrong with the others."""
        values: Values = {}
        problems: list[Problem] = []
        for column, cell in line.cells.items():
            try:
                values[column] = CELLS[column](cell)
            except WrongCellError as error:
                problems.append(line.problem(self.file, column, str(error), error.hint))
        self.filling.padded.update(each for each in (SCHOOL, STAMNUMMER) if values.get(each) != line.cells.get(each))
        return values, problems

    def _missing(self, line: Line) -> Iterator[Problem]:
        if FAMILY_NAME not in line.cells:
            yield line.problem(self.file, FAMILY_NAME, "This cell is empty.", "A pupil has a family name at least.")
        if SCHOOL not in line.cells and school_in_name(self.file) is None:
            hint = f"Add the column {SCHOOL}, or name the file after its school: 700101.csv."
            yield line.problem(self.file, SCHOOL, "Of which school is this pupil?", hint)

    def _otherwise(self, line: Line, values: Values) -> Iterator[Problem]:
        """Yield what earlier lines of the same user name say otherwise."""
        name = values.get(USER_NAME, "")
        number, earlier = self.first.get(name, (0, values))
        for column in OF_THE_PUPIL:
            if values.get(column, earlier.get(column)) != earlier.get(column):
                hint = "A user name belongs to one pupil. Give the other one another."
                yield line.problem(self.file, column, f"Line {number} says otherwise of {name!r}.", hint)

    def _backwards(self, line: Line, values: Values) -> Iterator[Problem]:
        if BEGIN in values and END in values and values[END] < values[BEGIN]:
            yield line.problem(self.file, END, "This enrolment ends before it begins.")
        if values.get(END) == LAST_DAY:
            hint = "Leave the cell empty when no end is known."
            yield line.problem(self.file, END, "No register holds the day after this one.", hint)

    # What a line becomes ---------------------------------------------------------------------------------------------

    def _person(self, values: Values, name: str) -> Values:
        told = self.filling.told
        return {
            "user_name": told(values, USER_NAME, name),
            "password": told(values, PASSWORD, None),
            "given_name": values.get(GIVEN_NAME),
            "family_name": values[FAMILY_NAME],
            "birth": told(values, "Geboortedatum", dict(UNKNOWN_BIRTH)),
            "sex": told(values, "Geslacht", Sex.FEMALE),
            "number": values.get("Soort nummer") or told(values, "Geïdentificeerd", Number.RRN),
            "email": values.get("E-mailadres"),
        }

    def _enrolment(self, line: Line, values: Values) -> list[Values]:
        """Return the moments of one enrolment."""
        school = self._school(values)
        group, hoofdstructuur = self.groups.place(values, self.filling)
        begin = self.filling.told(values, BEGIN, None)
        enrolled = {
            "is": "enrolled",
            "on": begin.isoformat() if begin else "school-year",
            "school": school,
            "stamnummer": self.filling.told(values, STAMNUMMER, f"99{line.number % 100_000:05}"),
            "group": group,
            "hoofdstructuur": hoofdstructuur,
        }
        if END not in values:
            return [enrolled]
        return [enrolled, {"is": "left", "on": (values[END] + timedelta(days=1)).isoformat(), "school": school}]

    def _school(self, values: Values) -> str:
        """Return the number of the school, which is known from now on."""
        number: str = self.filling.told(values, SCHOOL, school_in_name(self.file))
        if number not in schools():
            self.schools.setdefault(number, values.get("Instelling") or f"School {number}")
        return number

    def _made_up(self, values: Values) -> str:
        """Return a user name for somebody without one, which nobody in the file has."""
        given_name, family_name = values.get(GIVEN_NAME), values[FAMILY_NAME]
        key = "|".join(str(values.get(each)) for each in (GIVEN_NAME, FAMILY_NAME, "Geboortedatum", STAMNUMMER))
        return free_user_name(given_name, family_name, key, lambda name: name in self.people or name in self.names)
