"""What the harness found where it looked: searches, the books of the application, requests of its own."""

from typing import Final, Literal

from conformance.evidence.values import Value

CLIENT_ERROR: Final = 400
SERVER_ERROR: Final = 500


class Search(Value):
    """A place in which something was looked for, and the names of what was found; never the thing itself.

    `place`: log, page, address, storage, `OWN`, `OTHERS` or `REPORT`. `what`: secrets, or what tells of people.
    `searched`: how much text there was, in characters; 0 as well when there was nothing to look for. `where`: in which
    page, shown to whom.
    """

    place: str
    what: Literal["secrets", "people"] = "secrets"
    searched: int
    found: tuple[str, ...] = ()
    where: str = ""


class Record(Value):
    """An object in a book of the application: every text, number and truth value in it, however deep, as text."""

    values: tuple[str, ...]


class Reading(Value):
    """What a book of the application held at one moment: what it keeps of people (store), or its privacy log.

    `records`: those that tell of somebody who signs in here, by a key or by the whole name. `total`: of anybody.
    """

    label: str
    book: Literal["store", "privacy-log"]
    total: int
    records: tuple[Record, ...] = ()

    @property
    def values(self) -> frozenset[str]:
        """Everything in these records."""
        return frozenset(value for record in self.records for value in record.values)


class Knock(Value):
    """A request of the harness's own at the application, outside any page, and where the answer leads.

    Where an answer led on to the application itself there is a knock for each request, with the same label.
    """

    label: str
    status: int
    location: str = ""

    @property
    def is_refused(self) -> bool:
        """Whether the application said that it does not do this (4xx)."""
        return SERVER_ERROR > self.status >= CLIENT_ERROR


class Moment(Value):
    """One thing that happened: when (ISO 8601), who did it (visitor, application, provider, harness), what."""

    at: str
    who: str
    what: str
