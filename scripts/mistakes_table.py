"""Write docs/mistakes.md from conformance/data/mistakes.toml: what went wrong in applications, and what catches it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from conformance.scenario import load_scenarios

ROOT = Path(__file__).parents[1]
DATA = ROOT / "conformance" / "data" / "mistakes.toml"
PAGE = ROOT / "docs" / "mistakes.md"
HEAD = """# Mistakes that were made before

Written by `python scripts/mistakes_table.py` from `conformance/data/mistakes.toml`.

Public code of applications that sign pupils in shows these mistakes. The reference application makes each of them again
with `leerid-rp serve --defect NAME`, and these scenarios catch it; `leerid-check explain SCENARIO` says how to mend it.

| mistake | defects | caught by |
|---|---|---|
"""


def mistakes() -> list[dict[str, Any]]:
    """Return the mistakes, as the file has them."""
    found: list[dict[str, Any]] = tomllib.loads(DATA.read_text(encoding="utf-8"))["mistakes"]
    return found


def caught_by(defects: list[str]) -> list[str]:
    """Return the scenarios that name one of these defects, in order."""
    scenarios, _problems = load_scenarios()
    return sorted(each.id for each in scenarios if {*defects} & {*each.catches})


def page() -> str:
    """Return the whole page."""
    return HEAD + "".join(map(_row, mistakes()))


def _row(mistake: dict[str, Any]) -> str:
    defects = mistake.get("defects", [])
    caught = "<br>".join(f"`{name}`" for name in caught_by(defects)) or mistake["none"]
    return f"| {mistake['what']} | {'<br>'.join(f'`{name}`' for name in defects)} | {caught} |\n"


def main() -> None:
    """Write the page to its place."""
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE.name}: {len(mistakes())} mistakes")


if __name__ == "__main__":
    main()
