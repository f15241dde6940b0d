"""The real command: started, stopped, and given bad input."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable


COMMAND = [sys.executable, "-c", "from mock_idp.cli import main; main()"]


@pytest.fixture
def started() -> Any:
    """Start the real command and stop it again; gives the process and its issuer once it answers."""
    running = []

    def start(*options: list[str]) -> Any:
        process = subprocess.Popen(
            [*COMMAND, "serve", "--port", "0", *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        running.append(process)
        issuer = next(line.split()[1] for line in process.stdout if line.strip().startswith("issuer"))
        next(line for line in process.stdout if "Stop with" in line)
        return process, issuer

    yield start
    for process in running:
        process.terminate()
        process.wait(timeout=10)
        process.stdout.close()


def answer(url: str) -> Any:
    """Ask until the server listens: it says so before its worker has begun."""
    transport = httpx.HTTPTransport(retries=8)
    with httpx.Client(transport=transport, trust_env=False) as client:
        return client.get(url)


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_the_command_serves_until_it_is_stopped(
    started: Callable[..., tuple[subprocess.Popen[str], str]], stop: signal.Signals
) -> None:
    process, issuer = started()
    assert answer(f"{issuer}/.well-known/openid-configuration").json()["issuer"] == issuer
    process.send_signal(stop)
    assert process.wait(timeout=10) == 0


def test_the_worker_goes_with_a_command_that_was_killed(
    started: Callable[..., tuple[subprocess.Popen[str], str]],
) -> None:
    process, issuer = started()
    assert answer(f"{issuer}/v1/keys").status_code == 200
    process.kill()
    process.stdout.read()  # ends when nobody holds the other end any more
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{issuer}/v1/keys", trust_env=False)


def test_the_clients_of_the_file_are_served(
    started: Callable[..., tuple[subprocess.Popen[str], str]], tmp_path: Path
) -> None:
    file = tmp_path / "clients.toml"
    file.write_text(
        '[[clients]]\nclient_id = "mine"\nclient_secret = "a secret"\nredirect_uris = ["http://127.0.0.1/cb"]\n',
        "utf-8",
    )
    _, issuer = started("--clients", str(file))
    query = "redirect_uri=http://127.0.0.1/cb&response_type=code&scope=openid"
    assert answer(f"{issuer}/v1/auth?client_id=mine&{query}").status_code == 302
    assert answer(f"{issuer}/v1/auth?client_id=other&{query}").status_code == 400


def test_people_and_circumstances_are_there_from_the_start_and_after_a_reset(
    started: Callable[..., tuple[subprocess.Popen[str], str]], tmp_path: Path
) -> None:
    export = tmp_path / "700101.csv"
    export.write_text("Achternaam;Voornaam;LeerID Gebruikersnaam\nTest;Sam;sam.test10\n", "cp1252")
    _, issuer = started("--people", str(export), "--circumstance", "datastore.lagging", "--profile", "minimal")
    control = f"{issuer.removesuffix('/op')}/control/v1"

    assert answer(f"{control}/students/sam.test10").json()["origin"] == "file"
    assert httpx.post(f"{control}/reset", trust_env=False).status_code == 204
    assert answer(f"{control}/stages/default").json()["circumstances"] == ["datastore.lagging"]


def test_what_was_filled_in_and_set_up_is_told(tmp_path: Path) -> None:
    export = tmp_path / "700101.csv"
    export.write_text("Achternaam\nTest\n", "utf-8")
    options = ["--people", str(export), "--circumstance", "datastore.slow", "--port", "0"]
    with subprocess.Popen(
        [*COMMAND, "serve", *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        told = "".join(takewhile(lambda line: "Stop with" not in line, process.stdout or ()))
        process.terminate()
    assert f"leerid-idp: {export}: Geboortedatum is missing on every line." in told
    assert f"people          {export}" in told
    assert "circumstances   datastore.slow" in told


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--circumstance", "datastore.slo"], "--circumstance: There is no circumstance 'datastore.slo'. Did you mean"),
        (["--circumstance", "id-token.expired"], "is a fault"),
        (["--profile", "meemo-2023"], "Did you mean 'meemoo-2023'?"),
        (["--people", "nowhere.csv"], "nowhere.csv: This file cannot be read"),
        (["--people", "klas.xlsx"], "Save the sheet as CSV"),
        (["--claims-profile", "nowhere.toml"], "nowhere.toml: This file cannot be read"),
        (["--datastore", "localhost"], "--datastore"),
        (["--access-token-ttl", "0"], "--access-token-ttl"),
        (["--code-ttl", "soon"], "--code-ttl"),
    ],
)
def test_a_wrong_option_is_told(options: list[str], told: str) -> None:
    assert told in refused("--port", "0", *options)


def refused(*options: list[str], **environment: Any) -> Any:
    done = subprocess.run(
        [*COMMAND, "serve", *options], capture_output=True, text=True, timeout=30, check=False, env=environment or None
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.parametrize(
    "options",
    [["--host", "192.0.2.1"], ["--host", "::", "--allow-remote"], ["--host", "::", "--control-token", "x"]],
)
def test_listening_beyond_loopback_takes_a_flag_and_a_token(options: list[str]) -> None:
    assert "--allow-remote and a control token" in refused(*options)


def test_a_port_in_use_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert "Try --port 0" in refused("--port", str(taken.getsockname()[1]))


def test_a_wrong_date_is_told() -> None:
    assert "2026-09-01" in refused("--today", "tomorrow")
    for day in ("0001-01-01", "1899-12-31", "3000-01-01", "9999-12-31"):
        assert "beyond what the registers hold: 1900 to 2999" in refused("--today", day)


def test_an_unknown_host_is_told() -> None:
    assert "Try localhost" in refused("--host", "nowhere.invalid", "--allow-remote", "--control-token", "x")


CLIENTS = """
[[clients]]
client_id = "one"
client_secrets = "typo"
redirect_uris = ["http://127.0.0.1/cb"]

[[clients]]
client_id = "two"
redirect_uris = []
token_endpoint_auth_method = "basic"

[[clients]]
client_id = "three"
client_secret = "s"
redirect_uris = ["http://127.0.0.1/cb"]
scopes = ["openid", "ov_leerlingen"]
"""


def test_all_problems_of_a_clients_file_are_told_at_once_with_file_key_and_hint(tmp_path: Path) -> None:
    file = tmp_path / "clients.toml"
    file.write_text(CLIENTS, "utf-8")
    told = refused("--clients", str(file))
    assert f"{file}: clients[0].client_secrets" in told
    assert "Did you mean 'client_secret'?" in told
    assert "clients[1].redirect_uris" in told
    assert "clients[1].token_endpoint_auth_method" in told
    assert "Did you mean 'ov_leerling'?" in told


@pytest.mark.parametrize(("content", "told"), [(b"[[clients", "TOML"), (b"\xff", "UTF-8"), (None, "cannot be read")])
def test_an_unusable_clients_file_is_told(tmp_path: Path, content: bytes | None, told: str) -> None:
    file = tmp_path / "clients.toml"
    if content is not None:
        file.write_bytes(content)
    assert told in refused("--clients", str(file))


def run(*arguments: list[str]) -> Any:
    return subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, timeout=30, check=True).stdout


@pytest.mark.parametrize("arguments", [["--help"], ["serve", "--help"]])
def test_help_teaches_by_example(arguments: list[str]) -> None:
    assert "leerid-idp serve" in run(*arguments)


def test_the_version_is_that_of_the_package() -> None:
    pyproject = Path(__file__).parents[3] / "pyproject.toml"
    version = next(line for line in pyproject.read_text("utf-8").splitlines() if line.startswith("version"))
    assert run("--version").split()[-1] == version.split('"')[1]
