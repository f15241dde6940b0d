"""What holds whatever is true of a person, whatever a profile lets out and whatever scopes are granted."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import assume, given
from hypothesis import strategies as st
from pupil_facts import facts, names, pupils

from mock_idp.domain.claims import ClaimsProfile, Subject, built_in_profiles, claims_table, release
from mock_idp.domain.claims.fields import DATES, FIELDS, MEMBERS, Shape, shapes_of
from mock_idp.domain.datastore import Enquiry, InProcessDatastore, StudentFacts
from mock_idp.domain.discimus.life import Birth, Life, Sex
from mock_idp.domain.insz import Number
from mock_idp.domain.randomness import derived_id
from mock_idp.faults import bend

if TYPE_CHECKING:
    from mock_idp.domain.datastore import Facts

SCOPES = ("openid", "profile", "ov_leerling", "vo", "own")
TODAY = date(2026, 11, 23)
subsets = st.sets(st.sampled_from(SCOPES))


@st.composite
def profiles(draw: st.DrawFn) -> ClaimsProfile:
    """Any profile: some of the table, some claims of its own, some members of an enrolment."""
    wires = draw(st.sets(st.sampled_from(sorted(claims_table().keys() - {"sub"}))))
    fields = draw(st.lists(st.sampled_from(sorted(FIELDS)), max_size=3))
    own = [
        {"wire": f"own_{number}", "field": field, "shape": draw(st.sampled_from(shapes_of(field))), "scope": "own"}
        for number, field in enumerate(fields)
    ]
    objects = [name for name in wires if claims_table()[name].shape == Shape.RECORDS]
    members = st.lists(st.sampled_from([*MEMBERS, *DATES]), unique=True)
    return ClaimsProfile.model_validate(
        {
            "name": "drawn",
            "own_claims": own,
            "claims": sorted(wires),
            "members": {name: draw(members) for name in objects if draw(st.booleans())},
            "scopes": SCOPES,
            "subject": draw(st.sampled_from(Subject)),
        }
    )


any_profile = profiles() | st.sampled_from(list(built_in_profiles().values()))


@given(person=facts, profile=any_profile, scopes=subsets)
def test_nothing_outside_profile_and_scopes_ever_leaves(
    person: Facts, profile: ClaimsProfile, scopes: set[str]
) -> None:
    granted = {row.wire for row in profile.rows if row.scope in scopes}
    assert set(release(person, profile, scopes)) <= granted


@given(person=facts, profile=any_profile, scopes=subsets)
def test_everything_that_is_set_and_inside_both_does_leave(
    person: Facts, profile: ClaimsProfile, scopes: set[str]
) -> None:
    values: dict[str, Any] = vars_of(person)
    expected = {
        row.wire
        for row in profile.rows
        if row.scope in scopes and values.get(row.field) and not (row.wire == "sub" and profile.subject == Subject.OMIT)
    }
    assert expected <= set(release(person, profile, scopes))


@given(person=pupils, profile=any_profile, scopes=subsets)
def test_an_enrolment_shows_only_the_members_of_the_profile(
    person: StudentFacts, profile: ClaimsProfile, scopes: set[str]
) -> None:
    released = release(person, profile, scopes)
    for wire, members in profile.members.items():
        shown = {name for each in released.get(wire, []) for name in each}
        assert shown <= set(members)
        assert set(members) & set(MEMBERS) <= shown or not released.get(wire)


@given(person=facts, profile=any_profile, scopes=subsets)
def test_what_leaves_can_be_written_as_json_and_comes_back(
    person: Facts, profile: ClaimsProfile, scopes: set[str]
) -> None:
    released = release(person, profile, scopes)
    assert json.loads(json.dumps(released)) == released


@given(person=pupils, profile=any_profile)
def test_the_leer_id_is_that_of_the_pupil_or_there_is_none(person: StudentFacts, profile: ClaimsProfile) -> None:
    assume("ov_leerid_uuid" in profile.wires)
    expected = [person.leer_id_uuid] if person.leer_id_uuid else []
    assert release(person, profile, SCOPES)["ov_leerid_uuid"] == expected


@given(person=pupils, profile=any_profile)
def test_an_address_that_is_not_set_is_absent_unless_a_circumstance_says_otherwise(
    person: StudentFacts, profile: ClaimsProfile
) -> None:
    released = release(person, profile, SCOPES)
    assert ("email" in released) == bool("email" in profile.wires and person.email)
    if {"ov_account_uuid", "email"} <= released.keys():
        assert bend("claims", released, ["claims.email-empty"])[0]["email"] == ""
        assert bend("claims", released, ["claims.email-null"])[0]["email"] is None
    if "email" not in released:
        assert bend("claims", released, ["claims.email-empty", "claims.email-null"]) == (released, ())


@given(person=pupils, profile=any_profile)
def test_a_pupil_has_a_sub_exactly_where_the_profile_gives_one(person: StudentFacts, profile: ClaimsProfile) -> None:
    subject = release(person, profile, SCOPES).get("sub")
    assert subject == (None if profile.subject == Subject.OMIT else person.account_uuid)


@dataclass(frozen=True)
class Derived:
    """Identifiers that follow from a key."""

    key: str

    def account_uuid(self, label: str, number: int) -> str:
        return derived_id(self.key, "account", label, number)

    def leer_id_uuid(self, number: int) -> str:
        return derived_id(self.key, "leer-id", number)


@dataclass(frozen=True)
class OneLife:
    """A directory in which every user name opens the same life."""

    life: Life

    def life_of(self, user_name: str) -> tuple[Life, str]:
        del user_name
        return self.life, self.life.key


lives = st.builds(
    lambda birth, sex, number, name: Life(
        key="somebody",
        given_name=name,
        family_name=name,
        birth=Birth(day=f"{birth.day:02}", month=f"{birth.month:02}", year=str(birth.year)),
        sex=sex,
        number=number,
        identities=Derived("somebody"),
    ),
    birth=st.dates(min_value=date(2000, 1, 1), max_value=date(2023, 1, 1)),
    sex=st.sampled_from(Sex),
    number=st.sampled_from(Number),
    name=names,
)


def told(life: Life) -> StudentFacts:
    found = InProcessDatastore(OneLife(life)).facts(Enquiry(user_name="somebody", day=TODAY, known_on=TODAY))
    assert found is not None
    return found


@given(life=lives, profile=any_profile)
def test_no_national_number_ever_leaves(life: Life, profile: ClaimsProfile) -> None:
    everything = json.dumps(release(told(life), profile, SCOPES))
    numbers = [number for kind in Number if (number := life.insz(kind))]
    assert len(numbers) == 2
    assert not [number for number in numbers if number in everything.replace(".", "").replace("-", "")]


@given(life=lives, profile=any_profile)
def test_a_pupil_without_national_number_has_no_leer_id(life: Life, profile: ClaimsProfile) -> None:
    assume("ov_leerid_uuid" in profile.wires)
    released = release(told(life), profile, SCOPES)["ov_leerid_uuid"]
    assert released == ([] if life.number == Number.NONE else [Derived("somebody").leer_id_uuid(0)])


def vars_of(person: Facts) -> dict[str, Any]:
    """Return what is set of the fields that are named alike in facts and profiles."""
    if isinstance(person, StudentFacts):
        same = {name: getattr(person, name) for name in ("account_uuid", "leer_id_uuid", "given_name", "history")}
        return same | {"enrolments": person.enrolments, "email": person.email, "birth_year": person.birth_year}
    return {"given_name": person.given_name, "family_name": person.family_name, "vo_id": person.vo.get("vo_id")}
