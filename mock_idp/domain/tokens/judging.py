"""A token member by member, each beside its rule: kept, odd, missing, or nothing known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from mock_idp.domain.tokens.checks import CHECKS, NEEDS
from mock_idp.domain.tokens.rules import Part, Token, token_rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mock_idp.domain.tokens.moment import Moment
    from mock_idp.domain.tokens.rules import Rule


class Verdict(StrEnum):
    """What comes of comparing a member with its rule."""

    OK = "ok"
    ODD = "odd"
    MISSING = "missing"
    UNTOLD = "untold"
    """No rule of ACM about this member is known."""


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One member of a token. `says`: what is odd and how to mend it; `expected`: the value that would be right."""

    part: Part
    member: str
    value: Any = None
    rule: Rule | None = None
    verdict: Verdict = Verdict.OK
    says: str = ""
    expected: str = ""


def judged(token: Token, opened: Mapping[str, Any], moment: Moment) -> tuple[Judged, ...]:
    """Return every member of an opened token (`header` and `claims`) and those that are missing, with their rules."""
    header, claims = (_members(opened.get(part)) for part in Part)
    here = replace(moment, header=header, claims=claims)
    rows = [
        _judged(token, part, name, value, here) for part in Part for name, value in _members(opened.get(part)).items()
    ]
    return (*rows, *_missing(token, here))


def _members(part: Any) -> Mapping[str, Any]:
    return part if isinstance(part, dict) else {}


def _judged(token: Token, part: Part, member: str, value: Any, moment: Moment) -> Judged:
    rule = token_rules().get((token, part, member))
    if rule is None:
        return Judged(part=part, member=member, value=value, verdict=Verdict.UNTOLD)
    row = Judged(part=part, member=member, value=value, rule=rule)
    for check in rule.checks:
        expected = CHECKS[check.name](value, moment)
        if expected is not None:
            return replace(row, verdict=Verdict.ODD, says=check.odd, expected=expected)
    return row


def _missing(token: Token, moment: Moment) -> Iterator[Judged]:
    there = {Part.HEADER: moment.header, Part.CLAIMS: moment.claims}
    for rule in token_rules().values():
        if rule.token == token and rule.member not in there[rule.part] and NEEDS[rule.needed](moment):
            yield Judged(part=rule.part, member=rule.member, rule=rule, verdict=Verdict.MISSING, says=rule.missing)
