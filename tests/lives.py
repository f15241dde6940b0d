"""Small lives for tests: a pupil, and moments counted in days from a day in the middle of a school year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from mock_idp.domain import discimus, leerid
from mock_idp.domain.insz import Number

TODAY = date(2026, 11, 23)
PARTNER = discimus.schools()["700202"]
OTHER = discimus.schools()["700303"]
GROUP = discimus.groups()["900301"]
NEXT_GROUP = discimus.groups()["900302"]


@dataclass(frozen=True)
class Numbered:
    """Identities that can be read: which account or number it was, and how often it was replaced."""

    def account_uuid(self, label: str, number: int) -> str:
        return f"{label}#{number}"

    def leer_id_uuid(self, number: int) -> str:
        return f"leer-id#{number}"


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def life(*moments: discimus.Moment, **members: Any) -> discimus.Life:
    """A pupil with these moments; identified from the beginning unless `number` says otherwise."""
    known = {
        "key": "pupil",
        "given_name": "Noor",
        "family_name": "Testleerling",
        "birth": discimus.Birth(day="01", month="02", year="2013"),
        "sex": discimus.Sex.FEMALE,
        "identities": Numbered(),
    }
    return discimus.Life(**{**known, **members}, moments=moments)


def enrolled(offset: int, school: discimus.School = PARTNER, **members: Any) -> discimus.Enrolled:
    """An enrolment from a day on."""
    known = {"stamnummer": "2500001", "group": GROUP, "hoofdstructuur": "311"}
    return discimus.Enrolled(**{**known, **members}, on=day(offset), school=school)


def student(of: discimus.Life, offset: int = 0, **members: Any) -> leerid.Student:
    """The student on a day."""
    return leerid.student_of(of, day=day(offset), **members)


OFFSETS = st.integers(-1500, 400)
MOMENTS = st.one_of(
    OFFSETS.map(enrolled),
    OFFSETS.map(lambda on: enrolled(on, OTHER, stamnummer="2500002")),
    st.builds(discimus.Left, on=OFFSETS.map(day), school=st.sampled_from([None, PARTNER, OTHER])),
    st.builds(discimus.Cancelled, on=OFFSETS.map(day), school=st.sampled_from([PARTNER, OTHER])),
    OFFSETS.map(lambda on: discimus.Moved(on=day(on), to=enrolled(on, OTHER))),
    OFFSETS.map(lambda on: discimus.Regrouped(on=day(on), school=PARTNER, group=NEXT_GROUP, hoofdstructuur="311")),
    OFFSETS.map(lambda on: discimus.SchoolRenumbered(on=day(on), school=PARTNER, to=OTHER)),
    OFFSETS.map(lambda on: discimus.NameCorrected(on=day(on), family_name="Test-Leerling")),
    st.builds(discimus.Identified, on=OFFSETS.map(day), number=st.sampled_from([Number.RRN, Number.BIS])),
    st.builds(lambda on, late: discimus.Identified(on=day(on), known_on=day(on + late)), OFFSETS, st.integers(0, 90)),
    st.builds(
        lambda on, late: discimus.Moved(on=day(on), known_on=day(on + late), to=enrolled(on, OTHER)),
        OFFSETS,
        st.integers(0, 90),
    ),
    st.builds(discimus.NumberReplaced, on=OFFSETS.map(day)),
    st.builds(discimus.NumberLost, on=OFFSETS.map(day)),
    st.builds(leerid.AccountReplaced, on=OFFSETS.map(day)),
    st.builds(leerid.EmailSet, on=OFFSETS.map(day), email=st.just("noor@leerling.example")),
    st.builds(leerid.EmailRemoved, on=OFFSETS.map(day)),
    st.builds(leerid.AccountBlocked, on=OFFSETS.map(day)),
    st.builds(leerid.AccountUnblocked, on=OFFSETS.map(day)),
)
LIVES = st.builds(
    lambda moments, number, email: life(*moments, number=number, email=email),
    st.lists(MOMENTS, max_size=8),
    st.sampled_from(list(Number)),
    st.sampled_from([None, "noor@leerling.example"]),
)
"""Any life at all, also one that makes no sense: nothing may break."""
RULES = st.builds(
    leerid.Rules,
    keeps_account_uuid=st.booleans(),
    changes_leer_id=st.booleans(),
    rotation=st.sampled_from([leerid.Rotation.BY_ITSELF, leerid.Rotation.LASTING]),
)
