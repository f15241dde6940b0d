"""`leerid-idp serve`: the mock."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from pydantic import SecretStr

from mock_idp.cli.serving import address_of, day, free_port, serve_until_stopped
from mock_idp.cli.switches import changed, sibling_names, switched
from mock_idp.cli.trouble import told
from mock_idp.settings import Policy, Settings

if TYPE_CHECKING:
    from flask import Flask


@click.command()
@click.option("--host", default="localhost", show_default=True, help="Name or address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=9100, show_default=True, help="0 takes a free port.")
@click.option("--issuer", "issuer_url", metavar="URL", help="The issuer, when it does not follow from host and port.")
@click.option(
    "--seed",
    type=int,
    default=0,
    show_default=True,
    help="Makes the crowd and the passwords; keys and tokens never follow.",
)
@click.option(
    "--clients",
    "clients_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="TOML file of registered clients. With it only those are served; without it any client on loopback is.",
)
@click.option(
    "--people",
    "people_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="People beside the personas and the crowd: TOML, or a school's export as CSV.",
)
@click.option(
    "--claims-profile",
    "claims_profile_files",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help="TOML file of a claims profile of your own; may be given several times.",
)
@click.option(
    "--profile",
    "default_profile",
    metavar="NAME",
    help="Claims profile of applications that are not registered; else meemoo-2023.",
)
@click.option(
    "--circumstance",
    "circumstances",
    multiple=True,
    metavar="ID",
    help="Let something unusual hold from the start, as in datastore.slow; may be given several times.",
)
@click.option(
    "--datastore", "datastore_url", metavar="URL", help="Ask the datastore there; see leerid-idp datastore serve."
)
@click.option(
    "--set",
    "switches",
    multiple=True,
    metavar="NAME=VALUE",
    callback=switched,
    help="Let the issuer behave otherwise, as in code_ttl_s=60; leerid-idp policy lists every switch.",
)
@click.option(
    "--sibling",
    "siblings",
    multiple=True,
    metavar="NAME",
    callback=sibling_names,
    help="Serve a second issuer at /i/NAME/op, with keys and clients of its own; may be given several times.",
)
@click.option(
    "--today", metavar="DATE", callback=day, help="Read the registers as if the mock was started on this day."
)
@click.option(
    "--control-token",
    envvar="LEERID_CONTROL_TOKEN",
    show_envvar=True,
    help="The control API then demands it. Prefer the variable: other users can read command lines.",
)
@click.option("--allow-remote", is_flag=True, help="Allow listening beyond loopback; needs a control token as well.")
def serve(*, control_token: str | None, switches: Policy, **options: Any) -> None:
    """Serve the test identity provider, on loopback unless told otherwise.

    \b
    Examples:
      leerid-idp serve
      leerid-idp serve --port 9333 --today 2026-09-01
      leerid-idp serve --clients clients.toml
      leerid-idp serve --people 700101.csv --circumstance datastore.lagging
      leerid-idp serve --set iss_parameter=true --set refresh_ttl_s=120 --sibling evil

    \b
    A clients file:
      [[clients]]
      client_id = "my-application"
      client_secret = "a secret made for this test"
      redirect_uris = ["http://127.0.0.1:9200/callback"]
      post_logout_redirect_uris = ["http://127.0.0.1:9200/signed-out"]
      token_endpoint_auth_method = "client_secret_basic"

    \b
    A file of people (everything but names, birth and sex can be left out):
      [[people]]
      given_name = "Sam"
      family_name = "Testleerling"
      birth = { day = "23", month = "01", year = "2013" }
      sex = "m"
      number = "none"
      life = [
        { on = -60, is = "enrolled", school = "700202", stamnummer = "2600215", group = "900301" },
        { on = -7, is = "identified" },
      ]

    Or a school's export as CSV, named after its school (700101.csv), with the headers Achternaam, Voornaam,
    Stamnummer, Administratieve groep, LeerID Gebruikersnaam, LeerID Wachtwoord. What is filled in is told.
    """
    with told():
        token = SecretStr(control_token) if control_token else None
        settings = Settings(control_token=token, policy=switches, **options)
        address = address_of(settings.host)
        port = free_port(address, host=settings.host, port=settings.port)
        settings = settings.model_copy(update={"port": port})
        _make_key_ahead()
        application = _application(settings)  # before the worker begins, which has it then; problems are told here
    _tell_missing(application, settings)
    for note in application.extensions["leerid-provider"].people.notes:
        click.echo(f"leerid-idp: {note}", err=True)
    click.echo(_welcome(settings))
    serve_until_stopped(partial(_application, settings), address, settings.port)


def _make_key_ahead() -> None:
    from mock_idp.protocol.signing_key import make_ahead  # noqa: PLC0415  as everything that serving alone needs

    make_ahead()


def _tell_missing(application: Flask, settings: Settings) -> None:
    """Say that a registration has gaps; what they are is told by the command that is for it."""
    if settings.clients_file is None:
        return
    from mock_idp.domain.dossier import Weight, findings  # noqa: PLC0415  only with registered clients

    found = findings(application.extensions["leerid-provider"].main.clients.list())
    if missing := sum(each.weight == Weight.MISSING for each in found):
        told = f"in {settings.clients_file} {missing} thing(s) are missing for ACM"
        click.echo(f"leerid-idp: {told}; see: leerid-idp clients check {settings.clients_file}", err=True)


@cache
def _application(settings: Settings) -> Flask:
    from mock_idp.web import create_app  # noqa: PLC0415  `leerid-idp --help` need not wait for the whole mock

    return create_app(settings)


def _welcome(settings: Settings) -> str:
    client = "any, on this computer" if settings.is_open else f"those of {settings.clients_file}"
    set_up = "".join(f"    {name:<15} {value}\n" for name, value in _otherwise(settings) if value)
    return f"""leerid-testbed: a test identity provider. Not of the Flemish government; every pupil is invented.

  Paste into your application
    issuer          {settings.issuer}
    discovery       {settings.issuer}/.well-known/openid-configuration
    client          {client}
    scope           openid profile ov_leerling
{f"{chr(10)}  Set up{chr(10)}{set_up}" if set_up else ""}
  Look at
    start page      {settings.site}/
    pupils          {settings.site}/control/v1/personas   (or: leerid-idp personas)
    sign-ins        {settings.site}/inspect   (as JSON: {settings.site}/control/v1/journal)

  Stop with Ctrl-C."""


def _otherwise(settings: Settings) -> tuple[tuple[str, str], ...]:
    """Return what is set up otherwise than by default, for a person to read."""
    return (
        ("people", str(settings.people_file or "")),
        ("claims profiles", ", ".join(map(str, settings.claims_profile_files))),
        ("profile", settings.default_profile or ""),
        ("circumstances", ", ".join(settings.circumstances)),
        ("datastore", settings.datastore_url or ""),
        ("today", str(settings.today or "")),
        ("behaviour", ", ".join(f"{name}={value}" for name, value in changed(settings.policy).items())),
        ("siblings", ", ".join(f"{settings.site}/i/{name}/op" for name in settings.siblings)),
    )
