"""The endpoints of an issuer as an OpenAPI document, from one table: what each takes, and how it may answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from benchmarks.storm.asked import FORM

Json = dict[str, Any]
HTML: Final = "text/html"
JSON: Final = "application/json"

PAGE: Final = {"200": HTML, "303": HTML, "400": HTML}
ERROR: Final[Json] = {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}
TOKENS: Final[Json] = {
    "type": "object",
    "required": ["access_token", "token_type", "expires_in"],
    "properties": {
        "access_token": {"type": "string", "minLength": 43},
        "token_type": {"const": "Bearer"},
        "expires_in": {"type": "integer", "minimum": 0},
    },
}
KEYS: Final[Json] = {
    "type": "object",
    "required": ["keys"],
    "properties": {
        "keys": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["alg", "e", "kid", "kty", "n", "use"],
                "properties": {name: {"type": "string"} for name in ("alg", "e", "kid", "kty", "n", "use")},
                "additionalProperties": False,
            },
        }
    },
    "additionalProperties": False,
}
HEADERS: Final = ("Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Cache-Control")
CLIENT: Final = ("client_id", "client_secret", "client_assertion", "client_assertion_type")
ASKING: Final = (
    *("client_id", "redirect_uri", "response_type", "scope", "state", "nonce", "prompt", "max_age", "acr_values"),
    *("response_mode", "code_challenge", "code_challenge_method", "ui_locales", "login_hint", "id_token_hint"),
)
LEAVING: Final = ("client_id", "id_token_hint", "post_logout_redirect_uri", "state")
COMPOSED: Final = (
    *("given_name", "family_name", "birth_day", "birth_month", "birth_year", "sex", "number", "email", "account"),
    *("school_1", "group_1", "from_1", "until_1", "school_2", "group_2", "from_2", "until_2", "identified_on"),
)


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """An endpoint. `takes`: in the query of a GET, in the form of a POST; `answers`: content type by status."""

    method: str
    path: str
    takes: tuple[str, ...] = ()
    answers: dict[str, str]
    told: Json = field(default_factory=lambda: {"type": "object"})

    @property
    def name(self) -> str:
        """How tests call it."""
        return f"{self.method} {self.path}"

    def described(self) -> Json:
        """Return the operation of OpenAPI."""
        members = {name: {"type": "string"} for name in self.takes}
        described: Json = {"responses": {status: self._answer(status) for status in self.answers}}
        if "{page}" in self.path:
            described["parameters"] = [{"name": "page", "in": "path", "required": True, "schema": {"type": "string"}}]
        if self.method == "GET":
            described.setdefault("parameters", []).extend(
                {"name": name, "in": "query", "schema": schema} for name, schema in members.items()
            )
        elif members:
            described["requestBody"] = {"content": {FORM: {"schema": {"type": "object", "properties": members}}}}
        return described

    def _answer(self, status: str) -> Json:
        kind = self.answers[status]
        schema = (ERROR if status >= "400" else self.told) if kind == JSON else {"type": "string"}
        headers = {name: {"required": True, "schema": {"type": "string", "minLength": 1}} for name in HEADERS}
        return {"description": status, "headers": headers, "content": {kind: {"schema": schema}}}


ENDPOINTS: Final = (
    Endpoint(method="GET", path="/.well-known/openid-configuration", answers={"200": JSON}),
    Endpoint(method="GET", path="/v1/keys", answers={"200": JSON}, told=KEYS),
    Endpoint(method="GET", path="/v2/keys", answers={"200": JSON}, told=KEYS),
    Endpoint(method="GET", path="/v1/auth", takes=ASKING, answers={"200": HTML, "302": HTML, "400": HTML}),
    Endpoint(method="POST", path="/v1/auth", takes=ASKING, answers={**PAGE, "302": HTML}),
    Endpoint(
        method="GET",
        path="/sign-in/{page}",
        takes=("q", "situation", "school", "lang", "made"),
        answers={**PAGE, "404": HTML},
    ),
    Endpoint(
        method="POST",
        path="/sign-in/{page}",
        takes=("username", "password", "persona", "user_name", "action"),
        answers={**PAGE, "404": HTML},
    ),
    Endpoint(method="GET", path="/sign-in/{page}/new", answers={**PAGE, "404": HTML}),
    Endpoint(method="GET", path="/sign-in/{page}/identity", answers={**PAGE, "302": HTML, "404": HTML}),
    Endpoint(
        method="POST",
        path="/sign-in/{page}/identity",
        takes=("identity", "action"),
        answers={**PAGE, "302": HTML, "404": HTML},
    ),
    Endpoint(method="POST", path="/sign-in/{page}/new", takes=COMPOSED, answers={**PAGE, "404": HTML}),
    *(
        Endpoint(
            method="POST",
            path=path,
            takes=("grant_type", "code", "redirect_uri", "code_verifier", "refresh_token", "scope", *CLIENT),
            answers={"200": JSON, "400": JSON, "401": JSON},
            told=TOKENS,
        )
        for path in ("/v1/token", "/v2/token")
    ),
    Endpoint(
        method="POST",
        path="/v1/introspect",
        takes=("token", "token_type_hint", *CLIENT),
        answers={"200": JSON, "400": JSON, "401": JSON},
        told={"type": "object", "required": ["active"], "properties": {"active": {"type": "boolean"}}},
    ),
    Endpoint(method="GET", path="/v1/userinfo", takes=("access_token",), answers={"200": JSON, "401": JSON}),
    Endpoint(method="POST", path="/v1/userinfo", takes=("access_token",), answers={"200": JSON, "401": JSON}),
    Endpoint(method="GET", path="/v1/logout", takes=LEAVING, answers={"200": HTML, "302": HTML, "400": HTML}),
    Endpoint(method="POST", path="/v1/logout", takes=LEAVING, answers={"200": HTML, "302": HTML, "400": HTML}),
)


def document() -> Json:
    """Return the whole document; paths are below the issuer."""
    paths: Json = {}
    for each in ENDPOINTS:
        paths.setdefault(each.path, {})[each.method.lower()] = each.described()
    return {"openapi": "3.1.0", "info": {"title": "An issuer", "version": "1"}, "paths": paths}
