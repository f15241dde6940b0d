"""Finding pupils among all of them without an index: names, schools and situations lead to their pupils by themselves.

A query is a list of conditions. The cheapest one yields pupils, the others are asked about each of these, until there
are enough.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from mock_idp.domain.population.conditions import (
    Anybody,
    AtSchools,
    Either,
    Exactly,
    InSituation,
    NamedLike,
    UserNameBegins,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from mock_idp.domain.population.conditions import Condition
    from mock_idp.domain.population.layout import Layout
    from mock_idp.domain.population.names import Names
    from mock_idp.domain.population.pupil import Pupil
    from mock_idp.domain.population.situations import Situation, Situations

    Words = tuple[tuple[str, ...], ...]

LONGEST_TEXT: Final = 200
"""No name, school or user name is as long; a longer text means nobody."""
WORD: Final = re.compile(r"[a-z0-9]+")
USER_NAME_SO_FAR: Final = re.compile(r"([a-z]+)\.([a-z]*)([0-9]{0,3})")


class Query(NamedTuple):
    """Who is looked for; all that is given must hold, and an empty query means everybody.

    `text`: a uuid, a user name or the beginning of one, or words: each begins a word of the pupil's name, or each
    begins a word of the name or number of a school they are enrolled at. Accents and capitals do not matter.
    `school`: the number of a school at which the pupil is enrolled at some time in the school year.
    """

    text: str = ""
    situation: Situation | None = None
    school: str | None = None


class Found(NamedTuple):
    """The pupils found, and whether there are more than were asked for."""

    pupils: tuple[Pupil, ...]
    is_more: bool


class Search:
    """Finds pupils. `lookup`: returns the index of a whole user name or uuid."""

    def __init__(
        self, *, size: int, names: Names, layout: Layout, situations: Situations, lookup: Callable[[str], int | None]
    ) -> None:
        self._size, self._names, self._layout, self._situations = size, names, layout, situations
        self._lookup = lookup

    def found(self, query: Query, limit: int, pupil: Callable[[int], Pupil]) -> Found:
        """Return the first `limit` pupils of a query."""
        indexes = list(islice(self.indexes(query), limit + 1))
        return Found(pupils=tuple(map(pupil, indexes[:limit])), is_more=len(indexes) > limit)

    def indexes(self, query: Query) -> Iterator[int]:
        """Yield everybody whom a query means, once, always in the same order."""
        conditions = [Anybody(self._size), *self._conditions(query)]
        cheapest = min(conditions, key=attrgetter("at_most"))
        others = [each for each in conditions[1:] if each is not cheapest]
        return (index for index in cheapest.indexes() if all(each.holds(index) for each in others))

    def _conditions(self, query: Query) -> Iterator[Condition]:
        if query.school is not None:
            yield self._at_school(query.school)
        if query.situation is not None:
            yield InSituation(self._situations, query.situation)
        if query.text.strip():
            yield self._text(query.text.strip())

    def _at_school(self, number: str) -> Condition:
        at = self._layout.numbers.get(number)
        return Exactly() if at is None else AtSchools(self._layout, self._situations, (at,))

    def _text(self, text: str) -> Condition:
        words = tuple(dict.fromkeys(words_of(text))) if len(text) <= LONGEST_TEXT else ()
        if not words:
            return Exactly()
        index = self._lookup(text)
        if index is not None:
            return Exactly(index)
        return self._user_name(text.lower()) or Either(self._names_like(words), self._schools_like(words))

    def _user_name(self, text: str) -> Condition | None:
        """Return the condition of the beginning of a user name, if it is one."""
        parts = USER_NAME_SO_FAR.fullmatch(text)
        given = self._names.given_place(parts[1]) if parts else None
        if parts is None or given is None:
            return None
        begins, has_digits = parts[2], bool(parts[3])
        families = [
            place
            for place, name in enumerate(self._names.family_folded)
            if name == begins or (name.startswith(begins) and not has_digits)
        ]
        return UserNameBegins(self._names, self._situations, text, given, families)

    def _names_like(self, words: Sequence[str]) -> Condition:
        given, family = self._name_words
        return NamedLike(
            self._names,
            [_bits(words, name) for name in given],
            [_bits(words, name) for name in family],
            (1 << len(words)) - 1,
        )

    def _schools_like(self, words: Sequence[str]) -> Condition:
        """Return the condition of schools that have all the words. Words are compared once, not school by school."""
        every = {each for name in self._school_words for each in name}
        meant = [{each for each in every if each.startswith(word)} for word in words]
        schools = [at for at, name in enumerate(self._school_words) if not any(name.isdisjoint(each) for each in meant)]
        return AtSchools(self._layout, self._situations, schools) if schools else Exactly()

    @cached_property
    def _name_words(self) -> tuple[Words, Words]:
        names = self._names
        return _worded(names.given, names.given_folded), _worded(names.family, names.family_folded)

    @cached_property
    def _school_words(self) -> tuple[frozenset[str], ...]:
        return tuple(frozenset({place.school.number, *words_of(place.school.name)}) for place in self._layout.places)


def words_of(text: str) -> list[str]:
    """Return the words of a text in plain letters and digits: "D'Hondt, Zoë" has d, hondt and zoe."""
    return WORD.findall(unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower())


def _worded(names: Iterable[str], folded: Iterable[str]) -> Words:
    """Return the words of each name, and the name in one piece."""
    return tuple((whole, *words_of(name)) for name, whole in zip(names, folded, strict=True))


def _bits(words: Iterable[str], name: Sequence[str]) -> int:
    """Return a bit for each word that begins one of the words of a name."""
    return sum(1 << number for number, word in enumerate(words) if any(each.startswith(word) for each in name))
