"""Lives of the crowd: what the pupil's record says holds on its day, and other days show what was and what comes."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mock_idp.domain.datastore import Enquiry, InProcessDatastore
from mock_idp.domain.leerid import Rotation, Rules, Student, student_of
from mock_idp.domain.people.person import Directories
from mock_idp.domain.population import Population, Pupil, Query, Situation

if TYPE_CHECKING:
    from collections.abc import Iterator

YEAR = 2026
BEGIN, END = date(YEAR, 9, 1), date(YEAR + 1, 8, 31)
ONE_DAY = timedelta(days=1)
INDEXES = st.integers(0, 1_199_999)


@cache
def population() -> Population:
    return Population(0, YEAR)


def those(*situations: Situation, limit: int = 40) -> Iterator[Pupil]:
    """Give pupils who are in all these situations."""
    first, *others = situations
    found = population().search(Query(situation=first), 4000).pupils
    yield from [pupil for pupil in found if all(each in pupil.situations for each in others)][:limit]


def student(pupil: Pupil, day: date, rules: Rules | None = None) -> Student:
    return student_of(population().life(pupil), day=day, rules=rules)


def uuid(pupil: Pupil, day: date, rules: Rules | None = None) -> str:
    account = student(pupil, day, rules).account(pupil.user_name)
    assert account
    return account.uuid


def enrolled(pupil: Pupil, day: date) -> set[tuple[str, str]]:
    """Return school and stamnummer of every enrolment that holds."""
    return {(each.instellingsnummer, each.stamnummer) for each in student(pupil, day).enrolments if each.holds_on(day)}


@settings(deadline=None)
@given(index=INDEXES)
def test_at_the_end_of_the_school_year_the_life_says_what_the_pupil_says(index: int) -> None:
    pupil = population().pupil(index)
    seen = student(pupil, END)
    assert uuid(pupil, END) == pupil.account_uuid
    assert seen.leer_id_uuid == pupil.leer_id_uuid
    assert (seen.given_name, seen.family_name, seen.email) == (pupil.given_name, pupil.family_name, pupil.email)
    there = {each.instellingsnummer: each for each in seen.enrolments if each.holds_on(END)}
    schools = {school.number for school in (pupil.school, pupil.second_school) if school and not pupil.left_on}
    assert set(there) == schools
    if schools:
        first = there[pupil.school.number]
        assert (first.stamnummer, first.administratieve_groep_code) == (pupil.stamnummer, pupil.group.code)
        assert first.hoofdstructuur == pupil.group.hoofdstructuur


@settings(deadline=None)
@given(index=INDEXES, days=st.integers(-4000, 4000))
def test_on_any_day_the_life_holds_together(index: int, days: int) -> None:
    pupil = population().pupil(index)
    day = BEGIN + timedelta(days=days)
    seen = student(pupil, day)
    assert len(enrolled(pupil, day)) <= 2
    for account in seen.accounts.by_label.values():
        assert population().by_uuid(account.uuid) == pupil
    assert all(population().by_uuid(old) == pupil for old in seen.history)


def test_moments_stand_in_the_order_of_their_days() -> None:
    for index in range(0, 1_200_000, 9001):
        days = [moment.on for moment in population().life(population().pupil(index)).moments]
        assert days == sorted(days)


def test_whoever_is_not_identified_gets_another_uuid_each_school_year() -> None:
    for pupil in those(Situation.NOT_IDENTIFIED):
        assert student(pupil, END).leer_id_uuid is None
        assert student(pupil, END).history == ()
        assert uuid(pupil, END) != uuid(pupil, END + ONE_DAY)
        lasting = Rules(rotation=Rotation.LASTING)
        assert uuid(pupil, END, lasting) == uuid(pupil, END + ONE_DAY, lasting)


def test_whoever_is_not_identified_gets_another_uuid_at_a_new_school() -> None:
    for pupil in those(Situation.NOT_IDENTIFIED, Situation.MOVED):
        assert pupil.moved_on
        assert uuid(pupil, pupil.moved_on - ONE_DAY) != uuid(pupil, pupil.moved_on) == uuid(pupil, END)


def test_whoever_is_identified_has_a_history_from_that_day_on() -> None:
    for pupil in those(Situation.IDENTIFIED_SINCE):
        assert pupil.identified_on
        before, after = student(pupil, pupil.identified_on - ONE_DAY), student(pupil, pupil.identified_on)
        assert (before.leer_id_uuid, before.history) == (None, ())
        assert after.leer_id_uuid == pupil.leer_id_uuid
        assert uuid(pupil, pupil.identified_on - ONE_DAY) in after.history
        assert pupil.account_uuid not in after.history


def test_whoever_is_identified_and_moves_keeps_the_record_right() -> None:
    for pupil in those(Situation.IDENTIFIED_SINCE, Situation.MOVED):
        assert uuid(pupil, END) == pupil.account_uuid


def test_two_accounts_are_open_and_stand_for_one_pupil() -> None:
    for pupil in those(Situation.TWO_ACCOUNTS):
        assert pupil.second_user_name
        first, second = (student(pupil, BEGIN).account(label) for label in pupil.user_names)
        assert first
        assert second
        assert first.uuid != second.uuid
        assert population().by_uuid(second.uuid) == pupil
        person = population().find(pupil.second_user_name)
        assert person
        assert person.account == pupil.second_user_name


def test_whoever_moves_is_in_one_school_before_and_in_the_other_after() -> None:
    for pupil in those(Situation.MOVED):
        if Situation.TWO_SCHOOLS in pupil.situations:
            continue
        assert pupil.moved_on
        assert pupil.moved_from
        ((before, _),) = enrolled(pupil, pupil.moved_on - ONE_DAY)
        assert before == pupil.moved_from.number != pupil.school.number
        assert enrolled(pupil, pupil.moved_on) == {(pupil.school.number, pupil.stamnummer)}
        assert pupil.stamnummer.startswith("26")


def test_whoever_has_two_schools_is_enrolled_in_both_this_year() -> None:
    for pupil in those(Situation.TWO_SCHOOLS):
        if Situation.ENDED in pupil.situations:
            continue
        assert pupil.second_school
        assert {number for number, _ in enrolled(pupil, END)} == {pupil.school.number, pupil.second_school.number}
        assert pupil.second_school.number not in {number for number, _ in enrolled(pupil, END + ONE_DAY)}
        assert len(enrolled(pupil, BEGIN)) == 2


def test_whoever_left_is_enrolled_nowhere_from_that_day_on() -> None:
    for pupil in those(Situation.ENDED):
        assert pupil.left_on
        assert enrolled(pupil, pupil.left_on - ONE_DAY)
        assert not enrolled(pupil, pupil.left_on)
        assert not enrolled(pupil, date(YEAR + 3, 1, 1))


@settings(deadline=None)
@given(index=INDEXES)
def test_everybody_goes_up_a_grade_each_year_and_leaves_in_the_end(index: int) -> None:
    pupil = population().pupil(index)
    seen = [
        {each.administratieve_groep_code for each in student(pupil, day).enrolments if each.holds_on(day)}
        for day in (date(year, 10, 1) for year in range(YEAR - 8, YEAR + 9))
    ]
    assert not seen[-1]
    if pupil.left_on and not any(seen):
        return  # came this year and left again in September
    begin = next(number for number, codes in enumerate(seen) if codes)
    end = next((number for number in range(begin, len(seen)) if not seen[number]), len(seen))
    assert not any(seen[end:])


def test_the_group_changes_on_the_first_of_september() -> None:
    second_grade = next(each for each in map(population().pupil, range(0, 9000, 7)) if each.group.code == "900202")
    codes = [student(second_grade, day).enrolments[-1].administratieve_groep_code for day in (END, END + ONE_DAY)]
    assert codes == ["900202", "900203"]


@pytest.mark.parametrize("situation", Situation)
def test_the_datastore_knows_the_crowd(situation: Situation) -> None:
    datastore = InProcessDatastore(Directories([population()]))
    for pupil in those(situation, limit=5):
        for user_name in pupil.user_names:
            facts = datastore.facts(Enquiry(user_name=user_name, day=END, known_on=END))
            assert facts
            assert (facts.leer_id_uuid, facts.email) == (pupil.leer_id_uuid, pupil.email)
            assert population().by_uuid(facts.account_uuid) == pupil
