"""The seams, in the order of a sign-in, and the values that pass them.

| seam | payload |
|---|---|
| `discovery` | the document, a dictionary |
| `jwks` | the document, a dictionary; an `Answer` in its place where the endpoint fails |
| `authorization` | `Errand`: an authorization request that is right, before anything is shown |
| `authorization-response`, `end-session` | the parameters of the redirect, a dictionary |
| `response-mode` | the mode in which that redirect travels, a text |
| `datastore` | `Enquiry`: what ACM asks the datastore, and how it is answered |
| `claims` | what is released about the person, a dictionary, before both ID token and userinfo |
| `id-token` | the claims before signing, a dictionary |
| `refresh` | `Renewal`: whether a sign-in is refreshed, and what the answer brings |
| `refreshed-id-token` | the claims of the ID token of a refresh, after `id-token` |
| `signature` | `Unsigned` in, compact string out |
| `token-response`, `userinfo` | `Answer` |
| `transport` | `Delivery`: how an answer is handed over, at any of the endpoints that the application asks |
| `logout-token` | `LogoutCall`: a back-channel logout before the token is sealed |
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  a member of a record
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mock_idp.protocol.answer import Answer


class Seam(StrEnum):
    """A place where the provider's words pass a fault on their way out."""

    DISCOVERY = "discovery"
    JWKS = "jwks"
    AUTHORIZATION = "authorization"
    AUTHORIZATION_RESPONSE = "authorization-response"
    RESPONSE_MODE = "response-mode"
    TOKEN_RESPONSE = "token-response"  # noqa: S105  the name of a seam, not a password
    DATASTORE = "datastore"
    CLAIMS = "claims"
    ID_TOKEN = "id-token"  # noqa: S105  the name of a seam, not a password
    REFRESH = "refresh"
    REFRESHED_ID_TOKEN = "refreshed-id-token"  # noqa: S105  the name of a seam, not a password
    SIGNATURE = "signature"
    USERINFO = "userinfo"
    END_SESSION = "end-session"
    TRANSPORT = "transport"
    LOGOUT_TOKEN = "logout-token"  # noqa: S105  the name of a seam, not a password


ISSUER_WIDE = (Seam.DISCOVERY, Seam.JWKS)
"""Without a stage on the wire: a stage that arms one, or `transport` there, bends the whole issuer while it exists."""


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """How the web floor hands over an answer: at which endpoint, what, after how many seconds.

    `arrives`: how much of the body comes before the connection ends, from nothing (0) to all of it (1).
    `lasts_s`: how many seconds pass from the first piece of the body to the last; 0: it comes at once.
    """

    endpoint: str
    answer: Answer
    delay_s: float = 0.0
    arrives: float = 1.0
    lasts_s: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Errand:
    """An authorization request, and where the browser is sent on to with it; empty: it is answered here."""

    parameters: Mapping[str, str]
    onward: str = ""


class Seal(StrEnum):
    """Who seals a logout token, and how."""

    PROVIDER = "provider"
    STRANGER = "stranger"
    SECRET = "secret"  # noqa: S105  the client's secret seals it; no secret itself
    NOBODY = "nobody"
    RUBBISH = "rubbish"


@dataclass(frozen=True, kw_only=True)
class LogoutCall:
    """A back-channel logout: the token before it is sealed, and how it is brought to the application."""

    header: Mapping[str, Any]
    claims: Mapping[str, Any]
    seal: Seal = Seal.PROVIDER
    method: str = "POST"
    content_type: str = "application/x-www-form-urlencoded"
    brings_token: bool = True
