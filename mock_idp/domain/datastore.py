"""The SSO datastore that ACM asks at every sign-in: what is true of this person on this day?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from mock_idp.domain.leerid import CitizenFacts, Facts, Student, student_on

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


class Datastore(Protocol):
    """The port. Today it is asked in process; it can be served, slow or stale as well."""

    def facts(self, person: str, day: date) -> Facts | None:
        """Return what is true of a person (by the key of their user name) on a day; None when unknown."""
        ...


class InProcessDatastore:
    """The datastore beside us, over students and citizens by key."""

    def __init__(self, people: Mapping[str, Student | CitizenFacts]) -> None:
        self._people = people

    def facts(self, person: str, day: date) -> Facts | None:
        """Return the state of the person on that day."""
        known = self._people.get(person)
        return student_on(known, day) if isinstance(known, Student) else known
