"""`leerid-rp serve`: check everything that can be checked, then serve."""

from __future__ import annotations

import logging
import multiprocessing
import os
import sys
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING, Any, NoReturn

import click
from granian import Granian
from granian.constants import Interfaces

from relying_party.cli import daily, trials
from relying_party.settings import PRIVACY_LOG_DAYS, ClientAuthentication, Problem, Settings, SettingsError, read
from relying_party.web import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

WRONG_USE = 2
THREADS = 16
PARENT_IS_WATCHED_EVERY_S = 0.5
TEMPORARY = "leerid-rp-"


@click.command()
@click.option("--host", metavar="HOST", help="Address to listen on. [127.0.0.1]")
@click.option("--port", metavar="N", help="Port to listen on. [9200]")
@click.option("--expose", is_flag=True, default=None, help="Allow an address that other machines can reach.")
@click.option("--base-url", metavar="URL", help="The address browsers use, when it is not http://HOST:PORT.")
@click.option("--issuer", metavar="URL", help="The provider's issuer, to the letter. [http://localhost:9100/op]")
@click.option("--second-issuer", metavar="URL", help="Another provider that people can sign in at. [none]")
@click.option("--second-client-id", metavar="ID", help="Our client id at that one. [leerid-rp]")
@click.option("--client-id", metavar="ID", help="Our client id at the provider. [leerid-rp]")
@click.option("--client-secret-file", metavar="FILE", help="File with the client secret; or LEERID_RP_CLIENT_SECRET.")
@click.option("--client-authentication", metavar="METHOD", help=f"One of: {', '.join(ClientAuthentication)}.")
@click.option("--client-key-file", metavar="FILE", help="Private key (JWK or PEM) for private_key_jwt.")
@click.option("--scope", metavar="SCOPES", help="What to ask for. [openid profile ov_leerling]")
@click.option("--max-age-seconds", metavar="N", help="How long ago a pupil may have signed in at the provider. [any]")
@click.option("--acr-values", metavar="URNS", help="Means of authentication to ask for and to insist on. [any]")
@click.option("--database", metavar="URL", help="SQLAlchemy URL, like sqlite:///pupils.db. [a temporary file]")
@click.option("--partner-schools", metavar="FILE", help="TOML file with the schools that have an agreement.")
@click.option(
    "--staff-subject",
    "staff_subjects",
    metavar="SUB",
    multiple=True,
    callback=lambda _context, _option, told: told or None,
    help="The `sub` of somebody who may see pupils at /staff; once for each. [nobody]",
)
@click.option("--session-hours", metavar="N", help="How long a sign-in lasts. [8]")
@click.option("--privacy-log-days", metavar="N", help=f"How long the privacy log is kept. [{PRIVACY_LOG_DAYS}]")
@click.option("--backchannel-logout", is_flag=True, default=None, help="Take logout tokens at /backchannel-logout.")
@click.option("--initiate-login", is_flag=True, default=None, help="Let others begin sign-ins at /initiate-login.")
@click.option("--refresh", is_flag=True, default=None, help="Ask the provider hourly whether a sign-in still holds.")
@click.option("--discovery-cache-seconds", metavar="N", help="How long the discovery document is kept. [60]")
@click.option("--response-mode", metavar="MODE", help="How the response comes: query or form_post. [query]")
@click.option("--silent-first", is_flag=True, default=None, help="Try to sign in without a page before showing one.")
@click.option("--test-door", is_flag=True, default=None, help="Let tests here move the clock, read, purge, restart.")
@click.option(
    "--defect",
    "defects",
    metavar="NAME",
    multiple=True,
    help="Be wrong on purpose in one way; see `leerid-rp defects`.",
)
def serve(client_secret_file: str | None, defects: tuple[str, ...], **options: Any) -> None:
    """Serve the reference application, at http://127.0.0.1:9200 unless told otherwise.

    Every option can be given as an environment variable LEERID_RP_<NAME>; an option wins. The client secret is read
    from LEERID_RP_CLIENT_SECRET or a file, never from the command line, where others could see it.

    At the start, and daily while it is served, accounts whose time is over are deleted, as `leerid-rp purge` does.

    \b
    Examples:
      leerid-rp serve
      leerid-rp serve --port 9300 --database sqlite:///pupils.db
      leerid-rp serve --defect email-as-key
    \b
    A file of partner schools:
      [[schools]]
      number = "700101"
      name = "Testbasisschool De Gele Giraf"
      agreement_from = 2023-09-01
      agreement_until = 2027-08-31   # may be left out
    """
    try:
        settings = _settings(client_secret_file, {**options, "defect": _single(defects)})
    except SettingsError as error:
        _stop(*error.problems)
    with _database(settings) as ready:
        _announce(ready)
        _serve(ready)


def _settings(client_secret_file: str | None, options: dict[str, Any]) -> Settings:
    """Read the settings and try what they name."""
    if client_secret_file is not None:
        options["client_secret"] = _secret(Path(client_secret_file))
    settings = read(options)
    if problems := trials.problems(settings):
        raise SettingsError(*problems)
    return settings


def _single(defects: tuple[str, ...]) -> str | None:
    if len(defects) > 1:
        message = f"given {len(defects)} times, but the application is wrong in one way at a time"
        raise SettingsError(Problem(key="--defect", message=message, hint=f"Choose one of: {', '.join(defects)}."))
    return next(iter(defects), None)


def _secret(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        hint = "Give a text file that holds the secret and nothing else."
        problem = Problem(key=f"--client-secret-file {path}", message="cannot be read", hint=hint)
        raise SettingsError(problem) from None


@contextmanager
def _database(settings: Settings) -> Iterator[Settings]:
    """Without a database: a temporary one that goes when the application stops."""
    if settings.database is not None:
        yield settings
        return
    with TemporaryDirectory(prefix=TEMPORARY) as folder:
        yield settings.model_copy(update={"database": f"sqlite:///{Path(folder) / 'accounts.db'}"})


def _announce(settings: Settings) -> None:
    """Say where to look and what to register at the provider."""
    click.echo(f"leerid-testbed: the reference application, for testing only, at {settings.address}\n")
    click.echo(f"  provider        {settings.issuer}")
    click.echo(f"  client          {settings.client_id}, {settings.client_authentication}")
    click.echo(f"  redirect URI    {settings.redirect_uri}")
    for other in settings.each_issuer[1:]:
        click.echo(f"  and at          {other.issuer}: {other.client_id}, {other.redirect_uri}")
    click.echo(f"  after sign-out  {settings.post_logout_redirect_uri}")
    kept = "a temporary database, removed at the end (--database keeps it)"
    click.echo(f"  accounts        {kept if TEMPORARY in str(settings.database) else 'kept in the given database'}")
    if settings.staff_subjects:
        click.echo(f"  staff           {len(settings.staff_subjects)} named, at {settings.address}/staff")
    if settings.defect:
        click.echo(f"  WRONG ON PURPOSE: {settings.defect}")
    click.echo("\n  Stop with Ctrl-C.")


def _serve(settings: Settings) -> None:
    """Serve from one worker with threads, until a signal comes."""
    if "fork" in multiprocessing.get_all_start_methods():
        multiprocessing.set_start_method("fork", force=True)  # half the time to the first answer
    server = Granian(
        "leerid-rp",
        address=trials.address_of(settings.host),
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        websockets=False,
        log_enabled=False,
    )
    server.serve(target_loader=partial(_in_worker, settings, os.getpid()), wrap_loader=False)


def _in_worker(settings: Settings, parent: int) -> Flask:
    """Make the application inside the worker, which goes when its parent is gone."""
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(levelname)s %(message)s")
    Thread(target=_follow, args=(parent,), daemon=True).start()
    app = create_app(settings)
    daily.purging(app).start()
    return app


def _follow(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(PARENT_IS_WATCHED_EVERY_S)
    os._exit(0)


def _stop(*problems: Problem) -> NoReturn:
    for problem in problems:
        click.echo(f"leerid-rp: {problem.key}: {problem.message}\n  {problem.hint}", err=True)
    sys.exit(WRONG_USE)
