"""Send requests that nearly make sense to a served mock, and hold every answer against the rules.

    python -m benchmarks.storm [--requests N] [--seed N] [--connections N] [--only NUMBER]

Half of them go to a mock with registered clients, half to an open one. Request NUMBER of a seed is always the same, up
to the codes and tokens in it. Puts what was counted into build/bench.json under "storm". Leaves with exit code 1 when
a rule is broken, with the requests on stdout; 2 when it cannot begin.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

from benchmarks.flows.wire import WireError
from benchmarks.storm.driver import Size, stormed
from benchmarks.storm.report import keep, show

PLACE: Final = Path("build") / "storm"
WHOLE: Final = Size(requests=100_000, seed=0, connections=64)


def main() -> int:
    """Send, judge, print, keep; return the exit code."""
    options = vars(_options())
    only = options.pop("only")
    PLACE.mkdir(parents=True, exist_ok=True)
    try:
        result = stormed(Size(**options), PLACE.resolve(), only=only)
    except (WireError, OSError) as error:
        print(f"benchmarks.storm: {error}", file=sys.stderr)
        return 2
    show(result)
    if only is None:
        keep(result)
    return 1 if result.broken else 0


def _options() -> argparse.Namespace:
    assert __doc__  # noqa: S101  it is the help
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.storm", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name, help_text in NUMBERS.items():
        default = getattr(WHOLE, name)
        parser.add_argument(f"--{name}", type=int, default=default, metavar="N", help=f"{help_text}; else {default:,}")
    parser.add_argument("--only", type=int, metavar="NUMBER", help="send this request of the seed again, and show it")
    return parser.parse_args()


NUMBERS: Final = {
    "requests": "how many are sent",
    "seed": "which ones",
    "connections": "at the same time",
}

if __name__ == "__main__":
    sys.exit(main())
