"""What a name stands for, told without a run: scenario, requirement, check, journey, fault or circumstance. Pure."""

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from conformance.checks import checks
from conformance.errors import InputError, Problem
from conformance.evidence import delivered_at, seam_of
from conformance.journeys import journeys
from conformance.ports import Fault
from conformance.report import Value
from conformance.requirement import Requirement
from conformance.runner.steps import judged_by
from conformance.runner.suite import SEAM_NEEDS, Suite, needed
from conformance.scenario import Scenario

NEAREST: Final = 3
NEAR: Final = 0.4
SIGNED_FOR: Final = "a person signs for it: only a document can show it, so no run does"


class Cited(Value):
    """A requirement as it is cited: what it says, who says so, how strict and how sure, and how others meet it."""

    id: str
    sentence: str
    source: str
    url: str | None
    level: str
    certainty: str
    fix: str
    not_applicable: str = ""
    shown_by: str = "behaviour"


class SignIn(Value):
    """One sign-in of a scenario: who comes, what the provider does, and what is expected."""

    persona: str
    provider: tuple[str, ...]
    expected: str
    calendar_offset_days: int = 0


class Explanation(Value):
    """Everything that is known beforehand about a name; what does not apply to its kind is empty."""

    kind: str
    id: str
    title: str
    level: str = ""
    sign_ins: tuple[SignIn, ...] = ()
    not_after: str | None = None
    visitor: str = ""
    why: str = ""
    needs: tuple[str, ...] = ()
    judged: tuple[str, ...] = ()
    requirements: tuple[Cited, ...] = ()
    scenarios: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Library:
    """What names are looked up in: the suite, and what the mock can do."""

    suite: Suite
    faults: Mapping[str, Fault]

    def citing(self, holds: Callable[[Scenario], bool]) -> tuple[str, ...]:
        """Ids of the scenarios of which something holds."""
        return tuple(scenario.id for scenario in self.suite.scenarios if holds(scenario))

    def cited(self, names: Iterable[str]) -> tuple[Cited, ...]:
        """The requirements with these ids, as far as they are known."""
        rows = (self.suite.requirements[name] for name in names if name in self.suite.requirements)
        return tuple(map(_cited, rows))

    def provider(self, armed: Iterable[str]) -> tuple[str, ...]:
        """What the provider does, a sentence for each armed name; the name itself where no sentence is known."""
        return tuple(
            self.faults[name].sentence if name in self.faults else f"It is armed with {name}." for name in armed
        )


def explain(name: str, library: Library) -> Explanation:
    """Tell what is known about a name.

    Raises:
        InputError: when nothing has this name; the hint has the nearest names.
    """
    for look_up in LOOK_UPS:
        if found := look_up(name, library):
            return found
    near = difflib.get_close_matches(name, sorted(names(library)), n=NEAREST, cutoff=NEAR)
    hint = f"nearest: {', '.join(near)}" if near else "`leerid-check list` and `leerid-check coverage` show names"
    raise InputError(Problem(key="ID", message=f"nothing is called {name!r}", hint=hint))


def names(library: Library) -> tuple[str, ...]:
    """Every name that can be explained."""
    scenarios = (scenario.id for scenario in library.suite.scenarios)
    return (*scenarios, *library.suite.requirements, *checks(), *journeys(), *library.faults)


def _scenario(name: str, library: Library) -> Explanation | None:
    scenario = next((each for each in library.suite.scenarios if each.id == name), None)
    if scenario is None:
        return None
    journey = journeys().get(scenario.journey)
    return Explanation(
        kind="scenario",
        id=name,
        title=scenario.title,
        level=scenario.level,
        sign_ins=tuple(
            SignIn(
                persona=situation.persona,
                provider=library.provider(situation.armed),
                expected=situation.expect,
                calendar_offset_days=situation.calendar_offset_days,
            )
            for situation in scenario.situations
        ),
        not_after=scenario.not_after,
        visitor=journey.sentence if journey else "",
        why=scenario.why.strip(),
        needs=needed(scenario),
        judged=judged_by(scenario),
        requirements=library.cited(scenario.requirements),
    )


def _requirement(name: str, library: Library) -> Explanation | None:
    row = library.suite.requirements.get(name)
    if row is None:
        return None
    return Explanation(
        kind="requirement",
        id=name,
        title=row.sentence,
        level=row.level,
        judged=(SIGNED_FOR,) if row.shown_by == "document" else (),
        requirements=(_cited(row),),
        scenarios=library.citing(lambda scenario: name in scenario.requirements),
    )


def _check(name: str, library: Library) -> Explanation | None:
    check = checks().get(name)
    if check is None:
        return None
    users = [scenario for scenario in library.suite.scenarios if name in scenario.checks]
    everywhere = ("looked at in every scenario, and told as an observation",) if check.passive else ()
    return Explanation(
        kind="check",
        id=name,
        title=check.sentence,
        needs=check.needs,
        judged=(*everywhere, *(f"decides in {scenario.id} ({scenario.level})" for scenario in users)),
        requirements=library.cited(dict.fromkeys(cited for user in users for cited in user.requirements)),
        scenarios=tuple(user.id for user in users),
    )


def _journey(name: str, library: Library) -> Explanation | None:
    journey = journeys().get(name)
    if journey is None:
        return None
    alone = ("nothing runs beside it, for it changes the whole issuer",) if journey.exclusive else ()
    return Explanation(
        kind="journey",
        id=name,
        title=journey.sentence,
        needs=journey.needs,
        judged=alone,
        scenarios=library.citing(lambda scenario: scenario.journey == name),
    )


def _fault(name: str, library: Library) -> Explanation | None:
    fault = library.faults.get(name)
    if fault is None:
        return None
    arrives = delivered_at(name)
    need = SEAM_NEEDS.get(seam_of(name))
    return Explanation(
        kind=fault.kind,
        id=name,
        title=fault.sentence,
        needs=(need,) if need else (),
        judged=(f"it reaches the application at the step {arrives.value!r}",),
        requirements=library.cited(fault.requirements),
        scenarios=library.citing(lambda scenario: name in scenario.armed),
    )


def _cited(row: Requirement) -> Cited:
    return Cited(**{name: getattr(row, name) for name in Cited.model_fields})


LOOK_UPS: Final = (_scenario, _requirement, _check, _journey, _fault)
