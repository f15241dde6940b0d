"""The mistakes that were made before: each is made again by defects that exist, and caught."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from relying_party.defects import catalogue

ROOT = Path(__file__).parents[2]
SCRIPT = runpy.run_path(str(ROOT / "scripts" / "mistakes_table.py"))
MISTAKES = SCRIPT["mistakes"]()


def test_the_committed_page_is_what_data_and_scenarios_say() -> None:
    written = SCRIPT["page"]()
    assert written == (ROOT / "docs" / "mistakes.md").read_text("utf-8"), "write again: scripts/mistakes_table.py"


def test_all_eight_are_there() -> None:
    assert [mistake["id"] for mistake in MISTAKES] == [f"M{number}" for number in range(1, 9)]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: str(mistake["id"]))
def test_a_mistake_is_made_by_defects_that_are_caught_or_says_why_by_none(mistake: dict[str, object]) -> None:
    defects = mistake.get("defects", [])
    assert isinstance(defects, list)
    assert bool(defects) is not bool(mistake.get("none"))
    assert set(defects) <= catalogue().keys()
    assert all(SCRIPT["caught_by"]([defect]) for defect in defects)
