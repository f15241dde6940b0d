"""The population as a whole: pure, found by every key, in the shape that the data says, and of invented people only."""

from __future__ import annotations

import ast
import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mock_idp.domain.population as package
from mock_idp.domain.insz import Number
from mock_idp.domain.people.personas import read_personas
from mock_idp.domain.population import Population, Situation, read_shape

SIZE = 1_200_000
INDEXES = st.integers(0, SIZE - 1)
SEEDS = st.sampled_from([0, 1, 20260901])
SMALL = 6000
NATIONAL_NUMBER = re.compile(r"(?<![0-9a-f])[0-9]{2}[.]?[0-9]{2}[.]?[0-9]{2}-?[0-9]{3}[.]?[0-9]{2}(?![0-9a-f])")


@cache
def population(seed: int = 0, school_year: int = 2026) -> Population:
    return Population(seed, school_year)


@cache
def small() -> Population:
    return Population(0, 2026, read_shape(size=SMALL))


@settings(deadline=None)
@given(seed=SEEDS, index=INDEXES)
def test_a_pupil_is_found_by_every_key(seed: int, index: int) -> None:
    people = population(seed)
    pupil = people.pupil(index)
    for user_name in pupil.user_names:
        assert people.by_user_name(user_name) == people.by_user_name(f" {user_name.upper()} ") == pupil
        assert people.with_credentials(user_name, f" {people.password(user_name)} ") == pupil
    assert people.by_uuid(pupil.account_uuid) == people.by_uuid(pupil.account_uuid.upper()) == pupil
    if pupil.leer_id_uuid:
        assert people.by_uuid(pupil.leer_id_uuid) == pupil


def test_the_same_seed_makes_the_same_people() -> None:
    one, other = Population(7), Population(7)
    assert all(one.pupil(index) == other.pupil(index) for index in range(0, SIZE, 5001))


def test_another_seed_makes_other_people() -> None:
    same = [population(0).pupil(index)[1:3] == population(1).pupil(index)[1:3] for index in range(1000)]
    assert sum(same) < 10


@pytest.mark.parametrize("index", [-1, SIZE])
def test_there_is_nobody_outside_the_population(index: int) -> None:
    with pytest.raises(IndexError, match="numbered from 0 to 1199999"):
        population().pupil(index)


@pytest.mark.parametrize("password", ["", "appel1234", " "])
def test_a_wrong_password_opens_nothing(password: str) -> None:
    assert population().with_credentials(population().pupil(5).user_name, password) is None


def test_an_unknown_user_name_and_a_foreign_uuid_are_nobodys() -> None:
    assert population().by_user_name("nobody.atall123") is None
    assert population().find("nobody.atall123") is None
    assert population().with_credentials("nobody.atall123", population().password("nobody.atall123")) is None
    assert population().by_uuid(str(uuid4())) is None


def test_a_second_user_name_is_there_only_where_there_is_a_second_account() -> None:
    people = small()
    for pupil in people:
        second = people._names.user_name(people._names.of(pupil.index), 1)
        assert (people.by_user_name(second) == pupil) == (Situation.TWO_ACCOUNTS in pupil.situations)


def test_a_leer_id_uuid_that_nobody_was_given_is_nobodys() -> None:
    people = small()
    unidentified = [pupil for pupil in people if pupil.leer_id_uuid is None]
    assert unidentified
    assert all(people.by_uuid(people._uuids.leer_id(pupil.index)) is None for pupil in unidentified)
    assert all(people.by_uuid(people._uuids.account(pupil.index)) == pupil for pupil in unidentified)


def test_a_uuid_of_a_larger_population_is_nobodys_in_a_smaller_one() -> None:
    assert small().by_uuid(population().pupil(SIZE - 1).account_uuid) is None


def test_dates_follow_from_the_school_year_and_nothing_else_does() -> None:
    dates = {"birth_year", "identified_on", "moved_on", "left_on"}
    for index in range(0, SIZE, 4001):
        this, next_year = population().pupil(index)._asdict(), population(0, 2027).pupil(index)._asdict()
        assert int(this["birth_year"]) + 1 == int(next_year["birth_year"])
        assert (int(this["stamnummer"][:2]) + 1, this["stamnummer"][2:]) == (
            int(next_year["stamnummer"][:2]),
            next_year["stamnummer"][2:],
        )
        leap = (
            {"birth_day", "birth_month"}
            if (this["birth_day"], this["birth_month"]) in {("29", "02"), ("01", "03")}
            else set()
        )
        ignored = {*dates, "stamnummer", *leap}
        assert {name: value for name, value in this.items() if name not in ignored} == {
            name: value for name, value in next_year.items() if name not in ignored
        }


def test_every_birth_date_exists() -> None:
    for school_year in (2026, 2027, 2028, 2029):
        people = Population(0, school_year, read_shape(size=SMALL))
        born = [date(int(pupil.birth_year), int(pupil.birth_month), int(pupil.birth_day)) for pupil in people]
        assert {day.month for day in born} == set(range(1, 13))
        assert any(day.month == 2 and day.day == 29 for day in born)


def test_two_per_cent_are_not_identified() -> None:
    assert Counter(pupil.number for pupil in small())[Number.NONE] == SMALL * 2 // 100
    assert all((pupil.leer_id_uuid is None) == (pupil.number == Number.NONE) for pupil in small())


def test_hoofdstructuren_and_grades_have_their_shares() -> None:
    counted = Counter(population().pupil(index).group.hoofdstructuur for index in range(0, SIZE, 97))
    shares = {kind.hoofdstructuur: kind.share for kind in read_shape().kinds if kind.share}
    assert set(counted) == set(shares)
    assert all(abs(times * 10_000 // counted.total() - shares[code]) < 120 for code, times in counted.items())


def test_ages_go_with_grades_and_some_are_a_year_late() -> None:
    ages: dict[str, Counter[int]] = {}
    for pupil in filter(lambda each: each.group.hoofdstructuur == "211", map(population().pupil, range(0, SIZE, 97))):
        ages.setdefault(pupil.grade, Counter())[2026 - int(pupil.birth_year)] += 1
    for grade, counted in ages.items():
        assert set(counted) == {int(grade) + 5, int(grade) + 6}
        assert 700 < counted[int(grade) + 6] * 10_000 // counted.total() < 1500


def test_a_stamnummer_is_unique_in_its_school() -> None:
    given_out: Counter[tuple[str, str]] = Counter()
    for pupil in small():
        enrolled = [moment for moment in small().life(pupil).moments if hasattr(moment, "stamnummer")]
        moved = [moment.to for moment in small().life(pupil).moments if hasattr(moment, "to")]
        given_out.update((each.school.number, each.stamnummer) for each in (*enrolled, *moved))
    assert set(given_out.values()) == {1}
    assert all(re.fullmatch(r"[0-9]{7}", stamnummer) for _, stamnummer in given_out)


def test_user_names_are_not_those_of_personas() -> None:
    assert not any(population().find(each.user_name) for each in read_personas(anchor=date(2026, 9, 1)).all())


def test_schools_have_numbers_that_no_real_one_is_known_to_have() -> None:
    assert all(re.fullmatch(r"7[0-9]{5}|000007", number) for number in population().schools)
    assert population().school("700101") == population().schools["700101"]
    assert population().school("039107") is None


def test_nothing_in_a_pupil_looks_like_a_national_number() -> None:
    for index in range(0, SIZE, 401):
        pupil = population().pupil(index)
        person = population().person(pupil)
        assert not NATIONAL_NUMBER.search(repr((pupil, person)))
        assert person.life
        assert all(person.life.insz(number) is None for number in Number)


def test_a_school_is_given_with_everybody_who_is_there_at_some_time() -> None:
    there: dict[str, set[int]] = {}
    for pupil in small():
        for school in filter(None, (pupil.school, pupil.moved_from, pupil.second_school)):
            there.setdefault(school.number, set()).add(pupil.index)
    for number in small().schools:
        given_out = [pupil.index for pupil in small().pupils_of(number)]
        assert len(given_out) == len(set(given_out))
        assert set(given_out) == there[number]
    assert not list(small().pupils_of("039107"))


def test_iterating_gives_everybody_in_order() -> None:
    assert [pupil.index for pupil in small()] == list(range(SMALL)) == list(range(len(small())))


def test_the_code_uses_nothing_that_differs_between_machines() -> None:
    """No floating point, no hash of Python, no random numbers, no clock."""
    for file in Path(package.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), file
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
                assert isinstance(node.right, ast.Constant), file  # a path, not a division
                assert isinstance(node.right.value, str), file
            assert not (isinstance(node, ast.Name) and node.id in {"hash", "float", "random", "time", "uuid4"}), file
