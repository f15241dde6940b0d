"""The port of the datastore."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from mock_idp.domain.datastore.enquiry import Enquiry
    from mock_idp.domain.datastore.facts import StudentFacts


class DatastoreAwayError(RuntimeError):
    """The datastore does not answer; the message says which one, and why."""


class Datastore(Protocol):
    """Asked at every sign-in of a pupil."""

    def facts(self, enquiry: Enquiry) -> StudentFacts | None:
        """Return what is true of an account; None when there is none. Raises `DatastoreAwayError`."""
        ...
