"""Whom ACM itself does not let in, whatever the application would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_idp.domain.leerid.account import AccountState

if TYPE_CHECKING:
    from mock_idp.domain.datastore.enquiry import Enquiry
    from mock_idp.domain.datastore.facts import StudentFacts


def reason_to_refuse(facts: StudentFacts, enquiry: Enquiry) -> str:
    """Return why ACM refuses a pupil, in a sentence, or an empty text. Both reasons are guesses.

    An account may have been blocked since its session began; and a pupil may have to be enrolled on the day (U6).
    """
    if facts.account_state != AccountState.ACTIVE:
        return f"This account cannot be used: {facts.account_state}."
    if enquiry.demands_enrolment and not any(each.holds_on(enquiry.day) for each in facts.enrolments):
        return "This pupil has no enrolment."
    return ""
