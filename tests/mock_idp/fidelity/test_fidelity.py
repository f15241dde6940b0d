"""Every row of docs/fidelity.md is so: a check for each, over the wire, with the switch thrown where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from shown import ROWS as CHECKS
from shown import run
from switchboard import THERE

from mock_idp.domain.fidelity import SECTIONS, Row, fidelity
from mock_idp.domain.switches import Kind
from mock_idp.domain.unknowns import unknowns

if TYPE_CHECKING:
    from switchboard import Switchboard

    from mock_idp.domain.switches import Switch

CHECKS.read()
ROWS = [(name, row) for name, section in fidelity().items() for row in section.rows]
SWITCHES = [(row.id, switch) for _, row in ROWS for switch in row.switches]


@pytest.mark.parametrize("row", [row for _, row in ROWS], ids=[f"{name}/{row.id}" for name, row in ROWS])
def test_what_a_row_says_is_so(row: Row, switch: Switchboard, request: pytest.FixtureRequest) -> None:
    assert row.id in CHECKS.by_id, f"no check shows {row.id}: write one under @shows"
    run(CHECKS.by_id[row.id], request)
    assert set(row.switches) <= switch.thrown, "the check throws each switch of its row, and shows the other side"


def test_every_check_shows_a_row_of_its_section() -> None:
    sections = {row.id: name for name, row in ROWS}
    assert CHECKS.place == {row: sections.get(row) for row in CHECKS.by_id}


def test_a_row_stands_once() -> None:
    ids = [row.id for _, row in ROWS]
    assert sorted(set(ids)) == sorted(ids)


def test_every_section_is_there() -> None:
    assert tuple(fidelity()) == SECTIONS


@pytest.mark.parametrize(("row", "switch"), SWITCHES, ids=[f"{row}-{switch.name}" for row, switch in SWITCHES])
def test_a_switch_that_is_named_exists(row: str, switch: Switch) -> None:
    del row
    assert switch.name in THERE[switch.kind]


def test_every_policy_is_named_by_a_row() -> None:
    assert set(THERE[Kind.POLICY]) == {switch.name for _, switch in SWITCHES if switch.kind == Kind.POLICY}


def test_every_circumstance_that_stands_for_an_unknown_is_named_by_a_row() -> None:
    asked = {switch.name for each in unknowns() for switch in each.switches if switch.kind == Kind.CIRCUMSTANCE}
    assert asked <= {switch.name for _, switch in SWITCHES if switch.kind == Kind.CIRCUMSTANCE}
