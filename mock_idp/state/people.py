"""People made while the mock runs: each belongs to a stage, and no other stage sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from mock_idp.state.store import Store

_KIND: Final = "person"


class StagePeople:
    """Documents of people by stage and user name, as they were written down."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put(self, stage_id: str, user_name: str, document: dict[str, Any]) -> bool:
        """Keep the document of a person; return whether the person is new on the stage."""
        is_new = self._store.get(_KIND, _key(stage_id, user_name)) is None
        record = {"stage_id": stage_id, "user_name": user_name, "document": document}
        self._store.put(_KIND, _key(stage_id, user_name), record)
        return is_new

    def get(self, stage_id: str, user_name: str) -> dict[str, Any] | None:
        """Return the document of a person of this stage, or None."""
        record = self._store.get(_KIND, _key(stage_id, user_name))
        return record["document"] if record else None

    def all(self, stage_id: str) -> dict[str, dict[str, Any]]:
        """Return the documents of a stage by user name, oldest first."""
        kept = (record for _, record in self._store.items(_KIND) if record["stage_id"] == stage_id)
        return {record["user_name"]: record["document"] for record in kept}

    def delete(self, stage_id: str, user_name: str) -> bool:
        """Forget a person; return whether there was one."""
        return self._store.take(_KIND, _key(stage_id, user_name)) is not None

    def clear(self, stage_id: str) -> None:
        """Forget everybody of a stage."""
        for user_name in self.all(stage_id):
            self.delete(stage_id, user_name)


def _key(stage_id: str, user_name: str) -> str:
    return f"{stage_id}/{user_name}"
