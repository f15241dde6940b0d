"""The named pupils: a readable data file, checked as a whole, made into people with a user name and a password."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta
from enum import StrEnum
from hmac import compare_digest
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict, Field

from mock_idp.domain.discimus import Birth, Pupil, Registration, School
from mock_idp.domain.insz import Number, fictitious_insz
from mock_idp.domain.leerid import Account, CitizenFacts, Student
from mock_idp.domain.persona_rules import broken_rules
from mock_idp.domain.problems import ProblemsError, parsed, validated
from mock_idp.domain.randomness import drawn

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE: Final = files("mock_idp.domain") / "data" / "personas.toml"
WORDS: Final = (
    *("appel", "banaan", "beer", "bever", "boom", "citroen", "dolfijn", "druif", "egel", "fiets", "gitaar", "hamster"),
    *("kaars", "kiwi", "konijn", "ladder", "maan", "mango", "muis", "otter", "panda", "peer", "pinguin", "potlood"),
    *("raket", "rivier", "robot", "schelp", "sneeuw", "spin", "tijger", "trein", "uil", "vlinder", "wolk", "zebra"),
)
UUID: Final = r"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"


class Group(StrEnum):
    """How the sign-in page groups the pupils: by what they prove."""

    EVERYDAY = "everyday"
    IDENTITY = "identity"
    ENROLMENT = "enrolment"
    DATA = "data"
    OTHERS = "others"


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class BirthRow(_Row):
    """A date of birth in three parts; "00" is unknown."""

    day: str = Field(pattern=r"^[0-9]{2}$")
    month: str = Field(pattern=r"^[0-9]{2}$")
    year: str = Field(pattern=r"^[0-9]{4}$")


class AccountRow(_Row):
    """An account, in use from a day on."""

    uuid: str = Field(pattern=UUID)
    opened_in_days: int | None = None


class EnrolmentRow(_Row):
    """An enrolment from one day up to and including another."""

    school: str
    stamnummer: str = Field(pattern=r"^[0-9]{7}$")
    hoofdstructuur: str = Field(pattern=r"^[0-9]{3}$")
    group: str
    starts_in_days: int
    ends_in_days: int | None = None


class CitizenRow(_Row):
    """What ACM knows of somebody who is no pupil."""

    subject: str = Field(pattern=r"^[0-9a-f]{40}$")
    school: str
    vo: dict[str, str]


class PersonaRow(_Row):
    """One persona as it stands in the file."""

    slug: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$")
    group: Group
    title: str
    title_en: str
    proves: str
    requirements: tuple[str, ...] = Field(min_length=1)
    given_name: str | None = None
    family_name: str
    birth: BirthRow | None = None
    sex: str | None = Field(default=None, pattern=r"^[fm]$")
    number: Number = Number.RRN
    identified_in_days: int | None = None
    leer_id_uuid: str | None = Field(default=None, pattern=UUID)
    email: str | None = None
    accounts: tuple[AccountRow, ...] = ()
    enrolments: tuple[EnrolmentRow, ...] = ()
    citizen: CitizenRow | None = None


class PersonasFile(_Row):
    """The whole file."""

    schools: dict[str, str]
    groups: dict[str, str]
    personas: tuple[PersonaRow, ...] = Field(min_length=1)


class Persona(_Row):
    """Somebody to sign in as. `title` is Dutch; `proves` says in English what signing in shows."""

    slug: str
    group: Group
    title: str
    title_en: str
    proves: str
    requirements: tuple[str, ...]
    user_name: str
    password: str
    given_name: str | None
    family_name: str
    school: str | None

    @property
    def full_name(self) -> str:
        """The name as a reader expects it."""
        return f"{self.given_name} {self.family_name}" if self.given_name else self.family_name


class Personas:
    """All personas, and the people behind them as DISCIMUS, LeerID and ACM know them on the anchor day."""

    def __init__(self, file: PersonasFile, *, anchor: date, seed: int = 0) -> None:
        self._all = {row.slug: _persona(row, file, seed) for row in file.personas}
        self._by_user_name = {each.user_name: each for each in self._all.values()}
        self.people: Mapping[str, Student | CitizenFacts] = {
            row.slug: _person(row, file, anchor) for row in file.personas
        }

    def all(self) -> tuple[Persona, ...]:
        """Return every persona in the order of the file."""
        return tuple(self._all.values())

    def get(self, slug: str) -> Persona | None:
        """Return the persona of that name, if there is one."""
        return self._all.get(slug)

    def with_credentials(self, user_name: str, password: str) -> Persona | None:
        """Return the persona whose user name and password these are, else None. User names ignore case."""
        persona = self._by_user_name.get(user_name.strip().lower())
        expected = persona.password if persona else ""
        return persona if persona and compare_digest(expected.encode(), password.strip().encode()) else None


def read_personas(*, anchor: date, seed: int = 0, text: str | None = None) -> Personas:
    """Return the personas that come with the mock, or of another file's `text`; raise `ProblemsError`."""
    document = parsed(FILE.read_text("utf-8") if text is None else text, FILE.name)
    file = validated(PersonasFile, document, FILE.name)
    if problems := broken_rules(file, FILE.name, user_name_of):
        raise ProblemsError(problems)
    return Personas(file, anchor=anchor, seed=seed)


def user_name_of(row: PersonaRow) -> str:
    """Return `voornaam.naam` and two digits, plain ASCII; the form is a guess, the real one is not published."""
    names = [folded for name in (row.given_name, row.family_name) if name and (folded := _ascii(name))]
    return f"{'.'.join(names)}{drawn('user name', row.slug, below=90) + 10}"


def password_of(slug: str, seed: int) -> str:
    """Return a word and four digits. Made up, and good for nothing but this mock."""
    word = WORDS[drawn("word", seed, slug, below=len(WORDS))]
    return f"{word}{drawn('digits', seed, slug, below=9000) + 1000}"


def _ascii(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "".join(letter for letter in plain.lower() if letter.isalnum())


def _persona(row: PersonaRow, file: PersonasFile, seed: int) -> Persona:
    shown = row.model_dump(include=set(Persona.model_fields) & set(PersonaRow.model_fields))
    schools = [each.school for each in row.enrolments] + ([row.citizen.school] if row.citizen else [])
    return Persona(
        **shown,
        user_name=user_name_of(row),
        password=password_of(row.slug, seed),
        school=" + ".join(file.schools[number] for number in schools) or None,
    )


def _person(row: PersonaRow, file: PersonasFile, anchor: date) -> Student | CitizenFacts:
    if row.citizen:
        given_name = row.given_name or ""
        return CitizenFacts(
            subject=row.citizen.subject, given_name=given_name, family_name=row.family_name, vo=row.citizen.vo
        )
    return Student(
        pupil=_pupil(row, file, anchor),
        leer_id_uuid=row.leer_id_uuid,
        accounts=tuple(Account(uuid=each.uuid, opened_on=_day(anchor, each.opened_in_days)) for each in row.accounts),
        email=row.email,
    )


def _pupil(row: PersonaRow, file: PersonasFile, anchor: date) -> Pupil:
    birth = row.birth or BirthRow(day="00", month="00", year="0000")
    return Pupil(
        given_name=row.given_name,
        family_name=row.family_name,
        birth=Birth(day=birth.day, month=birth.month, year=birth.year),
        registrations=tuple(_registration(each, file, anchor) for each in row.enrolments),
        insz=_insz(row, birth),
        identified_on=_day(anchor, row.identified_in_days),
    )


def _insz(row: PersonaRow, birth: BirthRow) -> str | None:
    if row.number == Number.NONE:
        return None
    year, month, day = (int(part) for part in (birth.year, birth.month, birth.day))
    return fictitious_insz(year=year, month=month, day=day, male=row.sex == "m", bis=row.number == Number.BIS)


def _registration(row: EnrolmentRow, file: PersonasFile, anchor: date) -> Registration:
    return Registration(
        school=School(number=row.school, name=file.schools[row.school]),
        stamnummer=row.stamnummer,
        hoofdstructuur=row.hoofdstructuur,
        group_code=row.group,
        group_name=file.groups[row.group],
        starts_on=anchor + timedelta(days=row.starts_in_days),
        ends_on=_day(anchor, row.ends_in_days),
    )


def _day(anchor: date, in_days: int | None) -> date | None:
    return None if in_days is None else anchor + timedelta(days=in_days)
