"""The lives of the personas: each shows what it is there for, on whatever day the mock starts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from met_personas import TODAY, met, persona_of, personas_of

from mock_idp import faults
from mock_idp.domain.claims import DEFAULT_PROFILE, claims_profile, release
from mock_idp.domain.discimus import Birth, schools
from mock_idp.domain.discimus.school import Agreement
from mock_idp.domain.leerid.account import AccountState
from mock_idp.faults import Seam

if TYPE_CHECKING:
    from mock_idp.domain.datastore import StudentFacts

DAYS = [
    *(date(2026, 9, 1) + timedelta(days=days) for days in (0, 1, 29, 30, 31, 59, 60, 61, 180, 363, 364)),
    *(date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1), date(2028, 8, 31), date(2028, 9, 1)),
]
"""Days on which the mock may start: around 1 September, and around a leap day."""
PUPILS = [each for each in personas_of(TODAY).all() if each.person.life]

each_day = pytest.mark.parametrize("day", DAYS, ids=str)


def is_let_in(slug: str, day: date, offset: int) -> bool:
    """Whether there is an enrolment at a partner of the testbed's applications."""
    numbers = {each.instellingsnummer for each in met(slug, day, offset).enrolments}
    return any(schools()[number].agreement == Agreement.PARTNER for number in numbers)


def born(facts: StudentFacts) -> Birth:
    """The birth date of somebody."""
    return Birth(day=facts.birth_day, month=facts.birth_month, year=facts.birth_year)


# Lives, on whatever day the mock starts ------------------------------------------------------------------------------

LET_IN: dict[str, list[bool]] = {
    "no-enrolment": [False],
    "enrolment-ended": [True, False],
    "enrolment-future": [False, True],
    "enrolment-cancelled": [True, False],
    "enrolment-not-realised": [False],
    "not-registered-yet": [False, True],
    "school-without-agreement": [False],
    "agreement-ended": [False],
    "home-schooled": [False],
    "last-day": [True, False],
    "until-31-august": [True, False],
    "from-1-september": [False, True],
    "left-in-retrospect": [True, False],
    "moved-to-no-partner": [True, False],
    "school-renumbered": [True, False],
    "diploma-in-june": [True, False],
}
"""At which visits an application of the testbed lets a pupil in; at all of them when a persona is not named."""


@each_day
def test_pupils_come_in_at_the_visits_that_let_them_in_and_at_no_other(day: date) -> None:
    seen = {each.slug: [is_let_in(each.slug, day, offset) for offset in each.visits] for each in PUPILS}
    assert seen == {each.slug: LET_IN.get(each.slug, [True] * len(each.visits)) for each in PUPILS}


@each_day
def test_accounts_open_at_every_visit_but_those_that_show_trouble(day: date) -> None:
    states = {
        each.slug: [met(each.slug, day, offset).account_state for offset in each.visits]
        for each in PUPILS
        if any(met(each.slug, day, offset).account_state != AccountState.ACTIVE for offset in each.visits)
    }
    assert states == {
        "account-blocked": [AccountState.ACTIVE, AccountState.BLOCKED],
        "password-expired": [AccountState.PASSWORD_EXPIRED, AccountState.ACTIVE],
        "account-withheld": [AccountState.WITHHELD, AccountState.ACTIVE],
    }


@each_day
def test_nobody_is_identified_but_those_with_a_number(day: date) -> None:
    without = {each.slug for each in PUPILS if met(each.slug, day).leer_id_uuid is None}
    assert without == {
        *("not-identified", "leer-id-claim-missing", "new-account-each-time", "newcomer"),
        "identification-lost",
    }


@each_day
def test_an_account_of_an_unidentified_pupil_is_new_at_every_sign_in(day: date) -> None:
    one, other = (met("new-account-each-time", day, sign_in=each) for each in ("one", "other"))
    assert one.account_uuid != other.account_uuid


@each_day
@pytest.mark.parametrize(
    ("slug", "visits", "unused"),
    [("identified-since", [-60], 0), ("identified-after-three-accounts", [-120, -90], 1)],
)
def test_the_history_names_the_accounts_of_earlier_visits(day: date, slug: str, visits: list[int], unused: int) -> None:
    before = [met(slug, day, offset) for offset in visits]
    now = met(slug, day)
    assert [each.leer_id_uuid for each in before] == [None] * len(visits)
    assert {each.account_uuid for each in before} <= set(now.history)
    assert len(now.history) == len(visits) + unused
    assert now.account_uuid not in now.history


@each_day
def test_temporary_accounts_at_two_schools_become_one(day: date) -> None:
    slugs = [f"temporary-at-two-schools-{each}" for each in ("first", "second")]
    before = [met(slug, day, -60) for slug in slugs]
    now = [met(slug, day) for slug in slugs]
    assert [[each.instellingsnummer for each in facts.enrolments] for facts in before] == [["700202"], ["000007"]]
    assert len({facts.account_uuid for facts in before}) == 2
    assert len({(facts.account_uuid, facts.leer_id_uuid, frozenset(facts.history)) for facts in now}) == 1
    assert {facts.account_uuid for facts in before} <= set(now[0].history)
    assert len(now[0].enrolments) == 2


@each_day
def test_an_account_that_is_kept_leaves_no_history(day: date) -> None:
    before, now = (met("identified-no-history", day, offset) for offset in (-60, 0))
    assert (before.leer_id_uuid, now.history) == (None, ())
    assert before.account_uuid == now.account_uuid
    assert now.leer_id_uuid


@each_day
def test_two_accounts_have_one_pupil(day: date) -> None:
    one, other = (met(f"two-accounts-{each}", day) for each in ("first", "second"))
    assert one.account_uuid != other.account_uuid
    assert one.leer_id_uuid == other.leer_id_uuid


@each_day
def test_the_history_of_one_pupil_names_the_account_of_another(day: date) -> None:
    owner, other = met("disputed-account-owner", day), met("disputed-account-in-history", day)
    assert owner.account_uuid in other.history
    assert met("disputed-account-in-history", day, -60).account_uuid in other.history
    assert owner.account_uuid != other.account_uuid
    assert owner.leer_id_uuid != other.leer_id_uuid


@each_day
def test_one_account_belongs_to_two_pupils_after_each_other(day: date) -> None:
    before, now = met("recycled-account-before", day, -200), met("recycled-account-now", day)
    assert before.account_uuid == now.account_uuid
    assert before.leer_id_uuid != now.leer_id_uuid
    assert not met("recycled-account-before", day).enrolments


@each_day
@pytest.mark.parametrize(("slug", "is_kept"), [("bis-number-replaced", True), ("leer-id-replaced", False)])
def test_a_bis_number_gives_way_to_a_number_of_the_register(day: date, slug: str, is_kept: bool) -> None:  # noqa: FBT001  a table
    before, now = (met(slug, day, offset) for offset in (-60, 0))
    assert (before.leer_id_uuid == now.leer_id_uuid) == is_kept
    assert before.account_uuid == now.account_uuid


@each_day
def test_an_identification_that_is_lost_leaves_the_account(day: date) -> None:
    before, now = (met("identification-lost", day, offset) for offset in (-60, 0))
    assert before.leer_id_uuid
    assert (now.leer_id_uuid, now.history) == (None, ())
    assert before.account_uuid == now.account_uuid


@each_day
def test_a_pupil_who_moves_has_the_new_school_only(day: date) -> None:
    seen = [met("moved-between-partners", day, offset).enrolments for offset in (-60, 0)]
    assert [[each.instellingsnummer for each in found] for found in seen] == [["700202"], ["000007"]]


@each_day
def test_a_school_with_a_new_number_keeps_register_numbers(day: date) -> None:
    seen = [met("school-renumbered", day, offset).enrolments[0] for offset in (-60, 0)]
    assert [each.instellingsnummer for each in seen] == ["700202", "700707"]
    assert len({each.stamnummer for each in seen}) == 1


@each_day
def test_an_address_changes_and_goes(day: date) -> None:
    addresses = [met("email-changed", day, offset).email for offset in (-60, -20, 0)]
    assert len(set(addresses)) == 3
    assert addresses[-1] is None


@each_day
def test_a_name_is_corrected(day: date) -> None:
    names = [(facts.given_name, facts.family_name) for facts in (met("name-corrected", day, at) for at in (-60, 0))]
    assert names == [("Gael", "Vandenberghe"), ("Gaël", "Van den Berghe")]


@each_day
def test_codes_change_with_the_school_year(day: date) -> None:
    seen = [met("part-time-since-last-year", day, offset).enrolments[0].hoofdstructuur for offset in (-366, 0)]
    assert seen == ["311", "312"]


IDLE = ["idle-almost-three-years", "idle-over-three-years", "last-seen-leap-day", "back-after-purge"]


@each_day
def test_idle_pupils_were_last_seen_on_their_side_of_three_years(day: date) -> None:
    last = {slug: day + timedelta(days=persona_of(slug, day).visits[0]) for slug in IDLE}
    three_years_ago = (day.year - 3, day.month, day.day)
    over = {slug for slug, seen in last.items() if (seen.year, seen.month, seen.day) < three_years_ago}
    assert over == {"idle-over-three-years", "back-after-purge"}


@pytest.mark.parametrize(
    ("slug", "name"),
    [(each.slug, name) for each in PUPILS for name in each.circumstances if name.startswith(Seam.CLAIMS)],
)
def test_the_form_of_claims_that_a_persona_shows_is_another_than_the_usual(slug: str, name: str) -> None:
    profile = claims_profile(DEFAULT_PROFILE)
    _, fired = faults.bend(Seam.CLAIMS, release(met(slug), profile, profile.scopes), [name])
    assert fired == (name,)


# What is the same in two, and what is not ----------------------------------------------------------------------------


def test_namesakes_share_everything_that_is_no_key() -> None:
    one, other = (met(f"namesake-{each}") for each in ("one", "two"))
    assert (one.given_name, one.family_name, born(one)) == (other.given_name, other.family_name, born(other))
    assert one.leer_id_uuid != other.leer_id_uuid


def test_twins_share_an_address_and_a_birth_date() -> None:
    one, other = (met(f"twin-{each}") for each in ("one", "two"))
    assert (one.email, born(one)) == (other.email, born(other))
    assert one.given_name != other.given_name


def test_two_schools_gave_the_same_register_number() -> None:
    one, other = (met(f"same-register-number-{each}").enrolments[0] for each in ("one", "two"))
    assert one.stamnummer == other.stamnummer
    assert one.instellingsnummer != other.instellingsnummer


def test_a_pupil_has_the_address_of_the_teacher() -> None:
    teacher = persona_of("teacher").person.citizen
    assert teacher is not None
    assert met("email-of-a-teacher").email == teacher.vo["vo_email"]


def test_classmates_share_a_class() -> None:
    one, other = (met(f"shared-computer-{each}").enrolments[0] for each in ("first", "second"))
    assert (one.instellingsnummer, one.administratieve_groep_code) == (
        other.instellingsnummer,
        other.administratieve_groep_code,
    )


def test_the_pupil_and_the_citizen_share_a_name_and_nothing_else() -> None:
    pupil, citizen = (persona_of(f"own-eid-as-{each}").person for each in ("pupil", "citizen"))
    assert pupil.full_name == citizen.full_name
    assert pupil.user_name != citizen.user_name
    assert (pupil.citizen, citizen.life) == (None, None)


def test_a_long_name_has_all_that_breaks_programs() -> None:
    name = persona_of("diacritics").full_name
    assert all(part in name for part in ("ë", "-", " van der ", "'t ", "D'H"))


@pytest.mark.parametrize(
    ("slug", "hoofdstructuur"),
    [
        ("nursery-child", "111"),
        ("primary-pupil", "211"),
        ("special-primary", "221"),
        ("secondary-pupil", "311"),
        ("dual-learning", "312"),
        ("syntra", "315"),
        ("special-secondary", "321"),
        ("unknown-codes", "399"),
    ],
)
def test_every_structure_has_a_pupil(slug: str, hoofdstructuur: str) -> None:
    assert met(slug).enrolments[0].hoofdstructuur == hoofdstructuur
