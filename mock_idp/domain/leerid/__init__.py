"""LeerID: students, accounts and enrolments, made from DISCIMUS (protocol of 7 March 2023, recital C and article 3).

What belongs here: what LeerID adds to the register (accounts, e-mail, identifiers) and a student as it stands on a day.
Who may know it does not.
"""

from mock_idp.domain.leerid.account import Account, AccountState
from mock_idp.domain.leerid.moments import (
    AccountBlocked,
    AccountHandedOut,
    AccountOpened,
    AccountReplaced,
    AccountsMerged,
    AccountUnblocked,
    AccountWithheld,
    EmailRemoved,
    EmailSet,
    PasswordChanged,
    PasswordExpired,
)
from mock_idp.domain.leerid.rules import Rotation, Rules
from mock_idp.domain.leerid.student import Enrolment, Student, account_of, student_of

__all__ = [
    "Account",
    "AccountBlocked",
    "AccountHandedOut",
    "AccountOpened",
    "AccountReplaced",
    "AccountState",
    "AccountUnblocked",
    "AccountWithheld",
    "AccountsMerged",
    "EmailRemoved",
    "EmailSet",
    "Enrolment",
    "PasswordChanged",
    "PasswordExpired",
    "Rotation",
    "Rules",
    "Student",
    "account_of",
    "student_of",
]
