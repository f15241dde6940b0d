"""Students and accounts over time, by the rules of article 3 and the guesses beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from lives import LIVES, OFFSETS, OTHER, RULES, day, enrolled, life, student

from mock_idp.domain import discimus, leerid
from mock_idp.domain.insz import Number

IDENTIFIED = discimus.Identified(on=day(-30))


def uuid(of: discimus.Life, offset: int = 0, label: str = "pupil", **members: object) -> str | None:
    account = student(of, offset, **members).account(label)
    return account.uuid if account else None


def test_a_pupil_who_is_not_identified_has_an_account_and_no_leer_id() -> None:
    known = student(life(enrolled(-60), number=Number.NONE))
    assert (known.leer_id_uuid, known.history) == (None, ())
    assert known.account("pupil") is not None


def test_identification_brings_a_leer_id_a_new_account_and_the_old_one_as_history() -> None:
    of = life(enrolled(-60), IDENTIFIED, number=Number.NONE)
    before, after = student(of, -31), student(of, -30)
    assert (before.leer_id_uuid, before.account("pupil").uuid) == (None, "pupil#0")
    assert (after.leer_id_uuid, after.account("pupil").uuid, after.history) == ("leer-id#0", "pupil#1", ("pupil#0",))


def test_a_kept_account_has_no_history() -> None:
    of = life(enrolled(-60), IDENTIFIED, number=Number.NONE)
    known = student(of, rules=leerid.Rules(keeps_account_uuid=True))
    account = known.account("pupil")
    assert (account.uuid, known.history_of(account)) == ("pupil#0", ())


def test_the_history_holds_every_temporary_account_in_order() -> None:
    replaced = [leerid.AccountReplaced(on=day(on)) for on in (-55, -50)]
    of = life(enrolled(-60), *replaced, IDENTIFIED, number=Number.NONE)
    assert student(of).history == ("pupil#0", "pupil#1", "pupil#2")


def test_the_history_is_frozen_at_identification() -> None:
    of = life(enrolled(-60), IDENTIFIED, leerid.AccountReplaced(on=day(-5)), number=Number.NONE)
    assert (uuid(of), student(of).history) == ("pupil#2", ("pupil#0",))


def test_a_pupil_identified_from_the_beginning_has_no_history() -> None:
    assert student(life(enrolled(-400), leerid.AccountReplaced(on=day(-5)))).history == ()


def test_a_lost_number_takes_leer_id_and_history_away() -> None:
    of = life(enrolled(-60), IDENTIFIED, discimus.NumberLost(on=day(-5)), number=Number.NONE)
    assert (student(of).leer_id_uuid, student(of).history) == (None, ())


@pytest.mark.parametrize(("changes", "after"), [(False, "leer-id#0"), (True, "leer-id#1")])
def test_whether_a_new_number_brings_a_new_leer_id_is_a_switch(changes: bool, after: str) -> None:  # noqa: FBT001  a table
    of = life(enrolled(-60), discimus.NumberReplaced(on=day(-5)), number=Number.BIS)
    rules = leerid.Rules(changes_leer_id=changes)
    assert (student(of, -6, rules=rules).leer_id_uuid, student(of, rules=rules).leer_id_uuid) == ("leer-id#0", after)


def test_two_accounts_of_one_pupil_have_one_leer_id() -> None:
    of = life(enrolled(-400), leerid.AccountOpened(on=day(-100), account="second"))
    assert uuid(of, -101, "second") is None
    assert (uuid(of), uuid(of, 0, "second")) == ("pupil#0", "second#0")


def test_a_merged_account_opens_the_one_it_went_up_in() -> None:
    of = life(
        enrolled(-60),
        leerid.AccountOpened(on=day(-50), account="second"),
        leerid.AccountsMerged(on=day(-30), account="second", into="pupil"),
        IDENTIFIED,
        number=Number.NONE,
    )
    assert uuid(of, -31, "second") == "second#0"
    assert uuid(of, -30, "second") == uuid(of, -30) == "pupil#1"
    assert student(of).history == ("pupil#0", "second#0")


def test_a_temporary_account_gets_a_new_uuid_at_a_new_school_and_in_a_new_school_year() -> None:
    moved = discimus.Moved(on=day(-10), to=enrolled(-10, OTHER))
    of = life(enrolled(-120), moved, number=Number.NONE)
    days = (date(2026, 8, 31), date(2026, 9, 1), day(-11), day(-10))
    found = [leerid.student_of(of, day=each).account("pupil").uuid for each in days]
    assert found == ["pupil#0", "pupil#1", "pupil#1", "pupil#2"]


def test_an_account_of_an_identified_pupil_lasts() -> None:
    of = life(enrolled(-1000), discimus.Moved(on=day(-10), to=enrolled(-10, OTHER)))
    assert uuid(of, -999) == uuid(of)


def test_a_lasting_account_is_replaced_on_command_only() -> None:
    rules = leerid.Rules(rotation=leerid.Rotation.LASTING)
    of = life(enrolled(-1000), leerid.AccountReplaced(on=day(-10)), number=Number.NONE)
    assert (uuid(of, -11, rules=rules), uuid(of, -10, rules=rules)) == ("pupil#0", "pupil#1")


def test_an_account_can_be_new_at_every_sign_in() -> None:
    rules = leerid.Rules(rotation=leerid.Rotation.PER_SIGN_IN)
    of = life(enrolled(-60), number=Number.NONE)
    one, other = (uuid(of, rules=rules, sign_in=each) for each in ("one", "other"))
    assert one != other
    assert one == uuid(of, rules=rules, sign_in="one")
    assert uuid(replace(of, number=Number.RRN), rules=rules, sign_in="one") == "pupil#0"


def test_an_email_address_comes_changes_and_goes() -> None:
    of = life(
        leerid.EmailSet(on=day(-20), email="new@leerling.example"),
        leerid.EmailRemoved(on=day(-10)),
        email="old@leerling.example",
    )
    assert [student(of, on).email for on in (-21, -20, -10)] == ["old@leerling.example", "new@leerling.example", None]


@pytest.mark.parametrize(
    ("moment", "undone", "state"),
    [
        (leerid.AccountBlocked, leerid.AccountUnblocked, leerid.AccountState.BLOCKED),
        (leerid.PasswordExpired, leerid.PasswordChanged, leerid.AccountState.PASSWORD_EXPIRED),
        (leerid.AccountWithheld, leerid.AccountHandedOut, leerid.AccountState.WITHHELD),
    ],
)
def test_an_account_is_barred_and_opened_again(moment: type, undone: type, state: leerid.AccountState) -> None:
    of = life(enrolled(-60), moment(on=day(-20)), undone(on=day(-10)))
    found = [student(of, on).account("pupil").state for on in (-21, -20, -10)]
    assert found == [leerid.AccountState.ACTIVE, state, leerid.AccountState.ACTIVE]


def test_a_first_account_can_be_opened_later() -> None:
    of = life(enrolled(-60), leerid.AccountOpened(on=day(-10)))
    assert (uuid(of, -11), uuid(of, -10)) == (None, "pupil#0")


def test_only_realised_enrolments_come_from_the_register() -> None:
    of = life(enrolled(-60), enrolled(-60, OTHER, status=discimus.Status.PARALLEL))
    assert [each.instellingsnummer for each in student(of).enrolments] == ["700202"]


@given(LIVES, OFFSETS, RULES)
def test_a_leer_id_is_there_exactly_when_a_number_is(of: discimus.Life, offset: int, rules: leerid.Rules) -> None:
    known = student(of, offset, rules=rules)
    assert (known.leer_id_uuid is not None) == discimus.record_of(of, day=day(offset)).is_identified


@given(LIVES, OFFSETS, RULES)
def test_the_history_was_used_before_and_is_never_the_account_in_use(
    of: discimus.Life, offset: int, rules: leerid.Rules
) -> None:
    known = student(of, offset, rules=rules)
    account = known.account("pupil")
    history = known.history_of(account)
    assert account.uuid not in history
    assert len(set(history)) == len(history)
    assert set(history) <= set(known.accounts.used)
    assert not history or known.leer_id_uuid


@given(LIVES, OFFSETS, RULES)
def test_the_state_is_a_function_of_the_day(of: discimus.Life, offset: int, rules: leerid.Rules) -> None:
    future = leerid.EmailSet(on=day(offset + 1), email="later@leerling.example")
    later = replace(of, moments=(*of.moments, future))
    assert student(of, offset, rules=rules) == student(later, offset, rules=rules)


@given(LIVES, OFFSETS)
def test_a_leer_id_never_changes_by_itself(of: discimus.Life, offset: int) -> None:
    assert student(of, offset).leer_id_uuid in {None, "leer-id#0"}


@given(LIVES, OFFSETS, RULES)
def test_every_account_that_was_ever_told_is_the_one_of_today_or_remembered(
    of: discimus.Life, offset: int, rules: leerid.Rules
) -> None:
    told = [student(of, day_before, rules=rules) for day_before in range(offset - 60, offset + 1, 4)]
    today = told[-1]
    assert {each.account("pupil").uuid for each in told} <= set(today.accounts.used)


@given(LIVES, OFFSETS, RULES)
def test_an_identification_that_is_known_late_forgets_no_account(
    of: discimus.Life, offset: int, rules: leerid.Rules
) -> None:
    before, after = student(of, offset - 1, rules=rules), student(of, offset, rules=rules)
    if before.leer_id_uuid is None and after.leer_id_uuid is not None:
        account = after.account("pupil")
        assert {before.account("pupil").uuid} <= {account.uuid, *after.history_of(account)}
