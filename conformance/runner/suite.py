"""The suite: scenarios, requirements and profiles together, and which of them a run is about."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.resources.abc import Traversable
from operator import itemgetter
from typing import Self

from conformance.checks import checks
from conformance.errors import InputError, Problem, did_you_mean
from conformance.evidence import DELIVERED_AT, Step, seam_of
from conformance.journeys import journeys, trip
from conformance.requirement import Requirement, load_requirements
from conformance.scenario import Profile, Scenario, load_profiles, load_scenarios
from conformance.scenario.model import matches

SEAM_NEEDS = {seam: "restart" for seam, step in DELIVERED_AT.items() if step is Step.NONE} | {
    "end-session": "sign-out",
    "userinfo": "userinfo",
    "transport.userinfo": "userinfo",
}
"""What an application must be able to do, or be seen to do, for the faults of a seam to reach it."""


@dataclass(frozen=True, kw_only=True)
class Suite:
    """Everything the harness can judge by."""

    scenarios: tuple[Scenario, ...]
    requirements: dict[str, Requirement]
    profiles: dict[str, Profile]

    def part(self, scenario: Scenario) -> Self:
        """What one scenario judges by."""
        cited = {name: self.requirements[name] for name in scenario.requirements}
        return replace(self, scenarios=(scenario,), requirements=cited)


def load_suite(folder: Traversable | None = None) -> tuple[Suite, tuple[Problem, ...]]:
    """Read everything; the problems are those of files that cannot be read."""
    scenarios, in_scenarios = load_scenarios(folder)
    requirements, in_requirements = load_requirements()
    profiles, in_profiles = load_profiles()
    suite = Suite(scenarios=scenarios, requirements=requirements, profiles=profiles)
    return suite, (*in_scenarios, *in_requirements, *in_profiles)


def find_profile(suite: Suite, name: str) -> Profile:
    """The profile with this name.

    Raises:
        InputError: when there is none.
    """
    if name not in suite.profiles:
        hint = did_you_mean(name, suite.profiles) or f"known profiles: {', '.join(sorted(suite.profiles))}"
        raise InputError(Problem(key="profile", message=f"no profile is called {name!r}", hint=hint))
    return suite.profiles[name]


def select(suite: Suite, profile: Profile, only: tuple[str, ...] = ()) -> tuple[Scenario, ...]:
    """The scenarios of the profile whose names match `only`.

    Raises:
        InputError: when a pattern of `only` matches nothing.
    """
    within = [scenario for scenario in suite.scenarios if profile.holds(scenario.id)]
    names = [scenario.id for scenario in within]
    idle = [pattern for pattern in only if not any(matches(name, (pattern,)) for name in names)]
    if idle or not within:
        raise InputError(*(_nothing(pattern, names, profile) for pattern in idle or ["*"]))
    return tuple(scenario for scenario in within if not only or matches(scenario.id, only))


def _nothing(pattern: str, names: list[str], profile: Profile) -> Problem:
    hint = did_you_mean(pattern, names) or "`leerid-check list` shows the names"
    return Problem(key="--only", message=f"no scenario of profile {profile.name!r} matches {pattern!r}", hint=hint)


def needed(scenario: Scenario) -> tuple[str, ...]:
    """Every capability the target must have: named by the scenario, its journey, its checks, or its faults' seams."""
    second = ["second-issuer"] if any(situation.issuer == "second" for situation in scenario.situations) else []
    by_journey = journeys()[scenario.journey].needs
    by_checks = [need for name in scenario.checks for need in checks()[name].needs]
    seams = [seam_of(name) for name in scenario.armed]
    by_seams = [SEAM_NEEDS[seam] for seam in seams if seam in SEAM_NEEDS]
    return tuple(dict.fromkeys((*scenario.needs, *second, *by_journey, *by_checks, *by_seams)))


def is_issuer_wide(scenario: Scenario) -> bool:
    """Whether the scenario bends or changes the whole issuer, so that nothing may run beside it."""
    return bends_issuer(scenario) or journeys()[scenario.journey].exclusive


def runs_alone(scenario: Scenario, *, shares_people: bool) -> bool:
    """Whether nothing may run beside it: for the issuer's sake, or because others sign in as the same people."""
    return is_issuer_wide(scenario) or (shares_people and journeys()[scenario.journey].counts_people)


def bends_issuer(scenario: Scenario) -> bool:
    """Whether one of its sign-ins bends the issuer itself."""
    return any(trip.bends_issuer(situation) for situation in scenario.situations)


def vouches(scenario: Scenario) -> bool:
    """Whether it signs in honestly, and so shows as well that what came before did no harm."""
    return not scenario.armed and scenario.expect == "signed-in"


def spread(scenarios: Iterable[Scenario]) -> list[Scenario]:
    """The same scenarios, those that vouch evenly among the others, so that few need an honest sign-in of their own."""
    groups: dict[bool, list[Scenario]] = {True: [], False: []}
    for scenario in scenarios:
        groups[vouches(scenario)].append(scenario)
    placed = [((n + 0.5) / len(group), scenario) for group in groups.values() for n, scenario in enumerate(group)]
    return [scenario for _, scenario in sorted(placed, key=itemgetter(0))]


def fingerprint(suite: Suite) -> str:
    """SHA-256 over what a suite judges by, its scenarios and its requirements: equal for equal suites."""
    rows = [*suite.scenarios, *(suite.requirements[name] for name in sorted(suite.requirements))]
    text = "\n".join(row.model_dump_json() for row in rows)
    return sha256(text.encode()).hexdigest()
