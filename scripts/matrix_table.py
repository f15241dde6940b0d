"""Write docs/matrix.md from what `python3 noxfile.py -s matrix` left in build/matrix/."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROWS = Path("build/matrix")
PAGE = Path("docs/matrix.md")
HEAD = """# Defects and scenarios

Written by `python3 noxfile.py -s matrix`: the suite ran against the sound reference application and against each of
its defects, {count} scenarios x {defects} applications. The sound one has no failure and nothing inconclusive; a defect
fails exactly the scenarios that name it (`warned` where the requirement is a *should*).

In place of the browser stood a plain HTTP client: it has cookies, a cache, redirects and forms, but runs no script, so
scenarios that only a script can fail are left out. For the scenarios that name each defect, and a few that do not,
`tests/matrix/test_matrix.py` shows the same in a real browser.

| defect | what it does wrong | caught by | everything else |
|---|---|---|---|
"""


def _row(defect: dict[str, str]) -> str:
    verdicts = json.loads((ROWS / f"{defect['id']}.json").read_text(encoding="utf-8"))
    caught = sorted(f"`{name}` ({verdict})" for name, verdict in verdicts.items() if verdict in {"failed", "warned"})
    rest = sorted({verdict for verdict in verdicts.values() if verdict not in {"failed", "warned"}})
    passed = sum(verdict == "passed" for verdict in verdicts.values())
    return f"| `{defect['id']}` | {defect['sentence']} | {'<br>'.join(caught)} | {passed} {' and '.join(rest)} |\n"


def main() -> None:
    """Read every row and write the page; a missing row is an error."""
    told = subprocess.run(["leerid-rp", "defects", "--json"], check=True, capture_output=True, text=True).stdout
    defects = json.loads(told)["defects"]
    missing = [defect["id"] for defect in defects if not (ROWS / f"{defect['id']}.json").exists()]
    if missing:
        sys.exit(f"no row for {', '.join(missing)}: run `python3 noxfile.py -s matrix` to its end first")
    count = len(json.loads((ROWS / "sound.json").read_text(encoding="utf-8")))
    head = HEAD.format(count=count, defects=len(defects) + 1)
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(head + "".join(map(_row, defects)), encoding="utf-8")
    print(f"{PAGE}: {len(defects)} defects, {count} scenarios")


if __name__ == "__main__":
    main()
