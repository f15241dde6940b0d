"""The guesses are told by the product itself."""

from __future__ import annotations

import json

from click.testing import CliRunner

from mock_idp.cli import main
from mock_idp.cli.unknowns import OPTIONS
from mock_idp.settings import Settings


def test_every_guess_is_told_with_its_switch_or_the_reason_why_there_is_none() -> None:
    shown = CliRunner().invoke(main, ["unknowns"]).output
    assert shown.count("otherwise: ") >= 30
    assert all(f"U{number}  " in shown for number in range(1, 31))
    assert "serve --circumstance claims.leer-id-scalar" in shown


def test_the_options_that_are_named_exist() -> None:
    shown = CliRunner().invoke(main, ["serve", "--help"]).output
    assert all(option.split()[1] in shown for option in OPTIONS.values())
    assert set(OPTIONS) <= set(Settings.model_fields)


def test_programs_get_the_same() -> None:
    listed = json.loads(CliRunner().invoke(main, ["unknowns", "--json"]).output)
    assert [each["id"] for each in listed] == [f"U{number}" for number in range(1, 31)]
    assert all(bool(each["switches"]) != bool(each["no_switch"]) for each in listed)
