"""Trying out what the settings name, before the first request: each mistake is told at the start, all at once."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from joserfc.errors import JoseError
from sqlalchemy.exc import SQLAlchemyError

from relying_party.accounts.database import Database
from relying_party.defects import UnknownDefectError, policy_with
from relying_party.settings import Problem, Settings, SettingsError
from relying_party.signin import schools
from relying_party.signin.tokens import read_key

if TYPE_CHECKING:
    from collections.abc import Iterator


def problems(settings: Settings) -> tuple[Problem, ...]:
    """Return everything that would stop the application from working."""
    return tuple(problem for trial in TRIALS for problem in trial(settings))


def address_of(host: str) -> str:
    """Return the address of a host name, IPv4 first.

    Raises:
        OSError: when there is none.
    """
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return str(min(found, key=lambda entry: entry[0] != socket.AF_INET)[4][0])


def _port(settings: Settings) -> Iterator[Problem]:
    """Bind the port: the server would share one that is taken, and answer every other request."""
    try:
        address = address_of(settings.host)
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((address, settings.port))
    except OSError as error:
        yield Problem(
            key=f"--port {settings.port}",
            message=f"cannot listen on {settings.host}:{settings.port} ({error.strerror})",
            hint="Stop the program that uses it, or choose another with --port.",
        )


def _database(settings: Settings) -> Iterator[Problem]:
    if settings.database is None:
        return
    try:
        Database(settings.database).close()
    except (SQLAlchemyError, ImportError) as error:
        reason = str(error).partition("\n")[0]
        hint = "Give a URL like sqlite:///pupils.db; for postgresql+psycopg://... first: pip install psycopg[binary]."
        yield Problem(key="--database", message=f"cannot be opened ({reason})", hint=hint)


def _schools(settings: Settings) -> Iterator[Problem]:
    try:
        schools.load(settings.partner_schools)
    except SettingsError as error:
        yield from error.problems


def _key(settings: Settings) -> Iterator[Problem]:
    if settings.client_key_file is None:
        return
    try:
        read_key(settings.client_key_file.read_bytes())
    except (OSError, ValueError, JoseError):
        hint = "Give a file with an RSA private key, as PEM or JWK."
        yield Problem(key=f"--client-key-file {settings.client_key_file}", message="holds no usable key", hint=hint)


def _defect(settings: Settings) -> Iterator[Problem]:
    try:
        policy_with(settings.defect)
    except UnknownDefectError as error:
        yield Problem(key="--defect", message=str(error), hint="`leerid-rp defects` lists them all.")


TRIALS = (_port, _database, _schools, _key, _defect)
