"""Conditions of a search: each yields its pupils by computing, and can tell of any pupil whether it holds."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Protocol

from mock_idp.domain.population.names import Named
from mock_idp.domain.population.situations import Situation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mock_idp.domain.population.layout import Layout
    from mock_idp.domain.population.names import Names
    from mock_idp.domain.population.situations import Situations


class Condition(Protocol):
    """Something that holds for some pupils. `at_most`: how many have to be looked at to find all of them."""

    @property
    def at_most(self) -> int:
        """The cost of `indexes`."""
        ...

    def indexes(self) -> Iterator[int]:
        """Yield every pupil for whom it holds, once, always in the same order."""
        ...

    def holds(self, index: int) -> bool:
        """Return whether it holds for a pupil."""
        ...


class Anybody:
    """Holds for everybody."""

    def __init__(self, size: int) -> None:
        self.at_most = size

    def indexes(self) -> Iterator[int]:
        """Yield everybody in order."""
        return iter(range(self.at_most))

    def holds(self, index: int) -> bool:
        """Return whether there is such a pupil."""
        return 0 <= index < self.at_most


class Exactly:
    """Holds for these pupils, who are known already: one, or nobody."""

    def __init__(self, *indexes: int) -> None:
        self._indexes = indexes
        self.at_most = len(indexes)

    def indexes(self) -> Iterator[int]:
        """Yield them."""
        return iter(self._indexes)

    def holds(self, index: int) -> bool:
        """Return whether the pupil is one of them."""
        return index in self._indexes


class Either:
    """Holds where one of two conditions does."""

    def __init__(self, first: Condition, second: Condition) -> None:
        self._first, self._second = first, second
        self.at_most = first.at_most + second.at_most

    def indexes(self) -> Iterator[int]:
        """Yield those of the first condition, then the others of the second."""
        return chain(self._first.indexes(), (index for index in self._second.indexes() if not self._first.holds(index)))

    def holds(self, index: int) -> bool:
        """Return whether one of them holds."""
        return self._first.holds(index) or self._second.holds(index)


class InSituation:
    """Holds for the pupils in a situation."""

    def __init__(self, situations: Situations, situation: Situation) -> None:
        self._situations, self._situation = situations, situation
        self.at_most = situations.at_most(situation)

    def indexes(self) -> Iterator[int]:
        """Yield them, scattered over the schools."""
        return self._situations.indexes(self._situation)

    def holds(self, index: int) -> bool:
        """Return whether the pupil is in the situation."""
        return self._situations.holds(self._situation, index)


class AtSchools:
    """Holds for whoever is enrolled at one of these schools at some time in the school year."""

    def __init__(self, layout: Layout, situations: Situations, schools: Sequence[int]) -> None:
        self._layout, self._situations = layout, situations
        self._schools = frozenset(schools)
        around = {at for each in schools for at in (layout.places[each].before, layout.places[each].after)}
        self._around = sorted(around - self._schools)
        self.at_most = sum(layout.places[at].size for at in (*schools, *self._around))

    def indexes(self) -> Iterator[int]:
        """Yield the schools' own pupils, then those who moved away from them or have them as a second school."""
        places = self._layout.places
        for at in sorted(self._schools):
            yield from places[at].indexes
        for at in self._around:
            yield from (index for index in places[at].indexes if self._is_guest(at, index))

    def holds(self, index: int) -> bool:
        """Return whether the pupil is enrolled at one of the schools."""
        at = self._layout.place_of(index)
        return at in self._schools or self._is_guest(at, index)

    def _is_guest(self, at: int, index: int) -> bool:
        place, holds = self._layout.places[at], self._situations.holds
        return (place.before in self._schools and holds(Situation.MOVED, index)) or (
            place.after in self._schools and holds(Situation.TWO_SCHOOLS, index)
        )


class NamedLike:
    """Holds where given name and family name together have all that is asked: a bit for each word of it."""

    def __init__(self, names: Names, given: Sequence[int], family: Sequence[int], wanted: int) -> None:
        self._names = names
        self._given, self._family, self._wanted = given, family, wanted
        self._beside = {
            bits: [place for place, others in enumerate(family) if bits | others == wanted] for bits in set(given)
        }
        self.at_most = sum(len(self._beside[bits]) for bits in given) * names.slots

    def indexes(self) -> Iterator[int]:
        """Yield them in the order of the pools of names."""
        for given, bits in enumerate(self._given):
            for family in self._beside[bits]:
                yield from _of_name(self._names, given, family)

    def holds(self, index: int) -> bool:
        """Return whether the pupil's name has all of it."""
        given, family, _ = self._names.of(index)
        return self._given[given] | self._family[family] == self._wanted


class UserNameBegins:
    """Holds where a user name of the pupil begins so; all its given name is there, and some of the family name."""

    def __init__(self, names: Names, situations: Situations, beginning: str, given: int, family: Sequence[int]) -> None:
        self._names, self._situations = names, situations
        self._beginning, self._given, self._family = beginning, given, family
        self.at_most = len(family) * names.slots

    def indexes(self) -> Iterator[int]:
        """Yield them in the order of family names."""
        for family in self._family:
            yield from filter(self.holds, _of_name(self._names, self._given, family))

    def holds(self, index: int) -> bool:
        """Return whether the first or the second user name begins so."""
        named = self._names.of(index)
        if named.given != self._given:
            return False
        if self._names.user_name(named).startswith(self._beginning):
            return True
        has_second = self._situations.holds(Situation.TWO_ACCOUNTS, index)
        return has_second and self._names.user_name(named, 1).startswith(self._beginning)


def _of_name(names: Names, given: int, family: int) -> Iterator[int]:
    for slot in range(names.slots):
        index = names.index_of(Named(given, family, slot))
        if index is not None:
            yield index
