"""What came of a storm: shown, and kept in build/bench.json."""

from __future__ import annotations

import json
import platform
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from benchmarks.flows.report import RESULTS

if TYPE_CHECKING:
    from benchmarks.storm.driver import Broken, Result

LONGEST: Final = 2_000


def show(result: Result) -> None:
    """Print how often each endpoint answered with each status, the memory, and every broken rule."""
    print(f"{sum(result.statuses.values()):,} requests in {result.took_s} s, seed {result.size.seed}")
    for endpoint, statuses in _by_endpoint(result).items():
        print(f"  {endpoint:<12}", "  ".join(f"{status}: {times:,}" for status, times in statuses.items()))
    for name, memory in result.memory_mb.items():
        print(f"  memory of the {name} mock: {memory['before']} MB before, {memory['after']} MB after")
    for each in result.broken:
        print(_told(each, result.size.seed))
    print("Every answer kept to the rules." if not result.broken else f"{len(result.broken)} broken rules.")


def keep(result: Result) -> None:
    """Put the result into build/bench.json, beside those of other benchmarks."""
    RESULTS.parent.mkdir(exist_ok=True)
    others = json.loads(RESULTS.read_text("utf-8")) if RESULTS.is_file() else {}
    machine = {"python": platform.python_version(), "system": platform.system(), "machine": platform.machine()}
    document = {**others, "storm": {**_document(result), **machine}}
    RESULTS.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


def _document(result: Result) -> dict[str, Any]:
    return {
        "size": asdict(result.size),
        "took_s": result.took_s,
        "statuses": _by_endpoint(result),
        "memory_mb": result.memory_mb,
        "broken": [each.complaint for each in result.broken],
    }


def _by_endpoint(result: Result) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for (endpoint, status), times in sorted(result.statuses.items()):
        found.setdefault(endpoint, {})[str(status)] = times
    return found


def _told(broken: Broken, seed: int) -> str:
    if broken.number is None:
        return f"BROKEN: {broken.complaint}"
    again = f"python -m benchmarks.storm --seed {seed} --only {broken.number}"
    return f"BROKEN: {broken.complaint}\n  again: {again}\n  {str(broken.asked)[:LONGEST]}"
