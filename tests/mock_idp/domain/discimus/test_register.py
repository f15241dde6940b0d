"""The register as it reads on a day, as it was known on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lives import GROUP, LIVES, NEXT_GROUP, OFFSETS, OTHER, PARTNER, day, enrolled, life
from stdnum.be import bis, nn

from mock_idp.domain import discimus
from mock_idp.domain.insz import Number

if TYPE_CHECKING:
    from random import Random


def held(of: discimus.Life, offset: int, known: int | None = None) -> list[str]:
    """The numbers of the schools where the pupil is enrolled on a day."""
    known_on = None if known is None else day(known)
    record = discimus.record_of(of, day=day(offset), known_on=known_on)
    return [each.school.number for each in record.registrations if each.holds_on(day(offset))]


def test_an_enrolment_holds_from_its_first_day() -> None:
    of = life(enrolled(-10))
    assert (held(of, -11), held(of, -10), held(of, 0)) == ([], ["700202"], ["700202"])


def test_the_day_of_leaving_is_the_first_without() -> None:
    of = life(enrolled(-10), discimus.Left(on=day(-1)))
    assert (held(of, -2), held(of, -1)) == (["700202"], [])


def test_leaving_one_school_leaves_the_other() -> None:
    of = life(enrolled(-10), enrolled(-10, OTHER), discimus.Left(on=day(-1), school=OTHER))
    assert held(of, 0) == ["700202"]


def test_a_future_enrolment_is_registered_and_does_not_hold() -> None:
    of = life(enrolled(60))
    assert [each.starts_on for each in discimus.record_of(of, day=day(0)).registrations] == [day(60)]
    assert held(of, 0) == []


def test_leaving_that_was_registered_late_is_not_known_before() -> None:
    of = life(enrolled(-100), discimus.Left(on=day(-20), known_on=day(-3)))
    assert held(of, -10, known=-10) == ["700202"]
    assert held(of, -10, known=0) == []


def test_a_school_that_has_not_registered_yet_is_not_known() -> None:
    of = life(enrolled(-5, known_on=day(2)))
    assert (held(of, 0), held(of, 2)) == ([], ["700202"])


def test_a_cancelled_enrolment_has_never_been() -> None:
    of = life(enrolled(-10), discimus.Cancelled(on=day(-2), school=PARTNER))
    assert (held(of, -3, known=-3), held(of, -3, known=0)) == (["700202"], [])


@pytest.mark.parametrize("status", [each for each in discimus.Status if each != discimus.Status.REALISED])
def test_only_a_realised_enrolment_holds(status: discimus.Status) -> None:
    assert held(life(enrolled(-10, status=status)), 0) == []


def test_an_agreement_that_ends_changes_nothing_in_the_register() -> None:
    of = life(enrolled(-10), discimus.AgreementEnded(on=day(-5), school=PARTNER))
    assert discimus.record_of(of, day=day(0)) == discimus.record_of(life(enrolled(-10)), day=day(0))


def test_moving_ends_one_and_begins_the_other_on_one_day() -> None:
    of = life(enrolled(-10), discimus.Moved(on=day(-2), to=enrolled(-2, OTHER)))
    assert (held(of, -3), held(of, -2)) == (["700202"], ["700303"])


def test_a_new_number_of_the_school_takes_the_enrolment_along() -> None:
    of = life(enrolled(-10), discimus.SchoolRenumbered(on=day(-2), school=PARTNER, to=OTHER))
    before, after = discimus.record_of(of, day=day(0)).registrations
    assert (held(of, -3), held(of, -2)) == (["700202"], ["700303"])
    assert before.stamnummer == after.stamnummer


def test_the_next_grade_changes_the_group_and_nothing_else() -> None:
    moment = discimus.Regrouped(on=day(-2), school=PARTNER, group=NEXT_GROUP, hoofdstructuur="311")
    of = life(enrolled(-10), moment)
    (before,), (after,) = (discimus.record_of(of, day=day(on)).registrations for on in (-3, -2))
    assert (before.group, after.group) == (GROUP, NEXT_GROUP)
    assert (before.starts_on, before.stamnummer) == (after.starts_on, after.stamnummer)


def test_a_corrected_name_holds_from_its_day() -> None:
    of = life(discimus.NameCorrected(on=day(-2), family_name="Test-Leerling"))
    assert [discimus.record_of(of, day=day(on)).family_name for on in (-3, -2)] == ["Testleerling", "Test-Leerling"]
    assert discimus.record_of(of, day=day(0)).given_name == "Noor"


def test_the_number_is_found_replaced_and_lost() -> None:
    of = life(
        discimus.Identified(on=day(-30), number=Number.BIS),
        discimus.NumberReplaced(on=day(-20)),
        discimus.NumberLost(on=day(-10)),
        number=Number.NONE,
    )
    numbers = [discimus.record_of(of, day=day(on)).number for on in (-31, -30, -20, -10)]
    assert numbers == [Number.NONE, Number.BIS, Number.RRN, Number.NONE]


@given(LIVES, OFFSETS, OFFSETS)
def test_knowing_more_never_changes_what_was_known(of: discimus.Life, offset: int, known: int) -> None:
    record = discimus.record_of(of, day=day(offset), known_on=day(known))
    later = life(*of.moments, discimus.Left(on=day(offset - 1), known_on=day(known + 1)), number=of.number)
    assert discimus.record_of(later, day=day(offset), known_on=day(known)) == record


def test_an_earlier_enrolment_at_the_school_stays_when_a_later_one_is_cancelled() -> None:
    of = life(
        enrolled(-700),
        discimus.Left(on=day(-400)),
        enrolled(-50),
        discimus.Cancelled(on=day(-40), school=PARTNER),
    )
    assert (held(of, -500), held(of, 0)) == (["700202"], [])


@given(LIVES, OFFSETS, st.randoms(use_true_random=False))
def test_moments_count_as_they_happened_however_they_are_written_down(
    of: discimus.Life, offset: int, random: Random
) -> None:
    apart = tuple({each.on: each for each in of.moments}.values())
    shuffled = random.sample(apart, len(apart))
    one, other = (life(*each, number=of.number) for each in (apart, shuffled))
    assert discimus.record_of(one, day=day(offset)) == discimus.record_of(other, day=day(offset))


@given(LIVES, OFFSETS)
def test_registrations_come_in_the_order_of_their_beginning(of: discimus.Life, offset: int) -> None:
    begins = [each.starts_on for each in discimus.record_of(of, day=day(offset)).registrations]
    assert begins == sorted(begins)


def test_the_schools_of_the_mock_are_invented_ones() -> None:
    assert all(number == "000007" or number.startswith("7") for number in discimus.schools())
    assert {each.agreement for each in discimus.schools().values()} == set(discimus.Agreement)


def test_a_number_is_computed_for_those_who_have_one() -> None:
    of = life()
    assert of.insz(Number.NONE) is None
    assert nn.is_valid(of.insz(Number.RRN))
    assert bis.is_valid(of.insz(Number.BIS))
    assert (of.insz(Number.RRN)[:9], of.insz(Number.BIS)[:9]) == ("130201000", "134201000")
