"""The page about claims is what the data says."""

from __future__ import annotations

import runpy
from pathlib import Path

from mock_idp.domain.claims import built_in_profiles, claims_table
from mock_idp.domain.unknowns import unknowns

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "claims.md").read_text("utf-8")


def test_the_committed_page_is_what_the_data_says() -> None:
    written = runpy.run_path(str(ROOT / "scripts" / "claims_table.py"))["page"]()
    assert written == PAGE, "write it again with: python scripts/claims_table.py"


def test_every_claim_profile_and_unknown_has_its_line() -> None:
    lines = PAGE.splitlines()
    assert all(any(line.startswith(f"| `{wire}` |") for line in lines) for wire in claims_table())
    assert all(f"### {name}" in lines for name in built_in_profiles())
    assert all(any(line.startswith(f"| {each.id} |") for line in lines) for each in unknowns())


def test_every_table_is_whole() -> None:
    tables = [line for line in PAGE.splitlines() if line.startswith("|")]
    assert {line.count("|") for line in tables} == {7, 6, 4}
