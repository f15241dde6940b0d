"""Print one closing line for the gate: tests and scenarios together, `gate: N passed, N failed, N skipped`."""

from __future__ import annotations

import json
import sys
import xml.etree.ElementTree as ET
from pathlib import Path


def _tests(path: Path) -> dict[str, int]:
    suites = list(ET.parse(path).getroot().iter("testsuite"))  # noqa: S314  same
    count = {
        name: sum(int(suite.get(name, 0)) for suite in suites) for name in ("tests", "failures", "errors", "skipped")
    }
    failed = count["failures"] + count["errors"]
    return {"passed": count["tests"] - failed - count["skipped"], "failed": failed, "skipped": count["skipped"]}


def _scenarios(path: Path) -> dict[str, int]:
    report = json.loads(path.read_text(encoding="utf-8"))
    if not report.get("complete"):
        sys.exit(f"{path}: the report has no footer, the run was cut short")
    totals = report["totals"]
    return {
        "passed": totals["passed"] + totals["warned"],
        "failed": totals["failed"] + totals["inconclusive"],
        "skipped": totals["skipped"],
    }


def main(tests: str, scenarios: str) -> int:
    """Add both counts up and print them; 1 when something failed or nothing ran."""
    parts = {"tests": _tests(Path(tests)), "scenarios": _scenarios(Path(scenarios))}
    for name, part in parts.items():
        print(f"{name}: {part}")
    total = {key: sum(part[key] for part in parts.values()) for key in ("passed", "failed", "skipped")}
    print(f"gate: {total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped")
    return 1 if total["failed"] or not all(part["passed"] for part in parts.values()) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
