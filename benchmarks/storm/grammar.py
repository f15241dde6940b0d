"""What each endpoint takes: requests that make sense, before something is done to them."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, quote_plus

from benchmarks.storm.asked import FORM, Asked
from benchmarks.storm.values import NASTY, encoded, mutated

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    Builder = Callable[[Random, "Material"], Asked]

BEARER: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
STATE: Final = "the-state-of-the-storm"
EXPIRES: Final = 4_000_000_000
LONGEST_QUERY: Final = 60_000
"""The HTTP server refuses addresses of 65,535 characters by itself, before the mock sees them."""


@dataclass(frozen=True, kw_only=True)
class Material:
    """What an honest sign-in yielded, for requests that build on it; and the client that asks."""

    client_id: str
    client_secret: str
    redirect_uri: str
    signed_out_uri: str
    issuer: str = "/op"
    page: str = "/op/sign-in/none"
    code: str = "none"
    access_token: str = "none"  # noqa: S105  no token at all
    id_token: str = "none"  # noqa: S105  no token at all
    session: str = "none"
    flow: str = "none"


def asked(draw: Random, material: Material, builders: Sequence[Builder] = ()) -> Asked:
    """Return a request that nearly makes sense, to any endpoint or to those of `builders`."""
    made = draw.choice(builders or BUILDERS)(draw, _on_some_issuer(draw, material))
    if _one_in(draw, 25):
        made = replace(made, method=draw.choice(("HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "BREW")))
    if _one_in(draw, 3):
        made = replace(made, headers=(*made.headers, _odd_header(draw)))
    return made


def honest_question(material: Material) -> Asked:
    """Return an authorization request to which nothing was done."""
    return _get("auth", f"{material.issuer}/v1/auth", [*_question(material)])


def honest_sign_in(material: Material) -> Asked:
    """Return the form of somebody who is picked."""
    return _post("page", material.page, [("persona", "secondary-pupil")])


def honest_redemption(material: Material) -> Asked:
    """Return the request that redeems the code."""
    return _post("token", f"{material.issuer}/v1/token", _redemption(material))


# The endpoints ------------------------------------------------------------------------------------------------------


def _published(draw: Random, material: Material) -> Asked:
    path = draw.choice(("/.well-known/openid-configuration", "/v1/keys"))
    return _get("published", f"{material.issuer}{path}", mutated([], draw))


def _auth(draw: Random, material: Material) -> Asked:
    extra = draw.sample(EXTRAS, draw.choice((0, 1, 2, 4)))
    pairs = mutated([*_question(material), *((name, quote_plus(value)) for name, value in extra)], draw)
    cookie = (("Cookie", f"leerid_session={material.session}"),) if _one_in(draw, 2) else ()
    send = draw.choice((_get, _post))
    made = send("auth", f"{material.issuer}/v1/auth", pairs)
    return replace(made, headers=(*made.headers, *cookie), state=_state(pairs))


def _page(draw: Random, material: Material) -> Asked:
    pairs = [("q", "an"), ("situation", "two-schools"), ("school", "700202"), ("lang", "en"), ("made", "a.b")]
    wanted = draw.sample(pairs, draw.choice((0, 1, 2, 4)))
    return _get("page", material.page, mutated(wanted, draw))


def _submit(draw: Random, material: Material) -> Asked:
    forms = (
        [("username", "sam.testleerling2"), ("password", "wrong")],
        [("persona", "secondary-pupil")],
        [("user_name", "sam.testleerling2")],
        [("action", "cancel")],
    )
    return _post("page", material.page, mutated(draw.choice(forms), draw))


def _composer(draw: Random, material: Material) -> Asked:
    path = f"{material.page}/new"
    if _one_in(draw, 5):
        return _get("composer", path, mutated([("lang", "en")], draw))
    return _post("composer", path, mutated([*COMPOSED], draw))


def _identity(draw: Random, material: Material) -> Asked:
    form = [("identity", draw.choice(("0", "1", "BUR", *NASTY))), ("action", draw.choice(("go-on", "cancel")))]
    path, cookie = f"{material.page}/identity", ("Cookie", f"leerid_session={material.session}")
    made = draw.choice((_get, _post))("page", path, mutated(form, draw))
    return replace(made, headers=(*made.headers, cookie))


def _token(draw: Random, material: Material) -> Asked:
    pairs = _redemption(material)
    if _one_in(draw, 3):
        pairs = [*(pair for pair in pairs if pair[0] != "client_secret"), *_assertion(draw, material)]
    made = _post("token", f"{material.issuer}/v1/token", mutated(pairs, draw))
    if _one_in(draw, 5):
        made = replace(made, headers=(*made.headers, ("Authorization", draw.choice(CREDENTIALS))))
    if _one_in(draw, 10):
        made = replace(made, headers=(("Content-Type", draw.choice(CONTENT_TYPES)),))
    return made


def _introspect(draw: Random, material: Material) -> Asked:
    pairs = [("token", quote_plus(material.access_token)), *_credentials(material)]
    return _post("introspect", f"{material.issuer}/v1/introspect", mutated(pairs, draw))


def _userinfo(draw: Random, material: Material) -> Asked:
    path, token = f"{material.issuer}/v1/userinfo", f"Bearer {material.access_token}"
    headers = [("Authorization", draw.choice((token, token, *CREDENTIALS)))]
    headers *= draw.choice((0, 1, 1, 1, 2))
    send = draw.choice((_get, _post))
    made = send("userinfo", path, mutated([], draw))
    return replace(made, headers=(*made.headers, *headers))


def _sign_out(draw: Random, material: Material) -> Asked:
    pairs = [
        ("client_id", quote_plus(material.client_id)),
        ("post_logout_redirect_uri", quote_plus(material.signed_out_uri)),
        ("state", STATE),
        ("id_token_hint", material.id_token),
    ]
    return draw.choice((_get, _post))("logout", f"{material.issuer}/v1/logout", mutated(pairs, draw))


def _elsewhere(draw: Random, material: Material) -> Asked:
    paths = ("/", "/inspect", f"/inspect/{material.flow}", f"/{draw.choice(NASTY)}", "/op/", "//evil.example/", "/i/x")
    within = (f"{material.issuer}/sign-in/{draw.choice(NASTY)}", f"/i/{draw.choice(NASTY)}/op/v1/auth", "/static/x")
    pairs = [("lang", "en"), ("client", "a"), ("q", "b")]
    return _get("elsewhere", draw.choice((*paths, *within)), mutated(pairs, draw))


BUILDERS: Final[tuple[Builder, ...]] = (
    _published,
    _auth,
    _auth,
    _auth,
    _page,
    _submit,
    _composer,
    _identity,
    _token,
    _token,
    _token,
    _introspect,
    _userinfo,
    _sign_out,
    _sign_out,
    _elsewhere,
)
"""Each as often as it stands here."""

HINTS: Final = (
    b'{"cap_hint":"OV"}',
    b'{"cap_hint":["OV",null,"\\ud800"]}',
    b'{"switch_id":true,"cap_hint":{}}',
    b'{"cap_hint":1e999,"orgcode":[]}',
    b"[" * 400,
    b"\xff\x00",
    b"null",
)
EXTRAS: Final = (
    ("prompt", "none"),
    ("prompt", "login"),
    ("max_age", "0"),
    ("max_age", "3600"),
    ("ui_locales", "en"),
    *(("login_hint", base64.b64encode(hint).decode()) for hint in HINTS),
    ("acr_values", "urn:be:vlaanderen:authmech:leerid"),
    ("response_mode", "form_post"),
    ("response_mode", "fragment"),
    ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
    ("code_challenge_method", "S256"),
    ("id_token_hint", "a.b.c"),
    ("request", "a.b.c"),
    ("claims", '{"userinfo":{}}'),
)
COMPOSED: Final = (
    ("given_name", "Storm"),
    ("family_name", "Testleerling"),
    ("birth_day", "1"),
    ("birth_month", "2"),
    ("birth_year", "2013"),
    ("sex", "v"),
    ("number", "rrn"),
    ("school_1", "700202"),
    ("group_1", "900302"),
    ("from_1", "2025-09-01"),
    ("account", ""),
    ("email", "storm%40school.example"),
)
CREDENTIALS: Final = (
    "Basic",
    "Basic !",
    "Basic /v8=",
    "Basic \xe9\xff",
    "Basic OnM=",
    "Basic " + "QQ" * 4_000,
    "Bearer",
    "Bearer a b",
    "bearer \xe9",
    "Digest username=a",
    "Bearer none",
)
CONTENT_TYPES: Final = (
    "application/json",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "text/plain",
    "application/x-www-form-urlencoded; charset=utf-16",
    "",
    "\xe9",
)
ODD_HEADERS: Final = (
    ("Cookie", 'leerid_session="\\000"; leerid_recent=<x-storm>|a.b|; leerid_stage=\xff\xfe'),
    ("Cookie", "leerid_stage=<x-storm>; =; ;;leerid_session"),
    ("Cookie", "leerid_recent=" + "a.b|" * 2_000),
    ("Accept-Language", "\xff, <x-storm>"),
    ("Origin", "https://evil.example"),
    ("Origin", "null"),
    ("X-Forwarded-Host", "evil.example"),
    ("X-Forwarded-Proto", "https"),
    ("X-Original-URL", "/control/v1/clients"),
    ("X-HTTP-Method-Override", "PUT"),
    ("User-Agent", "<x-storm>" * 800),
    ("Accept", "application/json"),
    ("Range", "bytes=0-"),
    ("If-None-Match", '*, "\xff"'),
    ("Authorization", "Basic \xe9"),
)
WEIRD: Final[tuple[Any, ...]] = (None, True, [], {}, "", "\ud800", "\0", -1, 10**400, float("nan"), float("inf"), "x")


def _one_in(draw: Random, times: int) -> bool:
    return draw.randrange(times) == 0


def _on_some_issuer(draw: Random, material: Material) -> Material:
    return replace(material, issuer="/i/evil/op") if _one_in(draw, 10) else material


def _question(material: Material) -> list[tuple[str, str]]:
    return [
        ("client_id", quote_plus(material.client_id)),
        ("redirect_uri", quote_plus(material.redirect_uri)),
        ("response_type", "code"),
        ("scope", "openid+profile+ov_leerling"),
        ("state", STATE),
        ("nonce", "the-nonce"),
    ]


def _state(pairs: list[tuple[str, str]]) -> str | None:
    """Return the state that must be echoed; None when it is not there once and as it was."""
    return STATE if [value for name, value in pairs if name == "state"] == [STATE] else None


def _credentials(material: Material) -> list[tuple[str, str]]:
    return [("client_id", quote_plus(material.client_id)), ("client_secret", quote_plus(material.client_secret))]


def _redemption(material: Material) -> list[tuple[str, str]]:
    return [
        ("grant_type", "authorization_code"),
        ("code", quote_plus(material.code)),
        ("redirect_uri", quote_plus(material.redirect_uri)),
        *_credentials(material),
    ]


def _assertion(draw: Random, material: Material) -> list[tuple[str, str]]:
    header: Any = {"alg": "RS256", "kid": "k", "typ": "JWT"}
    claims: Any = {"iss": material.client_id, "sub": material.client_id, "aud": "http://localhost:9100/op"}
    claims |= {"exp": EXPIRES, "jti": str(draw.randrange(10**9))}
    for part in (header, claims):
        if _one_in(draw, 2):
            part[draw.choice([*part, "crit", "b64", "nbf", "iat"])] = draw.choice(WEIRD)
    parts = [header, claims]
    if _one_in(draw, 10):
        parts[draw.randrange(2)] = draw.choice(WEIRD)
    text = ".".join([*map(_part, parts), draw.choice(("AAAA", "", "!", "a.b"))])
    if _one_in(draw, 20):
        text = f"{_part(header)}.{_raw(b'[' * 30_000)}.AA"
    return [("client_assertion", quote(text)), ("client_assertion_type", quote(BEARER))]


def _part(value: Any) -> str:
    return _raw(json.dumps(value).encode())


def _raw(text: bytes) -> str:
    return base64.urlsafe_b64encode(text).decode().rstrip("=")


def _odd_header(draw: Random) -> tuple[str, str]:
    return draw.choice(ODD_HEADERS)


def _get(endpoint: str, path: str, pairs: list[tuple[str, str]]) -> Asked:
    return Asked(endpoint=endpoint, path=path, query=encoded(pairs)[:LONGEST_QUERY])


def _post(endpoint: str, path: str, pairs: list[tuple[str, str]]) -> Asked:
    body, headers = encoded(pairs).encode(), (("Content-Type", FORM),)
    return Asked(endpoint=endpoint, method="POST", path=path, body=body, headers=headers)
