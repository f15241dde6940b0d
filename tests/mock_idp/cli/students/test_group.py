"""The group of commands."""

from __future__ import annotations

import subprocess
import sys

import pytest
from click.testing import CliRunner

from mock_idp.cli import main


def test_help_of_the_whole_command_waits_for_neither_population_nor_tables() -> None:
    script = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from mock_idp.cli import main\n"
        "assert CliRunner().invoke(main, ['--help']).exit_code == 0\n"
        "print([each for each in ('mock_idp.domain.population', 'rich', 'xlsxwriter') if each in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("command", [[], ["search"], ["show"], ["export"]])
def test_help_teaches_by_example(command: list[str]) -> None:
    told = CliRunner().invoke(main, ["students", *command, "--help"]).stdout
    assert "Examples:" in told
    assert "leerid-idp students " in told


def test_an_unknown_command_is_told() -> None:
    assert "No such command" in CliRunner().invoke(main, ["students", "serch"]).stderr
