"""Search finds exactly whom a query means, in a stable order, without looking at everybody."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mock_idp.domain.population import Population, Pupil, Query, Situation, read_shape
from mock_idp.domain.population.names import read_pools

if TYPE_CHECKING:
    from mock_idp.domain.population.permutation import Permutation

SIZE = 3000
TEXTS = [
    *("a", "de", "van den", "peeters", "emma", "Zoë", "zoe", "d'hondt", "DHONDT", "marie-c", "jan jan", "v d", "a e i"),
    *("otter", "basisschool", "college otter", "gele giraf", "giraf gele", "700101", "7", "7002", "school voor", "x"),
    *("emma.", "emma.p", "j.peeters", "xyzzy", "-", "ñandú", "de de de"),
]


@cache
def people() -> Population:
    return Population(0, 2026, read_shape(size=SIZE))


@cache
def everybody() -> tuple[Pupil, ...]:
    return tuple(people())


@cache
def given_names() -> set[str]:
    pools = read_pools()
    return {plain(name).replace(" ", "") for name in (*pools.female, *pools.male)}


@cache
def plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "".join(letter if letter.isalnum() else " " for letter in decomposed)


def begins_all(words: list[str], *names: str) -> bool:
    """Return whether each word begins a word of one of the names, or a whole name in one piece."""
    parts = [part for name in names for part in (*plain(name).split(), plain(name).replace(" ", ""))]
    return all(any(part.startswith(word) for part in parts) for word in words)


def schools_of(pupil: Pupil) -> list[tuple[str, str]]:
    schools = (pupil.school, pupil.moved_from, pupil.second_school)
    return [(school.number, school.name) for school in schools if school]


def is_meant(pupil: Pupil, query: Query) -> bool:
    """Return what the words of `Query` promise, worked out the long way."""
    if query.situation and query.situation not in pupil.situations:
        return False
    if query.school and query.school not in {number for number, _ in schools_of(pupil)}:
        return False
    text = query.text.strip().lower()
    if not text or any(text in {name, pupil.account_uuid, pupil.leer_id_uuid} for name in pupil.user_names):
        return True
    given_name, dot, _ = text.partition(".")
    if dot and given_name in given_names():
        return any(name.startswith(text) for name in pupil.user_names)
    words = plain(text).split()
    if not words:
        return False
    return begins_all(words, pupil.given_name, pupil.family_name) or any(
        begins_all(words, number, *plain(name).split()) for number, name in schools_of(pupil)
    )


def found(query: Query) -> list[int]:
    answer = people().search(query, SIZE)
    assert not answer.is_more
    return [pupil.index for pupil in answer.pupils]


def meant(query: Query) -> set[int]:
    return {pupil.index for pupil in everybody() if is_meant(pupil, query)}


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_finds_whom_it_means(text: str) -> None:
    indexes = found(Query(text=text))
    assert len(indexes) == len(set(indexes))
    assert set(indexes) == meant(Query(text=text))


@pytest.mark.parametrize("situation", Situation)
def test_a_situation_finds_everybody_in_it(situation: Situation) -> None:
    indexes = found(Query(situation=situation))
    assert len(indexes) == len(set(indexes))
    assert set(indexes) == meant(Query(situation=situation))


@settings(deadline=None)
@given(
    text=st.one_of(st.sampled_from(["", *TEXTS]), st.text(st.characters(codec="ascii"), max_size=6)),
    situation=st.one_of(st.none(), st.sampled_from(Situation)),
    school=st.one_of(st.none(), st.sampled_from(["700101", "700202", "000007", "039107"])),
)
def test_everything_given_must_hold(text: str, situation: Situation | None, school: str | None) -> None:
    query = Query(text=text, situation=situation, school=school)
    assert set(found(query)) == meant(query)


@settings(deadline=None)
@given(index=st.integers(0, SIZE - 1))
def test_a_pupil_is_found_by_their_name_user_name_and_uuid(index: int) -> None:
    pupil = people().pupil(index)
    for text in (pupil.user_name, pupil.account_uuid, pupil.user_name.upper(), f"  {pupil.account_uuid.upper()} "):
        assert found(Query(text=text)) == [index]
    for text in (pupil.full_name, f"{pupil.family_name} {pupil.given_name}", pupil.full_name.upper()):
        assert index in found(Query(text=text))
    assert index in found(Query(text=pupil.user_name[:-2]))


def test_a_second_user_name_finds_its_pupil_from_its_beginning_on() -> None:
    (pupil, *_) = people().search(Query(situation=Situation.TWO_ACCOUNTS)).pupils
    assert pupil.second_user_name
    assert pupil.index in found(Query(text=pupil.second_user_name[:-1]))


def test_an_empty_query_means_everybody() -> None:
    assert found(Query()) == found(Query(text="  ")) == list(range(SIZE))


def test_the_order_does_not_depend_on_how_many_are_asked_for() -> None:
    for query in (Query("a"), Query("otter"), Query(situation=Situation.MOVED), Query("a", Situation.NO_EMAIL)):
        assert people().search(query, 5).pupils == people().search(query, 50).pupils[:5]
        assert people().search(query, 50) == Population(0, 2026, read_shape(size=SIZE)).search(query, 50)


def test_it_says_whether_there_are_more() -> None:
    number = len(found(Query("peeters")))
    assert people().search(Query("peeters"), number - 1).is_more
    assert not people().search(Query("peeters"), number).is_more


def test_a_text_longer_than_any_name_means_nobody() -> None:
    assert not found(Query("a " * 101))
    assert found(Query("a " * 100)) == found(Query("a"))


class Counted:
    """A permutation that counts how often it is asked."""

    def __init__(self, permutation: Permutation) -> None:
        self.permutation, self.size, self.times = permutation, permutation.size, 0

    def of(self, number: int) -> int:
        self.times += 1
        return self.permutation.of(number)

    def inverse(self, place: int) -> int:
        self.times += 1
        return self.permutation.inverse(place)


@pytest.mark.parametrize("text", ["a", "mar", "otter", "de van", "xyzzy", "emma.", "a b c d e f g h"])
@pytest.mark.parametrize("situation", [None, Situation.TWO_ACCOUNTS, Situation.NOT_IDENTIFIED, Situation.NO_EMAIL])
def test_few_are_looked_at_even_among_all(text: str, situation: Situation | None) -> None:
    """Counted, not timed: how often a name or a situation is worked out."""
    crowd = Population()
    owners = (crowd._names, crowd._search._situations)
    asked = [Counted(each._permutation) for each in owners]
    for owner, counted in zip(owners, asked, strict=True):
        owner._permutation = counted
    crowd.search(Query(text, situation), 50)
    assert sum(each.times for each in asked) < 30_000
