"""The registry of checks: a decorator, a sentence, a pure function from evidence to a finding."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from conformance.evidence import Evidence, Finding

Judgement = Callable[[Evidence], Finding]


@dataclass(frozen=True, kw_only=True)
class Check:
    """A judgement on top of the outcome. `passive`: it is made in every scenario, as an observation."""

    name: str
    sentence: str
    judge: Judgement
    passive: bool = False
    needs: tuple[str, ...] = ()


_REGISTERED: Final[dict[str, Check]] = {}


def check(*, passive: bool = False, needs: tuple[str, ...] = ()) -> Callable[[Judgement], Judgement]:
    """Register a check under the name of its function."""

    def register(judge: Judgement) -> Judgement:
        name = judge.__name__.replace("_", "-")
        if name in _REGISTERED:
            raise ValueError(f"check {name!r} is registered twice")
        if not judge.__doc__:
            raise ValueError(f"check {name!r} needs a docstring: it is the sentence that users read")
        sentence = judge.__doc__.split("\n\n")[0].replace("\n    ", " ").strip()
        _REGISTERED[name] = Check(name=name, sentence=sentence, judge=judge, passive=passive, needs=needs)
        return judge

    return register


def checks() -> Mapping[str, Check]:
    """Every registered check by name."""
    return _REGISTERED


def observe(evidence: Evidence) -> dict[str, Finding]:
    """What every passive check finds."""
    return {name: check.judge(evidence) for name, check in _REGISTERED.items() if check.passive}
