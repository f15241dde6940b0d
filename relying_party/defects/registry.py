"""The registry of defects: one decorator, one catalogue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, TypeVar

from relying_party.signin.guards import name_of, sentence_of
from relying_party.signin.policy import Policy

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True, kw_only=True)
class Defect:
    """One way to be wrong."""

    id: str
    sentence: str
    requirements: tuple[str, ...]
    sound: Callable[..., Any]
    wrong: Callable[..., Any]
    beside: Mapping[Callable[..., Any], Callable[..., Any]] = field(default_factory=dict)
    """What else is replaced, where one decision shows only when another does not hide it: the sound, and the wrong."""

    @property
    def replaces(self) -> str:
        """The name of the guard or rule this stands in for."""
        return name_of(self.sound)

    def spoil(self, policy: Policy) -> Policy:
        """Return the policy with this defect in it.

        Raises:
            LookupError: when there is nothing it could stand in for.
        """
        for sound, wrong in ((self.sound, self.wrong), *self.beside.items()):
            policy = policy.replacing(sound, wrong)
        return policy


class RegistrationError(Exception):
    """A defect is written down wrongly; a mistake in this package."""


class UnknownDefectError(LookupError):
    """There is no defect of this name."""

    def __init__(self, name: str) -> None:
        self.near = get_close_matches(name, catalogue(), n=1)
        hint = f"did you mean {self.near[0]}?" if self.near else "`leerid-rp defects` lists them."
        super().__init__(f"there is no defect {name!r}; {hint}")


class Registry:
    """Defects by id."""

    def __init__(self) -> None:
        self._defects: dict[str, Defect] = {}

    def defect(
        self,
        *,
        replaces: Callable[..., Any],
        requirements: tuple[str, ...],
        beside: Mapping[Callable[..., Any], Callable[..., Any]] = MappingProxyType({}),
    ) -> Callable[[Function], Function]:
        """Register the function below as a defect that stands in for a guard or rule, and for what is `beside`.

        Raises:
            RegistrationError: no sentence, no requirement, a name taken already, or nothing it could stand in for.
        """

        def register(wrong: Function) -> Function:
            entry = Defect(
                id=name_of(wrong),
                sentence=sentence_of(wrong),
                requirements=requirements,
                sound=replaces,
                wrong=wrong,
                beside=beside,
            )
            self._refuse_unless_complete(entry)
            self._defects[entry.id] = entry
            return wrong

        return register

    def catalogue(self) -> Mapping[str, Defect]:
        """Return every defect by id."""
        return MappingProxyType(self._defects)

    def _refuse_unless_complete(self, entry: Defect) -> None:
        if entry.id in self._defects:
            raise RegistrationError(f"defect {entry.id}: the name is taken; a defect is named once")
        if not entry.sentence:
            raise RegistrationError(f"defect {entry.id}: the docstring is missing; it is what people read")
        if not entry.requirements:
            raise RegistrationError(f"defect {entry.id}: no requirement is named; say which one it violates")
        try:
            entry.spoil(Policy())
        except LookupError as error:
            raise RegistrationError(f"defect {entry.id}: {error}") from None


REGISTRY = Registry()
defect = REGISTRY.defect
catalogue = REGISTRY.catalogue


def policy_with(name: str | None) -> Policy:
    """Return the sound policy, or the one with a single defect.

    Raises:
        UnknownDefectError: with the nearest name.
    """
    if name is None:
        return Policy()
    chosen = catalogue().get(name)
    if chosen is None:
        raise UnknownDefectError(name)
    return chosen.spoil(Policy())
