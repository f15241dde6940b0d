"""The moments of a life in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mock_idp.domain import discimus, leerid
from mock_idp.domain.insz import Number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mock_idp.domain.discimus import Enrolled, Life, Moment, School

KINDS: Final[Mapping[Number, str]] = {
    Number.RRN: "a number of the National Register",
    Number.BIS: "a BIS number",
    Number.NONE: "none: not identified",
}
STATES: Final[Mapping[leerid.AccountState, str]] = {
    leerid.AccountState.ACTIVE: "in use",
    leerid.AccountState.BLOCKED: "blocked",
    leerid.AccountState.PASSWORD_EXPIRED: "password must be changed first",
    leerid.AccountState.WITHHELD: "not handed out yet",
}
BEFORE_IT_COUNTS: Final[Mapping[discimus.Status, str]] = {
    discimus.Status.NOT_REALISED: "; never realised, so it does not count",
    discimus.Status.POSTPONED: "; postponed, so it does not count",
    discimus.Status.PARALLEL: "; a parallel enrolment, so it does not count",
    discimus.Status.CANCELLED: "; cancelled, so it does not count",
}

SAID: Final[Mapping[type[Moment], Callable[[Any], str]]] = {
    discimus.Enrolled: lambda it: f"enrolled at {_enrolment(it)}",
    discimus.Left: lambda it: f"first day without the enrolment at {_school(it.school)}",
    discimus.Cancelled: lambda it: f"the enrolment at {_school(it.school)} is taken back, as if it had never been",
    discimus.AgreementEnded: lambda it: f"the agreement of {_school(it.school)} with applications ends",
    discimus.Moved: lambda it: f"moves from {_school(it.leaving)} to {_enrolment(it.to)}",
    discimus.Regrouped: lambda it: f"goes to group {it.group.name} at {_school(it.school)} ({it.hoofdstructuur})",
    discimus.SchoolRenumbered: lambda it: f"{_school(it.school)} gets the number {it.to.number}: {it.to.name}",
    discimus.NameCorrected: lambda it: f"the official name is corrected: {_name(it)}",
    discimus.Identified: lambda it: f"identified: {KINDS[it.number]} is found",
    discimus.NumberReplaced: lambda it: f"{KINDS[it.number]} takes the place of the other",
    discimus.NumberLost: lambda _: "no longer identified: the match with the national number was wrong",
    leerid.AccountOpened: lambda it: f"{_account(it)} is opened",
    leerid.AccountReplaced: lambda it: f"{_account(it)} gets another uuid",
    leerid.AccountsMerged: lambda it: f"{_account(it)} goes up in account {it.into}",
    leerid.AccountBlocked: lambda it: f"{_account(it)} is blocked",
    leerid.AccountUnblocked: lambda it: f"{_account(it)} can be used again",
    leerid.PasswordExpired: lambda it: f"the password of {_account(it)} must be changed before anything else",
    leerid.PasswordChanged: lambda it: f"the password of {_account(it)} was changed",
    leerid.AccountWithheld: lambda it: f"{_account(it)} is not handed out",
    leerid.AccountHandedOut: lambda it: f"{_account(it)} is handed out",
    leerid.EmailSet: lambda it: f"the e-mail address is {it.email}",
    leerid.EmailRemoved: lambda _: "there is no e-mail address any more",
}
"""What is said of each kind of moment."""


def said(moment: Moment) -> str:
    """Return a moment in words, with the day on which the registers learn of it when that is another one."""
    words = SAID[type(moment)](moment)
    known_on = moment.known_on
    return words if known_on in {None, moment.on} else f"{words} (known from {known_on})"


def beginning(life: Life) -> str:
    """Return what is true before the first moment."""
    return f"{life.email or 'no e-mail address'}; national number: {KINDS[life.number]}"


def _school(school: School | None) -> str:
    return f"{school.number} {school.name}" if school else "every school"


def _enrolment(enrolled: Enrolled) -> str:
    free = ", vrije leerling" if enrolled.free else ""
    doubt = BEFORE_IT_COUNTS.get(enrolled.status, "")
    return (
        f"{_school(enrolled.school)}: stamnummer {enrolled.stamnummer}, group {enrolled.group.code} "
        f"{enrolled.group.name}, hoofdstructuur {enrolled.hoofdstructuur}{free}{doubt}"
    )


def _name(corrected: discimus.NameCorrected) -> str:
    return " ".join(part for part in (corrected.given_name, corrected.family_name) if part)


def _account(moment: leerid.moments.OfAccount) -> str:
    return f"account {moment.account}" if moment.account else "the account"
