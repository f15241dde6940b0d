"""Finding anybody on the sign-in page: what is found, as cards to press."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mock_idp.domain.population import Query
from mock_idp.provider.finding import finder_on
from mock_idp.web.current import current_provider
from mock_idp.web.sign_in.shown import Card, person_card, persona_card

if TYPE_CHECKING:
    from datetime import date

    from mock_idp.domain.finding import Hit
    from mock_idp.provider.sign_in import Interaction
    from mock_idp.web.sign_in.asking import Asked

MOST: Final = 25


@dataclass(frozen=True, kw_only=True)
class Found:
    """Who was found, and whether there are more."""

    cards: tuple[Card, ...] = ()
    is_more: bool = False


def found(asked: Asked, interaction: Interaction) -> Found:
    """Return who is meant: everything that was asked must hold for each."""
    if not asked.can_search:
        return Found()
    provider = current_provider()
    day = provider.calendar(provider.stages.get(interaction.stage_id))
    query = Query(text=asked.text, situation=asked.situation, school=asked.number)
    hits = finder_on(provider.people, interaction.stage_id, day).search(query, MOST)
    return Found(cards=tuple(_card(each, day) for each in hits.found), is_more=hits.is_more)


def _card(hit: Hit, day: date) -> Card:
    """Return a persona as such, unless they are changed on the stage: then as the person they are now."""
    if hit.persona and hit.persona.person is hit.person:
        return persona_card(hit.persona)
    return person_card(hit.person, day, hit.situations)
