"""`leerid-rp serve`: check everything that can be checked, then serve."""

from __future__ import annotations

import logging
import multiprocessing
import socket
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NoReturn

import click
from granian import Granian
from granian.constants import Interfaces

from relying_party.defects import UnknownDefectError, policy_with
from relying_party.settings import ClientAuthentication, Problem, Settings, SettingsError, read
from relying_party.signin import schools
from relying_party.web import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

WRONG_USE = 2
THREADS = 16


@click.command()
@click.option("--host", metavar="HOST", help="Address to listen on. [127.0.0.1]")
@click.option("--port", metavar="N", help="Port to listen on. [9200]")
@click.option("--expose", is_flag=True, default=None, help="Allow an address that other machines can reach.")
@click.option("--base-url", metavar="URL", help="The address browsers use, when it is not http://HOST:PORT.")
@click.option("--issuer", metavar="URL", help="The provider's issuer, to the letter. [http://localhost:9100/op]")
@click.option("--client-id", metavar="ID", help="Our client id at the provider. [leerid-rp]")
@click.option("--client-secret-file", metavar="FILE", help="File with the client secret; or LEERID_RP_CLIENT_SECRET.")
@click.option("--client-authentication", metavar="METHOD", help=f"One of: {', '.join(ClientAuthentication)}.")
@click.option("--client-key-file", metavar="FILE", help="Private key (JWK or PEM) for private_key_jwt.")
@click.option("--scope", metavar="SCOPES", help="What to ask for. [openid profile ov_leerling]")
@click.option("--database", metavar="URL", help="SQLAlchemy URL, like sqlite:///pupils.db. [a temporary file]")
@click.option("--partner-schools", metavar="FILE", help="TOML file with the schools that have an agreement.")
@click.option("--session-hours", metavar="N", help="How long a sign-in lasts. [8]")
@click.option("--discovery-cache-seconds", metavar="N", help="How long the discovery document is kept. [60]")
@click.option("--defect", metavar="NAME", help="Be wrong on purpose in one way; see `leerid-rp defects`.")
def serve(client_secret_file: str | None, **options: Any) -> None:
    """Serve the reference application, http://127.0.0.1:9200 by default.

    Every option can be given as an environment variable LEERID_RP_<NAME>; an option wins. The client secret is read
    from LEERID_RP_CLIENT_SECRET or a file, never from the command line, where others could see it.
    """
    try:
        settings = _settings(client_secret_file, options)
    except SettingsError as error:
        _stop(*error.problems)
    with _database(settings) as ready:
        _announce(ready)
        _serve(ready)


def _settings(client_secret_file: str | None, options: dict[str, Any]) -> Settings:
    """Read the settings and try everything they name, so that a mistake is told before the first request."""
    if client_secret_file is not None:
        options["client_secret"] = _secret(Path(client_secret_file))
    settings = read(options)
    problems = [*_defect_problems(settings), *_school_problems(settings), *_port_problems(settings)]
    if problems:
        raise SettingsError(*problems)
    return settings


def _secret(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        hint = "Give a text file that holds the secret and nothing else."
        problem = Problem(key=f"--client-secret-file {path}", message=f"cannot be read ({error})", hint=hint)
        raise SettingsError(problem) from None


def _defect_problems(settings: Settings) -> Iterator[Problem]:
    try:
        policy_with(settings.defect)
    except UnknownDefectError as error:
        yield Problem(key="--defect", message=str(error), hint="`leerid-rp defects` lists them all.")


def _school_problems(settings: Settings) -> Iterator[Problem]:
    try:
        schools.load(settings.partner_schools)
    except SettingsError as error:
        yield from error.problems


def _port_problems(settings: Settings) -> Iterator[Problem]:
    """Try the port first: the server would share one that is taken, and answer every other request."""
    try:
        family, kind, *_rest, address = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        message = f"cannot listen on {settings.host}:{settings.port} ({error.strerror})"
        hint = "Stop the program that uses it, or choose another with --port."
        yield Problem(key="--port", message=message, hint=hint)


@contextmanager
def _database(settings: Settings) -> Iterator[Settings]:
    """Without a database: a temporary one that goes when the application stops."""
    if settings.database is not None:
        yield settings
        return
    with TemporaryDirectory(prefix="leerid-rp-") as folder:
        yield settings.model_copy(update={"database": f"sqlite:///{Path(folder) / 'accounts.db'}"})


def _announce(settings: Settings) -> None:
    click.echo(f"Reference application: {settings.address}  (testing only)")
    click.echo(f"Provider: {settings.issuer}   client: {settings.client_id}   redirect: {settings.redirect_uri}")
    if settings.database and "leerid-rp-" in settings.database:
        click.echo("Accounts are kept in a temporary database that is removed at the end; --database keeps them.")
    if settings.defect:
        click.echo(f"Wrong on purpose: {settings.defect}")


def _serve(settings: Settings) -> None:
    """One worker with threads. A signal stops it and this returns."""
    if "fork" in multiprocessing.get_all_start_methods():
        multiprocessing.set_start_method("fork", force=True)
    server = Granian(
        "relying_party.web:create_app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        websockets=False,
        log_enabled=False,
    )
    server.serve(target_loader=partial(_load, settings), wrap_loader=False)


def _load(settings: Settings) -> Any:
    """Make the application inside the worker."""
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(levelname)s %(message)s")
    return create_app(settings)


def _stop(*problems: Problem) -> NoReturn:
    for problem in problems:
        click.echo(f"leerid-rp: {problem.key}: {problem.message}\n  {problem.hint}", err=True)
    sys.exit(WRONG_USE)
