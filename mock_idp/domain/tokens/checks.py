"""The checks that the table of rules names: small pure functions of a value and the moment.

A check returns None when the value keeps the rule, else what was expected; an empty text when there is nothing to tell.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mock_idp.domain.tokens.moment import Moment

    Check = Callable[[Any, Moment], str | None]
    Need = Callable[[Moment], bool]

LONGEST_ASSERTION_S: Final = 600
SKEW_S: Final = 10
HALF_HASH: Final = re.compile(r"[A-Za-z0-9_-]{22}")


def _equals(value: Any, expected: str | None) -> str | None:
    return None if isinstance(value, str) and value == expected else expected or ""


def _is_issuer(value: Any, moment: Moment) -> str | None:
    return _equals(value, moment.issuer)


def _names_issuer(value: Any, moment: Moment) -> str | None:
    return None if moment.issuer in (value if isinstance(value, list) else [value]) else moment.issuer


def _is_client(value: Any, moment: Moment) -> str | None:
    return _equals(value, moment.client_id)


def _is_text(value: Any, moment: Moment) -> str | None:
    del moment
    return None if isinstance(value, str) and value else ""


def _is_rs256(value: Any, moment: Moment) -> str | None:
    del moment
    return _equals(value, "RS256")


def _is_jwt(value: Any, moment: Moment) -> str | None:
    del moment
    return _equals(value, "JWT")


def _is_published(value: Any, moment: Moment) -> str | None:
    return None if not moment.kids or value in moment.kids else ", ".join(moment.kids)


def _is_kid_of_header(value: Any, moment: Moment) -> str | None:
    return None if value == moment.header.get("kid") else str(moment.header.get("kid", ""))


def _is_nonce(value: Any, moment: Moment) -> str | None:
    return _equals(value, moment.asked.get("nonce"))


def _was_asked_for(value: Any, moment: Moment) -> str | None:
    wished = str(moment.asked.get("acr_values", ""))
    return None if not wished or value in wished.split() else wished


def _is_half_hash(value: Any, moment: Moment) -> str | None:
    del moment
    return None if isinstance(value, str) and HALF_HASH.fullmatch(value) else ""


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _lasts_as_set(value: Any, moment: Moment) -> str | None:
    begun = moment.claims.get("iat")
    if not _is_number(value) or begun is None or not _is_number(begun):
        return ""
    return None if value - begun == moment.lifetime_s else str(begun + moment.lifetime_s)


def _is_ahead(value: Any, moment: Moment) -> str | None:
    return None if _is_number(value) and value > moment.at - SKEW_S else f"> {moment.at:.0f}"


def _is_within_ten_minutes(value: Any, moment: Moment) -> str | None:
    latest = moment.at + LONGEST_ASSERTION_S + SKEW_S
    return None if _is_number(value) and value <= latest else f"≤ {moment.at + LONGEST_ASSERTION_S:.0f}"


def _is_past(value: Any, moment: Moment) -> str | None:
    return None if _is_number(value) and value <= moment.at + SKEW_S else f"≤ {moment.at:.0f}"


def _is_recent(value: Any, moment: Moment) -> str | None:
    return None if _is_number(value) and abs(value - moment.at) <= SKEW_S else f"{moment.at:.0f}"


CHECKS: Final[Mapping[str, Check]] = {
    "is-issuer": _is_issuer,
    "names-issuer": _names_issuer,
    "is-client": _is_client,
    "is-text": _is_text,
    "is-rs256": _is_rs256,
    "is-jwt": _is_jwt,
    "is-published": _is_published,
    "is-kid-of-header": _is_kid_of_header,
    "is-nonce": _is_nonce,
    "was-asked-for": _was_asked_for,
    "is-half-hash": _is_half_hash,
    "lasts-as-set": _lasts_as_set,
    "is-ahead": _is_ahead,
    "is-within-ten-minutes": _is_within_ten_minutes,
    "is-past": _is_past,
    "is-recent": _is_recent,
}
"""Every check by the name that the table gives it."""

NEEDS: Final[Mapping[str, Need]] = {
    "always": lambda _: True,
    "nonce-sent": lambda moment: bool(moment.asked.get("nonce")),
    "acr-asked": lambda moment: bool(moment.asked.get("acr_values")),
    "max-age-asked": lambda moment: bool(moment.asked.get("max_age")),
    "never": lambda _: False,
}
"""When a member has to be there."""
