"""The notes of the journal, those apart that hold for whoever comes unregistered: they are no sign of a mistake."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from mock_idp.journal import Flow

OPEN_MODE: Final = re.compile(r"Client .* is not registered(: in the open mode| here, so its credentials)", re.DOTALL)


def is_plain(note: str) -> bool:
    """Return whether a note only says that the mock takes any application."""
    return OPEN_MODE.match(note) is not None


def odd_notes(flow: Flow) -> tuple[str, ...]:
    """Return what was odd in the requests of a sign-in."""
    return tuple(each for each in flow.notes if not is_plain(each))


def plain_notes(flow: Flow) -> tuple[str, ...]:
    """Return what holds for any application that is not registered."""
    return tuple(each for each in flow.notes if is_plain(each))
