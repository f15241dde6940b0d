"""Somebody who can sign in: a user name and a password, and the life or the citizen behind them."""

from __future__ import annotations

from dataclasses import dataclass, field
from hmac import compare_digest
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mock_idp.domain.datastore.facts import CitizenFacts
    from mock_idp.domain.discimus.life import Life


@dataclass(frozen=True, kw_only=True)
class Person:
    """A door: `user_name` opens the account `account` of `life`, or signs a citizen in who is no pupil.

    `circumstances`: ids of what always holds when this person signs in, at the seams `datastore` and `claims`.
    """

    user_name: str
    password: str = field(repr=False)
    given_name: str | None
    family_name: str
    account: str = ""
    life: Life | None = None
    citizen: CitizenFacts | None = None
    circumstances: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        """The name as a reader expects it."""
        return f"{self.given_name} {self.family_name}" if self.given_name else self.family_name

    def has_password(self, password: str) -> bool:
        """Return whether this is the password; spaces around it are forgiven."""
        return compare_digest(self.password.encode(), password.strip().encode())


class Directory(Protocol):
    """Where somebody is found by user name."""

    def find(self, user_name: str) -> Person | None:
        """Return the person of a user name, in whatever case it is written; None when there is none."""
        ...


class Directories:
    """Several directories, asked in order."""

    def __init__(self, directories: Iterable[Directory]) -> None:
        self._directories = tuple(directories)

    def find(self, user_name: str) -> Person | None:
        """Return the first person of that user name."""
        found = (directory.find(user_name) for directory in self._directories)
        return next((person for person in found if person), None)

    def life_of(self, user_name: str) -> tuple[Life, str] | None:
        """Return the life that a user name opens and the label of the account; None for a citizen and for nobody."""
        person = self.find(user_name)
        return (person.life, person.account) if person and person.life else None
