"""Write docs/matrix.md from what `python3 noxfile.py -s matrix` left in build/matrix/.

The whole takes hours of processor time, so it may be made in parts: rows of the page stay as long as the suite is the
one they were made with, rows in build/matrix/ come in their place, and what has no row yet is named.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from conformance.runner import fingerprint, load_suite

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from conformance.scenario import Scenario

ROWS = Path("build/matrix")
PAGE = Path("docs/matrix.md")
SOUND = "sound"
CAUGHT = {"failed", "warned"}
HEAD = """# Defects and scenarios

Written by `python3 noxfile.py -s matrix`: the suite runs against the sound reference application and against each of
its defects, {count} scenarios x {applications} applications. The sound one has no failure and nothing inconclusive; a
defect fails exactly the scenarios that name it (`warned` where the requirement is a *should*). Rows made with another
suite than `{suite}` (`leerid-check run` tells the same in report.json, `suite_sha256`) are not shown.

In place of the browser stood a plain HTTP client: it has cookies, a cache, redirects and forms, but runs no script, so
scenarios that only a script can fail are left out. For the scenarios that name each defect, and a few that do not,
`tests/matrix/test_matrix.py` shows the same in a real browser.
{gaps}
| defect | what it does wrong | caught by | everything else |
|---|---|---|---|
"""
GAPS = """
{count} of the {all} defects have no row yet: {names}. Those are shown by the scenarios that name them, at each run of
the tests.
"""


def row(defect: Mapping[str, str], verdicts: Mapping[str, str]) -> str:
    """A line of the table."""
    caught = sorted(f"`{name}` ({verdict})" for name, verdict in verdicts.items() if verdict in CAUGHT)
    rest = sorted({verdict for verdict in verdicts.values() if verdict not in CAUGHT})
    passed = sum(verdict not in CAUGHT for verdict in verdicts.values())
    return f"| `{defect['id']}` | {defect['sentence']} | {'<br>'.join(caught)} | {passed} {' and '.join(rest)} |\n"


def kept(page: str, suite: str) -> dict[str, str]:
    """The lines of an earlier page by defect; none when it was made with another suite."""
    if f"`{suite}`" not in page:
        return {}
    return {found[1]: f"{line}\n" for line in page.splitlines() if (found := re.match(r"\| `([^`]+)` \|", line))}


def wrong(name: str, verdicts: Mapping[str, str], scenarios: Iterable[Scenario]) -> list[str]:
    """What a row shows that may not be: a cell that is missing, a defect caught by others than those that name it."""
    told: list[str] = []
    for scenario in scenarios:
        verdict = verdicts.get(scenario.id, "missing")
        expected = CAUGHT if name in scenario.catches else {"passed", "skipped"}
        if verdict not in expected:
            told.append(f"{name}: {scenario.id} is {verdict}, not {' or '.join(sorted(expected))}")
    return told


def written(defects: list[dict[str, str]], rows: Mapping[str, str], *, count: int, suite: str) -> str:
    """The page; `rows` are lines by defect."""
    lacking = [defect["id"] for defect in defects if defect["id"] not in rows]
    names = ", ".join(f"`{name}`" for name in lacking)
    gaps = GAPS.format(count=len(lacking), all=len(defects), names=names) if lacking else ""
    head = HEAD.format(count=count, applications=len(rows) + 1, suite=suite, gaps=gaps)
    return head + "".join(rows[defect["id"]] for defect in defects if defect["id"] in rows)


def main() -> None:
    """Read every row there is and write the page.

    A row that is not as its scenarios say, or that lacks a scenario, is an error, and so is a sound one with a failure.
    """
    told = subprocess.run(["leerid-rp", "defects", "--json"], check=True, capture_output=True, text=True).stdout
    defects = json.loads(told)["defects"]
    made = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in ROWS.glob("*.json")}
    if SOUND not in made:
        sys.exit(f"no {ROWS / SOUND}.json: run `python3 noxfile.py -s matrix` first")
    suite, _ = load_suite()
    met = [scenario for scenario in suite.scenarios if scenario.id in made[SOUND]]
    if problems := [line for name, verdicts in made.items() for line in wrong(name, verdicts, met)]:
        sys.exit("\n".join(problems))
    print_of_suite = fingerprint(suite)
    before = kept(PAGE.read_text(encoding="utf-8"), print_of_suite) if PAGE.exists() else {}
    rows = before | {each["id"]: row(each, made[each["id"]]) for each in defects if each["id"] in made}
    PAGE.write_text(written(defects, rows, count=len(met), suite=print_of_suite), encoding="utf-8")
    print(f"{PAGE}: {len(rows)} of {len(defects)} defects, {len(met)} scenarios")


if __name__ == "__main__":
    main()
