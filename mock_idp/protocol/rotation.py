"""When keys change by the clock: a pure function, asked whenever somebody looks at them. No thread turns keys."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import floor
from typing import TYPE_CHECKING

from mock_idp.protocol.signing_key import KeyState

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mock_idp.protocol.signing_key import SigningKey
    from mock_idp.settings import Policy


class Step(StrEnum):
    """What happens to the keys: a new one is published, the newest signs, the oldest leaves."""

    PUBLISH = "publish"
    ACTIVATE = "activate"
    RETIRE = "retire"


@dataclass(frozen=True, kw_only=True)
class Due:
    """A step, and the moment at which it falls due (seconds since the epoch)."""

    moment: float
    step: Step


def due(keys: Sequence[SigningKey], policy: Policy, now: float) -> Due | None:
    """Return the first step that has fallen due by `now`, of keys that stand oldest first; None when all is done."""
    if not policy.key_rotation_s:
        return None
    steps = [each for each in _steps(keys, policy, now) if each.moment <= now]
    return min(steps, key=lambda each: each.moment, default=None)  # of two at once the first: publish, then activate


def _steps(keys: Sequence[SigningKey], policy: Policy, now: float) -> Iterator[Due]:
    """Yield what comes next: for the newest key, and for the oldest one that signed before."""
    overlap_s = min(policy.key_overlap_s, policy.key_rotation_s)  # else keys would pile up
    number, active = next((index, each) for index, each in enumerate(keys) if each.state == KeyState.ACTIVE)
    turn = _turn(active.since, policy.key_rotation_s, now)
    if any(each.state == KeyState.PUBLISHED for each in keys[number + 1 :]):
        yield Due(moment=turn, step=Step.ACTIVATE)
    else:
        yield Due(moment=turn - overlap_s, step=Step.PUBLISH)
    oldest = next((each for each in keys[:number] if each.state == KeyState.PUBLISHED), None)
    if oldest:
        yield Due(moment=oldest.since + overlap_s, step=Step.RETIRE)


def _turn(since: float, rotation_s: float, now: float) -> float:
    """Return when the key that signs since then hands over; turns at which nobody looked are passed over."""
    turn = since + rotation_s
    return turn + max(0, floor((now - turn) / rotation_s)) * rotation_s
