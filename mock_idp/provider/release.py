"""What is told about a person: the datastore on the day of the stage, through the claims profile of the client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_idp.domain.claims import claims_profile, release
from mock_idp.domain.leerid import StudentFacts
from mock_idp.protocol.code import Release

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import date

    from mock_idp.domain.clients import Client
    from mock_idp.domain.datastore import Datastore
    from mock_idp.settings import Settings
    from mock_idp.state.stages import Stage, Stages


class DatedClaims:
    """The `ClaimsSource` port over the datastore."""

    def __init__(
        self, settings: Settings, datastore: Datastore, stages: Stages, calendar: Callable[[Stage], date]
    ) -> None:
        self._settings = settings
        self._datastore = datastore
        self._stages = stages
        self._calendar = calendar

    def release(self, person: str, client: Client, scopes: Collection[str], stage_id: str) -> Release | None:
        """Return what this client may know about a person on the day of the stage."""
        stage = self._stages.get(stage_id)
        facts = self._datastore.facts(person, self._calendar(stage))
        if facts is None:
            return None
        profile = claims_profile(stage.claims_profile or client.claims_profile)
        is_student = isinstance(facts, StudentFacts)
        return Release(
            claims=release(facts, profile, scopes),
            account=facts.account_uuid if isinstance(facts, StudentFacts) else None,
            acr=self._settings.leerid_acr if is_student else self._settings.other_acr,
        )
