"""The tokens of a sign-in, member by member, beside what ACM's rules say of each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from mock_idp.domain.claims import claims_table
from mock_idp.domain.tokens import Judged, Moment, Part, Token, Verdict, judged
from mock_idp.web.inspect.issuers import answering
from mock_idp.web.inspect.steps import ended

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mock_idp.journal import Exchange, Flow
    from mock_idp.provider import Provider

TITLES: Final[Mapping[Token, Any]] = {
    Token.ID_TOKEN: _("ID token"),
    Token.CLIENT_ASSERTION: _("Client assertion"),
}
VERDICTS: Final[Mapping[Verdict, Any]] = {
    Verdict.OK: _("ok"),
    Verdict.ODD: _("odd"),
    Verdict.MISSING: _("missing"),
    Verdict.UNTOLD: _("no rule known"),
}
CERTAINTIES: Final[Mapping[str, Any]] = {
    "documented": _("documented"),
    "seen": _("seen"),
    "inferred": _("guessed"),
}
TIMES: Final = frozenset({"exp", "iat", "nbf", "auth_time"})
PARTS: Final[Mapping[Part, Any]] = {Part.HEADER: _("header"), Part.CLAIMS: _("claims")}


@dataclass(frozen=True, kw_only=True)
class ShownMember:
    """One row of the table of a token. `note` is for developers, in English."""

    part: str
    member: str
    value: str
    moment: datetime | None
    rule: str
    source: str
    certainty: str
    certainty_words: str
    verdict: Verdict
    verdict_words: str
    says: str
    expected: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ShownToken:
    """A token that was sent in an exchange: its members, and apart from them the claims about the pupil."""

    kind: Token
    title: str
    exchange: Exchange
    members: tuple[ShownMember, ...]
    claims: tuple[ShownMember, ...] = ()

    @property
    def odd(self) -> tuple[ShownMember, ...]:
        """The members that are odd or missing."""
        return tuple(each for each in self.members if each.verdict in {Verdict.ODD, Verdict.MISSING})


def tokens(flow: Flow, provider: Provider) -> Iterator[ShownToken]:
    """Yield the tokens of a sign-in, in the order in which they were sent."""
    asked = flow.first.request if flow.flow else {}
    for each in flow.exchanges:
        moment = _moment(each, asked, provider)
        assertion = each.request.get("client_assertion")
        if isinstance(assertion, dict):
            yield _shown(Token.CLIENT_ASSERTION, assertion, each, moment)
        if each.id_token is not None:
            yield _shown(Token.ID_TOKEN, each.id_token.model_dump(), each, moment)


def _moment(exchange: Exchange, asked: Mapping[str, Any], provider: Provider) -> Moment:
    issuer = answering(exchange, provider)
    return Moment(
        issuer=issuer.identifier,
        client_id=exchange.client_id,
        at=ended(exchange).timestamp(),
        lifetime_s=issuer.policy.id_token_ttl_s,
        kids=issuer.kids,
        asked=asked,
    )


def _shown(kind: Token, opened: Mapping[str, Any], exchange: Exchange, moment: Moment) -> ShownToken:
    rows = judged(kind, opened, moment)
    members, claims = (tuple(_member(each) for each in rows if _is_released(each) is told) for told in (False, True))
    return ShownToken(kind=kind, title=str(TITLES[kind]), exchange=exchange, members=members, claims=claims)


def _is_released(row: Judged) -> bool:
    return row.rule is None and row.part == Part.CLAIMS and row.member in claims_table()


def _member(row: Judged) -> ShownMember:
    rule, source, certainty, note = _rule(row)
    verdict = Verdict.OK if row.verdict == Verdict.UNTOLD and rule else row.verdict
    return ShownMember(
        part=str(PARTS[row.part]),
        member=row.member,
        value="" if row.verdict == Verdict.MISSING else readable(row.value),
        moment=_as_moment(row),
        rule=rule,
        source=source,
        certainty=certainty,
        certainty_words=str(CERTAINTIES.get(certainty, "")),
        verdict=verdict,
        verdict_words=str(VERDICTS[verdict]),
        says=gettext(row.says) if row.says else "",
        expected=row.expected,
        note=note,
    )


def _rule(row: Judged) -> tuple[str, str, str, str]:
    """Return rule, source, certainty and note: of the table of rules, else of the table of claims, else nothing."""
    if row.rule is not None:
        return gettext(row.rule.rule), row.rule.source, str(row.rule.certainty), ""
    if not _is_released(row):
        return "", "", "", ""
    claim = claims_table()[row.member]
    words = gettext("Told about the pupil when the scope %(scope)s is granted.", scope=claim.scope)
    return str(words), claim.source, str(claim.certainty), claim.note


def readable(value: Any) -> str:
    """Return a value as people read it: a text as it is, anything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)


def _as_moment(row: Judged) -> datetime | None:
    is_number = isinstance(row.value, (int, float)) and not isinstance(row.value, bool)
    if row.member not in TIMES or not is_number:
        return None
    try:
        return datetime.fromtimestamp(row.value, UTC)
    except (OverflowError, OSError, ValueError):
        return None
