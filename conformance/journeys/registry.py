"""The registry of journeys: a decorator, a sentence, a few lines each."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from conformance.journeys.trip import Trip

Walk = Callable[[Trip], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class Journey:
    """A sequence of things people do. `exclusive`: it changes the whole issuer, so nothing may run beside it.

    `counts_people`: it reads what is held of those who signed in, so nobody else may sign in as them meanwhile.
    """

    name: str
    sentence: str
    walk: Walk
    needs: tuple[str, ...] = ()
    exclusive: bool = False
    counts_people: bool = False
    visits: int = 1


_REGISTERED: Final[dict[str, Journey]] = {}


def journey(
    *, needs: tuple[str, ...] = (), exclusive: bool = False, counts_people: bool = False, visits: int = 1
) -> Callable[[Walk], Walk]:
    """Register a journey under the name of its function; `visits`: how many sign-ins it takes at most (0: any)."""

    def register(walk: Walk) -> Walk:
        name = walk.__name__.replace("_", "-")
        if name in _REGISTERED:
            raise ValueError(f"journey {name!r} is registered twice")
        if not walk.__doc__:
            raise ValueError(f"journey {name!r} needs a docstring: it is the sentence that users read")
        sentence = walk.__doc__.split("\n\n")[0].replace("\n    ", " ").strip()
        _REGISTERED[name] = Journey(
            name=name,
            sentence=sentence,
            walk=walk,
            needs=needs,
            exclusive=exclusive,
            counts_people=counts_people,
            visits=visits,
        )
        return walk

    return register


def journeys() -> Mapping[str, Journey]:
    """Every registered journey by name."""
    return _REGISTERED
