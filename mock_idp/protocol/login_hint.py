"""login_hint as ACM reads it: base64 of a JSON object, to come as a given identity or to choose another one."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from binascii import Error as Base64Error
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from mock_idp.domain.identities import Capacity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CAPACITY: Final = "cap_hint"
CODE: Final = "code_hint"
SWITCH: Final = "switch_id"
KNOWN: Final = (CAPACITY, CODE, SWITCH)
BASE64: Final = re.compile(r"[A-Za-z0-9+/_-]+={0,2}")
LONGEST: Final = 4096
EXAMPLE: Final = 'ACM takes base64 of JSON, as {"cap_hint": "OV", "code_hint": "700101"} or {"switch_id": true}.'


@dataclass(frozen=True, kw_only=True)
class LoginHint:
    """What was read. `capacity` and `code`: as whom to come; `switches`: to choose anew; `notes`: what was odd."""

    capacity: str | None = None
    code: str | None = None
    switches: bool = False
    notes: tuple[str, ...] = ()

    @property
    def wishes(self) -> bool:
        """Whether it asks for a given identity."""
        return self.capacity is not None


NONE: Final = LoginHint()


def read_login_hint(text: str | None) -> LoginHint:
    """Return what a login_hint asks for; whatever ACM would not understand is ignored, and noted."""
    if not text:
        return NONE
    try:
        members = _members(text.replace(" ", "+"))
    except ValueError as error:
        return LoginHint(notes=(f"login_hint was ignored: {error} {EXAMPLE}",))
    hint = _understood(members)
    plus = ("login_hint came with a space where a + was meant: write + as %2B.",) if " " in text else ()
    return replace(hint, notes=(*plus, *hint.notes))


def _members(text: str) -> Mapping[str, Any]:
    """Return the members of the object; raise `ValueError` with what is wrong."""
    if len(text) > LONGEST:
        raise ValueError(f"it has more than {LONGEST} characters.")
    if not BASE64.fullmatch(text):
        raise ValueError("it is not base64. OpenID Connect allows any hint, as an e-mail address; ACM does not use it.")
    try:
        decoded = b64decode(_padded(text.replace("-", "+").replace("_", "/")), validate=True).decode()
    except (Base64Error, UnicodeDecodeError):
        raise ValueError("it does not decode from base64 to text.") from None
    try:
        members = json.loads(decoded)
    except (ValueError, RecursionError):
        raise ValueError("what it decodes to is not JSON.") from None
    if not isinstance(members, dict):
        raise ValueError("what it decodes to is JSON, but no object.")  # noqa: TRY004  said as everything else is
    return members


def _padded(text: str) -> str:
    bare = text.rstrip("=")
    return bare + "=" * (-len(bare) % 4)


def _understood(members: Mapping[str, Any]) -> LoginHint:
    problem = next((sentence for is_wrong, sentence in RULES if is_wrong(members)), None)
    if problem:
        return LoginHint(notes=(f"login_hint was ignored: {problem} {EXAMPLE}",))
    notes = tuple(sentence for is_odd, sentence in REMARKS if is_odd(members))
    wishes = CAPACITY in members
    return LoginHint(
        capacity=members.get(CAPACITY),
        code=members.get(CODE),
        switches=SWITCH in members and not wishes,
        notes=notes,
    )


RULES: Final[tuple[tuple[Callable[[Mapping[str, Any]], bool], str], ...]] = (
    (lambda sent: not set(KNOWN) & sent.keys(), f"none of {', '.join(KNOWN)} is in it."),
    (lambda sent: SWITCH in sent and sent[SWITCH] is not True, "switch_id must be true."),
    (lambda sent: CODE in sent and CAPACITY not in sent, "code_hint needs a cap_hint beside it."),
    (
        lambda sent: CAPACITY in sent and sent[CAPACITY] not in [each.value for each in Capacity],
        f"cap_hint must be one of {', '.join(Capacity)}.",
    ),
    (
        lambda sent: CODE in sent and not (isinstance(sent[CODE], str) and sent[CODE]),
        "code_hint must be a text: the code of the organisation, leading zeros included.",
    ),
)
"""What must hold; the first that is broken is told."""

REMARKS: Final[tuple[tuple[Callable[[Mapping[str, Any]], bool], str], ...]] = (
    (lambda sent: bool(sent.keys() - set(KNOWN)), f"login_hint has members other than {', '.join(KNOWN)}."),
    (
        lambda sent: SWITCH in sent and CAPACITY in sent,
        "login_hint has switch_id beside cap_hint, which counts.",
    ),
)
"""What is odd; all of it is told."""


def hint_for(key: str) -> str:
    """Return the JSON that asks for the identity of a key."""
    capacity, _, code = key.partition(" ")
    return json.dumps({CAPACITY: capacity, **({CODE: code} if code else {})})
