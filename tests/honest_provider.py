"""A tiny provider on a loopback port: honest, unless a test bends one of its answers."""

import json
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_hex
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from joserfc import jws
from joserfc.jwk import RSAKey

Document = dict[str, Any]
SIGNING_KEY = RSAKey.generate_key(2048, {"kid": "key-1", "use": "sig", "alg": "RS256"})
FOREIGN_KEY = RSAKey.generate_key(2048, {"kid": "key-1", "use": "sig", "alg": "RS256"})
ACCESS_TOKEN = "access-token-of-a-test"
AUTHENTICATED = 1_772_443_700
ACCOUNT, LEER_ID = "6f1de0a4-0000-4000-8000-000000000001", "0b5c7e52-0000-4000-8000-000000000001"
PUPIL: Document = {
    "sub": ACCOUNT,
    "given_name": "Zoë-Agnès",
    "family_name": "Van der Gheynst",
    "email": "zoe@leerling.invalid",
    "ov_account_uuid": ACCOUNT,
    "ov_leerid_uuid": [LEER_ID],
    "ov_historiek_account_uuid": [],
    "ov_geboortedag": "07",
    "ov_geboortemaand": "03",
    "ov_geboortejaar": "2012",
    "ov_orgcode": "700202",
    "ov_inschrijvingen": [
        {
            "administratieve_groep_code": "900311",
            "administratieve_groep_omschrijving": "1e lj A (verzonnen)",
            "hoofdstructuur": "311",
            "instellingsnummer": "700202",
            "stamnummer": "2500001",
        }
    ],
}


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def segment(value: Any) -> str:
    return b64(json.dumps(value).encode())


def unsigned(header: Document, claims: Document) -> str:
    return f"{segment(header)}.{segment(claims)}."


def honest_seal(header: Document, claims: Document) -> str:
    return jws.serialize_compact(header, json.dumps(claims).encode(), SIGNING_KEY, algorithms=["RS256"])


def same(document: Document) -> Document:
    return document


@dataclass
class Answer:
    """What an endpoint answers: a document, or text that is none."""

    body: Document | str
    status: int = 200
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class HonestProvider:
    """The provider. `bend_*` change what it says, `answers` replace what an endpoint answers."""

    claims: Document = field(default_factory=lambda: dict(PUPIL))
    keys: list[RSAKey] = field(default_factory=lambda: [SIGNING_KEY])
    client_id: str = "leerid-rp"
    bend_discovery: Callable[[Document], Document] = same
    bend_jwks: Callable[[Document], Document] = same
    bend_id_token: Callable[[Document], Document] = same
    bend_header: Callable[[Document], Document] = same
    bend_token_response: Callable[[Document], Document] = same
    bend_userinfo: Callable[[Document], Document] = same
    seal: Callable[[Document, Document], str] = honest_seal
    bend_refresh: Callable[[Document], Document] = same
    refreshed_claims: Document | None = None
    refresh_tokens: list[str] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)
    seen: list[tuple[str, dict[str, str], dict[str, str]]] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    port: int = 0

    @property
    def issuer(self) -> str:
        return f"http://localhost:{self.port}/op"

    def authorize(self, address: str) -> dict[str, str]:
        """What a pupil's click does: turn an authorization request into the parameters of the response."""
        request = dict(parse_qsl(urlsplit(address).query))
        code = f"code-{token_hex(8)}"
        self.codes[code] = request
        return {"code": code, "state": request["state"]}

    def discovery(self) -> Document:
        at = f"{self.issuer}/v1"
        return self.bend_discovery(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{at}/auth",
                "token_endpoint": f"{at}/token",
                "userinfo_endpoint": f"{at}/userinfo",
                "jwks_uri": f"{at}/keys",
                "end_session_endpoint": f"{at}/logout",
            }
        )

    def jwks(self) -> Document:
        return self.bend_jwks({"keys": [key.as_dict(private=False) for key in self.keys]})

    def token(self, form: dict[str, str]) -> Document:
        asked = self.codes.pop(form["code"])
        if "code_challenge" in asked:
            assert asked["code_challenge"] == b64(sha256(form["code_verifier"].encode()).digest())
        told = {"auth_time": AUTHENTICATED} if "max_age" in asked else {}
        claims = self.bend_id_token(self.id_token() | told | {"nonce": asked["nonce"]})
        header = self.bend_header({"alg": "RS256", "kid": "key-1", "typ": "JWT"})
        refreshable = "offline_access" in asked.get("scope", "")
        return self.bend_token_response(
            {
                "access_token": ACCESS_TOKEN,
                "token_type": "Bearer",
                "expires_in": 3600,
                "scope": asked.get("scope", "openid"),
                "id_token": self.seal(header, claims),
            }
            | ({"refresh_token": self.fresh_refresh_token()} if refreshable else {})
        )

    def id_token(self) -> Document:
        now = int(time.time())
        return self.claims | {
            "iss": self.issuer,
            "aud": self.client_id,
            "azp": self.client_id,
            "exp": now + 3600,
            "iat": now,
            "at_hash": b64(sha256(ACCESS_TOKEN.encode()).digest()[:16]),
        }

    def fresh_refresh_token(self) -> str:
        self.refresh_tokens.append(f"refresh-token-{len(self.refresh_tokens) + 1}")
        return self.refresh_tokens[-1]

    def refresh(self, form: dict[str, str]) -> Answer:
        """Rotate; the token that came last is the only one that works. With claims an ID token comes as well."""
        if form.get("refresh_token") != self.refresh_tokens[-1]:
            return Answer({"error": "invalid_grant"}, status=400)
        answer = {"access_token": ACCESS_TOKEN, "token_type": "Bearer", "expires_in": 3600}
        answer["refresh_token"] = self.fresh_refresh_token()
        if self.refreshed_claims is not None:
            header = {"alg": "RS256", "kid": "key-1", "typ": "JWT"}
            answer["id_token"] = self.seal(header, self.id_token() | self.refreshed_claims)
        return Answer(self.bend_refresh(answer))

    def answer(self, path: str, form: dict[str, str]) -> Answer:
        endpoint = path.removeprefix("/op/").removeprefix("v1/")
        if endpoint in self.answers:
            return self.answers[endpoint]
        if endpoint == "token" and form.get("grant_type") == "refresh_token":
            return self.refresh(form)
        if endpoint == "token":
            return Answer(self.token(form))
        documents = {
            ".well-known/openid-configuration": self.discovery,
            "keys": self.jwks,
            "userinfo": lambda: self.bend_userinfo(dict(self.claims)),
        }
        return Answer(documents[endpoint]())

    def calls(self, endpoint: str) -> int:
        return sum(path.endswith(endpoint) for path, _headers, _form in self.seen)

    def headers(self, endpoint: str) -> dict[str, str]:
        """The headers of the last call to an endpoint."""
        return next(headers for path, headers, _form in reversed(self.seen) if path.endswith(endpoint))

    def form(self, endpoint: str) -> dict[str, str]:
        """The form of the last call to an endpoint."""
        return next(form for path, _headers, form in reversed(self.seen) if path.endswith(endpoint))

    def basic(self, endpoint: str) -> tuple[str, str]:
        """The credentials of the last call to an endpoint, as they were sent."""
        credentials = b64decode(self.headers(endpoint)["Authorization"].removeprefix("Basic ")).decode()
        name, _colon, secret = credentials.partition(":")
        return name, secret

    def serve(self) -> ThreadingHTTPServer:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.respond({})

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                self.respond({name: values[0] for name, values in parse_qs(body).items()})

            def respond(self, form: dict[str, str]) -> None:
                path = urlsplit(self.path).path
                provider.seen.append((path, dict(self.headers), form))
                answer = provider.answer(path, form)
                body = answer.body if isinstance(answer.body, str) else json.dumps(answer.body)
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.content_type)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_arguments: Any) -> None:
                pass

        server = ThreadingHTTPServer(("localhost", 0), Handler)
        server.daemon_threads = True
        self.port = server.server_address[1]
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return server
