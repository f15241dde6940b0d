"""The port through which the protocol asks what may be told about a person; the provider floor supplies it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection

    from mock_idp.domain.clients import Client
    from mock_idp.protocol.code import Release


class ClaimsSource(Protocol):
    """Asked at every sign-in, so that what is released is true now."""

    def release(self, person: str, client: Client, scopes: Collection[str], stage_id: str) -> Release | None:
        """Return what this client may know about a person; None when the person is unknown."""
        ...
