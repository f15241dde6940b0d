"""A student as LeerID holds it on a day: made from the register and from the moments of LeerID."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import reduce, singledispatch
from typing import TYPE_CHECKING, Final

from mock_idp.domain.discimus.moments import Identified, Moved, NumberLost, NumberReplaced, Status
from mock_idp.domain.discimus.register import record_of
from mock_idp.domain.insz import Number
from mock_idp.domain.leerid.account import STATE_AFTER, Account, Accounts
from mock_idp.domain.leerid.moments import (
    AccountOpened,
    AccountReplaced,
    AccountsMerged,
    EmailRemoved,
    EmailSet,
    OfAccount,
)
from mock_idp.domain.leerid.rules import Rotation, Rules
from mock_idp.domain.randomness import derived_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_idp.domain.discimus.life import Birth, Life, Moment
    from mock_idp.domain.discimus.register import PupilRecord, Registration

FIRST_OF_SEPTEMBER: Final = (9, 1)
USUAL: Final = Rules()


@dataclass(frozen=True, kw_only=True, slots=True)
class Enrolment:
    """An enrolment as LeerID holds it. The first five are communicated (article 3); name and dates are not."""

    administratieve_groep_code: str
    administratieve_groep_omschrijving: str
    hoofdstructuur: str
    instellingsnummer: str
    stamnummer: str
    school_name: str
    starts_on: date
    ends_on: date | None = None

    def holds_on(self, day: date) -> bool:
        """Return whether the pupil is enrolled on that day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, kw_only=True, slots=True)
class Student:
    """A student on a day. `history`: every old uuid from before identification; `leer_id_uuid` None: not identified."""

    given_name: str | None
    family_name: str
    birth: Birth
    email: str | None
    leer_id_uuid: str | None
    history: tuple[str, ...]
    accounts: Accounts
    enrolments: tuple[Enrolment, ...]

    def account(self, label: str) -> Account | None:
        """Return the account that a user name of this label opens."""
        return self.accounts.opened_by(label)

    def history_of(self, account: Account) -> tuple[str, ...]:
        """Return the old uuids as this account is told them: never the one in use."""
        return tuple(uuid for uuid in self.history if uuid != account.uuid)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Platform:
    """What the fold of a life carries from moment to moment."""

    rules: Rules
    first: str
    accounts: Accounts
    number: Number
    email: str | None
    history: tuple[str, ...] = ()
    numbers_replaced: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class _Rotated:
    """Temporary accounts get new uuids."""

    on: date


def student_of(
    life: Life, *, day: date, known_on: date | None = None, rules: Rules | None = None, sign_in: str = ""
) -> Student:
    """Return the student on a day, as known on `known_on`; `sign_in` tells sign-ins apart where uuids do not last."""
    knowing = day if known_on is None else known_on
    record: PupilRecord = life.worked_out((day, knowing), lambda: record_of(life, day=day, known_on=knowing))
    platform = _platform(life, day, knowing, rules or USUAL)
    accounts = _as_signed_in(platform, sign_in) if sign_in else platform.accounts
    return Student(
        given_name=record.given_name,
        family_name=record.family_name,
        birth=life.birth,
        email=platform.email,
        leer_id_uuid=_leer_id(life, platform) if record.is_identified else None,
        history=platform.history if record.is_identified else (),
        accounts=accounts,
        enrolments=_enrolments(record),
    )


def account_of(life: Life, label: str, *, day: date) -> Account | None:
    """Return the account that a user name of this label opens on a day, as `student_of` would have it."""
    return _platform(life, day, day).accounts.opened_by(label)


def _platform(life: Life, day: date, known_on: date, rules: Rules = USUAL) -> _Platform:
    def fold() -> _Platform:
        return reduce(lambda so_far, each: _after(each, so_far), _moments(life, day, known_on), _start(life, rules))

    platform: _Platform = life.worked_out((day, known_on, rules), fold)
    return platform


def _start(life: Life, rules: Rules) -> _Platform:
    first = life.account or life.key
    accounts = Accounts(identities=life.identities, by_label={})
    comes_later = any(isinstance(each, AccountOpened) and each.account in {"", first} for each in life.moments)
    return _Platform(
        rules=rules,
        first=first,
        accounts=accounts if comes_later else accounts.opened(first),
        number=life.number,
        email=life.email,
    )


def _moments(life: Life, day: date, known_on: date) -> Iterator[Moment | _Rotated]:
    """Yield what has come, as LeerID learned of it; on one day as the life lists it, rotations first.

    LeerID acts when it knows: what was late changes nothing of what an account was called before. An account that turns
    out late to be this pupil's was there all the time, under the uuids that it had by then.
    """
    come: list[Moment | _Rotated] = [each for each in life.moments if each.has_come(day, known_on)]
    yield from sorted([*_rotations(life, min(day, known_on)), *come], key=_acted_on)


def _acted_on(moment: Moment | _Rotated) -> date:
    if isinstance(moment, _Rotated | AccountOpened):
        return moment.on
    return max(moment.on, moment.known_from)


def _rotations(life: Life, until: date) -> Iterator[_Rotated]:
    if life.moments and (life.number == Number.NONE or any(isinstance(each, NumberLost) for each in life.moments)):
        begin = min(each.on for each in life.moments)
        years = (date(year, *FIRST_OF_SEPTEMBER) for year in range(begin.year, until.year + 1))
        yield from (_Rotated(on=day) for day in years if begin < day <= until)


@singledispatch
def _after(moment: Moment | _Rotated, platform: _Platform) -> _Platform:
    """Return the platform after a moment; what does not concern LeerID leaves it as it is."""
    if isinstance(moment, OfAccount):
        state = STATE_AFTER[type(moment)]
        return replace(platform, accounts=platform.accounts.in_state(moment.account or platform.first, state))
    return platform


@_after.register
def _(moment: AccountOpened, platform: _Platform) -> _Platform:
    return replace(platform, accounts=platform.accounts.opened(moment.account or platform.first))


@_after.register
def _(moment: AccountReplaced, platform: _Platform) -> _Platform:
    return replace(platform, accounts=platform.accounts.replaced(moment.account or platform.first))


@_after.register
def _(moment: AccountsMerged, platform: _Platform) -> _Platform:
    return replace(platform, accounts=platform.accounts.merged(moment, moment.account or platform.first))


@_after.register
def _(moment: EmailSet, platform: _Platform) -> _Platform:
    return replace(platform, email=moment.email)


@_after.register
def _(moment: EmailRemoved, platform: _Platform) -> _Platform:
    del moment
    return replace(platform, email=None)


@_after.register
def _(moment: Identified, platform: _Platform) -> _Platform:
    """Give the account a new uuid (U7); the old ones become history, which is frozen from now on (U8)."""
    if platform.number != Number.NONE:
        return replace(platform, number=moment.number)
    old = platform.accounts.used
    accounts = platform.accounts if platform.rules.keeps_account_uuid else platform.accounts.all_replaced()
    return replace(platform, number=moment.number, accounts=accounts, history=old)


@_after.register
def _(moment: NumberReplaced, platform: _Platform) -> _Platform:
    return replace(platform, number=moment.number, numbers_replaced=platform.numbers_replaced + 1)


@_after.register
def _(moment: NumberLost, platform: _Platform) -> _Platform:
    del moment
    return replace(platform, number=Number.NONE)


@_after.register(_Rotated)
@_after.register(Moved)
def _(moment: _Rotated | Moved, platform: _Platform) -> _Platform:
    """A new school year or a new school gives a temporary account a new uuid (U10)."""
    del moment
    if platform.number != Number.NONE or platform.rules.rotation != Rotation.BY_ITSELF:
        return platform
    return replace(platform, accounts=platform.accounts.all_replaced())


def _as_signed_in(platform: _Platform, sign_in: str) -> Accounts:
    """Return the accounts with uuids of this sign-in alone, where temporary accounts do not last (U10)."""
    accounts = platform.accounts
    if platform.number != Number.NONE or platform.rules.rotation != Rotation.PER_SIGN_IN:
        return accounts
    fresh = {
        label: replace(account, uuid=derived_id("per sign-in", account.uuid, sign_in))
        for label, account in accounts.by_label.items()
    }
    return replace(accounts, by_label=fresh)


def _leer_id(life: Life, platform: _Platform) -> str:
    return life.identities.leer_id_uuid(platform.numbers_replaced if platform.rules.changes_leer_id else 0)


def _enrolments(record: PupilRecord) -> tuple[Enrolment, ...]:
    return tuple(_enrolment(each) for each in record.registrations if each.status == Status.REALISED)


def _enrolment(registration: Registration) -> Enrolment:
    return Enrolment(
        administratieve_groep_code=registration.group.code,
        administratieve_groep_omschrijving=registration.group.name,
        hoofdstructuur=registration.hoofdstructuur,
        instellingsnummer=registration.school.number,
        stamnummer=registration.stamnummer,
        school_name=registration.school.name,
        starts_on=registration.starts_on,
        ends_on=registration.ends_on,
    )
