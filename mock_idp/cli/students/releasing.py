"""What is asked and let out about somebody, as a sign-in on that day would be answered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mock_idp.domain.claims import release
from mock_idp.domain.datastore import Enquiry, InProcessDatastore, reason_to_refuse
from mock_idp.domain.datastore.enquiry import Reach
from mock_idp.domain.people.person import Directories
from mock_idp.domain.randomness import fresh_id
from mock_idp.faults import Seam, bend

if TYPE_CHECKING:
    from datetime import date

    from mock_idp.domain.claims import ClaimsProfiles
    from mock_idp.domain.datastore import StudentFacts
    from mock_idp.domain.people.person import Directory, Person


def asked(person: Person, day: date) -> Enquiry:
    """Return what ACM asks about somebody on a day, as it always is for them."""
    honest = Enquiry(user_name=person.user_name, day=day, known_on=day)
    enquiry: Enquiry = bend(Seam.DATASTORE, honest, person.circumstances)[0]
    return enquiry


def released(person: Person, day: date, directory: Directory, profiles: ClaimsProfiles) -> dict[str, dict[str, Any]]:
    """Return the claims that each profile lets out with all its scopes, by its name.

    Empty where a sign-in does not come so far: the datastore is away, or there is no account that is in use.
    """
    facts = person.citizen or _answered(replace(asked(person, day), sign_in=fresh_id()), directory)
    if facts is None:
        return {}
    told = {name: release(facts, profile, profile.scopes) for name, profile in profiles.items()}
    return {name: bend(Seam.CLAIMS, claims, person.circumstances)[0] for name, claims in told.items()}


def _answered(enquiry: Enquiry, directory: Directory) -> StudentFacts | None:
    if enquiry.reach != Reach.THERE:
        return None
    facts = InProcessDatastore(Directories([directory])).facts(enquiry)
    return None if facts is None or reason_to_refuse(facts, enquiry) else facts
