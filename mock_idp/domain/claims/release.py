"""The release: what leaves about a person, and nothing beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mock_idp.domain.claims.fields import Shape, values_of
from mock_idp.domain.claims.profile import Subject
from mock_idp.domain.datastore.facts import StudentFacts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from mock_idp.domain.claims.profile import ClaimsProfile
    from mock_idp.domain.claims.table import Claim
    from mock_idp.domain.datastore.facts import Facts
    from mock_idp.domain.identities import Identity


def release(
    facts: Facts, profile: ClaimsProfile, scopes: Collection[str], identity: Identity | None = None
) -> dict[str, Any]:
    """Return the claims about a person that this profile lets out for these scopes, by their names on the wire.

    `identity`: as whom the person comes, where they choose.
    """
    values = values_of(facts) | (identity.told if identity else {})
    if profile.subject == Subject.OMIT and isinstance(facts, StudentFacts):
        del values["subject"]
    rows = (row for row in profile.rows if row.scope in scopes and row.field in values)
    written = {row.wire: _written(row, values[row.field], profile) for row in rows}
    return {wire: value for wire, value in written.items() if value is not None}


def _written(row: Claim, value: Any, profile: ClaimsProfile) -> Any:
    shown = WRITERS[row.shape](value)
    members = profile.members.get(row.wire)
    if members is None:
        return shown
    return [{name: each[name] for name in each if name in members} for each in shown]


def _as_list(value: Any) -> list[Any]:
    if value is None or value == "":
        return []
    return [value] if isinstance(value, str) else list(value)


WRITERS: Final[dict[Shape, Callable[[Any], Any]]] = {
    Shape.SCALAR: lambda value: value or None,
    Shape.LIST: _as_list,
    Shape.RECORDS: lambda value: value,
}
