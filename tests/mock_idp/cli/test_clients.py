"""`leerid-idp clients check`, as somebody uses it before a dossier is sent."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from mock_idp.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

SOUND = """
[[clients]]
client_id = "1f0c6a52-6a0e-4d5f-9d2e-000000000001"
client_name = "Leeromgeving"
client_secret = "an-invented-secret-that-is-long-enough-to-be-one-of-acm-and-made-for-this-test-alone-0123456789"
redirect_uris = ["https://application.example/callback"]
post_logout_redirect_uris = ["https://application.example/signed-out"]
scopes = ["openid", "profile", "ov_leerling"]
acr_values = ["urn:be:vlaanderen:authmech:leerid"]
require_pkce = true
"""
ODD = SOUND.replace("require_pkce = true", "")
GAP = SOUND.replace('post_logout_redirect_uris = ["https://application.example/signed-out"]', "")


@pytest.fixture
def check(tmp_path: Path) -> Callable[..., Result]:
    def run(text: str, *options: str) -> Result:
        file = tmp_path / "clients.toml"
        file.write_text(text, "utf-8")
        return CliRunner().invoke(main, ["clients", "check", str(file), *options])

    return run


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [(SOUND, (), 0), (ODD, (), 0), (ODD, ("--strict",), 1), (GAP, (), 1), (SOUND, ("--strict",), 0)],
)
def test_the_exit_code_tells_whether_something_is_missing(
    check: Callable[..., Result], text: str, options: tuple[str, ...], code: int
) -> None:
    assert check(text, *options).exit_code == code


def test_each_finding_is_told_with_its_key_and_what_it_rests_on(check: Callable[..., Result]) -> None:
    lines = check(GAP).stdout.splitlines()
    assert lines[0] == "1f0c6a52-6a0e-4d5f-9d2e-000000000001"
    assert lines[1].startswith("  missing  post_logout_redirect_uris: After signing out nobody is sent back")
    assert lines[2].endswith("(documented)")
    assert lines[-1] == "1 client: 1 missing, 0 odd."


def test_programs_get_json(check: Callable[..., Result]) -> None:
    told = json.loads(check(GAP, "--json").stdout)
    assert [(each["key"], each["weight"]) for each in told["findings"]] == [("post_logout_redirect_uris", "missing")]


@pytest.mark.parametrize("text", ["[[clients]]\nclient_id = 7\nredirect_uri = []\n", "[[clients", ""])
def test_a_file_that_cannot_be_used_is_told_without_traceback(check: Callable[..., Result], text: str) -> None:
    result = check(text)
    assert result.exit_code == 2
    assert "clients.toml" in result.stderr
    assert "Traceback" not in result.output


def test_a_file_that_is_not_there_is_told() -> None:
    result = CliRunner().invoke(main, ["clients", "check", "nowhere.toml"])
    assert (result.exit_code, "nowhere.toml: This file cannot be read" in result.stderr) == (2, True)


def test_a_secret_is_never_told(check: Callable[..., Result]) -> None:
    text = SOUND.replace("an-invented-secret-that-is-long", "short")
    for options in ((), ("--json",)):
        assert "short" not in check(text.replace("-enough", ""), *options).output


def test_help_teaches() -> None:
    told = CliRunner().invoke(main, ["clients", "check", "--help"]).stdout
    assert "leerid-idp clients check clients.toml" in told
    assert "Exit code" in told
