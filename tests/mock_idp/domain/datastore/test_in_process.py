"""What the datastore in this process answers to an enquiry."""

from __future__ import annotations

from dataclasses import dataclass

from lives import OTHER, day, enrolled, life

from mock_idp.domain import discimus, leerid
from mock_idp.domain.datastore import Enquiry, InProcessDatastore, StudentFacts
from mock_idp.domain.insz import Number


@dataclass(frozen=True)
class OneLife:
    """A directory of one user name."""

    of: discimus.Life

    def life_of(self, user_name: str) -> tuple[discimus.Life, str] | None:
        return (self.of, "pupil") if user_name == "noor" else None


def asked(of: discimus.Life, offset: int = 0, user_name: str = "noor", **members: object) -> StudentFacts | None:
    known = {"day": day(offset), "known_on": day(offset), **members}
    return InProcessDatastore(OneLife(of)).facts(Enquiry(user_name=user_name, **known))


def test_nothing_is_known_of_a_stranger() -> None:
    assert asked(life(), user_name="nobody") is None


def test_nothing_is_known_of_an_account_that_is_not_there_yet() -> None:
    of = life(leerid.AccountOpened(on=day(5)))
    assert (asked(of), asked(of, 5) is None) == (None, False)


def test_only_enrolments_of_the_day_are_told_and_without_dates() -> None:
    of = life(enrolled(-400), enrolled(60, OTHER), discimus.Left(on=day(-5)))
    facts = asked(of, -6)
    assert ([each.instellingsnummer for each in facts.enrolments], facts.is_dated) == (["700202"], False)
    assert asked(of).enrolments == ()


def test_all_enrolments_are_told_with_dates_when_asked() -> None:
    of = life(enrolled(-400), enrolled(60, OTHER), discimus.Left(on=day(-5), school=discimus.schools()["700202"]))
    facts = asked(of, with_all_enrolments=True)
    assert [(each.starts_on, each.ends_on) for each in facts.enrolments] == [(day(-400), day(-6)), (day(60), None)]
    assert facts.is_dated


def test_an_enrolment_that_holds_comes_before_the_others() -> None:
    of = life(enrolled(-400), discimus.Left(on=day(-30)), enrolled(-20, OTHER), enrolled(60))
    told = [each.instellingsnummer for each in asked(of, with_all_enrolments=True).enrolments]
    assert told == ["700303", "700202", "700202"]


def test_a_datastore_that_lags_answers_with_what_was_known() -> None:
    of = life(enrolled(-400), discimus.Left(on=day(-5)))
    assert asked(of).enrolments == ()
    assert len(asked(of, known_on=day(-14)).enrolments) == 1


def test_a_lagging_datastore_does_not_know_yet_who_was_identified() -> None:
    of = life(enrolled(-60), discimus.Identified(on=day(-5)), number=Number.NONE)
    late = asked(of, known_on=day(-14))
    assert (late.leer_id_uuid, late.account_uuid) == (None, "pupil#0")
    assert (asked(of).leer_id_uuid, asked(of).history) == ("leer-id#0", ("pupil#0",))


def test_the_state_of_the_account_is_told() -> None:
    of = life(leerid.AccountBlocked(on=day(-5)))
    assert asked(of).account_state == leerid.AccountState.BLOCKED
