"""The moments that LeerID adds to a life. `account` is a label; "" is the first account of the life."""

from __future__ import annotations

from dataclasses import dataclass

from mock_idp.domain.discimus.life import Moment


@dataclass(frozen=True, kw_only=True)
class OfAccount(Moment):
    """Something that happens to one account."""

    account: str = ""


@dataclass(frozen=True, kw_only=True)
class AccountOpened(OfAccount):
    """An account is made: the first one, or a further one for the same pupil."""


@dataclass(frozen=True, kw_only=True)
class AccountReplaced(OfAccount):
    """A temporary account gets a new uuid on command; its stability is not guaranteed (article 3)."""


@dataclass(frozen=True, kw_only=True)
class AccountsMerged(OfAccount):
    """The account goes up in another one; its user name opens that one from then on."""

    into: str


@dataclass(frozen=True, kw_only=True)
class EmailSet(Moment):
    """The pupil has this e-mail address from now on."""

    email: str


@dataclass(frozen=True, kw_only=True)
class EmailRemoved(Moment):
    """The pupil has no e-mail address any more."""


@dataclass(frozen=True, kw_only=True)
class AccountBlocked(OfAccount):
    """Nobody can sign in with the account."""


@dataclass(frozen=True, kw_only=True)
class AccountUnblocked(OfAccount):
    """The account can be used again."""


@dataclass(frozen=True, kw_only=True)
class PasswordExpired(OfAccount):
    """The password must be changed before anything else."""


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(OfAccount):
    """The password was changed, and the account can be used."""


@dataclass(frozen=True, kw_only=True)
class AccountWithheld(OfAccount):
    """The school knows the pupil, but nobody has handed out an account yet."""


@dataclass(frozen=True, kw_only=True)
class AccountHandedOut(OfAccount):
    """The pupil was given user name and password."""
