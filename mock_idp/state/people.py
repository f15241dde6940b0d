"""People made or changed while the mock runs: each belongs to a stage, and no other stage sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from mock_idp.state.store import Store

_KIND: Final = "person"


class StagePeople:
    """Documents of people by stage and user name, as they were written down. Each stage is a kind of its own."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put(self, stage_id: str, user_name: str, document: dict[str, Any]) -> bool:
        """Keep the document of a person; return whether the person is new on the stage."""
        is_new = self._store.add(_kind(stage_id), user_name, document)
        if not is_new:
            self._store.put(_kind(stage_id), user_name, document)
        return is_new

    def get(self, stage_id: str, user_name: str) -> dict[str, Any] | None:
        """Return the document of a person of this stage, or None."""
        return self._store.get(_kind(stage_id), user_name)

    def all(self, stage_id: str) -> dict[str, dict[str, Any]]:
        """Return the documents of a stage by user name, oldest first."""
        return dict(self._store.items(_kind(stage_id)))

    def delete(self, stage_id: str, user_name: str) -> bool:
        """Forget a person; return whether there was one."""
        return self._store.take(_kind(stage_id), user_name) is not None

    def clear(self, stage_id: str) -> None:
        """Forget everybody of a stage."""
        for user_name in self.all(stage_id):
            self.delete(stage_id, user_name)


def _kind(stage_id: str) -> str:
    return f"{_KIND} {stage_id}"
