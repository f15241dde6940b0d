"""ID tokens of running sessions, for the sign-out at the provider.

In memory only: an ID token may hold claims that nobody here may keep. After a restart the provider is asked to sign
out without it, which ACM accepts (its documents ask for `client_id` alone).
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

MOST = 10_000


class IdTokenHints:
    """ID tokens by session; the oldest go first when there are too many."""

    def __init__(self) -> None:
        self._tokens: OrderedDict[int, str] = OrderedDict()
        self._lock = Lock()

    def keep(self, visit_id: int, id_token: str) -> None:
        """Remember the ID token of a session."""
        with self._lock:
            self._tokens[visit_id] = id_token
            self._tokens.move_to_end(visit_id)
            while len(self._tokens) > MOST:
                self._tokens.popitem(last=False)

    def take(self, visit_id: int) -> str:
        """Return the ID token and forget it; "" when there is none."""
        with self._lock:
            return self._tokens.pop(visit_id, "")
