"""Measure whole sign-ins on one worker, against other providers, and how their cost grows.

    python -m benchmarks.flows [--quick] [--logins N] [--only NAME] [--no-goals]

A sign-in is: authorization request (PKCE S256), sign-in page, form posted with user name and password, code redeemed
with private_key_jwt, userinfo. Every provider has what of this it can do; what it leaves out is told. Puts what it
measures into build/bench.json under "flows". Leaves with exit code 1 when a goal is missed, 2 when it cannot measure.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.console import Console

from benchmarks.flows import packages
from benchmarks.flows.application import Application
from benchmarks.flows.comparing import Size, compared
from benchmarks.flows.growth import grown
from benchmarks.flows.peers import peers
from benchmarks.flows.report import Result, keep, show
from benchmarks.flows.wire import WireError

if TYPE_CHECKING:
    from benchmarks.flows.peers import Peer

PLACE: Final = Path("build") / "peers"
WHOLE: Final = Size(rounds=7, flows=1_000, starts=7, connections=2, logins=100_000)
QUICK: Final = Size(rounds=3, flows=200, starts=3, connections=2, logins=1_000)


def main() -> int:
    """Measure, print, keep; return the exit code."""
    options = _options()
    PLACE.mkdir(parents=True, exist_ok=True)
    try:
        result = measured(_size(options), options.only)
    except (WireError, OSError) as error:
        print(f"benchmarks.flows: {error}", file=sys.stderr)
        return 2
    show(result, Console())
    keep(result)
    missed = result.missed()
    for goal in missed:
        Console().print(f"Missed: {goal}.", style="bold red")
    return 1 if missed and not options.no_goals else 0


def measured(size: Size, only: list[str]) -> Result:
    """Measure everybody who can be measured, then the growth of ours."""
    application, place = Application(), PLACE.resolve()
    us, *others = peers(application, place)
    skipped = _skipped([each for each in others if not only or each.name in only], place)
    chosen = [us, *(each for each in others if each.name not in skipped and (not only or each.name in only))]
    comparison = compared(chosen, application, place, size, say)
    growth = grown(application, place, size, say) if size.logins else []
    return Result(size=size, compared=comparison, growth=growth, skipped=skipped)


def say(words: str) -> None:
    """Tell how far it is, on stderr."""
    print(words, file=sys.stderr, flush=True)


def _skipped(others: list[Peer], place: Path) -> dict[str, str]:
    """Return who cannot be measured here, and why."""
    on_node = [each.name for each in others if each.is_node]
    why = (packages.why_no_node() or packages.install(place)) if on_node else None
    if why:
        say(f"Left out: {', '.join(on_node)}. {why}")
    return dict.fromkeys(on_node, why) if why else {}


def _size(options: argparse.Namespace) -> Size:
    given = {name: value for name, value in vars(options).items() if name in vars(WHOLE) and value is not None}
    return Size(**{**vars(QUICK if options.quick else WHOLE), **given})


def _options() -> argparse.Namespace:
    assert __doc__  # noqa: S101  it is the help
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.flows", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="measure less: half a minute")
    parser.add_argument("--no-goals", action="store_true", help="leave with exit code 0 whatever was measured")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="compare with this provider only")
    for name, help_text in NUMBERS.items():
        parser.add_argument(f"--{name}", type=int, metavar="N", help=f"{help_text}; else {getattr(WHOLE, name):,}")
    return parser.parse_args()


NUMBERS: Final = {
    "rounds": "how often everybody has a turn",
    "flows": "sign-ins of one turn",
    "starts": "how often everybody is started",
    "connections": "sign-ins at the same time",
    "logins": "how far the growth of our own mock is followed; 0 leaves it out",
}

if __name__ == "__main__":
    sys.exit(main())
