"""Compare a report with what docs/foreign.md says the module really does; exit code 1 when they differ.

python3 findings.py build/foreign/report.json docs/foreign.md
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

ROW = re.compile(r"^\| `([^`]+)` \| (failed|warned) \|", re.MULTILINE)
UNREMARKABLE = {"passed", "skipped"}


def main(report: str, page: str) -> int:
    """Say which verdicts are new, which are gone."""
    results = json.loads(Path(report).read_text(encoding="utf-8"))["results"]
    found = {result["id"]: result["verdict"] for result in results if result["verdict"] not in UNREMARKABLE}
    written = dict(ROW.findall(Path(page).read_text(encoding="utf-8")))
    for name in sorted(found.keys() | written.keys()):
        if found.get(name) != written.get(name):
            print(f"{name}: {found.get(name, 'passed')}, but {page} says {written.get(name, 'nothing')}")
    if found != written:
        return 1
    print(f"{len(results)} scenarios, {len(found)} findings: as {page} says")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
