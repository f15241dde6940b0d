"""An exchange as a curl command that can be tried again. Secrets are shell variables: nobody has them here."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote_plus

from mock_idp.journal import Endpoint
from mock_idp.journal.masking import SECRETS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mock_idp.journal import Exchange

PATHS: Final[Mapping[str, str]] = {
    Endpoint.DISCOVERY: "/.well-known/openid-configuration",
    Endpoint.JWKS: "/v1/keys",
    Endpoint.AUTHORIZATION: "/v1/auth",
    Endpoint.TOKEN: "/v1/token",
    Endpoint.USERINFO: "/v1/userinfo",
    Endpoint.INTROSPECTION: "/v1/introspect",
    Endpoint.END_SESSION: "/v1/logout",
}
"""Where each endpoint is, below the issuer."""

UNTOLD: Final[Mapping[str, str]] = {
    Endpoint.SIGN_IN: '"$SIGN_IN_PAGE"',
    Endpoint.TRAP: '"$TRAP"',
    Endpoint.BACKCHANNEL_LOGOUT: '"$BACKCHANNEL_LOGOUT_URI"',
}
"""The sign-in page has an address of its own for every sign-in; a trap is found by those who are led to it; a logout
token goes to the application."""
MASKED: Final = re.compile(r"sha256:[0-9a-f]{12}")
PLAIN_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
OURS: Final = frozenset({"client_auth", "bearer"})
"""Members that the journal adds to a request: they tell of a header."""

ORDER: Final = (
    "client_id",
    "response_type",
    "scope",
    "redirect_uri",
    "state",
    "nonce",
    "code_challenge",
    "code_challenge_method",
    "grant_type",
    "code",
)
"""In which order parameters are told: first what everybody looks for."""


def in_order(parameters: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Return parameters by what people look for first; the others follow in alphabetical order."""
    rank = {name: place for place, name in enumerate(ORDER)}
    return sorted(parameters.items(), key=lambda each: (rank.get(each[0], len(ORDER)), each[0]))


def curl(exchange: Exchange, issuer: str) -> str:
    """Return the command that sends a request once more, one option on a line."""
    command = _carrying(exchange) if exchange.endpoint == Endpoint.AUTHORIZATION_RESPONSE else _asking(exchange, issuer)
    return " \\\n  ".join(command)


def _asking(exchange: Exchange, issuer: str) -> Iterator[str]:
    path = PATHS.get(exchange.endpoint)
    address = shlex.quote(f"{issuer}{path}") if path else UNTOLD[exchange.endpoint]
    sent = [each for each in in_order(exchange.request) if each[0] not in OURS]
    yield f"curl --include{' --get' if exchange.method == 'GET' and sent else ''} {address}"
    yield from _headers(exchange)
    is_basic = "client_secret_basic" in str(exchange.request.get("client_auth", ""))
    yield from (_parameter(name, value) for name, value in sent if not (is_basic and name == "client_secret"))


def _headers(exchange: Exchange) -> Iterator[str]:
    if "client_secret_basic" in str(exchange.request.get("client_auth", "")):
        yield f'--user "{quote_plus(exchange.client_id or "client_id", errors="replace")}:$CLIENT_SECRET"'
    if exchange.request.get("bearer"):
        yield '--header "Authorization: Bearer $ACCESS_TOKEN"'
    if exchange.method == "POST" and not set(exchange.request) - OURS:
        yield "--request POST"


def _carrying(exchange: Exchange) -> Iterator[str]:
    """Yield how the browser brings an answer to the application."""
    is_form = exchange.request.get("response_mode") == "form_post"
    address = str(exchange.request.get("redirect_uri") or "")
    yield f"curl --include{'' if is_form else ' --get'} {shlex.quote(address)}"
    yield from (_parameter(name, value) for name, value in in_order(exchange.response))


def _parameter(name: str, value: Any) -> str:
    if is_secret(name, value):
        return f'--data-urlencode "{quote_plus(name, errors="replace")}=${variable(name)}"'
    text = str(value)
    if PLAIN_NAME.fullmatch(name) and text.isprintable():
        return f"--data-urlencode {shlex.quote(f'{name}={text}')}"
    encoded = f"{quote_plus(name, errors='replace')}={quote_plus(text, errors='replace')}"
    return f"--data {shlex.quote(encoded)}"


def is_secret(name: str, value: Any) -> bool:
    """Return whether the journal masked a value, or would by its name."""
    is_mask = isinstance(value, str) and bool(MASKED.fullmatch(value))
    return is_mask or (name.lower() in SECRETS and not _is_told(name, value))


def variable(name: str) -> str:
    """Return the shell variable that stands for a secret."""
    return re.sub(r"[^A-Z0-9_]", "_", name.upper()).lstrip("0123456789") or "SECRET"


def _is_told(name: str, value: Any) -> bool:
    """Return whether a value is no secret after all: a challenge by S256 is not."""
    return name.lower() == "code_challenge" and isinstance(value, str) and not MASKED.fullmatch(value)
