"""The way through a kind of school: grades one after the other, and the groups that pupils of a grade are in."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mock_idp.domain.discimus import Group
    from mock_idp.domain.population.shape import GradeRow, KindRow


class Grade(NamedTuple):
    """A grade. `path`: places of the grades from the first up to this one; `ahead`: of those that come after it."""

    name: str
    youngest: int
    ages: int
    tracks: tuple[int, ...]
    groups: tuple[Group, ...]
    path: tuple[int, ...]
    ahead: tuple[int, ...]

    def group(self, track: int) -> Group:
        """Return the group of a pupil whose track is a number below ten thousand."""
        return self.groups[0] if len(self.groups) == 1 else self.groups[bisect_right(self.tracks, track)]


class Curriculum:
    """The grades of one kind of school. `late`, `from_the_start`: shares per ten thousand."""

    def __init__(self, kind: KindRow, groups: Mapping[str, Group]) -> None:
        self.hoofdstructuur = kind.hoofdstructuur
        self.late = kind.late
        self.from_the_start = kind.from_the_start
        self.grades = tuple(_grade(kind, row, groups) for row in kind.grades)
        self._bounds = list(accumulate(row.share for row in kind.grades))

    def grade_at(self, position: int) -> Grade:
        """Return the grade of a pupil who stands at `position` of ten thousand in the school."""
        return self.grades[bisect_right(self._bounds, position)]


def _grade(kind: KindRow, row: GradeRow, groups: Mapping[str, Group]) -> Grade:
    shares = row.groups or kind.groups
    return Grade(
        name=row.name,
        youngest=row.ages[0],
        ages=row.ages[1] - row.ages[0] + 1,
        tracks=tuple(accumulate(shares.values())),
        groups=tuple(groups[code] for code in shares),
        path=_path(kind, row),
        ahead=_ahead(kind, row),
    )


def _path(kind: KindRow, row: GradeRow) -> tuple[int, ...]:
    names = [each.name for each in kind.grades]
    here = names.index(row.name)
    return (here,) if row.after is None else (*_path(kind, kind.grades[names.index(row.after)]), here)


def _ahead(kind: KindRow, row: GradeRow) -> tuple[int, ...]:
    following = [at for at, each in enumerate(kind.grades) if each.after == row.name and not each.by_choice]
    return (following[0], *_ahead(kind, kind.grades[following[0]])) if following else ()
