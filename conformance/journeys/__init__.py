"""Journeys: what people do, as short registered functions. One file per topic; importing it here registers it."""

from conformance.journeys import (  # noqa: F401  importing registers them
    books,
    classroom,
    elsewhere,
    issuers,
    keys,
    late,
    led,
    looking,
    purging,
    refreshing,
    responses,
    searching,
    signing_in,
    signing_out,
    trouble,
)
from conformance.journeys.registry import Journey, journeys
from conformance.journeys.trip import Bench, Trip

__all__ = ["Bench", "Journey", "Trip", "journeys"]
