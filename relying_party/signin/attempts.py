"""What the privacy log is told of an attempt to sign in, granted or refused (LR-61)."""

from __future__ import annotations

from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING

from relying_party.accounts.privacy_log import Entry, Kind, Outcome
from relying_party.signin.refusal import PersonNeeded, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from relying_party.accounts.people import Recognised, Told
    from relying_party.accounts.privacy_log import PrivacyLog
    from relying_party.accounts.sessions import Begun
    from relying_party.signin.pupil import Applicant

CRASH = "crash"


class Attempts:
    """Tells the log of every attempt; a rule has the last word about what is written."""

    def __init__(
        self,
        log: PrivacyLog,
        *,
        rule: Callable[[Entry, Applicant | None], Entry | None],
        clock: Callable[[], datetime],
    ) -> None:
        self._log, self._rule, self._clock = log, rule, clock

    @contextmanager
    def noted(self, begun: Begun | None) -> Iterator[None]:
        """Tell the log when what happens inside ends in a refusal or a crash; who comes in is told elsewhere."""
        try:
            yield
        except Refused as refused:
            self.refused(refused, begun)
            raise
        except PersonNeeded:
            raise
        except Exception:
            self._refused(CRASH, "", begun)
            raise

    def refused(self, refused: Refused, begun: Begun | None) -> None:
        """Tell of a refusal."""
        self._refused(refused.reason, refused.key, begun)

    def staff(self, subject: str, begun: Begun | None) -> None:
        """Tell of one of the staff who came in; the entry is about no pupil."""
        kind, outcome = Kind.SIGNED_IN, Outcome.GRANTED
        self._record(Entry(at=self._clock(), kind=kind, outcome=outcome, transaction=_transaction(begun), who=subject))

    def granted(self, applicant: Applicant, begun: Begun | None) -> Told:
        """Return what is told once it is known who comes in; the store writes it along with what it keeps."""

        def told(recognised: Recognised) -> Sequence[Entry]:
            kinds = (Kind.RELINKED, Kind.SIGNED_IN) if recognised.relinked else (Kind.SIGNED_IN,)
            entries = [
                Entry(
                    at=self._clock(),
                    kind=kind,
                    outcome=Outcome.GRANTED,
                    person=recognised.person_id,
                    key=applicant.leer_id_uuid or applicant.account_uuid,
                    transaction=_transaction(begun),
                )
                for kind in kinds
            ]
            return [kept for entry in entries if (kept := self._rule(entry, applicant)) is not None]

        return told

    def _refused(self, reason: str, key: str, begun: Begun | None) -> None:
        kind = Kind.CONFLICT if reason == Kind.CONFLICT else Kind.REFUSED
        outcome, transaction = Outcome.REFUSED, _transaction(begun)
        self._record(
            Entry(at=self._clock(), kind=kind, outcome=outcome, reason=reason, key=key, transaction=transaction)
        )

    def _record(self, entry: Entry) -> None:
        kept = self._rule(entry, None)
        if kept is not None:
            self._log.record(kept)


def _transaction(begun: Begun | None) -> str:
    """Return the hash of `state`: it ties entries together, and nobody can answer a sign-in with it."""
    return sha256(begun.state.encode()).hexdigest() if begun else ""
