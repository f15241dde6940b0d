"""The registry of faults and circumstances: decorator, sentence, few lines.

A fault is a pure function from payload to payload; its id is its seam and its name, its docstring is the sentence that
users read. What it needs beside the payload it takes by the names of `Beside`. Registration refuses duplicates, missing
sentences and missing references, and a name that nobody knows.
"""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeVar

from mock_idp.faults.seam import Seam
from mock_idp.faults.trap import NOWHERE
from mock_idp.protocol.jose import seal
from mock_idp.protocol.neighbour import alone

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from mock_idp.protocol.neighbour import FindNeighbour

Function = TypeVar("Function", bound="Callable[..., Any]")

_REQUIREMENT: Final = re.compile(r"[A-Z]{2,3}-\d{2}")
_SENTENCE: Final = re.compile(r"[A-Z][^\n]{8,150}\.")


def _nowhere() -> str:
    return NOWHERE


def _nobody() -> str:
    return ""


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What a fault may ask for beside the payload, each found when one asks.

    `trap`: the address of the trap (`trap.py`) of its stage. `untrusted`: that of the same trap behind a wrong
    certificate. `issuer`: the identifier of whoever speaks. `neighbour`: the other issuer; where there is none, a fault
    that asks for it does nothing.
    """

    trap: Callable[[], str] = _nowhere
    untrusted: Callable[[], str] = _nowhere
    issuer: Callable[[], str] = _nobody
    neighbour: FindNeighbour = alone


ALONE: Final = Beside()
"""What there is without a stage and without another issuer."""


class Kind(StrEnum):
    """Does the provider break a requirement (the application refuses), or is it merely unusual (it copes)?"""

    FAULT = "fault"
    CIRCUMSTANCE = "circumstance"


class RegistrationError(ValueError):
    """A fault is registered twice, or lacks its sentence or its references."""


class UnknownFaultError(LookupError):
    """No fault or circumstance has this id."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One way in which the provider is wrong or unusual. `requirements`: the ids that the application is judged by."""

    id: str
    seam: Seam
    kind: Kind
    sentence: str
    requirements: tuple[str, ...]
    function: Callable[..., Any]

    def bend(self, payload: Any, beside: Beside) -> Any:
        """Return the payload bent."""
        asked = [getattr(beside, name)() for name in self.asks_for]
        if None in asked:
            return seal(payload) if self.seam == Seam.SIGNATURE else payload
        return self.function(payload, *asked)

    @property
    def mixes_up(self) -> bool:
        """Whether it takes something of another issuer."""
        return "neighbour" in self.asks_for

    @cached_property
    def asks_for(self) -> tuple[str, ...]:
        """What it takes beside the payload, by the names of `Beside`."""
        return tuple(inspect.signature(self.function).parameters)[1:]


class Registry:
    """Faults by id, in the order of registration."""

    def __init__(self) -> None:
        self._faults: dict[str, Fault] = {}

    def fault(self, seam: Seam, *, requirements: Iterable[str]) -> Callable[[Function], Function]:
        """Register a violation: a sound application refuses."""
        return self._registering(seam, Kind.FAULT, tuple(requirements))

    def circumstance(self, seam: Seam, *, requirements: Iterable[str]) -> Callable[[Function], Function]:
        """Register something unusual that the provider may do: a sound application copes."""
        return self._registering(seam, Kind.CIRCUMSTANCE, tuple(requirements))

    def catalogue(self) -> Mapping[str, Fault]:
        """Return everything that can be armed, by id."""
        return MappingProxyType(self._faults)

    def bend(
        self, seam: str, payload: Any, armed: Collection[str], beside: Beside = ALONE
    ) -> tuple[Any, tuple[str, ...]]:
        """Pass `payload` through what is armed at `seam`; return the outcome and the ids that changed something.

        At the seam `signature` an `Unsigned` goes in and a compact string comes out, also when nothing is armed.
        """
        if seam == Seam.SIGNATURE:
            return self._seal(payload, armed, beside)
        fired: list[str] = []
        for each in self._armed(seam, armed):
            bent = each.bend(payload, beside)
            if bent != payload:
                fired.append(each.id)
            payload = bent
        return payload, tuple(fired)

    def _seal(self, payload: Any, armed: Collection[str], beside: Beside) -> tuple[str, tuple[str, ...]]:
        honest = seal(payload)
        for each in self._armed(Seam.SIGNATURE, armed)[:1]:
            forged = each.bend(payload, beside)
            return forged, (each.id,) if forged != honest else ()
        return honest, ()

    def _armed(self, seam: str, armed: Collection[str]) -> list[Fault]:
        if unknown := [each for each in armed if each not in self._faults]:
            raise UnknownFaultError(f"Armed, but in no catalogue: {', '.join(unknown)}.")
        return [each for each in self._faults.values() if each.id in armed and each.seam == seam] if armed else []

    def _registering(self, seam: Seam, kind: Kind, requirements: tuple[str, ...]) -> Callable[[Function], Function]:
        def register(function: Function) -> Function:
            self._add(
                Fault(
                    id=f"{seam}.{function.__name__.strip('_').replace('_', '-')}",
                    seam=seam,
                    kind=kind,
                    sentence=(function.__doc__ or "").strip(),
                    requirements=requirements,
                    function=function,
                )
            )
            return function

        return register

    def _add(self, fault: Fault) -> None:
        if fault.id in self._faults:
            raise RegistrationError(f"{fault.id} is registered twice; give one of the two functions another name.")
        if not _SENTENCE.fullmatch(fault.sentence):
            raise RegistrationError(f"{fault.id} needs a docstring: one sentence on one line that users can read.")
        if not fault.requirements or not all(map(_REQUIREMENT.fullmatch, fault.requirements)):
            raise RegistrationError(f"{fault.id} must cite the requirements it touches, as in CLM-24 or LR-60.")
        if unknown := {*fault.asks_for} - {each.name for each in fields(Beside)}:
            raise RegistrationError(f"{fault.id} asks for {', '.join(sorted(unknown))}; `Beside` says what there is.")
        self._faults[fault.id] = fault


REGISTRY: Final = Registry()
fault = REGISTRY.fault
circumstance = REGISTRY.circumstance
catalogue = REGISTRY.catalogue
bend = REGISTRY.bend
