"""A laboratory: a mock, and the reference application with one defect at a time, on free ports of loopback."""

import json
import socket
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

START_S = 30
LOOK_EVERY_S = 0.02
"""To ask without a pause takes the processor away from what is to start."""
COMMANDS = Path(sysconfig.get_path("scripts"))
MEANS = "urn:be:vlaanderen:authmech:leerid urn:be:vlaanderen:authmech:itsme"
DEMANDS: dict[str, Any] = {"max_age_seconds": 30 * 86_400, "acr_values": MEANS}
"""What the application asks of the authentication here, so that every scenario has something to bend."""
TARGET = """
name = "Reference application, {defect}"
sign_in_url = "http://127.0.0.1:{port}/sign-in"
claims_profile = "meemoo-2023"
key_refresh_s = 5

[start]
command = {command}
ready_url = "http://127.0.0.1:{port}/healthz"

[mock]
url = "{mock}"

[client]
client_id = "leerid-rp"
client_secret = "testbed-secret-not-for-production"
token_endpoint_auth_method = "client_secret_basic"
redirect_uris = ["http://127.0.0.1:{port}/callback"]
post_logout_redirect_uris = ["http://127.0.0.1:{port}/signed-out"]

[landmarks]
signed_in = {{ test_id = "signed-in" }}
refused = {{ test_id = "refused" }}
signed_out = {{ test_id = "signed-out" }}

[capabilities]
identity = {{ test_id = "person-id" }}
name = {{ test_id = "person-name" }}
sign_out = {{ test_id = "sign-out" }}
admission = true
log = true
clock = "http://127.0.0.1:{port}/test-door/clock"
restart = "http://127.0.0.1:{port}/test-door/restart"
store = "http://127.0.0.1:{port}/test-door/store"
privacy_log = "http://127.0.0.1:{port}/test-door/privacy-log"
purge = "http://127.0.0.1:{port}/test-door/purge"
pages = [
  "http://127.0.0.1:{port}/me/data", "http://127.0.0.1:{port}/me/data?person={{identity}}",
  "http://127.0.0.1:{port}/staff/pupils/{{identity}}",
]
export = "http://127.0.0.1:{port}/me/data.json"
report = "http://127.0.0.1:{port}/me/data"
session_s = 28800
next_parameter = "next"
backchannel_logout = "http://127.0.0.1:{port}/backchannel-logout"
initiate_login = "http://127.0.0.1:{port}/initiate-login"

[capabilities.second_issuer]
sign_in_url = "http://127.0.0.1:{port}/sign-in/second"

[capabilities.second_issuer.client]
client_id = "leerid-rp"
client_secret = "second-testbed-secret-not-for-production"
redirect_uris = ["http://127.0.0.1:{port}/callback/second"]
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def told(*arguments: str) -> Any:
    """What one of the project's commands prints as JSON."""
    command = [str(COMMANDS / arguments[0]), *arguments[1:], "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=1, verify=False).is_success  # noqa: S501  none is shown, and reading ours takes long
    except httpx.TransportError:
        return False


@contextmanager
def running(command: list[str], url: str, log: Path) -> Iterator[None]:
    """A server, from its first answer at `url` until the end of the block."""
    with log.open("w") as file:
        process = subprocess.Popen(command, stdout=file, stderr=file)
        deadline = time.monotonic() + START_S
        try:
            while not answers(url):
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < deadline, f"{command[0]} did not answer within {START_S} s"
                time.sleep(LOOK_EVERY_S)
            yield
        finally:
            process.terminate()
            process.wait(timeout=10)


@dataclass(frozen=True, kw_only=True)
class Laboratory:
    """Judges the reference application, sound or with one defect."""

    mock: str
    place: Path

    def persona(self, slug: str) -> dict[str, Any]:
        """A pupil of this mock, with user name and password."""
        people = httpx.get(f"{self.mock}/control/v1/personas").raise_for_status().json()["personas"]
        found: dict[str, Any] = next(person for person in people if person["slug"] == slug)
        return found

    @contextmanager
    def application(self, *options: str) -> Iterator[str]:
        """The sound reference application on a free port, stopped at the end; a client that no judgement registers."""
        port = free_port()
        command = [
            str(COMMANDS / "leerid-rp"),
            "serve",
            "--port",
            str(port),
            "--issuer",
            f"{self.mock}/op",
            "--client-id",
            "looked-at",
            *options,
        ]
        with running(command, f"http://127.0.0.1:{port}/healthz", self.place / "application.log"):
            yield f"http://127.0.0.1:{port}"

    def judge(self, defect: str | None, only: tuple[str, ...] = ()) -> dict[str, Any]:
        """Run the harness as a user does and return its report.json."""
        port = free_port()
        name = defect or "sound"
        command = [str(COMMANDS / "leerid-rp"), "serve", "--port", str(port), "--issuer", f"{self.mock}/op"]
        command += [
            "--second-issuer",
            f"{self.mock}/i/evil/op",
            "--backchannel-logout",
            "--initiate-login",
            "--test-door",
            "--staff-subject",
            "nobody-in-particular",
        ]
        command += ["--defect", defect] if defect else []
        command += [word for name, value in DEMANDS.items() for word in (f"--{name.replace('_', '-')}", str(value))]
        target = self.place / f"{name}.toml"
        text = TARGET.format(defect=name, port=port, mock=self.mock, command=json.dumps(command))
        target.write_text(text, encoding="utf-8")
        report = self.place / name
        run = [str(COMMANDS / "leerid-check"), "run", "--target", str(target), "--report", str(report), "--no-pictures"]
        for scenario in only:
            run += ["--only", scenario]
        done = subprocess.run(run, capture_output=True, text=True, check=False)
        assert done.returncode in {0, 1, 3}, f"{done.stdout}\n{done.stderr}"
        result: dict[str, Any] = json.loads((report / "report.json").read_text(encoding="utf-8"))
        return result
