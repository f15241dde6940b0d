"""The registry of faults and circumstances: decorator, sentence, few lines.

A fault is a pure function from payload to payload; its id is its seam and its name, its docstring is the sentence that
users read. One that leads the application astray takes a second value: the address of the trap (`trap.py`) of its
stage, or `untrusted`, the same trap behind a wrong certificate. One that names the provider takes its `issuer`; one
that mixes two issuers up takes the `neighbour`, and does nothing where there is none. Registration refuses duplicates,
missing sentences and missing references.
"""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
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

    FindTrap = Callable[[], str]

Function = TypeVar("Function", bound="Callable[..., Any]")

ISSUER: Final = "issuer"
NEIGHBOUR: Final = "neighbour"
UNTRUSTED: Final = "untrusted"
_REQUIREMENT: Final = re.compile(r"[A-Z]{2,3}-\d{2}")
_SENTENCE: Final = re.compile(r"[A-Z][^\n]{8,150}\.")


def nowhere() -> str:
    """Find no trap, for those who have no stage."""
    return NOWHERE


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

    def bend(
        self,
        payload: Any,
        trap: str = NOWHERE,
        issuer: str = "",
        find_neighbour: FindNeighbour = alone,
        find_untrusted: FindTrap = nowhere,
    ) -> Any:
        """Return the payload bent; what a function asks for beside goes by its name, and any other name is the trap."""
        beside = {ISSUER: issuer} | ({NEIGHBOUR: find_neighbour()} if self.mixes_up else {})
        beside |= {UNTRUSTED: find_untrusted()} if UNTRUSTED in self._asks_for else {}
        if self.mixes_up and beside[NEIGHBOUR] is None:
            return seal(payload) if self.seam == Seam.SIGNATURE else payload
        return self.function(payload, *(beside.get(name, trap) for name in self._asks_for))

    @property
    def lays_trap(self) -> bool:
        """Whether it tells the application an address that it is not to follow."""
        return any(name not in {ISSUER, NEIGHBOUR} for name in self._asks_for)

    @property
    def mixes_up(self) -> bool:
        """Whether it takes something of another issuer."""
        return NEIGHBOUR in self._asks_for

    @cached_property
    def _asks_for(self) -> tuple[str, ...]:
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

    def bend(  # noqa: PLR0913, PLR0917  what faults may ask for, each by its name
        self,
        seam: str,
        payload: Any,
        armed: Collection[str],
        trap: str = NOWHERE,
        issuer: str = "",
        find_neighbour: FindNeighbour = alone,
        find_untrusted: FindTrap = nowhere,
    ) -> tuple[Any, tuple[str, ...]]:
        """Pass `payload` through what is armed at `seam`; return the outcome and the ids that changed something.

        At the seam `signature` an `Unsigned` goes in and a compact string comes out, also when nothing is armed. `trap`
        is the address below which the trap of the stage lies, `issuer` the identifier of whoever speaks,
        `find_neighbour` finds the other issuer, `find_untrusted` the trap behind a wrong certificate.
        """
        if seam == Seam.SIGNATURE:
            return self._seal(payload, armed, trap, find_neighbour)
        fired: list[str] = []
        for each in self._armed(seam, armed):
            bent = each.bend(payload, trap, issuer, find_neighbour, find_untrusted)
            if bent != payload:
                fired.append(each.id)
            payload = bent
        return payload, tuple(fired)

    def _seal(
        self, payload: Any, armed: Collection[str], trap: str, find_neighbour: FindNeighbour
    ) -> tuple[str, tuple[str, ...]]:
        honest = seal(payload)
        for each in self._armed(Seam.SIGNATURE, armed)[:1]:
            forged = each.bend(payload, trap, find_neighbour=find_neighbour)
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
        self._faults[fault.id] = fault


REGISTRY: Final = Registry()
fault = REGISTRY.fault
circumstance = REGISTRY.circumstance
catalogue = REGISTRY.catalogue
bend = REGISTRY.bend
