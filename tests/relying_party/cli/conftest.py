"""The commands about a store, and a store for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest
from click.testing import CliRunner, Result

from relying_party.accounts.models import Person
from relying_party.cli import main
from relying_party.signin.flow import utc_now

if TYPE_CHECKING:
    from datetime import timedelta

    from relying_party.accounts.database import Database


class Command(Protocol):
    def __call__(self, *arguments: str) -> Result: ...


class Add(Protocol):
    def __call__(self, *, ago: timedelta, leer_id: str) -> str: ...


@pytest.fixture
def command(database: Database) -> Command:
    """Run a command on the database of the test."""
    url = database.engine.url.render_as_string(hide_password=False)
    return lambda *arguments: CliRunner().invoke(main, [*arguments, "--database", url])


@pytest.fixture
def add(database: Database) -> Add:
    """Add a person who signed in for the last time some time ago; return the id."""

    def one(*, ago: timedelta, leer_id: str) -> str:
        last = utc_now() - ago
        person = Person(issuer="i", created_at=last, last_sign_in_at=last, leer_id_uuid=leer_id)
        database.write(lambda session: session.add(person))
        return person.id

    return one
