"""What the application keeps of people, for how long, and what its privacy log says."""

from collections.abc import Iterable
from typing import Final

from pydantic import JsonValue

from conformance.checks.registry import check
from conformance.evidence import (
    AFTERWARDS,
    NEARLY,
    OVER,
    Evidence,
    Finding,
    Outcome,
    Reading,
    Record,
    Visit,
    scalars,
)

LISTED: Final = frozenset(
    {
        *("given_name", "family_name", "ov_geboortedag", "ov_geboortemaand", "ov_geboortejaar", "birthdate"),
        *("ov_leerid_uuid", "ov_account_uuid", "ov_historiek_account_uuid", "email", "ov_orgcode", "ov_inschrijvingen"),
    }
)
"""Claims that hold the data items of the protocol's article 3."""
MECHANICS: Final = frozenset(
    {
        *("iss", "sub", "aud", "azp", "exp", "iat", "nbf", "auth_time", "nonce", "acr", "amr", "sid", "jti"),
        *("at_hash", "c_hash", "s_hash", "typ"),
    }
)
"""Claims that are about the token and the sign-in (Core section 2, RFC 7519), and no data of a pupil."""
TELLING: Final = 4
"""A value of fewer characters stands in many places by chance."""
NOT_READ: Final = Finding.untold("the book was not read")
PERSONAL: Final = ("given_name", "family_name", "email")
NUMBERS: Final = ("instellingsnummer", "stamnummer", "hoofdstructuur")
"""Members of an enrolment that are texts of digits."""


def _texts(released: dict[str, JsonValue], names: Iterable[str]) -> set[str]:
    return {text for name in names for text in scalars(released.get(name)) if len(text) >= TELLING}


def _stored(evidence: Evidence, label: str = AFTERWARDS) -> Reading | None:
    return evidence.reading("store", label)


def _last_in(evidence: Evidence) -> Visit | None:
    came_in = [visit for visit in evidence.visits if visit.outcome is Outcome.SIGNED_IN]
    return came_in[-1] if came_in else None


@check(needs=("store",))
def nothing_kept_of_refused(evidence: Evidence) -> Finding:
    """Of somebody who was refused and never came in, nothing is kept."""
    stored, visit = _stored(evidence), evidence.last
    if stored is None:
        return NOT_READ
    if visit is None or not visit.released:
        return Finding.untold("nothing was told about anybody, so nothing could be kept")
    if _last_in(evidence):
        return Finding.untold("somebody came in, so something may be kept")
    if stored.records:
        return Finding.broken(f"{len(stored.records)} records tell of the pupil who was refused")
    return Finding.kept()


@check(needs=("store",))
def one_record(evidence: Evidence) -> Finding:
    """One record, and no second one, tells of a pupil."""
    stored, visit = _stored(evidence), _last_in(evidence)
    if stored is None:
        return NOT_READ
    if visit is None:
        return Finding.untold("nobody came in, so nobody need be kept")
    if len(stored.records) == 1:
        return Finding.kept()
    return Finding.broken(f"{len(stored.records)} records tell of the pupil who came in")


@check(needs=("store",))
def last_sign_in_kept_alone(evidence: Evidence) -> Finding:
    """Of what was delivered at earlier sign-ins and is no more, nothing is kept."""
    stored, last = _stored(evidence), _last_in(evidence)
    if stored is None:
        return NOT_READ
    if last is None or last is evidence.visits[0]:
        return Finding.untold("fewer than two sign-ins came through, so nothing can have changed")
    content = LISTED - {"ov_account_uuid", "ov_historiek_account_uuid"}  # old keys may serve to find the person again
    gone = {text for visit in evidence.visits for text in _texts(visit.released, content)}
    gone -= _texts(last.released, content)
    if not gone:
        return Finding.untold("nothing that was delivered before had changed at the last sign-in")
    left = gone & stored.values
    if left:
        return Finding.broken(f"{len(left)} of {len(gone)} values that are delivered no more are kept")
    return Finding.kept()


@check(needs=("store",))
def kept_as_delivered(evidence: Evidence) -> Finding:
    """Names, numbers of schools and pupils and codes are kept letter for letter, zeros in front included."""
    stored, last = _stored(evidence), _last_in(evidence)
    if stored is None:
        return NOT_READ
    if last is None:
        return Finding.untold("nobody came in, so nobody need be kept")
    names = {text for name in ("given_name", "family_name") for text in scalars(last.released.get(name))}
    listed = last.released.get("ov_inschrijvingen")
    objects = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    numbers = {text for each in objects for name in NUMBERS for text in scalars(each.get(name))}
    if missing := sorted((names | numbers) - stored.values):
        return Finding.broken(f"delivered was {missing[0]!r}, and no value that is kept is the same")
    return Finding.kept()


@check(needs=("store",))
def nothing_beyond_the_list(evidence: Evidence) -> Finding:
    """Nothing is kept of claims beyond the data items of the protocol."""
    stored, last = _stored(evidence), _last_in(evidence)
    if stored is None:
        return NOT_READ
    if last is None:
        return Finding.untold("nobody came in, so nobody need be kept")
    beyond = [name for name in sorted(last.released) if name not in LISTED | MECHANICS]
    if not beyond:
        return Finding.untold("nothing beyond the list was delivered")
    known = _texts(last.released, LISTED | MECHANICS)
    for name in beyond:
        if (_texts(last.released, [name]) - known) & stored.values:
            return Finding.broken(f"the claim {name} is kept, which the protocol does not list")
    return Finding.kept()


@check(needs=("store",))
def kept_until_its_time(evidence: Evidence) -> Finding:
    """A purge before three years are over since the last sign-in leaves the account where it is."""
    stored = _stored(evidence, NEARLY)
    if stored is None:
        return NOT_READ
    if _last_in(evidence) is None:
        return Finding.untold("nobody came in, so nobody need be kept")
    if stored.records:
        return Finding.kept()
    return Finding.broken("the account was deleted before three years were over since the last sign-in")


@check(needs=("store",))
def gone_after_its_time(evidence: Evidence) -> Finding:
    """A purge after three years leaves nothing of the account."""
    before, stored = _stored(evidence, NEARLY), _stored(evidence, OVER)
    if stored is None:
        return NOT_READ
    if before is not None and not before.records:
        return Finding.untold("there was no account any more when three years were over")
    if _last_in(evidence) is None:
        return Finding.untold("nobody came in, so nobody need be kept")
    if stored.records:
        return Finding.broken(f"{len(stored.records)} records still tell of the pupil, over three years later")
    return Finding.kept()


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
    """No entry of the privacy log holds a name, an e-mail address or a token."""
    log = _entries(evidence)
    if log is None:
        return NOT_READ
    if not log.records:
        return Finding.untold("no entry tells of anybody who signed in")
    personal = {text for visit in evidence.visits for text in _texts(visit.released, PERSONAL)}
    for value in sorted(log.values):
        if value.startswith("eyJ"):
            return Finding.broken("an entry of the privacy log holds a token")
        if any(text in value for text in personal):
            return Finding.broken("an entry of the privacy log holds a name or an e-mail address")
    return Finding.kept()
