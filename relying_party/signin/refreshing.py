"""Refreshing: asking the provider, when an access token is over, whether it still vouches for whoever signed in.

Nothing about the pupil is read anew: what is kept is that of the last sign-in. The refresh tokens are in memory only,
under the number of the session: they never reach a cookie, a page, a log or the disk. What cannot be refreshed, after a
restart too, lives to its fixed end as it does without this setting.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any

from relying_party.signin.refusal import ProviderError, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from relying_party.signin.evidence import Evidence
    from relying_party.signin.issuers import Issuers
    from relying_party.signin.rules import Rules

LOG = logging.getLogger(__name__)
MOST = 10_000
USUAL_LIFE = timedelta(hours=1)
"""How long an access token is taken to live whose answer does not say it."""
PATIENCE = timedelta(minutes=1)
"""After how long a provider that did not answer is asked again."""


@dataclass(frozen=True, kw_only=True)
class Refreshable:
    """What a refresh needs: whom to ask, with which token, what the first ID token said, and when it is due."""

    issuer: str
    refresh_token: str = field(repr=False)
    first: Mapping[str, Any] = field(repr=False)
    due_at: datetime


@dataclass(kw_only=True)
class Turn:
    """The place of one session; whoever holds the lock may change what is in it. `held` is None when it has ended."""

    held: Refreshable | None
    lock: Lock = field(default_factory=Lock)


def refreshable(evidence: Evidence, now: datetime) -> Refreshable | None:
    """Return what a sign-in can be refreshed with, None when the provider gave nothing for it."""
    token = evidence.token_response.get("refresh_token")
    if not isinstance(token, str) or not token:
        return None
    due_at = now + life_of(evidence.token_response)
    return Refreshable(issuer=evidence.issuer, refresh_token=token, first=evidence.claims, due_at=due_at)


def life_of(token_response: Mapping[str, Any]) -> timedelta:
    """Return how long the access token of an answer lives."""
    told = token_response.get("expires_in")
    return timedelta(seconds=told) if isinstance(told, int) and not isinstance(told, bool) else USUAL_LIFE


class Refreshing:
    """Keeps what sessions are refreshed with, and refreshes them, each by one request at a time."""

    def __init__(self, *, issuers: Issuers, rules: Rules, clock: Callable[[], datetime]) -> None:
        self._issuers, self._rules, self._clock = issuers, rules, clock
        self._turns: OrderedDict[int, Turn] = OrderedDict()
        self._lock = Lock()

    def keep(self, visit_id: int, held: Refreshable | None) -> None:
        """Remember what a session is refreshed with; the oldest go first when there are too many."""
        self.forget(visit_id)
        if held is None:
            return
        with self._lock:
            self._turns[visit_id] = Turn(held=held)
            while len(self._turns) > MOST:
                self._turns.popitem(last=False)

    def forget(self, visit_id: int) -> None:
        """Forget it: the session has ended."""
        with self._lock:
            self._turns.pop(visit_id, None)

    def goes_on(self, visit_id: int) -> bool:
        """Return whether a session goes on; when its access token is over the provider is asked."""
        turn = self._turns.get(visit_id)
        if turn is None:
            return True
        with self._rules.refresh_turn(turn.lock):
            if turn.held is not None and turn.held.due_at <= self._clock():
                turn.held = self._next(turn.held)
            return turn.held is not None

    def _next(self, held: Refreshable) -> Refreshable | None:
        """Return what the session goes on with, None when it ends here."""
        try:
            return self._rules.refresh_attempt(partial(self._issuers.of(held.issuer).refresh, held))
        except Refused as refused:
            LOG.warning("a refresh was not believed: reason=%s step=%s", refused.reason, refused.step)
            return None
        except ProviderError as error:
            LOG.warning("the provider answered a refresh with %s", error.code)
            ends = self._rules.refusal_ends_session(error)
            return None if ends else replace(held, due_at=self._clock() + PATIENCE)
