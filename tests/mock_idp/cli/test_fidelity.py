"""What is copied, guessed and left out is told by the product itself."""

from __future__ import annotations

import json

from click.testing import CliRunner

from mock_idp.cli import main
from mock_idp.domain.fidelity import fidelity


def told(*arguments: str) -> str:
    return CliRunner().invoke(main, ["fidelity", *arguments]).output


def test_every_row_is_told_with_its_source() -> None:
    shown = told()
    rows = [(name, row) for name, section in fidelity().items() for row in section.rows]
    assert all(f"{name}/{row.id}  {row.behaviour}" in shown and row.source in shown for name, row in rows)
    assert "otherwise: serve --set code_ttl_s=VALUE" in shown


def test_a_section_and_a_standing_narrow_it() -> None:
    assert {each["section"] for each in json.loads(told("tokens", "--json"))} == {"tokens"}
    assert {each["standing"] for each in json.loads(told("--standing", "guessed", "--json"))} == {"guessed"}


def test_another_section_is_refused() -> None:
    assert "is not one of" in told("token")
