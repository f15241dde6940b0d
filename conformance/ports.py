"""What the harness needs of the outside world: browser, mock, application, clock. Adapters fill it in; tests do too."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, JsonValue

from conformance.evidence import Cookie, Document, Exchange, Page, Request
from conformance.target import Landmark


class Answer(BaseModel):
    """A frozen record from the mock; members that a newer mock adds are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class About(Answer):
    """What the mock says it is."""

    product: str
    version: str
    api: str
    issuer: str
    seed: int | None = None


class Fault(Answer):
    """Something the mock can do wrong (fault) or unusually (circumstance)."""

    id: str
    seam: str
    kind: Literal["fault", "circumstance"]
    sentence: str
    requirements: tuple[str, ...] = ()


class Persona(Answer):
    """A synthetic person of the mock, with what they type at sign-in."""

    slug: str
    title: str = ""
    proves: str = ""
    user_name: str
    password: str
    given_name: str | None = None
    family_name: str | None = None


class StageCookie(Answer):
    """The cookie by which a browser says on which stage it is."""

    name: str
    value: str


class Stage(Answer):
    """A situation that was opened at the mock."""

    id: str
    cookie: StageCookie


KeyAction = Literal["rotate", "retire", "replace"]
"""Sign with a new key; withdraw the oldest that does not sign; sign with a new key under the old name."""


class Control(Protocol):
    """The mock, driven through its control API."""

    async def about(self) -> About:
        """Say what the mock is."""

    async def faults(self) -> Mapping[str, Fault]:
        """Everything the mock can do wrong or unusually, by id."""

    async def personas(self) -> Mapping[str, Persona]:
        """Everybody who can sign in, by slug."""

    async def open_stage(self, situation: Mapping[str, Any]) -> Stage:
        """Open a stage with the members of the control API."""

    async def close_stage(self, stage_id: str) -> None:
        """Close a stage; one that is gone already is no problem."""

    async def journal(self, *, stage: str | None = None, since: int = 0) -> tuple[Exchange, ...]:
        """What happened, in order; on one stage or on all."""

    async def register(self, client: Mapping[str, Any], *, issuer: str | None = None) -> None:
        """Register the application, or change its registration; at a sibling, or at the main issuer."""

    async def log_out(self, stage_id: str, about: Mapping[str, Any]) -> None:
        """Let the mock send a logout token to the application: `client_id`, `sub`, `sid`."""

    async def open_issuer(self, name: str) -> None:
        """Open a sibling of the main issuer, with keys and clients of its own; one that is there behaves anew."""

    async def change_keys(self, action: KeyAction) -> None:
        """Let the issuer do something with its signing keys."""


class Held(BaseModel):
    """An authorization response that was kept from reaching the application."""

    model_config = ConfigDict(frozen=True)

    url: str
    form: dict[str, str] | None = None


class Tab(Protocol):
    """One tab of a visitor's browser. A page that cannot be reached is told by `page`, never by an exception."""

    @property
    def url(self) -> str:
        """Where the tab is."""

    @property
    def status(self) -> int | None:
        """HTTP status of the document, None when there was no answer."""

    @property
    def trouble(self) -> str | None:
        """Why the last navigation failed on the network, or None."""

    async def open(self, url: str) -> None:
        """Go to a page."""

    async def back(self) -> None:
        """Press the back button; without a page before this one nothing happens."""

    async def reload(self) -> None:
        """Load the page that is open again; one that was posted is posted again."""

    async def answer(self, held: Held) -> None:
        """Bring a held authorization response to the application, by GET or as a posted form."""

    async def fill(self, selector: str, value: str) -> None:
        """Type into a field, in the place of what stands there."""

    async def press_enter(self) -> None:
        """Press Enter in the field that was typed into last, which sends its form."""

    async def click(self, landmark: Landmark) -> bool:
        """Click what is seen; False when it cannot be."""

    async def shows(self, landmark: Landmark) -> bool:
        """Whether every member of the landmark holds now."""

    async def read(self, landmark: Landmark) -> str | None:
        """The text of the landmark's element, None when it is not there."""

    async def is_busy(self) -> bool:
        """Whether the document is still loading or waits for an answer."""

    async def page(self) -> Page:
        """The page as it is now."""

    async def stored(self) -> dict[str, str]:
        """Local and session storage of the page's origin."""

    async def hold_responses(self, provider_origin: str, application_origins: tuple[str, ...]) -> None:
        """From now on, keep authorization responses from reaching the application."""

    async def held(self) -> Held | None:
        """The authorization response that was kept, if any yet."""

    async def go(self, url: str) -> None:
        """Follow a link on the page that is open, wherever it leads."""

    async def submit(self, url: str, form: Mapping[str, str]) -> None:
        """Post a form from the page that is open, wherever it leads."""

    async def aim(self, landmark: Landmark) -> str | None:
        """Where a link or the form of a button leads; None when there is none."""

    async def source(self) -> str:
        """The page as it was delivered, with the scripts in it."""

    async def cut_off(self, origin: str, *, after: str | None = None) -> None:
        """From now on let no request reach an origin; with `after`, once this tab has been at that one."""

    async def picture(self, path: Path) -> bool:
        """Save what the visitor sees; False when it cannot be drawn."""

    async def close(self) -> None:
        """Close the tab."""


class Visitor(Protocol):
    """A browser of somebody's own: cookies and storage shared with nobody."""

    @property
    def requests(self) -> tuple[Request, ...]:
        """Every request that left this browser so far."""

    @property
    def documents(self) -> tuple[Document, ...]:
        """Every answer to a request for a page so far."""

    async def ask(self, url: str, *, headers: Mapping[str, str], form: Mapping[str, str] | None = None) -> Document:
        """Ask outside any page, with headers of one's own, as GET or as a posted form; follow nothing.

        An address that does not answer has the status 0.
        """

    async def tab(self) -> Tab:
        """Open a tab."""

    async def set_cookie(self, url: str, name: str, value: str) -> None:
        """Give this browser a cookie of a site."""

    async def bring(self, cookies: tuple[Cookie, ...]) -> None:
        """Give this browser the cookies of another."""

    async def cookies(self, origins: tuple[str, ...]) -> tuple[Cookie, ...]:
        """The cookies that would be sent to these origins."""


class Browser(Protocol):
    """The one real browser; visitors are isolated from each other."""

    @property
    def name(self) -> str:
        """Which browser."""

    @property
    def version(self) -> str:
        """Which version."""

    def visitor(self) -> AbstractAsyncContextManager[Visitor]:
        """A visitor who was never here before."""


class Printer(Protocol):
    """Prints a page of ours on paper, as a browser does."""

    async def print_page(self, page: Path, *, footer: str, at: datetime) -> bytes:
        """The page as PDF, dated `at`; `footer` is HTML in which the classes pageNumber and totalPages are filled in.

        Raises:
            InputError: when it could not be printed.
        """


class Application(Protocol):
    """The application's process, when the harness may start it."""

    @property
    def can_restart(self) -> bool:
        """Whether the harness started it or has a door to it, so that it may let it begin anew."""

    @property
    def has_log(self) -> bool:
        """Whether the harness started it, so that it reads what it writes."""

    async def log(self) -> str:
        """What it has written of late; empty when nobody can tell."""

    async def restart(self) -> str | None:
        """Let it begin anew. None when it is ready; else why it did not come up, which may be a refusal."""


class Books(Protocol):
    """What the application opens for tests: lists that can be read, and what can be set going."""

    async def read(self, url: str) -> tuple[JsonValue, ...]:
        """The list that lies at an address.

        Raises:
            BookShut: when there is none.
        """

    async def purge(self, url: str) -> bool:
        """Let the application delete what is kept too long by its clock; False when it crashed over that.

        Raises:
            BookShut: when there is nothing that purges.
        """


class BookShut(Exception):  # noqa: N818  says what happened
    """An address that the target names does not answer as it should, so nothing can be told."""


class Clock(Protocol):
    """Time."""

    def now(self) -> datetime:
        """The moment, in UTC."""

    def elapsed(self) -> float:
        """Seconds on a clock that never goes back."""

    async def pause(self, seconds: float) -> None:
        """Let time pass, between two looks."""
