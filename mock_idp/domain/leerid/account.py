"""Accounts of one life: how moments open, replace, merge and block them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from mock_idp.domain.leerid.moments import (
    AccountBlocked,
    AccountHandedOut,
    AccountsMerged,
    AccountUnblocked,
    AccountWithheld,
    OfAccount,
    PasswordChanged,
    PasswordExpired,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mock_idp.domain.discimus.life import Identities


class AccountState(StrEnum):
    """What comes of signing in with an account."""

    ACTIVE = "active"
    BLOCKED = "blocked"
    PASSWORD_EXPIRED = "password-expired"  # noqa: S105  a state, not a password
    WITHHELD = "withheld"


STATE_AFTER: Final[Mapping[type[OfAccount], AccountState]] = {
    AccountBlocked: AccountState.BLOCKED,
    AccountUnblocked: AccountState.ACTIVE,
    PasswordExpired: AccountState.PASSWORD_EXPIRED,
    PasswordChanged: AccountState.ACTIVE,
    AccountWithheld: AccountState.WITHHELD,
    AccountHandedOut: AccountState.ACTIVE,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """An account on a day. `replaced`: how often its uuid changed; `merged_into`: the label of another account."""

    label: str
    uuid: str
    replaced: int = 0
    state: AccountState = AccountState.ACTIVE
    merged_into: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Accounts:
    """All accounts of a life, and every uuid that ever stood for the pupil, in the order of use."""

    identities: Identities
    by_label: Mapping[str, Account]
    used: tuple[str, ...] = ()

    def opened(self, label: str) -> Accounts:
        """Return them with one more account; one that is there already stays as it is."""
        if label in self.by_label:
            return self
        return self._with(Account(label=label, uuid=self.identities.account_uuid(label, 0)))

    def replaced(self, label: str) -> Accounts:
        """Return them with a new uuid for one account."""
        account = self.by_label.get(label)
        number = account.replaced + 1 if account else 0
        return self._changed(label, uuid=self.identities.account_uuid(label, number), replaced=number)

    def all_replaced(self) -> Accounts:
        """Return them with a new uuid for every account that is still in use by itself."""
        accounts = self
        for label in [label for label, account in self.by_label.items() if account.merged_into is None]:
            accounts = accounts.replaced(label)
        return accounts

    def merged(self, moment: AccountsMerged, label: str) -> Accounts:
        """Return them with one account gone up in another."""
        return self._changed(label, merged_into=moment.into)

    def in_state(self, label: str, state: AccountState) -> Accounts:
        """Return them with one account in another state."""
        return self._changed(label, state=state)

    def opened_by(self, label: str) -> Account | None:
        """Return the account that a user name of this label opens; None while there is none."""
        account = self.by_label.get(label)
        for _ in self.by_label:  # a merge may lead to another one, but never for ever
            if account is None or account.merged_into is None:
                break
            account = self.by_label.get(account.merged_into)
        return account

    def _changed(self, label: str, **changes: Any) -> Accounts:
        """Return them with one account otherwise; nothing happens to an account that is not there (yet)."""
        account = self.by_label.get(label)
        return self._with(replace(account, **changes)) if account else self

    def _with(self, account: Account) -> Accounts:
        used = self.used if account.uuid in self.used else (*self.used, account.uuid)
        return replace(self, by_label={**self.by_label, account.label: account}, used=used)
