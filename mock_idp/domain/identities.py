"""As whom somebody comes: the identities of a person, by capacity (doelgroep) and by organisation.

What is told of each to a client is data of the person; for pupils it is a guess: education, and a school.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from mock_idp.domain.datastore.facts import OtherIdentity, StudentFacts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date

    from mock_idp.domain.datastore.facts import CitizenFacts, Facts


class IdentityLevel(StrEnum):
    """At which level somebody with several identities chooses one before going on to a client."""

    NONE = "none"
    CAPACITY = "capacity"
    ORGANISATION = "organisation"


class Capacity(StrEnum):
    """In which capacity (doelgroep) somebody signs in."""

    BUR = "BUR"
    """Citizen."""
    GID = "GID"
    """Entity of the Flemish government."""
    EA = "EA"
    """Company or another organisation."""
    LB = "LB"
    """Local authority."""
    OV = "OV"
    """Education."""


NAMES: Final[Mapping[str, str]] = {
    Capacity.BUR: "Burger",
    Capacity.GID: "VO-medewerkers",
    Capacity.EA: "Ondernemingen en organisaties",
    Capacity.LB: "Lokale besturen",
    Capacity.OV: "Onderwijs",
}
"""What `vo_doelgroepnaam` is where the person brings no name; only that of GID was seen."""


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """An organisation, by the code that its capacity uses: OVO code, KBO number or instellingsnummer."""

    code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Identity:
    """A capacity, and the organisations in it: one at most, but for a capacity in which roles of several come together.

    `key` names it among the identities of a person: the capacity, and the code of the organisation where one is chosen.
    """

    key: str
    capacity: str
    name: str
    organisations: tuple[Organisation, ...] = ()
    email: str | None = None
    roles: tuple[str, ...] = ()

    @property
    def told(self) -> dict[str, Any]:
        """The fields that it decides. Of several organisations none is told: nobody chose one."""
        one = self.organisations[0] if len(self.organisations) == 1 else None
        return {
            "vo_doelgroepcode": self.capacity,
            "vo_doelgroepnaam": self.name,
            "vo_orgcode": one.code if one else None,
            "vo_orgnaam": one.name if one else None,
            "vo_email": self.email,
            "roles": list(self.roles),
        }


def identities_of(
    facts: Facts, level: IdentityLevel, *, on: date, capacities: Collection[str] = ()
) -> tuple[Identity, ...]:
    """Return the identities that a person can choose from on a day at a level, the most usual first."""
    each = _of_pupil(facts, on) if isinstance(facts, StudentFacts) else _of_citizen(facts)
    taken: dict[str, Identity] = {}
    for one in each:
        if not capacities or one.capacity in capacities:
            taken.setdefault(one.key, one)
    return _by_capacity(taken.values()) if level == IdentityLevel.CAPACITY else tuple(taken.values())


def resolved(options: Iterable[Identity], key: str | None) -> Identity | None:
    """Return the option that a choice made before stands for: the same, or the only one within or around it."""
    if key is None:
        return None
    capacity, _, code = key.partition(" ")
    near = [each for each in options if each.key == key or (each.capacity == capacity and not (code and _code(each)))]
    same = [each for each in near if each.key == key]
    return (same or near)[0] if len(same or near) == 1 else None


def _code(identity: Identity) -> str:
    return identity.key.partition(" ")[2]


def _of_pupil(facts: StudentFacts, on: date) -> Iterator[Identity]:
    """Yield education at each school of the day; without a school, education alone."""
    schools = [each for each in facts.enrolments if each.holds_on(on)]
    for each in schools:
        yield _identity(
            Capacity.OV, NAMES[Capacity.OV], Organisation(code=each.instellingsnummer, name=each.school_name)
        )
    if not schools:
        yield _identity(Capacity.OV, NAMES[Capacity.OV])


def _of_citizen(facts: CitizenFacts) -> Iterator[Identity]:
    for each in (OtherIdentity(vo=facts.vo, roles=facts.roles), *facts.others):
        capacity = each.vo.get("vo_doelgroepcode") or Capacity.BUR.value
        code = each.vo.get("vo_orgcode")
        organisation = Organisation(code=code, name=each.vo.get("vo_orgnaam", code)) if code else None
        name = each.vo.get("vo_doelgroepnaam") or NAMES.get(capacity, capacity)
        yield _identity(capacity, name, organisation, email=each.vo.get("vo_email"), roles=each.roles)


def _identity(capacity: str, name: str, organisation: Organisation | None = None, **others: Any) -> Identity:
    key = f"{capacity} {organisation.code}" if organisation else str(capacity)
    within = (organisation,) if organisation else ()
    return Identity(key=key, capacity=str(capacity), name=name, organisations=within, **others)


def _by_capacity(identities: Iterable[Identity]) -> tuple[Identity, ...]:
    """Return one identity for each capacity: what several organisations give comes together."""
    merged: dict[str, Identity] = {}
    for each in identities:
        before = merged.get(each.capacity)
        merged[each.capacity] = Identity(
            key=each.capacity,
            capacity=each.capacity,
            name=before.name if before else each.name,
            organisations=(*(before.organisations if before else ()), *each.organisations),
            email=before.email if before else each.email,
            roles=(*(before.roles if before else ()), *each.roles),
        )
    return tuple(merged.values())
