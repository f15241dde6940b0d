"""From the written form to people: rows become lives, labels become uuids, days become dates."""

from __future__ import annotations

from dataclasses import dataclass
from functools import singledispatchmethod
from typing import TYPE_CHECKING, Any

from mock_idp.domain import discimus, leerid
from mock_idp.domain.datastore.facts import CitizenFacts, OtherIdentity
from mock_idp.domain.discimus import Moment
from mock_idp.domain.insz import Number
from mock_idp.domain.people import written
from mock_idp.domain.people.credentials import password_of, user_name_of
from mock_idp.domain.people.days import day_of
from mock_idp.domain.people.person import Person
from mock_idp.domain.randomness import derived_id

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from mock_idp.domain.discimus import Group, Life, School

OF_ACCOUNT = {
    "account-opened": leerid.AccountOpened,
    "account-replaced": leerid.AccountReplaced,
    "account-blocked": leerid.AccountBlocked,
    "account-unblocked": leerid.AccountUnblocked,
    "password-expired": leerid.PasswordExpired,
    "password-changed": leerid.PasswordChanged,
    "account-withheld": leerid.AccountWithheld,
    "account-handed-out": leerid.AccountHandedOut,
}
BARE = {"email-removed": leerid.EmailRemoved, "number-lost": discimus.NumberLost}
OF_NUMBER = {"identified": discimus.Identified, "number-replaced": discimus.NumberReplaced}


@dataclass(frozen=True, kw_only=True)
class LabelledIdentities:
    """The `Identities` port for people who are written down: every uuid is derived from a label."""

    leer_id: str

    def account_uuid(self, label: str, number: int) -> str:
        """Return the uuid of an account after so many replacements."""
        return derived_id("account", label, number)

    def leer_id_uuid(self, number: int) -> str:
        """Return the leer_id_uuid after so many replacements."""
        return derived_id("leer id", self.leer_id, number)


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Turns rows that were checked into people. `anchor`: the day at start; `seed`: makes the passwords."""

    anchor: date
    seed: int
    schools: Mapping[str, School]
    groups: Mapping[str, Group]

    def person(self, row: written.PersonRow, key: str, other: Person | None = None) -> Person:
        """Return the person of a row; `other` is the pupil whose second account this is."""
        if other is not None and other.life is not None:
            return self._door(row, key, other.life)
        if row.citizen is not None:
            return self._citizen(row, row.citizen, key)
        return self._door(row, key, self.life(row, key))

    def life(self, row: written.PersonRow, key: str) -> Life:
        """Return the life that a row tells."""
        birth = row.birth or written.BirthRow(day="00", month="00", year="0000")
        return discimus.Life(
            key=key,
            given_name=row.given_name,
            family_name=row.family_name or "",
            birth=discimus.Birth(**birth.model_dump()),
            sex=row.sex,
            number=row.number,
            account=row.account or key,
            email=row.email,
            moments=tuple(self.moment(each) for each in row.life),
            identities=LabelledIdentities(leer_id=row.leer_id or key),
        )

    def _door(self, row: written.PersonRow, key: str, life: Life) -> Person:
        return Person(
            user_name=row.user_name or user_name_of(life.given_name, life.family_name, key),
            password=row.password or password_of(key, self.seed),
            given_name=life.given_name,
            family_name=life.family_name,
            account=row.account or key,
            life=life,
            circumstances=row.circumstances,
        )

    def _citizen(self, row: written.PersonRow, citizen: written.CitizenRow, key: str) -> Person:
        given_name, family_name = row.given_name or "", row.family_name or ""
        return Person(
            user_name=row.user_name or user_name_of(given_name, family_name, key),
            password=row.password or password_of(key, self.seed),
            given_name=given_name,
            family_name=family_name,
            citizen=CitizenFacts(
                subject=citizen.subject,
                given_name=given_name,
                family_name=family_name,
                vo=citizen.vo,
                roles=citizen.roles,
                others=tuple(OtherIdentity(vo=each.vo, roles=each.roles) for each in citizen.other_identities),
                means=citizen.means,
            ),
            circumstances=row.circumstances,
        )

    # Moments ---------------------------------------------------------------------------------------------------------

    @singledispatchmethod
    def moment(self, row: written.MomentRow) -> Moment:
        """Return the moment of a row."""
        raise TypeError(f"No moment is made of {type(row).__name__}.")

    @moment.register
    def _(self, row: written.EnrolledRow) -> Moment:
        group = self.groups[row.group]
        return discimus.Enrolled(
            school=self.schools[row.school],
            stamnummer=row.stamnummer,
            group=group,
            hoofdstructuur=row.hoofdstructuur or group.hoofdstructuur,
            status=row.status,
            free=row.free,
            **self._days(row),
        )

    @moment.register
    def _(self, row: written.MovedRow) -> Moment:
        group = self.groups[row.group]
        enrolled = discimus.Enrolled(
            school=self.schools[row.to],
            stamnummer=row.stamnummer,
            group=group,
            hoofdstructuur=row.hoofdstructuur or group.hoofdstructuur,
            **self._days(row),
        )
        leaving = self.schools[row.leaving] if row.leaving else None
        return discimus.Moved(to=enrolled, leaving=leaving, **self._days(row))

    @moment.register
    def _(self, row: written.LeftRow) -> Moment:
        return discimus.Left(school=self.schools[row.school] if row.school else None, **self._days(row))

    @moment.register
    def _(self, row: written.CancelledRow) -> Moment:
        return discimus.Cancelled(school=self.schools[row.school], **self._days(row))

    @moment.register
    def _(self, row: written.AgreementEndedRow) -> Moment:
        return discimus.AgreementEnded(school=self.schools[row.school], **self._days(row))

    @moment.register
    def _(self, row: written.RegroupedRow) -> Moment:
        group = self.groups[row.group]
        return discimus.Regrouped(
            school=self.schools[row.school],
            group=group,
            hoofdstructuur=row.hoofdstructuur or group.hoofdstructuur,
            **self._days(row),
        )

    @moment.register
    def _(self, row: written.SchoolRenumberedRow) -> Moment:
        return discimus.SchoolRenumbered(school=self.schools[row.school], to=self.schools[row.to], **self._days(row))

    @moment.register
    def _(self, row: written.NameCorrectedRow) -> Moment:
        return discimus.NameCorrected(given_name=row.given_name, family_name=row.family_name, **self._days(row))

    @moment.register
    def _(self, row: written.NumberFoundRow) -> Moment:
        return OF_NUMBER[row.is_](number=Number(row.number), **self._days(row))

    @moment.register
    def _(self, row: written.AccountRow) -> Moment:
        return OF_ACCOUNT[row.is_](account=row.account or "", **self._days(row))

    @moment.register
    def _(self, row: written.AccountsMergedRow) -> Moment:
        return leerid.AccountsMerged(account=row.account, into=row.into, **self._days(row))

    @moment.register
    def _(self, row: written.EmailSetRow) -> Moment:
        return leerid.EmailSet(email=row.email, **self._days(row))

    @moment.register
    def _(self, row: written.BareRow) -> Moment:
        return BARE[row.is_](**self._days(row))

    def _days(self, row: written.MomentRow) -> dict[str, Any]:
        days = {"on": day_of(row.on, self.anchor)}
        return days | ({"known_on": day_of(row.known_on, self.anchor)} if row.known_on is not None else {})
