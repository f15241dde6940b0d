"""Measure the population: pupils in a row against Faker called per pupil, look-ups, searches and memory.

    python benchmarks/population.py [--quick] [--no-goals]

Prints what it measures and puts it into build/bench.json under "population". Leaves with exit code 1 when a goal is
missed. All times are processor time. Ours and Faker's take turns in one run, so that the ratio holds where the absolute
figures do not.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from dataclasses import asdict, dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from statistics import median, quantiles
from time import process_time
from typing import TYPE_CHECKING, Any, Final

from faker import Faker
from rich.console import Console
from rich.progress import track
from rich.table import Table

from mock_idp.domain.population import Population, Query, Situation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mock_idp.domain.population import Pupil

RESULTS: Final = Path("build") / "bench.json"
LEAST_PER_SECOND: Final = 50_000
LONGEST_LOOK_UP_US: Final = 200
LONGEST_SEARCH_MS: Final = 300
MOST_GROWTH_MB: Final = 16
STRIDE: Final = 104_729
"""A prime, so that look-ups jump all over the population."""

SEARCHES: Final = (
    *(Query(text) for text in ("a", "de", "v d e", "otter", "basisschool", "7", "xyzzy", "emma.", "a b c d e f g h i")),
    *(Query(text, each) for each in Situation for text in ("", "a", "ma", "mar", "emma", "otter", "basisschool", "71")),
    *(Query("a", each, "700202") for each in Situation),
    *(Query("a " * 100), Query("?" * 10_000), Query("a" * 200), Query(" ".join("abcdefghijklmnopqrstuvwxyz"))),
)
LIMIT: Final = 50


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much is measured."""

    rounds: int
    in_a_row: int
    faker: int
    look_ups: int
    streamed: int


WHOLE: Final = Size(rounds=5, in_a_row=100_000, faker=5_000, look_ups=5_000, streamed=1_200_000)
QUICK: Final = Size(rounds=3, in_a_row=20_000, faker=1_000, look_ups=1_000, streamed=100_000)


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What came out. Look-ups by key: microseconds, the median and what 99 of 100 stay below."""

    pupils_per_second: int
    faker_per_second: int
    times_faster_than_faker: float
    look_up_us: dict[str, float]
    look_up_us_of_99: dict[str, float]
    longest_search_ms: float
    longest_search: str
    streamed: int
    peak_memory_mb: float | None
    growth_while_streaming_mb: float | None
    made_in_ms: float

    def missed(self) -> list[str]:
        """Return the goals that were missed, in words."""
        goals = {
            f"at least {LEAST_PER_SECOND:,} pupils per second in a row": self.pupils_per_second >= LEAST_PER_SECOND,
            f"each look-up below {LONGEST_LOOK_UP_US} microseconds": max(self.look_up_us.values()) < LONGEST_LOOK_UP_US,
            f"each search below {LONGEST_SEARCH_MS} ms": self.longest_search_ms < LONGEST_SEARCH_MS,
            f"streaming grows by less than {MOST_GROWTH_MB} MB": (self.growth_while_streaming_mb or 0) < MOST_GROWTH_MB,
        }
        return [goal for goal, is_met in goals.items() if not is_met]


def seconds(work: Callable[[], object]) -> float:
    """Return how much processor time a piece of work takes: what other programs use meanwhile does not count."""
    begin = process_time()
    work()
    return process_time() - begin


def consume(items: Iterable[object]) -> None:
    """Go through everything and keep nothing."""
    for _ in items:
        pass


def peak_mb() -> float | None:
    """Return the most memory that this process ever had, in megabytes; None where it is not told."""
    try:
        resource: Any = import_module("resource")
    except ImportError:  # Windows has none
        return None
    unit = 1 if platform.system() == "Darwin" else 1024
    return round(float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) * unit / 2**20, 1)


def streamed(people: Population, number: int) -> tuple[float | None, float | None]:
    """Return the peak of memory after going through so many pupils, and by how much it grew."""
    consume(map(people.pupil, range(1000)))
    before = peak_mb()
    consume(track(map(people.pupil, range(number)), "streaming", total=number, transient=True, console=CONSOLE))
    after = peak_mb()
    return after, None if before is None or after is None else round(after - before, 1)


def fakers_pupil(fake: Faker) -> tuple[Any, ...]:
    """Make what a pupil is at the least, in the way that one would with Faker."""
    is_girl = fake.boolean()
    return (
        fake.first_name_female() if is_girl else fake.first_name_male(),
        fake.last_name(),
        fake.date_of_birth(minimum_age=6, maximum_age=18),
        fake.user_name(),
        fake.email(),
        fake.numerify("26#####"),
        fake.uuid4(),
        fake.uuid4(),
    )


def in_turns(people: Population, size: Size) -> tuple[float, float]:
    """Return how many pupils per second come in a row, ours and Faker's: medians of the rounds."""
    fake = Faker("nl_BE")
    fake.seed_instance(0)
    ours, theirs = [], []
    for number in track(range(size.rounds), "against Faker", transient=True, console=CONSOLE):
        begin = number * size.in_a_row
        some = map(people.pupil, range(begin, begin + size.in_a_row))
        ours.append(size.in_a_row / seconds(partial(consume, some)))
        theirs.append(size.faker / seconds(partial(consume, (fakers_pupil(fake) for _ in range(size.faker)))))
    return median(ours), median(theirs)


def look_ups(people: Population, number: int) -> dict[str, list[float]]:
    """Return how many microseconds each look-up takes, by key."""
    pupils = [people.pupil(at * STRIDE % people.size) for at in range(number)]
    identified = [pupil for pupil in pupils if pupil.leer_id_uuid]
    passwords = {pupil.index: people.password(pupil.user_name) for pupil in pupils}
    keys: dict[str, tuple[list[Pupil], Callable[[Pupil], object]]] = {
        "index": (pupils, lambda each: people.pupil(each.index)),
        "user name": (pupils, lambda each: people.by_user_name(each.user_name)),
        "account_uuid": (pupils, lambda each: people.by_uuid(each.account_uuid)),
        "leer_id_uuid": (identified, lambda each: people.by_uuid(each.leer_id_uuid or "")),
        "sign-in": (pupils, lambda each: people.with_credentials(each.user_name, passwords[each.index])),
        "user name, with life": (pupils, lambda each: people.find(each.user_name)),
    }
    return {
        key: [seconds(partial(look_up, each)) * 1e6 for each in some]
        for key, (some, look_up) in track(keys.items(), "look-ups", transient=True, console=CONSOLE)
    }


def longest_search(people: Population) -> tuple[float, str]:
    """Return the milliseconds of the search that takes longest, the best of three runs each, and which one it is."""
    people.search(Query("warm up"), LIMIT)
    slowest = (0.0, "")
    for query in track(SEARCHES, "searches", transient=True, console=CONSOLE):
        took = min(seconds(partial(people.search, query, LIMIT)) for _ in range(3)) * 1e3
        slowest = max(
            slowest, (took, f"{query.text.strip()[:30]!r} {query.situation or ''} {query.school or ''}".strip())
        )
    return slowest


def measured(size: Size) -> Measured:
    """Measure everything once. Memory comes first, before the names of Faker take some."""
    made = seconds(Population)
    people = Population()
    peak, growth = streamed(people, size.streamed)
    ours, theirs = in_turns(people, size)
    found = look_ups(people, size.look_ups)
    search_ms, search = longest_search(people)
    return Measured(
        pupils_per_second=round(ours),
        faker_per_second=round(theirs),
        times_faster_than_faker=round(ours / theirs, 1),
        look_up_us={key: round(median(times), 1) for key, times in found.items()},
        look_up_us_of_99={key: round(quantiles(times, n=100)[-1], 1) for key, times in found.items()},
        longest_search_ms=round(search_ms, 1),
        longest_search=search,
        streamed=size.streamed,
        peak_memory_mb=peak,
        growth_while_streaming_mb=growth,
        made_in_ms=round(made * 1e3, 1),
    )


def show(result: Measured) -> None:
    """Print what was measured."""
    table = Table("what", "measured", "goal", title="Population of 1,200,000 pupils", title_justify="left")
    table.add_row("pupils per second in a row", f"{result.pupils_per_second:,}", f"at least {LEAST_PER_SECOND:,}")
    table.add_row("Faker called per pupil, in the same run", f"{result.faker_per_second:,}", "")
    table.add_row("times faster than Faker", f"{result.times_faster_than_faker}", "")
    for key, time in result.look_up_us.items():
        told = f"{time} µs (99 of 100: {result.look_up_us_of_99[key]})"
        table.add_row(f"a pupil by {key}", told, f"below {LONGEST_LOOK_UP_US} µs")
    table.add_row(
        f"longest search: {result.longest_search}", f"{result.longest_search_ms} ms", f"below {LONGEST_SEARCH_MS} ms"
    )
    growth = f"{result.growth_while_streaming_mb} MB, to {result.peak_memory_mb} MB"
    table.add_row(f"memory grows while streaming {result.streamed:,}", growth, f"below {MOST_GROWTH_MB} MB")
    table.add_row("made, once", f"{result.made_in_ms} ms", "")
    CONSOLE.print(table)


def keep(result: Measured) -> None:
    """Put the result into build/bench.json, beside those of other benchmarks."""
    RESULTS.parent.mkdir(exist_ok=True)
    others = json.loads(RESULTS.read_text("utf-8")) if RESULTS.is_file() else {}
    machine = {"python": platform.python_version(), "system": platform.system(), "machine": platform.machine()}
    document = {**others, "population": {**asdict(result), **machine}}
    RESULTS.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


def main() -> int:
    """Measure, print, keep; return the exit code."""
    parser = argparse.ArgumentParser(description="Measure the population.")
    parser.add_argument("--quick", action="store_true", help="measure less: a few seconds")
    parser.add_argument("--no-goals", action="store_true", help="leave with exit code 0 whatever was measured")
    options = parser.parse_args()
    result = measured(QUICK if options.quick else WHOLE)
    show(result)
    keep(result)
    missed = result.missed()
    for goal in missed:
        CONSOLE.print(f"Missed: {goal}.", style="bold red")
    return 1 if missed and not options.no_goals else 0


CONSOLE: Final = Console()

if __name__ == "__main__":
    sys.exit(main())
