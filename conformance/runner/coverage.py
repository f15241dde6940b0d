"""Which scenarios show which requirement, and what no scenario shows."""

from collections.abc import Iterable
from dataclasses import dataclass

from conformance.requirement import Requirement
from conformance.runner.suite import Suite

PROTOCOL = "LR"
"""The family of the requirements that come from the LeerID protocol; every other one is a family of attacks."""


@dataclass(frozen=True, kw_only=True)
class Covered:
    """A requirement and the names of the scenarios that cite it."""

    requirement: Requirement
    scenarios: tuple[str, ...]

    @property
    def family(self) -> str:
        """The first part of its id: `CLM`, `LR`."""
        return self.requirement.id.partition("-")[0]

    @property
    def is_applicable(self) -> bool:
        """Whether an application of ACM can meet it at all."""
        return not self.requirement.not_applicable

    @property
    def is_signed_for(self) -> bool:
        """Whether only a document can show it, so that a person signs for it and no scenario may count."""
        return self.requirement.shown_by == "document"

    @property
    def is_open(self) -> bool:
        """Whether a scenario could show it, and none does."""
        return not self.scenarios and self.is_applicable and not self.is_signed_for


@dataclass(frozen=True, kw_only=True)
class Count:
    """How many requirements there are: those a scenario cites, those a person signs for, those nobody can meet."""

    all: int
    covered: int
    signed_for: int
    not_applicable: int

    @property
    def uncovered(self) -> int:
        """How many are left: a scenario could show them, and none does."""
        return self.all - self.covered - self.signed_for - self.not_applicable


def coverage(suite: Suite) -> tuple[Covered, ...]:
    """Every requirement with its scenarios, in the order of the files."""
    citing: dict[str, list[str]] = {name: [] for name in suite.requirements}
    for scenario in suite.scenarios:
        for name in scenario.requirements:
            citing.setdefault(name, []).append(scenario.id)
    return tuple(Covered(requirement=row, scenarios=tuple(citing[name])) for name, row in suite.requirements.items())


def counted(rows: Iterable[Covered]) -> Count:
    """Count these requirements."""
    listed = tuple(rows)
    return Count(
        all=len(listed),
        covered=sum(bool(row.scenarios) and not row.is_signed_for for row in listed),
        signed_for=sum(row.is_signed_for for row in listed),
        not_applicable=sum(not row.is_applicable for row in listed),
    )
