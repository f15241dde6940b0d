"""The datastore in this process, over everybody that a directory finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from mock_idp.domain.datastore.facts import StudentFacts
from mock_idp.domain.leerid.rules import Rotation
from mock_idp.domain.leerid.student import student_of

if TYPE_CHECKING:
    from mock_idp.domain.datastore.enquiry import Enquiry
    from mock_idp.domain.discimus.life import Life
    from mock_idp.domain.leerid.account import Account
    from mock_idp.domain.leerid.student import Student


class Lives(Protocol):
    """Whose life a user name opens, and the label of the account in it."""

    def life_of(self, user_name: str) -> tuple[Life, str] | None:
        """Return the life and the account's label; None for an unknown user name and for somebody who is no pupil."""
        ...


class InProcessDatastore:
    """The `Datastore` port beside us."""

    def __init__(self, lives: Lives) -> None:
        self._lives = lives

    def facts(self, enquiry: Enquiry) -> StudentFacts | None:
        """Return what is true of the account on the day of the enquiry."""
        found = self._lives.life_of(enquiry.user_name)
        if found is None:
            return None
        life, label = found
        if enquiry.rules.rotation == Rotation.PER_SIGN_IN:  # then no two enquiries are answered alike
            return _told(life, label, enquiry)
        asked = (label, enquiry.day, enquiry.known_on, enquiry.rules, enquiry.with_all_enrolments)
        facts: StudentFacts | None = life.worked_out(asked, lambda: _told(life, label, enquiry))
        return facts


def _told(life: Life, label: str, enquiry: Enquiry) -> StudentFacts | None:
    student = student_of(life, day=enquiry.day, known_on=enquiry.known_on, rules=enquiry.rules, sign_in=enquiry.sign_in)
    account = student.account(label)
    return _facts(student, account, enquiry) if account else None


def _facts(student: Student, account: Account, enquiry: Enquiry) -> StudentFacts:
    current = tuple(each for each in student.enrolments if each.holds_on(enquiry.day))
    others = tuple(each for each in student.enrolments if each not in current) if enquiry.with_all_enrolments else ()
    return StudentFacts(
        account_uuid=account.uuid,
        leer_id_uuid=student.leer_id_uuid,
        history=student.history_of(account),
        given_name=student.given_name,
        family_name=student.family_name,
        birth_day=student.birth.day,
        birth_month=student.birth.month,
        birth_year=student.birth.year,
        email=student.email,
        enrolments=current + others,
        is_dated=enquiry.with_all_enrolments,
        account_state=account.state,
    )
