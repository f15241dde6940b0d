"""The personas on whatever day the mock starts: what the datastore answers about each at a visit."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from mock_idp import faults
from mock_idp.domain.datastore import Enquiry, InProcessDatastore, StudentFacts
from mock_idp.domain.people.person import Directories
from mock_idp.domain.people.personas import Personas, read_personas
from mock_idp.faults import Seam

if TYPE_CHECKING:
    from mock_idp.domain.people.personas import Persona

TODAY = date(2026, 11, 23)


@cache
def personas_of(day: date) -> Personas:
    """All personas of a mock that starts on that day."""
    return read_personas(anchor=day)


def persona_of(slug: str, day: date = TODAY) -> Persona:
    """One of them; there is no test about somebody who is not there."""
    found = personas_of(day).get(slug)
    assert found is not None, slug
    return found


def met(slug: str, day: date = TODAY, offset: int = 0, sign_in: str = "once") -> StudentFacts:
    """What the datastore answers about a persona, so many days from the day on which the mock starts."""
    person, visit = persona_of(slug, day).person, day + timedelta(days=offset)
    honest = Enquiry(user_name=person.user_name, day=visit, known_on=visit, sign_in=sign_in)
    enquiry, _ = faults.bend(Seam.DATASTORE, honest, person.circumstances)
    found = InProcessDatastore(Directories([personas_of(day)])).facts(enquiry)
    assert isinstance(found, StudentFacts), slug
    return found
