"""Who is compared: how each provider is started, what its application can ask of it, and what it leaves out."""

from __future__ import annotations

import json
import socket
import sys
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mock_idp.domain.people.days import school_year_of
from mock_idp.domain.population import Population, Query, Situation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.flows.application import Application

PUPILS = 500
LOOPBACK = "127.0.0.1"


class Credentials(NamedTuple):
    """What somebody types."""

    user_name: str
    password: str


@dataclass(frozen=True, kw_only=True)
class Peer:
    """A provider. `command` and `discovery` are of a port; `leaves_out`: what its flow does not have, in words."""

    name: str
    command: Callable[[int], list[str]]
    discovery: Callable[[int], str]
    typed: Callable[[Credentials], dict[str, str]]
    authentication: str
    scope: str = "openid profile"
    leaves_out: str = ""
    is_node: bool = False


OURS = "leerid-idp"
FASTEST = "oauth2-mock-server"


def peers(application: Application, place: Path) -> tuple[Peer, ...]:
    """Return everybody who is compared, ours first. `place`: where their files are, and the packages of npm."""
    return (ours(application, place), _oauth2_mock_server(place), _oidc_provider(application, place), _in_flask())


def ours(application: Application, place: Path, *switches: str) -> Peer:
    """Return `leerid-idp serve` with one registered client, and set to behave as these switches say."""
    clients = place / "clients.toml"
    clients.write_text(_clients_file(application), "utf-8")
    serve = [beside_python("leerid-idp"), "serve", *(part for switch in switches for part in ("--set", switch))]
    return Peer(
        name=OURS,
        command=lambda port: [*serve, "--port", str(port), "--clients", str(clients)],
        discovery=lambda port: f"http://localhost:{port}/op/.well-known/openid-configuration",
        typed=_user_name_and_password,
        authentication="private_key_jwt",
        scope="openid profile ov_leerling",
    )


def pupils() -> Iterator[Credentials]:
    """Yield pupils of the crowd with their passwords, the same ones again and again."""
    crowd = Population(school_year=school_year_of(date.today()))  # noqa: DTZ011  the day of this machine, as the mock
    found = crowd.search(Query(situation=Situation.ORDINARY), PUPILS).pupils
    return cycle([Credentials(each.user_name, crowd.password(each.user_name)) for each in found])


def beside_python(command: str) -> str:
    """Return the path of a command that was installed with the Python that runs this."""
    return str(Path(sys.executable).with_name(command))


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def _oauth2_mock_server(place: Path) -> Peer:
    program = str(place / "node_modules" / "oauth2-mock-server" / "dist" / "oauth2-mock-server.mjs")
    return Peer(
        name=FASTEST,
        command=lambda port: ["node", program, "-a", LOOPBACK, "-p", str(port)],
        discovery=_discovery,
        typed=_nothing,
        authentication="none",
        leaves_out="no page, no client is known or authenticated, no redirect URI compared, anybody's access token is "
        "taken; PKCE is checked",
        is_node=True,
    )


def _oidc_provider(application: Application, place: Path) -> Peer:
    def command(port: int) -> list[str]:
        client = {"client_id": application.client_id, "redirect_uri": application.redirect_uri}
        settings = {"port": port, "client": {**client, "jwks": application.jwks()}, "password": application.secret}
        file = place / f"oidc-provider-{port}.json"
        file.write_text(json.dumps(settings), "utf-8")
        return ["node", str(place / "server.mjs"), str(file)]

    return Peer(
        name="oidc-provider",
        command=command,
        discovery=_discovery,
        typed=lambda person: {"username": person.user_name, "password": application.secret},
        authentication="private_key_jwt",
        leaves_out="nothing; one password for all, a page of five lines",
        is_node=True,
    )


def _in_flask() -> Peer:
    command = beside_python("oidc-provider-mock")
    return Peer(
        name="oidc-provider-mock",
        command=lambda port: [command, "--port", str(port)],
        discovery=_discovery,
        typed=lambda person: {"sub": person.user_name},
        authentication="client_secret_post",
        leaves_out="no password, any client and secret are taken; PKCE is not looked at by the release for Python 3.11",
    )


def _discovery(port: int) -> str:
    return f"http://{LOOPBACK}:{port}/.well-known/openid-configuration"


def _user_name_and_password(person: Credentials) -> dict[str, str]:
    return {"username": person.user_name, "password": person.password}


def _nothing(person: Credentials) -> dict[str, str]:
    del person
    return {}


def _clients_file(application: Application) -> str:
    """Return the registration of the application as TOML."""
    [key] = application.jwks()["keys"]
    members = ", ".join(f"{name} = {json.dumps(value)}" for name, value in key.items() if name != "key_ops")
    return f"""[[clients]]
client_id = "{application.client_id}"
redirect_uris = ["{application.redirect_uri}"]
token_endpoint_auth_method = "private_key_jwt"
require_pkce = true
jwks = {{ keys = [{{ {members} }}] }}
"""
