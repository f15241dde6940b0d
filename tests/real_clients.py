"""Real client libraries at the mock: each starts with a mock of its own, and a real browser signs a pupil in and out.

What happened is read from the mock's journal, not from what a library says of itself.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
import tomllib
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from laboratory import free_port

from conformance.adapters.control import HttpControl
from conformance.adapters.process import Process
from conformance.target import Landmark

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from conformance.adapters.browser import ChromiumTab, ChromiumVisitor
    from conformance.evidence import Exchange

PLACE = Path("build/clients")
EXAMPLES = Path("examples/clients")
PERSONA = "secondary-pupil"
FORM = 'form[data-testid="leerid-sign-in"]'
PROVIDER_FORM = Landmark(selector=FORM)
SIGN_IN, SIGN_OUT = Landmark(test_id="sign-in"), Landmark(test_id="sign-out")
SIGNED_IN, SIGNED_OUT = Landmark(test_id="signed-in"), Landmark(test_id="signed-out")
REFUSED = Landmark(test_id="refused")
PATIENCE_S = 20


@dataclass(frozen=True, kw_only=True)
class Library:
    """An application that is built on a library, and how it is started and met."""

    name: str
    title: str
    command: tuple[str, ...]
    version: Callable[[], str]
    sign_in: str = "/login"
    signed_out: str = "/"
    refused: Landmark = REFUSED
    has_key: bool = False


def _of_node(package: str) -> str:
    installed = PLACE / "openid-client" / "node_modules" / package / "package.json"
    told: str = json.loads(installed.read_text(encoding="utf-8"))["version"]
    return told


def _of_debian() -> str:
    command = ["dpkg-query", "--show", "--showformat=${Version}", "libapache2-mod-auth-openidc"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.partition("-")[0]


APACHE: dict[str, Any] = {
    "command": ("python3", "examples/mod-auth-openidc/serve.py"),
    "version": _of_debian,
    "sign_in": "/protected/",
    "signed_out": "/signed-out.shtml",
    "refused": Landmark(text="OpenID Connect Provider error"),
}
LIBRARIES = (
    Library(
        name="openid-client",
        title="openid-client (Node)",
        command=("node", str(PLACE / "openid-client" / "app.js")),
        version=lambda: _of_node("openid-client"),
        has_key=True,
    ),
    Library(
        name="authlib",
        title="Authlib's client (Flask)",
        command=(sys.executable, str(EXAMPLES / "authlib" / "app.py")),
        version=lambda: version("authlib"),
        has_key=True,
    ),
    Library(
        name="mozilla-django-oidc",
        title="mozilla-django-oidc",
        command=(sys.executable, str(EXAMPLES / "mozilla-django-oidc" / "app.py")),
        version=lambda: version("mozilla-django-oidc"),
    ),
    Library(name="mod-auth-openidc", title="mod_auth_openidc (Apache)", **APACHE),
    Library(name="mod-auth-openidc-with-key", title="mod_auth_openidc, with a key", has_key=True, **APACHE),
)


@dataclass
class Meeting:
    """One library, met at a mock of its own: what a pupil sees, and what the journal tells."""

    library: Library
    control: HttpControl
    issuer: str
    home: str
    user_name: str
    password: str
    seen_until: int = 0

    async def comes_in(self, visitor: ChromiumVisitor) -> ChromiumTab:
        """Go to the application, sign in through the form of the mock, and wait for the page that follows."""
        tab = await visitor.tab()
        await tab.open(f"{self.home}{self.library.sign_in}")
        assert await shown(tab, PROVIDER_FORM), (await tab.page()).text
        await tab.fill(f'{FORM} input[name="username"]', self.user_name)
        await tab.fill(f'{FORM} input[name="password"]', self.password)
        await tab.click(SIGN_IN)
        assert await shown(tab, SIGNED_IN, self.library.refused), f"{tab.url}: {(await tab.page()).text}"
        return tab

    async def goes_out(self, tab: ChromiumTab) -> None:
        """Press the button, and come back to the registered address."""
        assert await tab.click(SIGN_OUT)
        assert await shown(tab, SIGNED_OUT), f"{tab.url}: {(await tab.page()).text}"
        assert tab.url.partition("?")[0] == f"{self.home}{self.library.signed_out}"

    async def happened(self) -> Happened:
        """Return what the mock wrote down since the last time."""
        news = await self.control.journal(since=self.seen_until)
        self.seen_until = news[-1].number if news else self.seen_until
        return Happened(news)


@dataclass(frozen=True)
class Happened:
    """A piece of the journal."""

    exchanges: tuple[Exchange, ...]

    def all(self, endpoint: str) -> list[Exchange]:
        """Return the exchanges at an endpoint."""
        return [each for each in self.exchanges if each.endpoint == endpoint]

    def one(self, endpoint: str) -> dict[str, Any]:
        """Return the parameters of the only request at an endpoint."""
        (only,) = self.all(endpoint)
        return dict(only.request)

    @property
    def notes(self) -> list[str]:
        """What the mock found odd, each sentence once."""
        return list(dict.fromkeys(note for each in self.exchanges for note in each.notes))


@asynccontextmanager
async def met(library: Library) -> AsyncIterator[Meeting]:
    """Start a mock that knows the library's application, and the application; both end with the block."""
    mock, port = f"http://localhost:{free_port()}", free_port()
    home = f"http://127.0.0.1:{port}"
    serve = ["leerid-idp", "serve", "--port", mock.rpartition(":")[2], "--clients", str(PLACE / "clients.toml")]
    ready = f"{mock}/op/.well-known/openid-configuration"
    with TemporaryDirectory() as scratch:
        told = {"ISSUER": f"{mock}/op", "PORT": str(port), **surroundings(library, Path(scratch))}
        application = Process(library.command, f"{home}/", environment=told)
        async with Process(serve, ready), HttpControl(mock) as control:
            await control.register(registration(library.name, home))
            pupil = (await control.personas())[PERSONA]
            async with application:
                yield Meeting(
                    library=library,
                    control=control,
                    issuer=f"{mock}/op",
                    home=home,
                    user_name=pupil.user_name,
                    password=pupil.password,
                )


def surroundings(library: Library, scratch: Path) -> dict[str, str]:
    """Return where the application keeps what it writes, and where its key is."""
    scratch.chmod(0o755)  # the user of the web server reads in it
    kept = {"TMPDIR": str(scratch), "DATABASE": str(scratch / "users.sqlite3")}
    return kept | ({"CLIENT_KEY": str((PLACE / f"{library.name}.pem").resolve())} if library.has_key else {})


def registration(name: str, home: str) -> dict[str, Any]:
    """Return the registration of the clients file, with the application on the port that it has here."""
    clients = tomllib.loads((PLACE / "clients.toml").read_text(encoding="utf-8"))["clients"]
    client: dict[str, Any] = next(each for each in clients if each["client_id"] == name)
    for uris in ("redirect_uris", "post_logout_redirect_uris"):
        client[uris] = [f"{home}/{uri.split('/', 3)[3]}" for uri in client[uris]]
    return client


async def shown(tab: ChromiumTab, *landmarks: Landmark) -> bool:
    """Whether one of the landmarks is shown within a while."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        for landmark in landmarks:
            if await tab.shows(landmark):
                return True
        await asyncio.sleep(0.03)
    return False
