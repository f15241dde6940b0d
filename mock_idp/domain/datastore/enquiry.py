"""What ACM asks the datastore, and how it is answered: the payload of the seam `datastore`."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from mock_idp.domain.leerid.rules import Rules

if TYPE_CHECKING:
    from datetime import date


class Reach(StrEnum):
    """Whether the datastore answers, and what comes of it when it does not (which is a guess)."""

    THERE = "there"
    AWAY = "away"
    """ACM says so on a page of its own, and the pupil can try again."""
    AWAY_AND_TOLD = "away-and-told"
    """ACM sends the pupil back to the application with the error `temporarily_unavailable`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Enquiry:
    """Who is asked about, on which day, and what was known by then. `delay_s`: how long the answer takes."""

    user_name: str
    day: date
    known_on: date
    sign_in: str = ""
    rules: Rules = field(default_factory=Rules)
    with_all_enrolments: bool = False
    """Ended and future enrolments as well, all with dates (U5)."""
    demands_enrolment: bool = False
    """A pupil without enrolment is not signed in by ACM at all (U6)."""
    delay_s: float = 0.0
    reach: Reach = Reach.THERE
