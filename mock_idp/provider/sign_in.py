"""Interactions: the time between an authorization request and its answer, and whether a session answers it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from mock_idp.domain.means import level_of
from mock_idp.domain.randomness import fresh_secret
from mock_idp.protocol.code import SignedIn
from mock_idp.protocol.wire import AcmRequest, Pairs, WireRequest
from mock_idp.provider.sessions import Session, Sessions

if TYPE_CHECKING:
    from mock_idp.domain.clock import Clock
    from mock_idp.protocol.conduct import Conduct
    from mock_idp.protocol.means import Demand
    from mock_idp.state.store import Store

INTERACTION: Final = "interaction"
ASKING_AGAIN: Final = frozenset({"login", "select_account"})


@dataclass(frozen=True, kw_only=True)
class Interaction:
    """An authorization request that waits for somebody to sign in, or with a session to choose as whom they go on."""

    id: str
    stage_id: str
    parameters: Pairs
    flow: str | None = None
    session_id: str | None = None

    @cached_property
    def wire(self) -> WireRequest:
        """The authorization request as it came in."""
        return WireRequest(parameters=self.parameters, stage_id=self.stage_id, flow=self.flow)

    @cached_property
    def asked(self) -> AcmRequest:
        """The authorization request as the server answers it, and what is learnt on the way."""
        return AcmRequest(self.wire)


class SignIns:
    """Keeps interactions, and asks the sessions."""

    def __init__(self, conduct: Conduct, store: Store, clock: Clock) -> None:
        self._conduct = conduct
        self._store = store
        self._clock = clock
        self.sessions = Sessions(conduct, store)

    def begin(self, wire: WireRequest, session: Session | None = None) -> Interaction:
        """Put a request aside until somebody has signed in, or has chosen as whom they go on."""
        interaction = Interaction(
            id=fresh_secret(),
            stage_id=wire.stage_id,
            parameters=wire.parameters,
            flow=wire.flow,
            session_id=session.id if session else None,
        )
        self._keep(interaction)
        return interaction

    def find(self, interaction_id: str) -> Interaction | None:
        """Return the interaction, or None when it is unknown, answered, or too old."""
        record = self._store.get(INTERACTION, interaction_id)
        if record is None:
            return None
        pairs = tuple((name, value) for name, value in record["parameters"])
        return Interaction(**{**record, "id": interaction_id, "parameters": pairs})

    def end(self, interaction: Interaction) -> bool:
        """End an interaction; return whether this was the first time, for it is answered only once."""
        return self._store.take(INTERACTION, interaction.id) is not None

    def session_of(self, interaction: Interaction, session_id: str | None) -> Session | None:
        """Return the session of somebody who is choosing, as long as it lasts, and in its own browser only."""
        if interaction.session_id is None or interaction.session_id != session_id:
            return None
        return self.sessions.find(session_id, interaction.stage_id)

    def reopen(self, interaction: Interaction) -> None:
        """Let an interaction be answered after all: what was tried came to nothing."""
        self._keep(interaction)

    def now(self, person: str, acr: str) -> SignedIn:
        """Return that a person (a user name) signs in at this moment by a means; nothing is kept yet."""
        return SignedIn(person=person, auth_time=int(self._clock.now().timestamp()), acr=acr)

    def visitor(self, session_id: str | None, wire: WireRequest) -> Session | None:
        """Return the session of a browser on this stage, unless the request asks to sign in again."""
        session = self.sessions.find(session_id, wire.stage_id)
        if session is None or self._must_ask_again(dict(wire.parameters), session.signed_in):
            return None
        return session

    def is_strong_enough(self, session: Session, demand: Demand) -> bool:
        """Return whether the means of a session is of a level at which the request lets somebody in."""
        policy = self._conduct.policy
        return level_of(session.signed_in.acr, policy.leerid_acr) >= demand.lowest_level(policy)

    def _keep(self, interaction: Interaction) -> None:
        record = {
            "stage_id": interaction.stage_id,
            "parameters": [list(pair) for pair in interaction.parameters],
            "flow": interaction.flow,
            "session_id": interaction.session_id,
        }
        self._store.put(INTERACTION, interaction.id, record, ttl_s=self._conduct.policy.interaction_ttl_s)

    def _must_ask_again(self, parameters: dict[str, str], signed_in: SignedIn) -> bool:
        max_age = parameters.get("max_age") or None
        age_s = self._clock.now().timestamp() - signed_in.auth_time
        too_old = max_age is not None and (int(max_age) == 0 or age_s > int(max_age))  # 0: as prompt=login
        return too_old or bool(ASKING_AGAIN & set(parameters.get("prompt", "").split()))
