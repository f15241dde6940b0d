"""What must hold in a document of people beyond the shape of its rows; a table of rules, every broken one is told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mock_idp.domain.insz import Number
from mock_idp.domain.people import written
from mock_idp.domain.problems import Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    Broken = Iterator[tuple[str, str, str]]
    Rule = Callable[["Keyed", "Known"], Broken]


@dataclass(frozen=True, kw_only=True)
class Keyed:
    """A row with its key (slug or user name), its user name, and where it stands in its file."""

    key: str
    user_name: str
    where: str
    row: written.PersonRow


@dataclass(frozen=True, kw_only=True)
class Known:
    """What rows may name: schools, groups, and the keys of other pupils."""

    schools: Iterable[str]
    groups: Iterable[str]
    pupils: Mapping[str, written.PersonRow | None]


def broken_rules(rows: tuple[Keyed, ...], known: Known, file: str) -> list[Problem]:
    """Return every broken rule of the rows, and what two of them share that must be unique."""
    problems = [
        Problem(file=file, key=": ".join(filter(None, (keyed.where, member))), message=message, hint=hint)
        for keyed in rows
        for rule in RULES
        for member, message, hint in rule(keyed, known)
    ]
    return problems + list(_repeated(rows, file))


def _repeated(rows: tuple[Keyed, ...], file: str) -> Iterator[Problem]:
    for what, values in (("name", [each.key for each in rows]), ("user name", [each.user_name for each in rows])):
        for value, times in Counter(values).items():
            if times > 1:
                hint = "Give each a user_name of its own." if what == "user name" else "Give each a name of its own."
                yield Problem(file=file, key=value, message=f"This {what} belongs to {times} people.", hint=hint)


def _knows_its_schools(keyed: Keyed, known: Known) -> Broken:
    for place, moment in enumerate(keyed.row.life):
        for name in ("school", "to", "leaving"):
            number = getattr(moment, name, None)
            if number is not None and number not in known.schools:
                member = f"life[{place}].{'from' if name == 'leaving' else name}"
                yield member, f"There is no school {number!r}.", did_you_mean(number, known.schools)


def _knows_its_groups(keyed: Keyed, known: Known) -> Broken:
    for place, moment in enumerate(keyed.row.life):
        code = getattr(moment, "group", None)
        if code is not None and code not in known.groups:
            yield f"life[{place}].group", f"There is no group {code!r}.", did_you_mean(code, known.groups)


def _is_somebody(keyed: Keyed, known: Known) -> Broken:
    del known
    row = keyed.row
    if row.same_pupil_as is not None:
        own = [name for name in ("given_name", "family_name", "birth", "email", "citizen") if getattr(row, name)]
        own += ["life"] if row.life else []
        if own:
            yield own[0], f"A second account has no {', '.join(own)} of its own.", "They are those of same_pupil_as."
    elif not row.family_name:
        yield "family_name", "family_name is missing.", "Only the given name may be left out."


def _is_a_whole_pupil(keyed: Keyed, known: Known) -> Broken:
    del known
    row = keyed.row
    if row.same_pupil_as is None and row.citizen is None and not (row.birth and row.sex):
        missing = "sex" if row.birth else "birth"
        yield missing, "A pupil needs birth and sex.", "Somebody who is no pupil needs a citizen table."
    if row.citizen is not None and row.life:
        yield "life", "Somebody who is no pupil has no life in the registers.", "Leave out life, or citizen."


def _names_a_pupil(keyed: Keyed, known: Known) -> Broken:
    named = keyed.row.same_pupil_as
    if named is not None and known.pupils.get(named) is None:
        yield "same_pupil_as", f"There is no pupil {named!r} for same_pupil_as.", did_you_mean(named, known.pupils)


def _is_identified_once(keyed: Keyed, known: Known) -> Broken:
    del known
    found = [each for each in keyed.row.life if isinstance(each, written.NumberFoundRow) and each.is_ == "identified"]
    lost = [each for each in keyed.row.life if each.is_ == "number-lost"]
    if found and keyed.row.number != Number.NONE and not lost:
        yield "number", "Identified, but the number is there from the beginning.", 'Write number = "none".'


def _opens_its_accounts(keyed: Keyed, known: Known) -> Broken:
    row = keyed.row
    opened = {row.account or keyed.key}
    opened |= {each.account for each in row.life if each.is_ == "account-opened" and each.account}
    named = {
        label: f"life[{place}].{name}"
        for place, each in reversed(list(enumerate(row.life)))
        for name in ("into", "account")
        if (label := getattr(each, name, None))
    }
    for label in reversed(named):
        if label not in opened:
            yield named[label], f"There is no account {label!r} in this life.", did_you_mean(label, opened)
    other = known.pupils.get(row.same_pupil_as or "")
    if other is not None and not any(
        each.is_ == "account-opened" and each.account == (row.account or keyed.key) for each in other.life
    ):
        label = row.account or keyed.key
        message = f"{row.same_pupil_as!r} never opens account {label!r}."
        yield "account", message, "Add a moment account-opened to that life."


def _merges_into_another(keyed: Keyed, known: Known) -> Broken:
    del known
    merged: dict[str, str] = {}
    for place, each in enumerate(keyed.row.life):
        if not isinstance(each, written.AccountsMergedRow):
            continue
        merged[each.account] = each.into
        if _ends_up_in(each.into, merged) is None:
            message = f"Account {each.account!r} goes up in itself, at once or by way of others."
            yield f"life[{place}].into", message, "Merge it into an account that stays."
            del merged[each.account]


def _ends_up_in(label: str, merged: Mapping[str, str]) -> str | None:
    """Return the account that one goes up in after all merges; None when it never ends."""
    for _ in range(len(merged) + 1):
        if label not in merged:
            return label
        label = merged[label]
    return None


RULES: Final[tuple[Rule, ...]] = (
    _knows_its_schools,
    _knows_its_groups,
    _is_somebody,
    _is_a_whole_pupil,
    _names_a_pupil,
    _is_identified_once,
    _opens_its_accounts,
    _merges_into_another,
)
