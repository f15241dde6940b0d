"""What is told about a person: the datastore on the day of the stage, through the claims profile of the client."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mock_idp.domain.claims import release
from mock_idp.domain.datastore import DatastoreAwayError, Enquiry, InProcessDatastore, StudentFacts, reason_to_refuse
from mock_idp.domain.datastore.enquiry import Reach
from mock_idp.domain.identities import IdentityLevel, identities_of, resolved
from mock_idp.domain.randomness import fresh_id
from mock_idp.faults import Seam
from mock_idp.protocol.claims_source import NotAdmittedError, SourceAwayError
from mock_idp.protocol.code import Release

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import date

    from mock_idp.domain.claims import ClaimsProfile, ClaimsProfiles
    from mock_idp.domain.clients import Client
    from mock_idp.domain.datastore import Datastore, Facts
    from mock_idp.domain.identities import Identity
    from mock_idp.domain.people.person import Person
    from mock_idp.protocol.conduct import Conduct
    from mock_idp.provider.people import People
    from mock_idp.provider.staged_seams import StagedSeams
    from mock_idp.state.stages import Stage, Stages


@dataclass(frozen=True, kw_only=True)
class DatedClaims:
    """The `ClaimsSource` port over people and datastore. `remote`: the datastore to ask, else the one in process."""

    conduct: Conduct
    people: People
    stages: Stages
    seams: StagedSeams
    profiles: ClaimsProfiles
    day: Callable[[Stage], date]
    remote: Datastore | None = None

    def profile(self, client: Client, stage_id: str) -> ClaimsProfile:
        """Return the profile that holds for a client: its own, unless the stage replaces it."""
        return self.profiles[self.stages.get(stage_id).claims_profile or client.claims_profile]

    def identities(self, person: str, client: Client, stage_id: str) -> tuple[Identity, ...]:
        """Return the identities of a person on the day of the stage, as far as the client takes them."""
        stage = self.stages.get(stage_id)
        found = self.people.find(person, stage_id)
        facts = found and (found.citizen or self._asked(found, stage))
        return self._options(facts, client, stage) if facts else ()

    def release(
        self, person: str, client: Client, scopes: Collection[str], stage_id: str, identity: str | None = None
    ) -> Release | None:
        """Return what this client may know about a person on the day of the stage."""
        stage = self.stages.get(stage_id)
        found = self.people.find(person, stage_id)
        facts = found and (found.citizen or self._asked(found, stage))
        if not found or not facts:
            return None
        chosen = self._identity(facts, client, stage, identity)
        claims = release(facts, self.profile(client, stage_id), scopes, chosen)
        return Release(
            claims=self.seams.bend(Seam.CLAIMS, claims, stage_id=stage_id, only=found.circumstances),
            account=facts.account_uuid if isinstance(facts, StudentFacts) else None,
        )

    def _options(self, facts: Facts, client: Client, stage: Stage) -> tuple[Identity, ...]:
        return identities_of(facts, client.identity_level, on=self.day(stage), capacities=client.capacities)

    def _identity(self, facts: Facts, client: Client, stage: Stage, key: str | None) -> Identity | None:
        """Return the identity of a key, the only or first one without a key, none where the client does not ask."""
        if client.identity_level == IdentityLevel.NONE:
            return None
        options = self._options(facts, client, stage)
        found = resolved(options, key) if key or not options else options[0]
        if found is None:
            taken = ", ".join(client.capacities)
            raise NotAdmittedError(f"This person has no identity {key or ''} that the client takes ({taken}).")
        return found

    def _asked(self, person: Person, stage: Stage) -> Facts | None:
        """Ask the datastore, as the stage and the person themselves want it to be met."""
        day = self.day(stage)
        honest = Enquiry(user_name=person.user_name, day=day, known_on=day, sign_in=fresh_id())
        enquiry: Enquiry = self.seams.bend(Seam.DATASTORE, honest, stage_id=stage.id, plus=person.circumstances)
        _must_be_there(enquiry)
        if enquiry.delay_s:
            time.sleep(enquiry.delay_s)
        try:
            facts = self._told(person, stage, enquiry)
        except DatastoreAwayError as error:
            raise SourceAwayError(str(error)) from error
        if facts is not None and (reason := reason_to_refuse(facts, enquiry)):
            raise NotAdmittedError(reason)
        return facts

    def _told(self, person: Person, stage: Stage, enquiry: Enquiry) -> StudentFacts | None:
        """Return what the datastore says. Another process knows nobody who was made on a stage, and no casts."""
        if self.remote is None or self.people.made.get(stage.id, person.user_name):
            return InProcessDatastore(self.people.on(stage.id)).facts(enquiry)
        facts, cast = self.remote.facts(enquiry), self.people.casting.cast(person, stage.id)
        return cast.facts(facts) if facts and cast else facts


def _must_be_there(enquiry: Enquiry) -> None:
    if enquiry.reach != Reach.THERE:
        raise SourceAwayError("The datastore does not answer.", is_told=enquiry.reach == Reach.AWAY_AND_TOLD)
