"""An enquiry as it travels over HTTP: a query. What ACM makes of the answer, and of silence, does not travel."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from mock_idp.domain.datastore import Enquiry
from mock_idp.domain.leerid.rules import Rotation, Rules

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST: Final = date(1900, 1, 1)
LAST: Final = date(2999, 12, 31)
TRUTH: Final = {"true": True, "false": False}


def _truth(value: object) -> object:
    """A query knows only text."""
    return TRUTH.get(value, value) if isinstance(value, str) else value


Day = Annotated[date, Field(ge=FIRST, le=LAST)]
Truth = Annotated[bool, BeforeValidator(_truth)]


class Question(BaseModel):
    """What is asked about an account. Every member may be left out."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")

    day: Day | None = Field(default=None, description="On which day, from 1900 to 2999; today when left out.")
    known_on: Day | None = Field(
        default=None, description="With what was known on this day; the same day when left out."
    )
    sign_in: Annotated[str, Field(max_length=200)] = Field(
        default="", description="Tells sign-ins apart, where a temporary account gets a uuid for each (U10)."
    )
    with_all_enrolments: Truth = Field(default=False, description="Ended and future enrolments as well (U5).")
    keeps_account_uuid: Truth = Field(
        default=False, description="The account keeps its uuid when the pupil is identified (U7)."
    )
    changes_leer_id: Truth = Field(
        default=False, description="A number of the register instead of a BIS number brings a new leer_id_uuid (U9)."
    )
    rotation: Rotation = Field(
        default=Rotation.BY_ITSELF, description="When a temporary account gets a new uuid without a command (U10)."
    )

    def enquiry(self, user_name: str, today: Callable[[], date]) -> Enquiry:
        """Return what is asked about this account."""
        day = self.day or today()
        return Enquiry(
            user_name=user_name,
            day=day,
            known_on=self.known_on or day,
            sign_in=self.sign_in,
            rules=Rules(
                keeps_account_uuid=self.keeps_account_uuid,
                changes_leer_id=self.changes_leer_id,
                rotation=self.rotation,
            ),
            with_all_enrolments=self.with_all_enrolments,
        )


def query_of(enquiry: Enquiry) -> dict[str, str]:
    """Return the query that asks the same as an enquiry about its account; what goes without saying is left out."""
    rules = enquiry.rules
    question = Question(
        day=enquiry.day,
        known_on=enquiry.known_on,
        sign_in=enquiry.sign_in,
        with_all_enrolments=enquiry.with_all_enrolments,
        keeps_account_uuid=rules.keeps_account_uuid,
        changes_leer_id=rules.changes_leer_id,
        rotation=rules.rotation,
    )
    told = question.model_dump(mode="json", exclude_defaults=True)
    return {name: "true" if value is True else str(value) for name, value in told.items()}
