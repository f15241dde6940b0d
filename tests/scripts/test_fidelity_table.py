"""The page about fidelity is what the data says."""

from __future__ import annotations

import runpy
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "fidelity.md").read_text("utf-8")


def test_the_committed_page_is_what_the_data_says() -> None:
    written = runpy.run_path(str(ROOT / "scripts" / "fidelity_table.py"))["page"]()
    assert written == PAGE, "write it again with: python scripts/fidelity_table.py"


def test_every_table_is_whole() -> None:
    assert {line.count("|") for line in PAGE.splitlines() if line.startswith("|")} == {7, 6}
