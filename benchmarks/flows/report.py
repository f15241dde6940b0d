"""What was measured: shown, kept in build/bench.json, and held against the goals."""

from __future__ import annotations

import json
import platform
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rich.table import Table

from benchmarks.flows.growth import SHORT
from benchmarks.flows.peers import FASTEST, OURS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from benchmarks.flows.comparing import Measured, Size
    from benchmarks.flows.growth import Point

RESULTS: Final = Path("build") / "bench.json"
LEAST_TIMES_FASTEST: Final = 1.5
LONGEST_START_S: Final = 0.6
MOST_MEMORY_MB: Final = 110
MOST_GROWTH: Final = 1.25
GROWTH_FROM: Final = 1_000
"""From so many logins on, a sign-in must not become dearer: by then everything is warm."""
MOST_MORE_MEMORY: Final = 1.25
MEMORY_FROM: Final = 10_000
"""From so many logins with short lifetimes on, memory must stay as it is: by then the journal is full."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """Everything that was measured. `skipped`: who was left out, and why."""

    size: Size
    compared: Sequence[Measured]
    growth: Sequence[Point]
    skipped: dict[str, str]

    def ratios(self) -> dict[str, float]:
        """Return how many times as many sign-ins a second are ours as each other's."""
        ours = self._named(OURS).flows_per_second
        return {each.name: round(ours / each.flows_per_second, 2) for each in self.compared if each.name != OURS}

    def missed(self) -> list[str]:
        """Return the goals that were missed, in words."""
        ours, ratios = self._named(OURS), self.ratios()
        goals = {
            f"at least {LEAST_TIMES_FASTEST} times {FASTEST}": ratios.get(FASTEST, 99) >= LEAST_TIMES_FASTEST,
            f"the first answer within {LONGEST_START_S} s": ours.start_to_first_answer_s <= LONGEST_START_S,
            f"at most {MOST_MEMORY_MB} MB": (ours.pss_mb or 0) <= MOST_MEMORY_MB,
            f"from {GROWTH_FROM:,} logins on at most {MOST_GROWTH} times the cost": self._is_flat(),
            f"from {MEMORY_FROM:,} short-lived logins on at most {MOST_MORE_MEMORY} times the memory": self._is_light(),
        }
        return [goal for goal, is_met in goals.items() if not is_met]

    def document(self) -> dict[str, Any]:
        """Return everything as JSON."""
        return {
            "size": asdict(self.size),
            "providers": {each.name: asdict(each) for each in self.compared},
            "times_as_many_as": self.ratios(),
            "growth": [asdict(each) for each in self.growth],
            "skipped": self.skipped,
        }

    def _named(self, name: str) -> Measured:
        return next(each for each in self.compared if each.name == name)

    def _is_flat(self) -> bool:
        late = [each for each in self.growth if each.logins >= GROWTH_FROM and each.lifetimes == SHORT]
        costs = [each.cpu_ms_per_flow for each in late if each.cpu_ms_per_flow]
        return not costs or costs[-1] <= MOST_GROWTH * costs[0]

    def _is_light(self) -> bool:
        late = [each for each in self.growth if each.logins >= MEMORY_FROM and each.lifetimes == SHORT]
        weights = [each.rss_mb for each in late if each.rss_mb]
        return not weights or weights[-1] <= MOST_MORE_MEMORY * weights[0]


def show(result: Result, console: Console) -> None:
    """Print what was measured."""
    for table in (_speed(result), _weight(result), *([_growth(result)] if result.growth else [])):
        console.print(table)
    console.print(_notes(result), highlight=False, soft_wrap=True)


def keep(result: Result) -> None:
    """Put the result into build/bench.json, beside those of other benchmarks."""
    RESULTS.parent.mkdir(exist_ok=True)
    others = json.loads(RESULTS.read_text("utf-8")) if RESULTS.is_file() else {}
    machine = {"python": platform.python_version(), "system": platform.system(), "machine": platform.machine()}
    document = {**others, "flows": {**result.document(), **machine}}
    RESULTS.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


def _speed(result: Result) -> Table:
    size, ratios = result.size, result.ratios()
    title = f"Sign-ins on one worker: {size.rounds} rounds of {size.flows} in turns, {size.connections} at a time"
    table = _table(title, "provider", "a second", "ours is", "server CPU", "latency", "99 of 100")
    for each in result.compared:
        ours_is = f"{ratios[each.name]} x" if each.name in ratios else ""
        times = (each.cpu_ms_per_flow, each.latency_ms, each.latency_ms_of_99)
        table.add_row(each.name, f"{each.flows_per_second:,.0f}", ours_is, *(f"{ms} ms" for ms in times))
    return table


def _weight(result: Result) -> Table:
    title = f"From the start to the first answer, the median of {result.size.starts}; memory"
    table = _table(title, "provider", "first answer", "memory at rest", "after the rounds")
    for each in result.compared:
        at_rest = _megabytes(each.rss_mb, each.pss_mb)
        after = _megabytes(each.rss_after_load_mb, each.pss_after_load_mb)
        table.add_row(each.name, f"{each.start_to_first_answer_s} s", at_rest, after)
    return table


def _growth(result: Result) -> Table:
    table = _table(f"Growth of {OURS}", "lifetimes", "logins", "latency", "server CPU", "memory")
    for each in result.growth:
        cpu = "" if each.cpu_ms_per_flow is None else f"{each.cpu_ms_per_flow} ms"
        table.add_row(
            each.lifetimes, f"{each.logins:,}", f"{each.latency_ms} ms", cpu, _megabytes(each.rss_mb, each.pss_mb)
        )
    return table


def _table(title: str, first: str, *others: str) -> Table:
    """Return a table whose first column is words and the others figures."""
    table = Table(first, title=title, title_justify="left")
    for name in others:
        table.add_column(name, justify="right")
    return table


def _notes(result: Result) -> str:
    left_out = [f"{each.name}: {each.leaves_out}." for each in result.compared if each.leaves_out]
    skipped = [f"{name} was skipped: {why}" for name, why in result.skipped.items()]
    driver = (
        f"The driver itself took {result.compared[0].driver_cpu_ms_per_flow} ms of processor time for each of ours."
    )
    memory = "Memory: resident, and in brackets with pages that processes share counted once."
    kept = (
        "What holds is kept: tokens for an hour, sessions for two. So memory grows with logins, until they expire; "
        f"with lifetimes of {SHORT} all but the jti of assertions, ten minutes, and the journal, 10,000 exchanges."
    )
    told = [*(["What their flows leave out:"] if left_out else []), *(f"  {line}" for line in left_out)]
    return "\n".join([*told, *skipped, driver, memory, *([kept] if result.growth else [])])


def _megabytes(rss: float | None, pss: float | None) -> str:
    return "" if rss is None else f"{rss:.0f} MB ({pss:.0f})" if pss is not None else f"{rss:.0f} MB"
