"""The command: it serves, it stops, it says what is wrong."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import time
from typing import TYPE_CHECKING

import httpx
import pytest
from click.testing import CliRunner, Result
from laboratory import COMMANDS, LOOK_EVERY_S, answers, free_port

from relying_party.cli import main

if TYPE_CHECKING:
    from pathlib import Path

SOON_S = 20


def run(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(main, arguments, env=environment)


def test_help_shows_how_to_begin() -> None:
    assert "leerid-rp serve --defect nonce-unchecked" in run("--help").output
    assert "sqlite:///pupils.db" in run("serve", "--help").output


def test_defects_are_listed_for_people_and_for_programs() -> None:
    rows = json.loads(run("defects", "--json").output)["defects"]
    assert {"id", "sentence", "requirements", "replaces"} == set(rows[0])
    text = run("defects").output
    assert all(row["id"] in text and row["sentence"] in text for row in rows)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--host", "0.0.0.0"], "--expose"),  # noqa: S104  refused
        (["--host", "nowhere.invalid"], "--host"),
        (["--port", "many"], "--port"),
        (["--defect", "nonce-uncheckd"], "did you mean nonce-unchecked?"),
        (["--defect", "nonce-unchecked", "--defect", "email-as-key"], "--defect: given 2 times"),
        (["--partner-schools", "nowhere.toml"], "--partner-schools nowhere.toml"),
        (["--client-secret-file", "nowhere"], "--client-secret-file nowhere"),
        (["--client-authentication", "private_key_jwt", "--client-key-file", "nowhere"], "holds no usable key"),
        (["--database", "nonsense"], "--database"),
        (["--database", "sqlite:////nowhere/at/all.db"], "--database"),
    ],
)
def test_what_cannot_work_is_told_before_serving(arguments: list[str], told: str) -> None:
    if "--port" not in arguments:
        arguments = [*arguments, "--port", str(free_port())]
    result = run("serve", *arguments)
    assert result.exit_code == 2
    assert told in result.stderr
    assert "Traceback" not in result.output


def test_a_port_in_use_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = run("serve", "--port", str(port))
    assert result.exit_code == 2
    assert f"cannot listen on 127.0.0.1:{port}" in result.stderr


def test_the_secret_of_a_file_is_neither_told_nor_logged_and_a_signal_stops_cleanly(tmp_path: Path) -> None:
    secret, port = tmp_path / "secret", free_port()
    secret.write_text("hush-hush\n")
    command = [str(COMMANDS / "leerid-rp"), "serve", "--port", str(port), "--client-secret-file", str(secret)]
    environment = {"TMPDIR": str(tmp_path), "LEERID_RP_ISSUER": "http://localhost:1/op"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment) as rp:
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz", rp)
            answer = httpx.get(f"http://127.0.0.1:{port}/sign-in", follow_redirects=True)
            assert (answer.status_code, answer.url.path) == (400, "/refused/provider-unavailable")
            assert len(list(tmp_path.glob("leerid-rp-*"))) == 1
        finally:
            rp.send_signal(signal.SIGTERM)
            output, _none = rp.communicate(timeout=SOON_S)
    assert rp.returncode == 0
    assert f"http://127.0.0.1:{port}/callback" in output
    assert "hush" not in output
    assert "Traceback" not in output
    assert list(tmp_path.glob("leerid-rp-*")) == [], "the temporary database is gone"


def wait_for(address: str, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + SOON_S
    while not answers(address):
        assert process.poll() is None
        assert time.monotonic() < deadline, f"{address} did not answer within {SOON_S} s"
        time.sleep(LOOK_EVERY_S)
