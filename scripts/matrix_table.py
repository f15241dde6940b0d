"""Write docs/matrix.md from what `python3 noxfile.py -s matrix` left in build/matrix/.

The whole takes an hour of processor time, so it may be made in parts: rows of the page stay as long as the suite is the
one they were made with, rows in build/matrix/ come in their place, and what has no row yet is named.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conformance.runner import fingerprint, load_suite

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from conformance.scenario import Scenario

ROWS = Path("build/matrix")
PAGE = Path("docs/matrix.md")
SOUND, AT_START = "sound", "at-start"
CAUGHT = {"failed", "warned"}
MOST_TOLD = 40
UNTOUCHED = "untouched"
"""In the place of a verdict: the defect answers there as the sound application does, so it was not run."""
HEAD = """# Defects and scenarios

Written by `python3 noxfile.py -s matrix`: the suite against the sound reference application and against each of its
defects, {count} scenarios x {applications} applications. The sound one has no failure and nothing inconclusive; a
defect fails exactly the scenarios that name it (`warned` where the requirement is a *should*). Rows made with another
suite than `{suite}` (`leerid-check run` tells the same in report.json, `suite_sha256`) are not shown.

*Untouched* are scenarios that the defect cannot change. A defect is one function in another's place; while the sound
application met the scenario, that function was asked whatever the sound one was asked and answered the same each time
(`tests/agreement.py`). Of each row a few such scenarios, drawn by lot, were run all the same, and count as passed here.

In place of the browser stood a plain HTTP client: it has cookies, a cache, redirects and forms, but runs no script, so
scenarios that only a script can fail are left out. `tests/matrix/test_matrix.py` lets some defects meet the scenarios
that name them in a real browser at each run of the tests, and all of them with `--whole-matrix`; what the application
does in its other ways alone (`examples/reference-other-ways.toml`) is shown here only.
{gaps}
| defect | what it does wrong | caught by | everything else |
|---|---|---|---|
"""
GAPS = """
{count} of the {all} defects have no row yet: {names}. Those are shown by the scenarios that name them, at each run of
the tests.
"""


def filled(
    name: str, verdicts: Mapping[str, str], scenarios: AbstractSet[str], differing: Mapping[str, Iterable[str]]
) -> dict[str, str]:
    """A row with a word for each scenario that the sound application met, where there is one.

    `differing`: the defects that can change a scenario, by its id.
    """
    can_change = {each for each in scenarios if name in differing.get(each, ())}
    untouched = dict.fromkeys(() if name in differing.get(AT_START, ()) else scenarios - can_change, UNTOUCHED)
    return untouched | {each: verdict for each, verdict in verdicts.items() if each in scenarios}


def row(defect: Mapping[str, str], verdicts: Mapping[str, str]) -> str:
    """A line of the table."""
    caught = sorted(f"`{name}` ({verdict})" for name, verdict in verdicts.items() if verdict in CAUGHT)
    rest = [verdict for verdict in verdicts.values() if verdict not in CAUGHT]
    told = ", ".join(f"{rest.count(verdict)} {verdict}" for verdict in sorted(set(rest)))
    return f"| `{defect['id']}` | {defect['sentence']} | {'<br>'.join(caught)} | {told} |\n"


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
        expected = CAUGHT if name in scenario.catches else {"passed", "skipped", UNTOUCHED}
        if verdict not in expected:
            told.append(f"{name}: {scenario.id} is {verdict}, not {' or '.join(sorted(expected - {UNTOUCHED}))}")
    return told


def written(defects: list[dict[str, str]], rows: Mapping[str, str], *, count: int, suite: str) -> str:
    """The page; `rows` are lines by defect."""
    lacking = [defect["id"] for defect in defects if defect["id"] not in rows]
    names = ", ".join(f"`{name}`" for name in lacking)
    gaps = GAPS.format(count=len(lacking), all=len(defects), names=names) if lacking else ""
    head = HEAD.format(count=count, applications=len(rows) + 1, suite=suite, gaps=gaps)
    return head + "".join(rows[defect["id"]] for defect in defects if defect["id"] in rows)


def current(row: Mapping[str, Any], fingerprints: Mapping[str, str]) -> dict[str, str]:
    """The verdicts of a row, without those of a scenario that was another one then."""
    cells = row["cells"].items()
    return {name: cell["verdict"] for name, cell in cells if cell["of"] == fingerprints.get(name)}


def made(fingerprints: Mapping[str, str], folder: Path = ROWS) -> dict[str, dict[str, str]]:
    """The rows by defect, those of all ways together. `fingerprints`: those of the scenarios as they are now."""
    rows: dict[str, dict[str, str]] = {}
    for way in filter(Path.is_dir, folder.glob("*")):
        told = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in way.glob("*.json")}
        if SOUND not in told:
            sys.exit(f"no {way / SOUND}.json: run `python3 noxfile.py -s matrix` first")
        met = current(told[SOUND], fingerprints).keys()
        for name, each in told.items():
            verdicts = current(each, fingerprints)
            rows.setdefault(name, {}).update(filled(name, verdicts, met, told[SOUND]["differing"]))
    return rows


def main() -> None:
    """Read every row there is and write the page.

    A row that is not as its scenarios say, or that lacks a scenario, is an error, and so is a sound one with a failure.
    """
    told = subprocess.run(["leerid-rp", "defects", "--json"], check=True, capture_output=True, text=True).stdout
    defects = json.loads(told)["defects"]
    suite, _ = load_suite()
    print_of_suite = fingerprint(suite)
    rows_made = made({scenario.id: fingerprint(suite.part(scenario)) for scenario in suite.scenarios})
    if SOUND not in rows_made:
        sys.exit(f"no rows in {ROWS}: run `python3 noxfile.py -s matrix` first")
    met = [scenario for scenario in suite.scenarios if scenario.id in rows_made[SOUND]]
    if problems := [line for name, verdicts in rows_made.items() for line in wrong(name, verdicts, met)]:
        more = [f"and {len(problems) - MOST_TOLD} more"] if len(problems) > MOST_TOLD else []
        sys.exit("\n".join([*problems[:MOST_TOLD], *more]))
    before = kept(PAGE.read_text(encoding="utf-8"), print_of_suite) if PAGE.exists() else {}
    rows = before | {each["id"]: row(each, rows_made[each["id"]]) for each in defects if each["id"] in rows_made}
    PAGE.write_text(written(defects, rows, count=len(met), suite=print_of_suite), encoding="utf-8")
    print(f"{PAGE}: {len(rows)} of {len(defects)} defects, {len(met)} scenarios")


if __name__ == "__main__":
    main()
