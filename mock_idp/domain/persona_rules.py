"""What must hold between the rows of the personas file; a table of rules, every broken one is told."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from mock_idp.domain.insz import Number
from mock_idp.domain.problems import Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mock_idp.domain.personas import PersonaRow, PersonasFile

    Rule = Callable[[PersonaRow, PersonasFile], Iterator[tuple[str, str]]]


def broken_rules(file: PersonasFile, name: str, user_name_of: Callable[[PersonaRow], str]) -> list[Problem]:
    """Return every broken rule of the file, with the key of the row."""
    problems = [
        Problem(file=name, key=f"personas[{number}] ({row.slug})", message=message, hint=hint)
        for number, row in enumerate(file.personas)
        for rule in RULES
        for message, hint in rule(row, file)
    ]
    return problems + [
        Problem(file=name, key="personas", message=f"{what} {value!r} belongs to {times} personas; it must be unique.")
        for what, value, times in _repeated(file, user_name_of)
    ]


def _repeated(file: PersonasFile, user_name_of: Callable[[PersonaRow], str]) -> Iterator[tuple[str, str, int]]:
    columns: dict[str, Iterable[str]] = {
        "The slug": (row.slug for row in file.personas),
        "The user name": (user_name_of(row) for row in file.personas),
        "The account": (account.uuid for row in file.personas for account in row.accounts),
    }
    for what, values in columns.items():
        yield from ((what, value, times) for value, times in Counter(values).items() if times > 1)


def _knows_its_schools(row: PersonaRow, file: PersonasFile) -> Iterator[tuple[str, str]]:
    numbers = [each.school for each in row.enrolments] + ([row.citizen.school] if row.citizen else [])
    for number in numbers:
        if number not in file.schools:
            yield f"There is no school {number!r}.", did_you_mean(number, file.schools)


def _knows_its_groups(row: PersonaRow, file: PersonasFile) -> Iterator[tuple[str, str]]:
    for enrolment in row.enrolments:
        if enrolment.group not in file.groups:
            yield f"There is no group {enrolment.group!r}.", did_you_mean(enrolment.group, file.groups)


def _is_complete(row: PersonaRow, file: PersonasFile) -> Iterator[tuple[str, str]]:
    del file
    if row.citizen is None and not (row.birth and row.sex and row.accounts):
        yield "A pupil needs birth, sex and at least one account.", "Somebody who is no pupil needs a citizen table."


def _is_identified_by_its_number(row: PersonaRow, file: PersonasFile) -> Iterator[tuple[str, str]]:
    del file
    if row.citizen is None and (row.leer_id_uuid is None) != (row.number == Number.NONE):
        yield "leer_id_uuid and number disagree.", 'An identified pupil has both; else number is "none".'


RULES: Final[tuple[Rule, ...]] = (
    _knows_its_schools,
    _knows_its_groups,
    _is_complete,
    _is_identified_by_its_number,
)
