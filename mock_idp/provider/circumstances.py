"""The circumstances that people carry with them: each must be in the catalogue, at a seam that knows the person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mock_idp.domain.problems import Problem, ProblemsError, did_you_mean
from mock_idp.faults import Kind, Seam, catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mock_idp.domain.people.person import Person
    from mock_idp.faults import Fault

OF_A_PERSON: Final = (Seam.DATASTORE, Seam.CLAIMS)
"""The seams at which a circumstance can belong to a person; elsewhere only a stage can arm one."""


def personal_circumstances() -> tuple[str, ...]:
    """Return the ids of every circumstance that a person can carry."""
    return tuple(each.id for each in catalogue().values() if _is_personal(each))


def wrong_circumstances(ids: Iterable[str]) -> Iterator[tuple[int, str, str]]:
    """Yield place, message and hint for every id that no person can carry."""
    for place, each in enumerate(ids):
        fault = catalogue().get(each)
        if fault is None:
            yield place, f"There is no circumstance {each!r}.", did_you_mean(each, personal_circumstances())
        elif not _is_personal(fault):
            yield place, f"{each!r} is a {fault.kind} at the seam {fault.seam}.", "Arm it on a stage."


def check_circumstances(people: Iterable[Person], file: str, others: Iterable[Problem] = ()) -> None:
    """Raise `ProblemsError` with every circumstance of these people that they cannot carry, after `others`."""
    problems = list(others) + [
        Problem(file=file, key=f"{person.user_name}: circumstances[{place}]", message=message, hint=hint)
        for person in people
        for place, message, hint in wrong_circumstances(person.circumstances)
    ]
    if problems:
        raise ProblemsError(problems)


def _is_personal(fault: Fault) -> bool:
    return fault.kind == Kind.CIRCUMSTANCE and fault.seam in OF_A_PERSON
