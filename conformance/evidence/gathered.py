"""Everything that one scenario left behind, and what a check finds in it."""

from pydantic import Field, JsonValue

from conformance.evidence.browser import Glance
from conformance.evidence.exchange import Exchange
from conformance.evidence.notes import Knock, Moment, Reading, Search
from conformance.evidence.values import Value
from conformance.evidence.visit import Visit


class Surroundings(Value):
    """What the harness knows beforehand: sites, registration and the honest sign-in it calibrated with."""

    application_origins: tuple[str, ...] = ()
    provider_origin: str = ""
    issuer: str = ""
    client: dict[str, JsonValue] = Field(default={})
    baseline: Visit | None = None


class Evidence(Value):
    """Everything one scenario left behind, in order."""

    visits: tuple[Visit, ...] = ()
    glances: tuple[Glance, ...] = ()
    searches: tuple[Search, ...] = ()
    readings: tuple[Reading, ...] = ()
    knocks: tuple[Knock, ...] = ()
    asides: tuple[Exchange, ...] = Field(default=(), description="what the provider was asked outside any sign-in")
    timeline: tuple[Moment, ...] = ()
    surroundings: Surroundings = Surroundings()

    @property
    def last(self) -> Visit | None:
        """The last sign-in, on which the scenario turns."""
        return self.visits[-1] if self.visits else None

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """Every exchange of every visit, each once, in order."""
        found = {exchange.number: exchange for visit in self.visits for exchange in visit.exchanges}
        return tuple(found[number] for number in sorted(found))

    def glance(self, label: str) -> Glance | None:
        """The look with this label, or None when the journey did not take it."""
        return next((glance for glance in self.glances if glance.label == label), None)

    def reading(self, book: str, label: str) -> Reading | None:
        """What a book held at the moment with this label, or None when nobody looked."""
        return next((each for each in self.readings if (each.book, each.label) == (book, label)), None)


class Finding(Value):
    """What a check found: the rule holds, is broken, or (None) cannot be told from this evidence."""

    holds: bool | None
    reason: str = ""

    @classmethod
    def kept(cls, reason: str = "") -> "Finding":
        """The rule holds."""
        return cls(holds=True, reason=reason)

    @classmethod
    def broken(cls, reason: str) -> "Finding":
        """The rule is broken; the reason says by what."""
        return cls(holds=False, reason=reason)

    @classmethod
    def untold(cls, reason: str) -> "Finding":
        """The evidence does not tell; the reason says what is missing."""
        return cls(holds=None, reason=reason)
