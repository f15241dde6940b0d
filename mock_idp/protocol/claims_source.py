"""The port through which the protocol asks what may be told about a person; the provider floor supplies it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection

    from mock_idp.domain.claims import ClaimsProfile, ClaimsProfiles
    from mock_idp.domain.clients import Client
    from mock_idp.domain.identities import Identity
    from mock_idp.protocol.code import Release


class SourceAwayError(RuntimeError):
    """What is asked at every sign-in does not answer. `is_told`: the application gets `temporarily_unavailable`."""

    def __init__(self, message: str, *, is_told: bool = False) -> None:
        super().__init__(message)
        self.is_told = is_told


class NotAdmittedError(RuntimeError):
    """ACM itself refuses this person; the message says why."""


class ClaimsSource(Protocol):
    """Asked at every sign-in, so that what is released is true now."""

    @property
    def profiles(self) -> ClaimsProfiles:
        """The claims profiles that there are."""
        ...

    def profile(self, client: Client, stage_id: str) -> ClaimsProfile:
        """Return the claims profile that holds for a client on a stage."""
        ...

    def identities(self, person: str, client: Client, stage_id: str) -> tuple[Identity, ...]:
        """Return the identities as one of which a person can go on to a client; raises as `release` does."""
        ...

    def release(
        self, person: str, client: Client, scopes: Collection[str], stage_id: str, identity: str | None = None
    ) -> Release | None:
        """Return what this client may know about a person (a user name); None when there is no such person.

        `identity`: the key of the one as which they come.

        Raises `SourceAwayError` and `NotAdmittedError`.
        """
        ...
