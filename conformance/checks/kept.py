"""What the application keeps of people, and for how long."""

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
NUMBERS: Final = ("instellingsnummer", "stamnummer", "hoofdstructuur")
"""Members of an enrolment that are texts of digits."""


def texts(released: dict[str, JsonValue], names: Iterable[str]) -> set[str]:
    """Values of these claims that are long enough to tell something."""
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
    gone = {text for visit in evidence.visits for text in texts(visit.released, content)}
    gone -= texts(last.released, content)
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
    known = texts(last.released, LISTED | MECHANICS)
    for name in beyond:
        if (texts(last.released, [name]) - known) & stored.values:
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


@check(needs=("store",))
def former_accounts_dropped(evidence: Evidence) -> Finding:
    """Of former accounts that are told no more, and by which nobody came here, nothing is kept."""
    stored, last = _stored(evidence), _last_in(evidence)
    if stored is None:
        return NOT_READ
    if last is None:
        return Finding.untold("nobody came in, so nobody need be kept")
    told = {uuid for visit in evidence.visits for uuid in scalars(visit.released.get("ov_historiek_account_uuid"))}
    used = {uuid for visit in evidence.visits for uuid in scalars(visit.released.get("ov_account_uuid"))}
    gone = told - used - last.keys
    if not gone:
        return Finding.untold("no former account was told of that is told no more")
    if left := gone & stored.values:
        return Finding.broken(f"{len(left)} of {len(gone)} former accounts are kept, by which nobody came here")
    return Finding.kept()


@check(needs=("purge",))
def purge_asks_nobody(evidence: Evidence) -> Finding:
    """For a purge the application needs nothing that only the provider has."""
    if _stored(evidence, OVER) is None:
        return NOT_READ
    if evidence.asides:
        asked = sorted({each.endpoint for each in evidence.asides})
        return Finding.broken(f"while it purged, the application asked the provider: {', '.join(asked)}")
    return Finding.kept()
