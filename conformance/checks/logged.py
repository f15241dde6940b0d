"""What the privacy log says of what happens to people's data."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from conformance.canaries import for_no_log
from conformance.checks.kept import NOT_READ, texts
from conformance.checks.registry import check
from conformance.evidence import AFTERWARDS, BEFORE, Evidence, Finding, Outcome, Reading, Record, Visit, scalars

PERSONAL: Final = ("given_name", "family_name", "email")
SIGN_IN_AND_MERGE: Final = 2


def _entries(evidence: Evidence) -> Reading | None:
    return evidence.reading("privacy-log", AFTERWARDS)


def _of(visit: Visit, records: Iterable[Record]) -> list[Record]:
    return [record for record in records if visit.keys & {*record.values}]


@check(needs=("privacy-log",))
def attempts_logged(evidence: Evidence) -> Finding:
    """Each attempt to sign in of somebody whom the provider named has an entry with the key in the privacy log."""
    log, told = _entries(evidence), [visit for visit in evidence.visits if visit.keys]
    if log is None:
        return NOT_READ
    if not told:
        return Finding.untold("the provider named nobody")
    mine = {id(record) for visit in told for record in _of(visit, log.records)}
    if len(mine) >= len(told):
        return Finding.kept()
    return Finding.broken(f"of {len(told)} attempts to sign in {len(mine)} stand in the privacy log")


@check(needs=("privacy-log",))
def privacy_log_discreet(evidence: Evidence) -> Finding:
    """No entry of the privacy log holds a name, an address, a pupil number, a birth date or a token."""
    log = _entries(evidence)
    if log is None:
        return NOT_READ
    if not log.records:
        return Finding.untold("no entry tells of anybody who signed in")
    told = ((*texts(visit.released, PERSONAL), *for_no_log(visit)) for visit in evidence.visits)
    personal = {text for each in told for text in each}
    for value in sorted(log.values):
        if value.startswith("eyJ"):
            return Finding.broken("an entry of the privacy log holds a token")
        if any(text in value for text in personal):
            return Finding.broken("an entry of the privacy log holds a name, an address, a number or a birth date")
    return Finding.kept()


@check(needs=("privacy-log",))
def happening_logged(evidence: Evidence) -> Finding:
    """What was done with the pupil's data after the sign-in has an entry of its own in the privacy log."""
    before, log = evidence.reading("privacy-log", BEFORE), _entries(evidence)
    if before is None or log is None:
        return NOT_READ
    if any(knock.status not in range(200, 300) for knock in evidence.knocks):
        return Finding.untold("nothing was handed out, so nothing need be logged")
    if _added(before, log):
        return Finding.kept()
    return Finding.broken("the privacy log says nothing of it")


@check(needs=("privacy-log",))
def merge_logged(evidence: Evidence) -> Finding:
    """That accounts were joined stands in the privacy log: an entry beside that of the sign-in, or both keys in one."""
    before, log, last = evidence.reading("privacy-log", BEFORE), _entries(evidence), evidence.last
    if before is None or log is None:
        return NOT_READ
    if last is None or last.outcome is not Outcome.SIGNED_IN:
        return Finding.untold("the second sign-in did not come through, so nothing was joined")
    former = {*scalars(last.released.get("ov_historiek_account_uuid"))} & evidence.visits[0].keys
    if not former:
        return Finding.untold("no account of the first sign-in was told of at the second")
    added = _added(before, log)
    if len(added) >= SIGN_IN_AND_MERGE or any(former & {*values} for values in added):
        return Finding.kept()
    return Finding.broken("the privacy log says that somebody signed in, and not that accounts were joined")


def _added(before: Reading, after: Reading) -> list[tuple[str, ...]]:
    """The entries that came in between, in whatever order a log is told."""
    kept = Counter(record.values for record in before.records)
    return list((Counter(record.values for record in after.records) - kept).elements())
