"""What a run saw: frozen values, no I/O and no judgement. Checks read them, the judge concludes from them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

PLANTED: Final = "planted-by-another-site"
"""What another site puts into the address at which a sign-in starts."""


BEFORE, NEARLY, OVER, AFTERWARDS = "before", "nearly three years later", "over three years later", "afterwards"
"""When a book of the application was read."""
OTHERS, REPORT = "what another pupil opens", "where wrong data can be reported"
"""Pages that were searched."""


AFTER_REFRESH: Final = "access token over, time"
"""How the looks are called that follow on a refresh; a number is put behind."""


KEYS: Final = ("ov_account_uuid", "ov_leerid_uuid", "ov_historiek_account_uuid")
"""The claims by which a pupil is recognised."""


def scalars(value: JsonValue) -> tuple[str, ...]:
    """Every text, number and truth value in a JSON value, however deep, as text; a number has no zeros in front."""
    if isinstance(value, dict):
        return tuple(text for each in value.values() for text in scalars(each))
    if isinstance(value, list):
        return tuple(text for each in value for text in scalars(each))
    return () if value is None else (str(value),)


class Value(BaseModel):
    """A frozen record."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Outcome(StrEnum):
    """What the application did with a visitor."""

    SIGNED_IN = "signed-in"
    REFUSED = "refused"
    CRASHED = "crashed"
    STALLED = "stalled"


class Step(StrEnum):
    """How far a sign-in came, in the order of the protocol."""

    NONE = "none"
    AUTHORIZATION = "authorization"
    AUTHORIZATION_RESPONSE = "authorization-response"
    TOKEN = "token"  # noqa: S105  the name of an endpoint
    USERINFO = "userinfo"
    SIGNED_IN = "signed-in"

    @property
    def rank(self) -> int:
        """Position in the order of the protocol; compare steps by this."""
        return list(Step).index(self)


DELIVERED_AT: Final[Mapping[str, Step]] = {
    "discovery": Step.NONE,
    "jwks": Step.NONE,
    "datastore": Step.AUTHORIZATION_RESPONSE,
    "authorization": Step.AUTHORIZATION,
    "authorization-response": Step.AUTHORIZATION_RESPONSE,
    "response-mode": Step.AUTHORIZATION_RESPONSE,
    "token-response": Step.TOKEN,
    "transport.discovery": Step.NONE,
    "transport.jwks": Step.NONE,
    "transport.token": Step.TOKEN,
    "transport.userinfo": Step.USERINFO,
    "claims": Step.TOKEN,
    "id-token": Step.TOKEN,
    "signature": Step.TOKEN,
    "userinfo": Step.USERINFO,
    "end-session": Step.SIGNED_IN,
    "logout-token": Step.SIGNED_IN,
    "refresh": Step.SIGNED_IN,
    "refreshed-id-token": Step.SIGNED_IN,
}
"""The step at which the faults of a seam reach the application; those of transport by endpoint."""


def seam_of(fault: str) -> str:
    """The seam of a fault, `id-token` of `id-token.expired`; of transport with the endpoint: `transport.token`."""
    seam, _, name = fault.partition(".")
    return f"{seam}.{name.partition('-')[0]}" if seam == "transport" else seam


def delivered_at(fault: str) -> Step:
    """The step at which a fault reaches the application."""
    return DELIVERED_AT.get(seam_of(fault), Step.TOKEN)


class IdToken(Value):
    """An ID token as the provider sent it: header and claims, without its signature."""

    header: dict[str, JsonValue] = {}
    claims: dict[str, JsonValue] = {}


class Exchange(BaseModel):
    """One request and its answer, from the mock's journal; secrets are hashes that can only be compared."""

    model_config = ConfigDict(frozen=True, extra="ignore")  # a newer mock may tell more

    number: int
    at: str
    stage: str
    endpoint: str
    issuer: str = "op"
    method: str = "GET"
    client_id: str | None = None
    request: dict[str, JsonValue] = {}
    status: int = 200
    response: dict[str, JsonValue] = {}
    fired: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    account: str | None = None
    id_token: IdToken | None = None

    def asked(self, name: str) -> str | None:
        """One request parameter as text, or None when it was not sent."""
        value = self.request.get(name)
        return None if value is None else str(value)


def is_refresh(exchange: Exchange) -> bool:
    """Whether a refresh token was sent, in place of a code."""
    return exchange.asked("grant_type") == "refresh_token"


class Page(Value):
    """A page as the visitor saw it; `status` is that of the main document, `text` the start of what it reads."""

    url: str = ""
    status: int | None = None
    title: str = ""
    text: str = ""


class Cookie(Value):
    """A cookie in the visitor's browser."""

    name: str
    value: str
    domain: str
    path: str = "/"
    http_only: bool = False
    secure: bool = False
    same_site: str | None = None


class Request(Value):
    """A request that left the visitor's browser. `body`: what a script sent; never what a form did."""

    method: str = "GET"
    url: str
    kind: str = "document"
    referer: str = ""
    body: str = ""


class Document(Value):
    """What a site answered to a browser that asked for a page; redirects too, header names in small letters."""

    url: str
    status: int
    headers: dict[str, str] = {}


class Search(Value):
    """A place in which something was looked for, and the names of what was found; never the thing itself.

    `place`: log, page, address, storage, or one of `OTHERS` and `REPORT`. `what`: secrets, or what tells of people.
    `searched`: how much text there was, in characters; 0 as well when there was nothing to look for.
    """

    place: str
    what: Literal["secrets", "people"] = "secrets"
    searched: int
    found: tuple[str, ...] = ()


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
    """A request of the harness's own at the application, outside any page, and where the answer leads."""

    label: str
    status: int
    location: str = ""


class Moment(Value):
    """One thing that happened: when (ISO 8601), who did it (visitor, application, provider, harness), what."""

    at: str
    who: str
    what: str


class Visit(Value):
    """One sign-in, from the first page to the page on which the browser came to rest."""

    persona: str
    stage: str
    expected: str
    armed: tuple[str, ...] = ()
    outcome: Outcome
    reason: str = Field(default="", description="why the outcome was taken for what it is")
    page: Page = Page()
    page_is_declared: bool = Field(default=False, description="the page matches the target's own refusal landmark")
    last_step: Step = Step.NONE
    fired: tuple[str, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    identity: str | None = None
    name: str | None = None
    cookies_before: tuple[Cookie, ...] = ()
    cookies: tuple[Cookie, ...] = ()
    requests: tuple[Request, ...] = ()
    documents: tuple[Document, ...] = ()
    stored: dict[str, str] = Field(default={}, description="local and session storage of the application's page")

    def at(self, endpoint: str) -> tuple[Exchange, ...]:
        """The exchanges at one endpoint of the provider, in order."""
        return tuple(exchange for exchange in self.exchanges if exchange.endpoint == endpoint)

    @property
    def claims(self) -> dict[str, JsonValue]:
        """The claims of the last ID token that was sent in this visit; empty without any."""
        tokens = [exchange.id_token for exchange in self.exchanges if exchange.id_token]
        return tokens[-1].claims if tokens else {}

    @property
    def released(self) -> dict[str, JsonValue]:
        """The claims of ID token and userinfo together; the ID token's count where they differ."""
        answers = [exchange.response for exchange in self.at("userinfo")]
        return {**(answers[-1] if answers else {}), **self.claims}

    @property
    def keys(self) -> frozenset[str]:
        """The uuids that were delivered of this person, former accounts too."""
        return frozenset(value for name in KEYS for value in scalars(self.released.get(name)) if value)


class Glance(Value):
    """A look at a page of the application without signing in, such as after sign-out or with an old cookie."""

    label: str
    page: Page = Page()
    signed_in: bool
    outcome: Outcome | None = Field(default=None, description="None: the page shows no landmark, which is fine here")


class Surroundings(Value):
    """What the harness knows beforehand: sites, registration and the honest sign-in it calibrated with."""

    application_origins: tuple[str, ...] = ()
    provider_origin: str = ""
    issuer: str = ""
    client: dict[str, JsonValue] = {}
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
