"""One issuer: its keys, clients, codes, tokens and sessions, and the server that answers for it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mock_idp.domain.clock import StagedClock, running_ahead
from mock_idp.domain.randomness import fresh_secret
from mock_idp.faults import Delivery, Seam
from mock_idp.protocol.conduct import MAIN
from mock_idp.protocol.discovery import discovery_document
from mock_idp.protocol.keys import KeyRing
from mock_idp.protocol.neighbour import Neighbour, alone
from mock_idp.protocol.server import AcmServer, Surroundings
from mock_idp.provider.sign_in import SignIns
from mock_idp.provider.staged_seams import CURRENT, StagedSeams
from mock_idp.state.clients import Clients
from mock_idp.state.stages import DEFAULT_STAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mock_idp.domain.clients import Client
    from mock_idp.domain.clock import Clock
    from mock_idp.journal import Entry, Journal
    from mock_idp.protocol.answer import Answer
    from mock_idp.protocol.claims_source import ClaimsSource
    from mock_idp.protocol.conduct import Conduct
    from mock_idp.protocol.neighbour import FindNeighbour
    from mock_idp.provider.traps import Traps
    from mock_idp.settings import Policy
    from mock_idp.state.stages import Stages
    from mock_idp.state.store import Store


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What every issuer of a mock stands on. `source_of`: who tells about people, through the seams of an issuer.

    `traps`: where they lie. `neighbour_of`: who finds the other issuer for the one of a name.
    """

    traps: Traps
    clock: Clock
    stages: Stages
    journal: Journal
    source_of: Callable[[StagedSeams, Conduct], ClaimsSource]
    neighbour_of: Callable[[str], FindNeighbour] = lambda _name: alone


class Issuer:
    """An issuer and everything that is its own."""

    def __init__(self, conduct: Conduct, store: Store, clients: tuple[Client, ...], ground: Ground) -> None:
        self.conduct = conduct
        self.keys = KeyRing(conduct, ground.clock)
        self.clients = Clients(store, clients)
        self.seams = StagedSeams(ground.stages, conduct, ground.traps, ground.neighbour_of(conduct.name))
        clock = StagedClock(ground.clock)
        self.sign_ins = SignIns(conduct, store, clock)
        self._stages = ground.stages
        self._journal = ground.journal
        self.server = AcmServer(
            Surroundings(
                conduct=conduct,
                store=store,
                clock=clock,
                clients=self.clients,
                keys=self.keys,
                seams=self.seams,
                source=ground.source_of(self.seams, conduct),
            )
        )

    @property
    def name(self) -> str:
        """The name by which the control API knows it: `op`, or that of a sibling."""
        return self.conduct.name

    @property
    def identifier(self) -> str:
        """The issuer identifier, without trailing slash."""
        return self.conduct.identifier

    @property
    def policy(self) -> Policy:
        """How it behaves now."""
        return self.conduct.policy

    @property
    def is_main(self) -> bool:
        """Whether this is the issuer that is always there."""
        return self.name == MAIN

    @cached_property
    def path(self) -> str:
        """The path under which its endpoints live: `/op`, `/i/evil/op`."""
        return urlsplit(self.identifier).path

    @property
    def is_https(self) -> bool:
        """Whether browsers reach it over HTTPS, so that cookies can be marked so."""
        return self.identifier.startswith("https:")

    def discovery(self) -> dict[str, Any]:
        """Return the honest discovery document."""
        return discovery_document(self.conduct)

    def as_neighbour(self) -> Neighbour:
        """Return what faults know of this issuer that mix it up with another."""
        return Neighbour(
            identifier=self.identifier,
            authorization_endpoint=self.discovery()["authorization_endpoint"],
            signing=self.keys.active,
            clients=self.clients.list(),
            is_main=self.is_main,
        )

    def stage_bending(self, seam: Seam) -> str:
        """Return the stage that bends what has no stage on the wire; the default one when none does."""
        arming = (stage.id for stage in self._stages.arming(seam) if (stage.issuer or MAIN) == self.name)
        return next(arming, DEFAULT_STAGE)

    def delivery(self, endpoint: str, answer: Answer, stage_id: str) -> Delivery:
        """Return how an answer of this endpoint is handed over."""
        honest = Delivery(endpoint=endpoint, answer=answer)
        delivery: Delivery = self.seams.bend(Seam.TRANSPORT, honest, stage_id=stage_id)
        return delivery

    @contextmanager
    def exchange(self, endpoint: str, method: str, stage_id: str, flow: str | None = None) -> Iterator[Entry]:
        """Begin an exchange in the journal; what fires is written to it, and the stage's clock holds."""
        entry = self._journal.begin(endpoint, method, stage_id)
        entry.flow = flow
        entry.issuer = self.name
        before = CURRENT.set(entry)
        try:
            with running_ahead(self._stages.get(stage_id).clock_ahead_s):
                yield entry
        finally:
            CURRENT.reset(before)


def fresh_flow() -> str:
    """Return an id for the exchanges of a sign-in that begins."""
    return fresh_secret()[:16]
