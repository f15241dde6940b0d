"""The real commands: a mock that asks a datastore of its own, which is stopped and started again."""

from __future__ import annotations

import re
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpx
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMAND = [sys.executable, "-c", "from mock_idp.cli import main; main()"]
APPLICATION = {
    "client_id": "anybody",
    "redirect_uri": "http://127.0.0.1:9200/callback",
    "response_type": "code",
    "scope": "openid profile ov_leerling",
    "state": "the-state",
    "nonce": "the-nonce",
}


@contextmanager
def running(name: str, *options: str) -> Iterator[str]:
    """Run a command until the end of the block; give the address that it tells under this name."""
    with subprocess.Popen([*COMMAND, *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout
        told = []
        for line in process.stdout:
            told.append(line)
            if "Stop with" in line:
                break
        try:
            yield next(line.split()[1] for line in told if line.strip().startswith(name))
        finally:
            process.terminate()
            process.wait(timeout=10)


def datastore(*options: str) -> Any:
    return running("datastore", "datastore", "serve", "--port", "0", *options)


def port_of(url: str) -> str:
    return url.rpartition(":")[2]


@pytest.fixture
def browser() -> Iterator[httpx.Client]:
    with httpx.Client(transport=httpx.HTTPTransport(retries=8), trust_env=False) as client:
        yield client


class SignIn:
    """One page of the mock, and the form on it."""

    def __init__(self, browser: httpx.Client, issuer: str) -> None:
        self.browser, self.site = browser, issuer.removesuffix("/op")
        people = browser.get(f"{self.site}/control/v1/personas").json()["personas"]
        self.person = next(each for each in people if each["slug"] == "enrolment-ended")
        answer = browser.get(f"{issuer}/v1/auth", params=APPLICATION)
        self.page = self.site + answer.headers["location"].removeprefix(self.site)

    def submit(self) -> httpx.Response:
        form = {"username": self.person["user_name"], "password": self.person["password"]}
        return self.browser.post(self.page, data=form)

    def notes(self) -> list[str]:
        exchanges = self.browser.get(f"{self.site}/control/v1/journal").json()["exchanges"]
        return [note for each in exchanges for note in each["notes"] if "datastore" in note]


def enrolments(browser: httpx.Client, issuer: str, answer: httpx.Response) -> Any:
    code = re.search(r"code=([^&]+)", answer.headers["location"])
    assert code
    form = {"grant_type": "authorization_code", "code": code[1], "redirect_uri": APPLICATION["redirect_uri"]}
    tokens = browser.post(f"{issuer}/v1/token", data=form, auth=("anybody", "anything")).json()
    return (
        browser.get(f"{issuer}/v1/userinfo", headers={"Authorization": f"Bearer {tokens['access_token']}"})
        .json()
        .get("ov_inschrijvingen", [])
    )


def test_a_pupil_signs_in_through_a_mock_that_asks_a_datastore_of_its_own(browser: httpx.Client) -> None:
    with datastore("--lag-days", "14") as url, running("issuer", "serve", "--port", "0", "--datastore", url) as issuer:
        browser.get(f"{url}/healthz").raise_for_status()
        told = enrolments(browser, issuer, SignIn(browser, issuer).submit())
    assert [each["instellingsnummer"] for each in told] == ["700202"], (
        "the datastore that lags does not know of the end"
    )


def test_a_sign_in_that_met_no_datastore_works_on_the_same_page_once_it_is_back(browser: httpx.Client) -> None:
    with datastore() as url:
        pass  # a free port, and nobody there now
    with running("issuer", "serve", "--port", "0", "--datastore", url) as issuer:
        page = SignIn(browser, issuer)
        answer = page.submit()
        assert (answer.status_code, "provider-error" in answer.text) == (503, True)
        assert "leerid_session" not in browser.cookies
        assert url in page.notes()[0]
        with datastore("--port", port_of(url)):
            browser.get(f"{url}/healthz").raise_for_status()
            assert enrolments(browser, issuer, page.submit()) == []
            assert "code=" in browser.get(f"{issuer}/v1/auth", params=APPLICATION).headers["location"]
        assert browser.get(f"{issuer}/v1/auth", params=APPLICATION).status_code == 503
        assert "leerid_session" in browser.cookies


def refused(*options: str) -> str:
    done = subprocess.run([*COMMAND, *options], capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    return done.stderr


def test_listening_beyond_loopback_takes_a_flag() -> None:
    assert "--allow-remote" in refused("datastore", "serve", "--host", "192.0.2.1")


def test_a_file_of_people_that_cannot_be_used_is_told() -> None:
    assert "cannot be read" in refused("datastore", "serve", "--people", "/nowhere/people.toml")


@pytest.mark.parametrize("url", ["localhost:9101", "ftp://localhost", "http://", "http://localhost:99999"])
def test_an_address_that_no_datastore_can_have_is_told(url: str) -> None:
    assert "--datastore" in refused("serve", "--datastore", url)


def test_help_teaches_by_example() -> None:
    told = subprocess.run([*COMMAND, "datastore", "serve", "--help"], capture_output=True, text=True, check=True).stdout
    assert "leerid-idp serve --datastore http://localhost:9101" in told
