"""The file of a shape, read and checked: a table of what must hold in it, every broken rule is told."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from mock_idp.domain.discimus import groups, schools
from mock_idp.domain.population.shape import Shape
from mock_idp.domain.population.situations import TEN_THOUSAND, TOPICS, Situation
from mock_idp.domain.problems import Problem, ProblemsError, did_you_mean, parsed, validated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mock_idp.domain.population.shape import GradeRow, KindRow

    Broken = Iterator[tuple[str, str, str]]
    Rule = Callable[[Shape], Broken]

FILE: Final = files("mock_idp.domain.population") / "data" / "shape.toml"
FEWEST_SCHOOLS: Final = 3
"""Whoever moves or has two schools needs the one before or after; both must be other schools."""
DATED: Final = (Situation.IDENTIFIED_SINCE, Situation.MOVED, Situation.ENDED)


def read_shape(text: str | None = None, *, size: int | None = None) -> Shape:
    """Return the shape that comes with the mock, or of another file's `text`; raise `ProblemsError` with all problems.

    `size`: how many pupils, instead of as many as the file says.
    """
    document = parsed(FILE.read_text("utf-8") if text is None else text, FILE.name)
    shape = validated(Shape, document if size is None else {**document, "size": size}, FILE.name)
    problems = [
        Problem(file=FILE.name, key=key, message=message, hint=hint)
        for rule in RULES
        for key, message, hint in rule(shape)
    ]
    if problems:
        raise ProblemsError(problems)
    return shape


def _adds_up(key: str, shares: Iterable[int]) -> Broken:
    total = sum(shares)
    if total != TEN_THOUSAND:
        yield key, f"The shares add up to {total}.", f"They must add up to {TEN_THOUSAND}."


def _situations_are_shared_out(shape: Shape) -> Broken:
    for topic, situations in TOPICS.items():
        shares = shape.shares[topic]
        for missing in (each for each in situations if each not in shares):
            yield f"{topic}.{missing}", "This share is missing.", "Write 0 for nobody."
        for foreign in (each for each in shares if each not in situations):
            yield f"{topic}.{foreign}", "This situation stands elsewhere.", f"Here: {', '.join(situations)}."
        if sum(shares.values()) > TEN_THOUSAND:
            yield topic, "The shares are more than everybody.", f"At most {TEN_THOUSAND} together."


def _days_are_known(shape: Shape) -> Broken:
    for situation in DATED:
        if situation not in shape.days:
            yield f"days.{situation}", "The days are missing.", "Write [first, last], counted from 1 September."
    for situation, (first, last) in shape.days.items():
        if situation not in DATED:
            yield f"days.{situation}", "This situation has no day.", f"Days have: {', '.join(DATED)}."
        if first > last:
            yield f"days.{situation}", f"Day {first} comes after day {last}.", "Write the first day first."


def _kinds_share_everybody(shape: Shape) -> Broken:
    yield from _adds_up("kinds", (kind.share for kind in shape.kinds))
    for hoofdstructuur in _repeated(kind.hoofdstructuur for kind in shape.kinds):
        yield "kinds", f"Two kinds have hoofdstructuur {hoofdstructuur}.", "Join them."
    for word in _repeated(word for kind in shape.kinds for word in kind.words):
        yield "kinds", f"The word {word!r} stands twice.", "Names of schools would not be unique."


def _schools_fit(shape: Shape) -> Broken:
    names = len(shape.school_names.adjectives) * len(shape.school_names.nouns)
    for key, kind in _kinds(shape):
        yield from _adds_up(f"{key}.sizes", (share for share, _, _ in kind.sizes))
        for _, smallest, largest in kind.sizes:
            if smallest > largest:
                yield f"{key}.sizes", f"{smallest} is more than {largest}.", "Write the smallest first."
        pupils = shape.size * kind.share // TEN_THOUSAND
        if kind.share > 0 and pupils < FEWEST_SCHOOLS:
            yield key, f"{pupils} pupils are too few for {FEWEST_SCHOOLS} schools.", "Enlarge size or share."
        if pupils // kind.usual_school > len(kind.words) * names:
            yield f"{key}.words", "There are more schools than names.", "Add words, adjectives or nouns."


def _known_schools_are_known(shape: Shape) -> Broken:
    for key, kind in _kinds(shape):
        for number in kind.known:
            if number not in schools():
                yield f"{key}.known", f"There is no school {number!r}.", did_you_mean(number, schools())
    for number in _repeated(number for kind in shape.kinds for number in kind.known):
        yield "kinds", f"School {number} is known to two kinds.", "Leave one out."


def _grades_follow(shape: Shape) -> Broken:
    for key, kind in _kinds(shape):
        yield from _adds_up(f"{key}.grades", (grade.share for grade in kind.grades))
        earlier: list[str] = []
        for where, grade in _grades(key, kind):
            if grade.ages[0] > grade.ages[1]:
                yield f"{where}.ages", f"{grade.ages[0]} is more than {grade.ages[1]}.", "Write the youngest first."
            if grade.after is not None and grade.after not in earlier:
                yield (
                    f"{where}.after",
                    f"There is no earlier grade {grade.after!r}.",
                    did_you_mean(grade.after, earlier),
                )
            if grade.name in earlier:
                yield f"{where}.name", f"There is a grade {grade.name!r} already.", "Give each a name of its own."
            earlier.append(grade.name)


def _groups_are_known(shape: Shape) -> Broken:
    known = shape.all_groups
    for code in sorted(shape.groups.keys() & groups().keys()):
        yield f"groups.{code}", "This group comes with the mock already.", "Give yours another code."
    for key, kind in _kinds(shape):
        for where, grade in _grades(key, kind):
            yield from _adds_up(f"{where}.groups", (grade.groups or kind.groups).values())
            for code in grade.groups or kind.groups:
                if code not in known:
                    yield f"{where}.groups", f"There is no group {code!r}.", did_you_mean(code, known)
                elif known[code].hoofdstructuur != kind.hoofdstructuur:
                    hint = f"This kind is {kind.hoofdstructuur}."
                    yield f"{where}.groups", f"Group {code} is of {known[code].hoofdstructuur}.", hint


def _kinds(shape: Shape) -> Iterator[tuple[str, KindRow]]:
    return ((f"kinds[{number}]", kind) for number, kind in enumerate(shape.kinds))


def _grades(key: str, kind: KindRow) -> Iterator[tuple[str, GradeRow]]:
    return ((f"{key}.grades[{number}]", grade) for number, grade in enumerate(kind.grades))


def _repeated(values: Iterable[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]


RULES: Final[tuple[Rule, ...]] = (
    _situations_are_shared_out,
    _days_are_known,
    _kinds_share_everybody,
    _schools_fit,
    _known_schools_are_known,
    _grades_follow,
    _groups_are_known,
)
