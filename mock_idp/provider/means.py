"""By which means somebody can sign in: pupils with LeerID, others as they are written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mock_idp.domain.people.person import Person
    from mock_idp.settings import Policy


def means_of(person: Person, policy: Policy) -> tuple[str, ...]:
    """Return the URNs of what a person can sign in with, what they use most first."""
    if person.citizen is None:
        return (policy.leerid_acr,)
    return person.citizen.means or (policy.other_acr,)
