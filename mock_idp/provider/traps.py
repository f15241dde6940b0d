"""Where the traps of a mock lie: at another name of the machine, and behind a certificate that nobody vouches for.

The latter is a second entrance to the mock, over TLS. It leads to the same application, so whoever comes in is written
down, and an application that looks at certificates never gets that far. It is opened when a fault first leads there, on
a free port of loopback.
"""

from __future__ import annotations

import ssl
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from werkzeug.serving import WSGIRequestHandler, make_server

from mock_idp.faults.strangers import certificate_pem, private_key_pem
from mock_idp.faults.trap import NOWHERE, trap_address, trap_at

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

    from werkzeug.serving import BaseWSGIServer

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1"})


class _Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002  the name in werkzeug
        """Say nothing: the journal tells who came, and a handshake that was broken off is what is hoped for."""


class Traps:
    """The traps of every stage. `leads_to`: the application that writes down who comes."""

    def __init__(self, site: str) -> None:
        self.leads_to: WSGIApplication | None = None
        self._site = site
        self._host = urlsplit(site).hostname or ""
        self._lock = Lock()
        self._server: BaseWSGIServer | None = None

    def address(self, stage_id: str) -> str:
        """Return the address below which everything is the trap of a stage."""
        return trap_address(self._site, stage_id)

    def untrusted(self, stage_id: str) -> str:
        """Return the same behind a wrong certificate; it leads nowhere when the mock is not on loopback."""
        return trap_at(self._entrance(), stage_id)

    def _entrance(self) -> str:
        with self._lock:
            if self._server is None and self.leads_to is not None and self._host in LOOPBACK:
                self._server = _opened(self._host, self.leads_to)
            return NOWHERE if self._server is None else f"https://{self._host}:{self._server.port}"

    def close(self) -> None:
        """Close that entrance, if it was opened; else it ends with the process."""
        with self._lock:
            if self._server is not None:
                self._server.shutdown()
                self._server.server_close()
                self._server = None


def _opened(host: str, application: WSGIApplication) -> BaseWSGIServer:
    server = make_server(host, 0, application, threaded=True, request_handler=_Silent, ssl_context=_context())
    Thread(target=server.serve_forever, name="untrusted entrance", daemon=True).start()
    return server


def _context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with TemporaryDirectory() as place:  # Python reads certificate and key from a file, and from nowhere else
        file = Path(place) / "stranger.pem"
        file.write_text(certificate_pem() + private_key_pem(), encoding="ascii")
        context.load_cert_chain(file)
    return context
