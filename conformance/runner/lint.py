"""The lint of scenarios: every rule a table row, every problem told with file, key and hint."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from conformance.checks import checks
from conformance.errors import Problem, did_you_mean
from conformance.journeys import journeys
from conformance.requirement import STRICTNESS, strictest
from conformance.runner.suite import Suite
from conformance.scenario import Scenario
from conformance.scenario.model import matches

CAPABILITIES: Final = frozenset(
    {
        *("identity", "name", "sign-out", "log", "clock", "session-s", "restart", "admission", "userinfo"),
        *("second-issuer", "own-redirect-uri", "backchannel-logout", "initiate-login", "next-parameter", "refresh"),
        *("store", "privacy-log", "purge", "pages", "export", "report"),
    }
)


@dataclass(frozen=True, kw_only=True)
class Mock:
    """What the mock knows; empty when there is none to ask, and then nothing is said about its names."""

    faults: Mapping[str, str] = field(default_factory=dict)
    personas: Collection[str] = ()


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One scenario with what it is compared with."""

    scenario: Scenario
    suite: Suite
    mock: Mock
    titles: Mapping[str, int]

    def problem(self, key: str, message: str, hint: str | None = None) -> Problem:
        """A problem in the file of this scenario."""
        return Problem(file=f"scenarios/{self.scenario.id}.toml", key=key, message=message, hint=hint)

    def unknown(self, key: str, names: Collection[str], known: Collection[str], what: str) -> Iterator[Problem]:
        """A problem for each name that is not known."""
        for name in names:
            if name not in known:
                yield self.problem(key, f"there is no {what} {name!r}", did_you_mean(name, known))


Rule = Callable[[Asked], Iterator[Problem]]


def _title(asked: Asked) -> Iterator[Problem]:
    title = asked.scenario.title
    if re.search(r"\b(should|test that)\b", title, re.IGNORECASE):
        yield asked.problem("title", "says 'should' or 'test that'", "say what a sound application does, as a fact")
    if title.endswith("."):
        yield asked.problem("title", "ends with a dot", "leave it out")
    if title[:1].islower():
        yield asked.problem("title", "begins with a small letter", "it is a sentence")
    if asked.titles[title] > 1:
        yield asked.problem("title", f"another scenario is called {title!r} too", "one behaviour has one scenario")


def _requirements(asked: Asked) -> Iterator[Problem]:
    rows = asked.suite.requirements
    yield from asked.unknown("requirements", asked.scenario.requirements, rows, "requirement")
    cited = [rows[name] for name in asked.scenario.requirements if name in rows]
    ceiling = strictest(cited)
    for key in ("level", "admission"):
        level = getattr(asked.scenario, key) or ceiling
        if cited and STRICTNESS.index(level) > STRICTNESS.index(ceiling):
            message = f"{level!r} is stricter than the strictest requirement it cites ({ceiling!r})"
            yield asked.problem(key, message, "cite the requirement that says so, or lower the level")


def _registered(asked: Asked) -> Iterator[Problem]:
    scenario = asked.scenario
    yield from asked.unknown("journey", [scenario.journey], journeys(), "journey")
    yield from asked.unknown("checks", scenario.checks, checks(), "check")
    yield from asked.unknown("needs", scenario.needs, CAPABILITIES, "capability")
    if scenario.visits and scenario.journey in journeys():
        most = journeys()[scenario.journey].visits
        if most and len(scenario.visits) > most:
            yield asked.problem("visits", f"journey {scenario.journey!r} takes at most {most}", "use journey 'visits'")


def _faults(asked: Asked) -> Iterator[Problem]:
    if not asked.mock.faults:
        return
    for key, own, other in (("faults", "fault", "circumstance"), ("circumstances", "circumstance", "fault")):
        names = {name for situation in asked.scenario.situations for name in getattr(situation, key)}
        yield from asked.unknown(key, sorted(names), asked.mock.faults, own)
        for name in sorted(names):
            if asked.mock.faults.get(name) == other:
                yield asked.problem(key, f"{name!r} is a {other}", f"move it to {other}s")


def _personas(asked: Asked) -> Iterator[Problem]:
    if asked.mock.personas:
        names = {situation.persona for situation in asked.scenario.situations}
        yield from asked.unknown("persona", sorted(names), asked.mock.personas, "persona")


def _sense(asked: Asked) -> Iterator[Problem]:
    scenario = asked.scenario
    if scenario.not_after and all(situation.expect == "signed-in" for situation in scenario.situations):
        yield asked.problem("not_after", "means something only where a refusal is expected", "leave it out")


def _proof(asked: Asked) -> Iterator[Problem]:
    scenario = asked.scenario
    if scenario.catches and scenario.unproven:
        yield asked.problem("unproven", "says that no defect fails it, and catches names one", "leave one of them out")


NAMES: Final[tuple[Rule, ...]] = (_requirements, _registered, _faults, _personas)
"""Without these a scenario cannot be run."""
RULES: Final[tuple[Rule, ...]] = (_title, *NAMES, _sense, _proof)


def lint(suite: Suite, mock: Mock | None = None) -> tuple[Problem, ...]:
    """Every problem of every scenario and profile."""
    return (*_broken(RULES, suite, mock), *_profiles(suite))


def unproven(suite: Suite) -> Mapping[str, str]:
    """The scenarios that no defect of the reference application has shown to be able to fail, each with the reason."""
    return {scenario.id: scenario.unproven for scenario in suite.scenarios if not scenario.catches}


def fits(suite: Suite, mock: Mock | None = None) -> tuple[Problem, ...]:
    """Only what keeps a scenario from being run: names that nobody knows."""
    return _broken(NAMES, suite, mock)


def _broken(rules: tuple[Rule, ...], suite: Suite, mock: Mock | None) -> tuple[Problem, ...]:
    titles = Counter(scenario.title for scenario in suite.scenarios)
    asked = [Asked(scenario=scenario, suite=suite, mock=mock or Mock(), titles=titles) for scenario in suite.scenarios]
    return tuple(problem for each in asked for rule in rules for problem in rule(each))


def _profiles(suite: Suite) -> Iterator[Problem]:
    names = [scenario.id for scenario in suite.scenarios]
    for profile in suite.profiles.values():
        file = f"conformance/scenario/profiles/{profile.name}.toml"
        for key, patterns in (("include", profile.include), ("exclude", profile.exclude)):
            for pattern in patterns:
                if not any(matches(name, (pattern,)) for name in names):
                    hint = did_you_mean(pattern, names)
                    yield Problem(file=file, key=key, message=f"{pattern!r} matches no scenario", hint=hint)
