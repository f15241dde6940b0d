"""Every check: evidence that keeps the rule, evidence that breaks it, evidence that does not tell."""

from typing import Any

import kept_cases
import pytest
import shown_cases
from miniatures import APPLICATION, CALLBACK, PROVIDER

from conformance.checks import checks, observe
from conformance.evidence import PLANTED, SPOOFED, Evidence
from conformance.issued import half_hash

ISSUER = f"{PROVIDER}/op"
CLAIMS = {
    "sub": "0a1b2c3d-account",
    "given_name": "Zoë",
    "family_name": "Van der Gheynst",
    "ov_leerid_uuid": ["leer-1"],
}


def state(number: int) -> str:
    return f"state-{number:030}"


def exchange(number: int, endpoint: str, **request: Any) -> dict[str, Any]:
    return {"number": number, "at": "", "stage": "one", "endpoint": endpoint, "request": request, "client_id": "me"}


def authorization(number: int = 1, **more: Any) -> dict[str, Any]:
    asked = {
        "state": state(number),
        "nonce": f"nonce-{number:030}",
        "code_challenge": f"{number:043}",
        "code_challenge_method": "S256",
        "redirect_uri": CALLBACK,
        "scope": "openid profile",
        "response_type": "code",
    }
    sent = {name: value for name, value in (asked | more).items() if value is not None}
    return exchange(number, "authorization", **sent)


def token(number: int = 2, **more: Any) -> dict[str, Any]:
    asked = {"code": "one", "redirect_uri": CALLBACK, "code_verifier": "v", "client_auth": "client_secret_basic"}
    sent = {name: value for name, value in (asked | more).items() if value is not None}
    return exchange(number, "token", **sent) | {"id_token": {"header": {}, "claims": CLAIMS}}


def userinfo(bearer: str = "header") -> dict[str, Any]:
    return exchange(3, "userinfo", bearer=bearer)


def assertion(**more: Any) -> dict[str, Any]:
    claims = {"iss": "me", "sub": "me", "aud": ISSUER, "jti": "1", "iat": 0, "exp": 60} | more
    return {"header": {}, "claims": {name: value for name, value in claims.items() if value is not None}}


def visit(*exchanges: dict[str, Any], **more: Any) -> dict[str, Any]:
    plain = {"persona": "secondary-pupil", "stage": "one", "expected": "signed-in", "outcome": "signed-in"}
    return {**plain, "last_step": "signed-in", "exchanges": exchanges or (authorization(), token(), userinfo()), **more}


def cookie(name: str = "session", value: str = "new", **more: Any) -> dict[str, Any]:
    return {"name": name, "value": value, "domain": "127.0.0.1", "http_only": True, **more}


def readable(name: str, value: str = "new") -> dict[str, Any]:
    """A cookie that a script can read."""
    return cookie(name, value, http_only=False)


def requested(*urls: str) -> list[dict[str, str]]:
    return [{"url": url} for url in urls]


def referred(referer: str, url: str = APPLICATION) -> dict[str, str]:
    return {"url": url, "referer": referer}


def elsewhere(**told: str) -> dict[str, str]:
    return {"url": "https://counter.example/hit", "kind": "fetch", **told}


def evidence(*visits: dict[str, Any], **more: Any) -> Evidence:
    surroundings = {"application_origins": [APPLICATION], "provider_origin": PROVIDER, "issuer": ISSUER}
    surroundings |= more.pop("surroundings", {})
    return Evidence.model_validate({"visits": visits, "surroundings": surroundings, **more})


def glance(label: str, *, signed_in: bool) -> list[dict[str, Any]]:
    return [{"label": label, "signed_in": signed_in}]


def shown(label: str, text: str = "", title: str = "") -> list[dict[str, Any]]:
    return [{"label": label, "signed_in": False, "page": {"text": text, "title": title}}]


def at_provider(label: str, text: str) -> list[dict[str, Any]]:
    return [{"label": label, "signed_in": False, "page": {"text": text, "url": f"{PROVIDER}/op/sign-in/1"}}]


def at_issuer(name: str, number: int, endpoint: str, code: str = "one") -> dict[str, Any]:
    return exchange(number, endpoint, code=code) | {"issuer": name, "response": {"code": code}}


def asked_at(issuer: str, number: int, *fired: str, repeats: int | None = None, **more: Any) -> dict[str, Any]:
    """An authorization request at an issuer; `repeats`: the number of the one whose parameters it has."""
    told = {name: more.pop(name) for name in ("stage", "endpoint") if name in more}
    asked = authorization(repeats or number, **({"redirect_uri": f"{CALLBACK}/{issuer}"} | more))
    return asked | {"number": number, "issuer": issuer, "fired": fired} | told


def answered(url: str = f"{APPLICATION}/me", status: int = 200, **told: str) -> dict[str, Any]:
    names = {"cache": "cache-control", "csp": "content-security-policy", "frame": "x-frame-options"}
    headers = {"cache-control": "no-store"} | {names[name]: value for name, value in told.items()}
    return {"url": url, "status": status, "headers": headers}


def searched(place: str, *found: str, text: int = 100, what: str = "secrets") -> dict[str, Any]:
    return {"place": place, "what": what, "searched": text, "found": found}


def knock(redirect_uri: str | None, label: str = "Host") -> dict[str, Any]:
    leads = f"{ISSUER}/v1/auth?redirect_uri={redirect_uri}" if redirect_uri else ""
    return {"label": label, "status": 302, "location": leads}


def knocked(status: int, location: str = "", label: str = "Host") -> dict[str, Any]:
    return {"label": label, "status": status, "location": location}


def begun(issuer: str, location: str | None = None, status: int = 302) -> dict[str, Any]:
    """A sign-in that a third party began at an issuer, and where it leads."""
    return {"label": issuer, "status": status, "location": f"{issuer}/v1/auth" if location is None else location}


def leaving(**more: Any) -> dict[str, Any]:
    more = {"post_logout_redirect_uri" if name == "BACK" else name: value for name, value in more.items()}
    asked = {"client_id": "me", "post_logout_redirect_uri": SIGNED_OUT_AT, "state": "s"} | more
    return exchange(4, "end-session", **{name: value for name, value in asked.items() if value is not None})


def told_off(status: int, *, signed_in: bool, before: bool = True, cache_control: str = "no-store") -> Evidence:
    """A sign-in after which the provider sent a logout token."""
    answer = {"status": status, "response": {"cache_control": cache_control}}
    sent = exchange(9, "backchannel-logout") | answer
    glances = [*glance("before logout token", signed_in=before), *glance("after logout token", signed_in=signed_in)]
    return evidence(visit(sent), glances=glances)


def asserted(number: int, **more: Any) -> dict[str, Any]:
    return token(number, code=str(number), client_auth="private_key_jwt", client_assertion=assertion(**more))


def refresh(number: int, sent: str, brings: str | None = None, *, status: int = 200) -> dict[str, Any]:
    asked = exchange(number, "token", grant_type="refresh_token", refresh_token=sent)
    return asked | {"status": status, "response": {"refresh_token": brings} if brings else {}}


def looked(*seen: str) -> list[dict[str, Any]]:
    """Looks at the page, each when the access token was over once more."""
    return [each for number, way in enumerate(seen, 1) for each in glance(f"{OVER} {number}", signed_in=way == "in")]


OVER = "access token over, time"
GIVEN = token() | {"response": {"refresh_token": "first"}}
REFRESHED = refresh(4, "first", "second")
BASELINE = {"baseline": visit(authorization(10), token(11, code="ten"))}
JWT_CLIENT = {"client": {"token_endpoint_auth_method": "private_key_jwt"}}
OLD = [cookie(value="old")]
LONG = "t" * 32
TRACKING = readable("tracking_session", LONG)
TWO_ORIGINS = {"application_origins": [APPLICATION, "http://api.example"]}
REFUSED = visit(authorization(), outcome="refused", last_step="authorization-response")
STRANGE_USERINFO = userinfo() | {"response": {"family_name": "Peeters"}}
LEAKED = token() | {"id_token": {"claims": CLAIMS | {"rrn": "12031499947"}}}
HONEST_ANSWER = {"response": {"family_name": "Van der Gheynst"}}
STORM = [token(number, code=str(number)) for number in range(20, 28)]
ANSWERED = at_issuer("op", 1, "authorization-response")
NO_ANSWER = exchange(1, "authorization-response") | {"response": {"error": "access_denied"}}
OPAQUE, OTHER = "Wq3v-_opaque0123456789access0token0of0them", "Wq3v-_opaque0123456789access0token0of0none"
HASHED = {"header": {}, "claims": CLAIMS | {"at_hash": half_hash(OPAQUE)}}
ISSUED = token() | {"id_token": HASHED}
LURED = ["signature.key-address-in-header"]
COOKIES_BEFORE = "cookies from before the sign-in"

BY_ANOTHER = "after another site asked to sign out"
OUT = glance("sign-out", signed_in=False)
SIGNED_OUT_AT = f"{APPLICATION}/signed-out"
LEAVES = {"client": {"post_logout_redirect_uris": [SIGNED_OUT_AT]}}

SENT_ON, MISLED = "authorization.sent-on-to-main-issuer", "discovery.authorization-endpoint-of-other"
UNPROTECTED = {"nonce": None, "code_challenge": None}
CONSTANT = {"nonce": "always" * 4, "code_challenge": "c" * 43}
SECOND_ASKED = asked_at("evil", 1, SENT_ON)
MIXED_UP = visit(SECOND_ASKED, exchange(2, "jwks"), asked_at("op", 3, repeats=1, redirect_uri=CALLBACK))
MISDIRECTED = visit(asked_at("evil", 1, MISLED, endpoint="discovery"), asked_at("op", 2))
REPEATED: dict[str, dict[str, Any]] = {
    "by the application": visit(asked_at("evil", 1), asked_at("op", 2, repeats=1)),
    "at the same issuer": visit(SECOND_ASKED, asked_at("evil", 2, repeats=1)),
    "on another stage": visit(SECOND_ASKED, asked_at("op", 2, repeats=1, stage="two")),
    "once more than the provider did": visit(SECOND_ASKED, *(asked_at("op", n, repeats=1) for n in (2, 3)), token(4)),
    "as before": visit(asked_at("evil", 21, SENT_ON, repeats=10), asked_at("op", 22, repeats=10)),
}
"""Sign-ins at two issuers in which the application itself sends something twice."""

MOVED = exchange(2, "discovery") | {
    "response": {"token_endpoint": f"{ISSUER}/v2/token", "jwks_uri": f"{ISSUER}/v2/keys"},
}
KEYS_MOVED = exchange(4, "jwks", path="/op/v2/keys")
TABLE: list[tuple[str, bool | None, Evidence]] = [
    ("same-person", True, evidence(visit(identity="1"), visit(identity="1"))),
    ("same-person", False, evidence(visit(identity="1"), visit(identity="2"))),
    ("same-person", None, evidence(visit(identity="1"), visit())),
    ("same-person", None, evidence(visit(identity="1"), REFUSED)),
    ("different-persons", True, evidence(visit(identity="1"), visit(identity="2"))),
    ("different-persons", False, evidence(visit(identity="1"), visit(identity="1"))),
    ("different-persons", None, evidence(visit(identity="1"))),
    ("different-persons", None, evidence(visit(), visit())),
    ("name-as-delivered", True, evidence(visit(name="Zoë  Van der Gheynst"))),
    ("name-as-delivered", True, evidence(visit(name="Zoe\u0308 Van der Gheynst"))),
    ("name-as-delivered", True, evidence(visit(name="Van der Gheynst, Zoë"))),
    ("name-as-delivered", False, evidence(visit(name="Zoe Van der Gheynst"))),
    ("name-as-delivered", False, evidence(visit(name="Zoë Van Der Gheynst"))),
    ("name-as-delivered", None, evidence(visit())),
    ("name-as-delivered", None, evidence(REFUSED)),
    ("userinfo-discarded", False, evidence(visit(STRANGE_USERINFO, name="Ans Peeters"))),
    ("userinfo-discarded", True, evidence(visit(STRANGE_USERINFO, name="Zoë Van der Gheynst"))),
    ("userinfo-discarded", True, evidence(visit(token(), STRANGE_USERINFO | HONEST_ANSWER, name="Van der Gheynst"))),
    ("userinfo-discarded", True, evidence(REFUSED)),
    ("nothing-left-behind", False, evidence(visit(), visit(authorization(), page={"text": "Dag Zoë"}))),
    ("nothing-left-behind", True, evidence(visit(), visit(authorization(), page={"text": "Dag Ans"}))),
    ("nothing-left-behind", True, evidence(visit(), visit(page={"text": "Dag Zoë"}))),
    ("nothing-left-behind", None, evidence(visit())),
    ("nobody-seen-after-sign-out", True, evidence(visit(), glances=shown("sign-out", "Tot ziens"))),
    (
        "nobody-seen-after-sign-out",
        True,
        evidence(visit(), glances=[*shown("start page", "Van der Gheynst"), *shown("after sign-out")]),
    ),
    ("nobody-seen-after-sign-out", False, evidence(visit(), glances=shown("sign-out", "Dag, Van der Gheynst"))),
    ("nobody-seen-after-sign-out", False, evidence(visit(), glances=shown("old cookie", title="Van der Gheynst"))),
    ("nobody-seen-after-sign-out", True, evidence(visit(), glances=at_provider("sign-out", "Van der Gheynst"))),
    (
        "nobody-seen-after-sign-out",
        False,
        evidence(visit(), glances=[*at_provider("sign-out", ""), *shown("old cookie", "Van der Gheynst")]),
    ),
    ("nobody-seen-after-sign-out", None, evidence(visit())),
    ("nobody-seen-after-sign-out", None, evidence(visit(authorization()), glances=shown("sign-out", "Tot ziens"))),
    ("state-fresh", True, evidence(visit(), surroundings=BASELINE)),
    ("state-fresh", False, evidence(visit(authorization(state=state(10))), surroundings=BASELINE)),
    ("state-fresh", True, evidence(visit(authorization(state=None)), surroundings=BASELINE)),
    ("state-fresh", True, evidence(visit(*(authorization(n, state=None, nonce=None) for n in (1, 2))))),
    ("state-fresh", True, evidence(visit(*(authorization(n, state=None, code_challenge="c") for n in (1, 2))))),
    ("state-fresh", True, evidence(visit(authorization(state=None, code_challenge_method="plain")))),
    ("state-fresh", False, evidence(visit(authorization(state=None, nonce=None, code_challenge_method="plain")))),
    ("state-fresh", False, evidence(visit(authorization(state=None, nonce=None, code_challenge=None)))),
    ("state-fresh", False, evidence(visit(*(authorization(n, state=None, **CONSTANT) for n in (1, 2))))),
    (
        "state-fresh",
        False,
        evidence(visit(authorization(), authorization(2, state=None, nonce=None, code_challenge=None))),
    ),
    ("state-fresh", False, evidence(visit(*(authorization(n, state="always" * 4) for n in (1, 2))))),
    ("state-fresh", False, evidence(visit(authorization(state="short")))),
    ("state-fresh", True, evidence(MIXED_UP, surroundings=BASELINE)),
    ("state-fresh", None, evidence(visit(token()))),
    ("nonce-fresh", True, evidence(visit(), surroundings=BASELINE)),
    ("nonce-fresh", False, evidence(visit(authorization(nonce=None)))),
    ("nonce-fresh", True, evidence(MIXED_UP, surroundings=BASELINE)),
    *(("nonce-fresh", False, evidence(each, surroundings=BASELINE)) for each in REPEATED.values()),
    ("pkce-s256", True, evidence(visit(), surroundings=BASELINE)),
    ("pkce-s256", False, evidence(visit(authorization(code_challenge=None)))),
    ("pkce-s256", False, evidence(visit(authorization(code_challenge_method="plain")))),
    ("pkce-s256", False, evidence(visit(authorization(code_challenge="short")))),
    ("pkce-s256", False, evidence(visit(authorization(code_challenge=f"{10:043}")), surroundings=BASELINE)),
    ("pkce-s256", False, evidence(visit(authorization(), token(code_verifier=None)))),
    ("pkce-s256", None, evidence()),
    ("verifier-fresh", True, evidence(visit(authorization(), token(code_verifier="w")), surroundings=BASELINE)),
    ("verifier-fresh", True, evidence(visit(token(), token(3)))),
    ("verifier-fresh", False, evidence(visit(token(), token(3, code="two")))),
    ("verifier-fresh", False, evidence(visit(authorization(), authorization(3, code_challenge=f"{1:043}"), token()))),
    ("verifier-fresh", None, evidence(visit(authorization(), token(code_verifier=None)))),
    ("verifier-belongs", True, evidence(visit())),
    ("verifier-belongs", False, evidence(visit(token() | {"notes": ["Code challenge failed."]}))),
    ("verifier-belongs", None, evidence(visit(authorization()))),
    ("code-flow", True, evidence(visit())),
    ("code-flow", False, evidence(visit(authorization(response_type="id_token token")))),
    ("code-flow", None, evidence(visit(token()))),
    ("parameters-consistent", True, evidence(visit(authorization(prompt="login select_account")))),
    ("parameters-consistent", True, evidence(visit(authorization(prompt="none")))),
    ("parameters-consistent", True, evidence(visit(authorization(prompt="login", max_age="0")))),
    ("parameters-consistent", True, evidence(visit(authorization(request="x"), authorization(3, request_uri="y")))),
    ("parameters-consistent", False, evidence(visit(authorization(prompt="none login")))),
    ("parameters-consistent", False, evidence(visit(authorization(prompt="none", max_age="0")))),
    ("parameters-consistent", False, evidence(visit(authorization(request="x", request_uri="y")))),
    ("no-response-in-address", True, evidence(visit(page={"url": f"{APPLICATION}/me?lang=nl"}))),
    ("no-response-in-address", False, evidence(visit(page={"url": f"{CALLBACK}?code=1&state=2"}))),
    ("no-response-in-address", False, evidence(visit(page={"url": f"{CALLBACK}#code=1"}))),
    ("no-response-in-address", None, evidence(REFUSED)),
    ("redirect-uri-constant", True, evidence(visit(), surroundings=BASELINE)),
    ("redirect-uri-constant", False, evidence(visit(authorization(redirect_uri=f"{CALLBACK}2"), token()))),
    ("redirect-uri-constant", False, evidence(visit(authorization(), token(redirect_uri=None)))),
    ("redirect-uri-constant", True, evidence(visit(), visit(asked_at("evil", 4)))),
    ("redirect-uri-constant", False, evidence(visit(), visit(asked_at("evil", 4), asked_at("evil", 5) | token(6)))),
    ("redirect-uri-constant", False, evidence(visit(SECOND_ASKED, token(2, redirect_uri=None)))),
    ("redirect-uri-constant", True, evidence(MISDIRECTED, surroundings=BASELINE)),
    ("redirect-uri-constant", False, evidence(visit(asked_at("op", 1), token(3)), surroundings=BASELINE)),
    ("redirect-uri-constant", False, evidence(visit(authorization(redirect_uri=f"{CALLBACK}#x")))),
    ("redirect-uri-constant", None, evidence()),
    ("client-authentication", True, evidence(visit())),
    ("client-authentication", False, evidence(visit(token(client_auth="none")))),
    ("client-authentication", False, evidence(visit(token()), surroundings=JWT_CLIENT)),
    *(
        ("client-authentication", kept, evidence(visit(token(client_auth="private_key_jwt", client_assertion=sent))))
        for kept, sent in (
            (True, assertion()),
            (True, assertion(aud=f"{ISSUER}/v1/token")),
            (False, assertion(aud="https://elsewhere.example")),
            (False, assertion(aud=[ISSUER])),
            (False, assertion(exp=4000)),
            (False, assertion(exp=None)),
            (False, assertion(jti=None)),
            (False, assertion(sub="you")),
        )
    ),
    (
        "client-authentication",
        False,
        evidence(visit(*(token(n, client_auth="private_key_jwt", client_assertion=assertion()) for n in (2, 4)))),
    ),
    ("client-authentication", None, evidence(visit(authorization()))),
    ("assertion-sound", True, evidence(visit(asserted(2)), visit(asserted(4, jti="2", aud=[ISSUER], exp=600)))),
    ("assertion-sound", False, evidence(visit(asserted(2)), visit(asserted(4)))),
    *(
        ("assertion-sound", False, evidence(visit(asserted(2, **wrong))))
        for wrong in (
            {"aud": f"{ISSUER}/v1/token"},
            {"aud": [ISSUER, "https://another.example"]},
            {"exp": None},
            {"iat": None},
            {"exp": 601},
            {"jti": None},
        )
    ),
    ("assertion-sound", None, evidence(visit())),
    ("scope-within-profile", True, evidence(visit())),
    ("scope-within-profile", False, evidence(visit(authorization(scope="profile")))),
    ("scope-within-profile", False, evidence(visit(authorization(scope="openid rrn")))),
    ("bearer-in-header", True, evidence(visit())),
    ("bearer-in-header", False, evidence(visit(userinfo("query")))),
    ("bearer-in-header", None, evidence(visit(authorization()))),
    ("code-redeemed-once", True, evidence(visit(), surroundings=BASELINE)),
    ("code-redeemed-once", False, evidence(visit(token(2), token(4)))),
    ("code-redeemed-once", None, evidence(visit(authorization()))),
    ("fresh-authorization", True, evidence(visit())),
    ("fresh-authorization", False, evidence(visit(token()))),
    ("fresh-authorization", None, evidence(REFUSED)),
    ("no-claims-in-urls", True, evidence(visit(requests=requested(f"{CALLBACK}?code=1&state=2")))),
    ("no-claims-in-urls", False, evidence(visit(requests=requested(f"{APPLICATION}/me?id=0a1b2c3d-account")))),
    ("no-claims-in-urls", False, evidence(visit(requests=requested(f"{APPLICATION}/Van%20der%20Gheynst")))),
    ("no-claims-in-urls", False, evidence(visit(requests=requested(f"{APPLICATION}/#eyJhbGciOiJub25lIn0.e30.")))),
    (
        "no-claims-in-urls",
        True,
        evidence(visit(requests=requested(f"{ISSUER}/v1/logout?id_token_hint=eyJhbGciOiJub25lIn0.e30."))),
    ),
    (
        "no-claims-in-urls",
        False,
        evidence(visit(requests=requested(f"{APPLICATION}/?id_token_hint=eyJhbGciOiJub25lIn0.e30."))),
    ),
    ("no-claims-in-urls", False, evidence(visit(requests=[referred(f"{APPLICATION}/me/0a1b2c3d-account")]))),
    (
        "no-claims-in-urls",
        False,
        evidence(visit(requests=[referred(f"{ISSUER}/?id_token_hint=eyJhbGciOiJub25l.e30.")])),
    ),
    ("no-claims-in-urls", True, evidence(visit(requests=[referred(f"{CALLBACK}?code=1&state=2")]))),
    *(
        ("no-claims-in-urls", told is OTHER, evidence(visit(ISSUED, requests=requested(address))))
        for told in (OPAQUE, OTHER)
        for address in (f"{APPLICATION}/me?access_token={told}", f"{APPLICATION}/me/{told}", f"{APPLICATION}/#{told}")
    ),
    ("no-claims-in-urls", False, evidence(visit(ISSUED, requests=[referred(f"{APPLICATION}/?t={OPAQUE}")]))),
    ("no-claims-in-urls", True, evidence(visit(ISSUED, requests=requested(f"{CALLBACK}?code={OTHER}&state={OTHER}")))),
    ("no-claims-in-urls", None, evidence()),
    ("no-third-party-requests", True, evidence(visit(requests=requested(CALLBACK, f"{ISSUER}/v1/auth", "data:x")))),
    ("no-third-party-requests", False, evidence(visit(requests=requested("https://fonts.example/a.css")))),
    ("no-third-party-requests", False, evidence(visit(requests=[elsewhere(referer=f"{CALLBACK}?code=1")]))),
    ("no-third-party-requests", False, evidence(visit(requests=[elsewhere(body='{"id": "leer-1"}')]))),
    ("no-third-party-requests", False, evidence(visit(requests=[elsewhere(body="eyJhbGciOiJub25lIn0.e30.")]))),
    ("no-third-party-requests", True, evidence(visit(requests=[referred(f"{APPLICATION}/me", url=CALLBACK)]))),
    ("no-third-party-requests", None, evidence(visit())),
    ("nothing-in-browser-storage", True, evidence(visit(stored={"local.theme": "dark"}))),
    ("nothing-in-browser-storage", False, evidence(visit(stored={"local.me": '{"id":"leer-1"}'}))),
    ("nothing-in-browser-storage", False, evidence(visit(stored={"session.t": "eyJhbGciOiJub25lIn0.e30.x"}))),
    ("nothing-in-browser-storage", False, evidence(visit(stored={"local.leer-1": "seen"}))),
    ("nothing-in-browser-storage", False, evidence(visit(ISSUED, stored={"local.access_token": OPAQUE}))),
    ("nothing-in-browser-storage", False, evidence(visit(ISSUED, stored={"db.t": f'{{"held":"{OPAQUE}"}}'}))),
    ("nothing-in-browser-storage", False, evidence(visit(ISSUED), visit(stored={"local.t": OPAQUE}))),
    ("nothing-in-browser-storage", True, evidence(visit(ISSUED, stored={"local.access_token": OTHER}))),
    ("nothing-in-browser-storage", True, evidence(visit(stored={"local.access_token": OPAQUE}))),
    ("nothing-in-browser-storage", None, evidence()),
    ("session-renewed", True, evidence(visit(cookies_before=OLD, cookies=[cookie()]))),
    ("session-renewed", True, evidence(visit(cookies_before=OLD, cookies=[*OLD, cookie("sid")]))),
    ("session-renewed", False, evidence(visit(cookies_before=OLD, cookies=OLD))),
    ("session-renewed", False, evidence(visit(), glances=glance(COOKIES_BEFORE, signed_in=True))),
    (
        "session-renewed",
        True,
        evidence(visit(cookies_before=OLD, cookies=OLD), glances=glance(COOKIES_BEFORE, signed_in=False)),
    ),
    ("session-renewed", None, evidence(REFUSED)),
    ("cookie-flags", True, evidence(visit(cookies=[cookie()]))),
    ("cookie-flags", True, evidence(visit(cookies=[cookie(), readable("csrf_token", LONG)]))),
    ("cookie-flags", True, evidence(visit(cookies=[cookie(), readable("theme", LONG)]))),
    ("cookie-flags", True, evidence(visit(cookies=[cookie(), readable("last_login_hint", "ans")]))),
    ("cookie-flags", False, evidence(visit(cookies=[cookie(), readable("auth_token", LONG)]))),
    ("cookie-flags", False, evidence(visit(cookies=[cookie(), readable("auth_token", "t" * 16)]))),
    ("cookie-flags", False, evidence(visit(cookies=[readable("x"), readable("session")]))),
    ("cookie-flags", True, evidence(visit(cookies_before=[TRACKING], cookies=[TRACKING, cookie()]))),
    ("cookie-flags", True, evidence(visit(cookies_before=[TRACKING], cookies=[TRACKING, cookie("app")]))),
    ("cookie-flags", False, evidence(visit(cookies_before=[TRACKING], cookies=[TRACKING, readable("theme")]))),
    ("cookie-flags", False, evidence(visit(cookies_before=[cookie("x")], cookies=[cookie("x"), readable("sid")]))),
    ("cookie-flags", True, evidence(visit(cookies=[cookie(same_site="Lax")]))),
    ("cookie-flags", True, evidence(visit(cookies=[cookie(), cookie("x", same_site="None")]))),
    ("cookie-flags", False, evidence(visit(cookies=[cookie(same_site="None")]))),
    ("cookie-flags", False, evidence(visit(cookies=[cookie("app", same_site="None")]))),
    ("cookie-flags", False, evidence(visit(authorization(response_mode="query"), cookies=[cookie(same_site="None")]))),
    (
        "cookie-flags",
        True,
        evidence(visit(authorization(response_mode="form_post"), cookies=[cookie(same_site="None")])),
    ),
    ("cookie-flags", True, evidence(visit(cookies=[cookie(same_site="None")]), surroundings=TWO_ORIGINS)),
    ("cookie-flags", None, evidence(visit())),
    ("cookie-flags", False, evidence(visit(cookies=[cookie(http_only=False)]))),
    ("cookie-flags", False, evidence(visit(cookies=[cookie("x", http_only=False)]))),
    (
        "cookie-flags",
        False,
        evidence(visit(cookies=[cookie()]), surroundings={"application_origins": ["https://school.example"]}),
    ),
    ("cookie-flags", None, evidence(REFUSED)),
    ("signed-out-locally", True, evidence(visit(), glances=glance("after sign-out", signed_in=False))),
    ("signed-out-locally", False, evidence(visit(), glances=glance("after sign-out", signed_in=True))),
    ("signed-out-locally", None, evidence(visit())),
    ("old-cookie-refused", True, evidence(visit(), glances=glance("old cookie", signed_in=False))),
    ("old-cookie-refused", False, evidence(visit(), glances=glance("old cookie", signed_in=True))),
    ("old-cookie-refused", None, evidence(visit())),
    ("stranger-meanwhile", True, evidence(visit(), glances=glance("meanwhile", signed_in=False))),
    ("stranger-meanwhile", False, evidence(visit(), glances=glance("meanwhile", signed_in=True))),
    ("stranger-meanwhile", None, evidence(visit())),
    ("keys-fetched-sparingly", True, evidence(visit(*STORM, exchange(50, "jwks")))),
    ("keys-fetched-sparingly", False, evidence(visit(*STORM, *(exchange(50 + n, "jwks") for n in range(8))))),
    ("keys-fetched-sparingly", True, evidence(visit(*STORM[:4], *(exchange(50 + n, "jwks") for n in range(3))))),
    ("keys-fetched-sparingly", False, evidence(visit(*STORM[:4], *(exchange(50 + n, "jwks") for n in range(4))))),
    ("keys-fetched-sparingly", None, evidence(visit(*STORM[:3], exchange(50, "jwks")))),
    (
        "keys-fetched-sparingly",
        True,
        evidence(visit(*STORM, *(at_issuer("evil", 50 + n, "jwks") for n in range(8)))),
    ),
    ("keys-fetched-sparingly", None, evidence(visit(token(), exchange(50, "jwks")))),
    ("nobody-else", True, evidence(visit(identity="1"), visit(identity="1"))),
    ("nobody-else", True, evidence(visit(identity="1"), REFUSED)),
    ("nobody-else", False, evidence(visit(identity="1"), visit(identity="2"))),
    ("strangers-apart", True, evidence(visit(identity="1"), visit(identity="2"))),
    ("strangers-apart", True, evidence(visit(identity="1"), REFUSED)),
    ("strangers-apart", False, evidence(visit(identity="1"), visit(identity="1"))),
    ("strangers-apart", False, evidence(visit(identity="1"), REFUSED, visit(identity="1"))),
    ("strangers-apart", None, evidence(REFUSED, visit(identity="1"))),
    ("strangers-apart", None, evidence(visit(identity="1"))),
    ("strangers-apart", None, evidence(visit(identity="1"), visit())),
    ("nobody-else", None, evidence(REFUSED, visit(identity="1"))),
    ("nobody-else", None, evidence(visit(identity="1"), visit())),
    ("nobody-else", None, evidence()),
    ("markup-as-text", True, evidence(visit(page={"title": "Mijn pagina"}, requests=requested(f"{APPLICATION}/me")))),
    ("markup-as-text", False, evidence(visit(page={"title": "markup-ran"}))),
    ("markup-as-text", False, evidence(visit(requests=requested(f"{APPLICATION}/testbed-markup")))),
    ("markup-as-text", None, evidence()),
    ("pages-not-cached", True, evidence(visit(documents=[answered()]))),
    ("pages-not-cached", True, evidence(visit(documents=[answered(cache="no-cache"), answered(f"{PROVIDER}/op")]))),
    ("pages-not-cached", True, evidence(visit(documents=[answered(), answered(f"{PROVIDER}/op", cache="x")]))),
    ("pages-not-cached", False, evidence(visit(documents=[answered(), answered(cache="private, max-age=600")]))),
    ("pages-not-cached", False, evidence(visit(documents=[answered(cache="")]))),
    ("pages-not-cached", None, evidence(visit())),
    ("pages-not-framed", True, evidence(visit(documents=[answered(csp="frame-ancestors 'none'; img-src *")]))),
    ("pages-not-framed", True, evidence(visit(documents=[answered(frame="DENY")]))),
    ("pages-not-framed", True, evidence(visit(documents=[answered(status=302)]))),
    ("pages-not-framed", False, evidence(visit(documents=[answered()]))),
    ("pages-not-framed", False, evidence(visit(documents=[answered(csp="default-src 'none'")]))),
    ("pages-not-framed", False, evidence(visit(documents=[answered(csp="frame-ancestors *")]))),
    ("pages-not-framed", None, evidence(visit())),
    ("log-without-secrets", True, evidence(searches=[searched("log"), searched("page", "the client secret")])),
    ("log-without-secrets", False, evidence(searches=[searched("log", "a token", "the password")])),
    ("log-without-secrets", None, evidence(searches=[searched("log", text=0)])),
    ("log-without-secrets", True, evidence(searches=[searched("log"), searched("log", "the name", what="people")])),
    ("national-number-not-shown", True, evidence(visit(LEAKED, page={"title": "Me", "text": "Noor"}))),
    ("national-number-not-shown", False, evidence(visit(LEAKED, page={"text": "number 12031499947"}))),
    ("national-number-not-shown", False, evidence(visit(LEAKED, page={"title": "12031499947"}))),
    (
        "national-number-not-shown",
        False,
        evidence(visit(LEAKED), glances=[{"label": "x", "signed_in": True, "page": {"text": "12031499947"}}]),
    ),
    ("national-number-not-shown", None, evidence(visit(page={"text": "number 12031499947"}))),
    ("log-without-people", True, evidence(searches=[searched("log", "a token"), searched("log", what="people")])),
    ("log-without-people", False, evidence(searches=[searched("log", "the family name", what="people")])),
    ("log-without-people", None, evidence(searches=[searched("log"), searched("log", text=0, what="people")])),
    ("secret-on-the-server", True, evidence(searches=[searched("page"), searched("log", "a token")])),
    ("secret-on-the-server", False, evidence(searches=[searched("page"), searched("storage", "the client secret")])),
    ("secret-on-the-server", None, evidence(searches=[searched("page", text=0)])),
    ("redirect-uri-fixed", True, evidence(visit(), knocks=[knock(CALLBACK)])),
    ("redirect-uri-fixed", True, evidence(visit(), knocks=[knocked(302, f"{APPLICATION}/login"), knock(CALLBACK)])),
    (
        "redirect-uri-fixed",
        True,
        evidence(visit(), knocks=[knocked(200, label="Forwarded"), knock(CALLBACK, "Forwarded")]),
    ),
    ("redirect-uri-fixed", True, evidence(visit(), knocks=[knocked(302, f"{ISSUER}/v1/auth?request_uri=urn:1")])),
    (
        "redirect-uri-fixed",
        True,
        evidence(visit(), knocks=[knocked(302, f"https://front.example/?redirect_uri={CALLBACK}")]),
    ),
    ("redirect-uri-fixed", True, evidence(visit(), knocks=[knocked(400)])),
    ("redirect-uri-fixed", True, evidence(visit(), knocks=[knocked(0), knock(CALLBACK, "Forwarded")])),
    ("redirect-uri-fixed", False, evidence(visit(), knocks=[knock(CALLBACK), knock("http://spoofed.example/back")])),
    ("redirect-uri-fixed", False, evidence(visit(), knocks=[knocked(302, f"https://{SPOOFED}:8443/login")])),
    ("redirect-uri-fixed", None, evidence(visit())),
    ("redirect-uri-fixed", None, evidence(visit(), knocks=[knocked(0)])),
    ("redirect-uri-fixed", None, evidence(visit(), knocks=[knocked(200)])),
    ("redirect-uri-fixed", None, evidence(visit(), knocks=[knocked(500)])),
    ("redirect-uri-fixed", None, evidence(visit(), knocks=[knocked(302, f"{APPLICATION}/elsewhere")])),
    ("redirect-uri-fixed", None, evidence(visit(), knocks=[knocked(400), knocked(200, label="Forwarded")])),
    ("redirect-uri-fixed", None, evidence(visit(token()), knocks=[knock(CALLBACK)])),
    ("known-issuers-only", True, evidence(visit(), knocks=[begun(ISSUER), begun("x", "/refused"), begun("", "")])),
    ("known-issuers-only", True, evidence(visit(), knocks=[begun(ISSUER), begun("x", f"{ISSUER}/v1/auth")])),
    ("known-issuers-only", False, evidence(visit(), knocks=[begun(ISSUER), begun("x", "https://x.example/v1/auth")])),
    ("known-issuers-only", False, evidence(visit(), knocks=[begun(ISSUER), begun("x", "", status=500)])),
    ("known-issuers-only", False, evidence(visit(), knocks=[begun(ISSUER, "/refused")])),
    ("known-issuers-only", True, evidence(visit(), knocks=[begun(ISSUER, f"{APPLICATION}/login"), begun(ISSUER)])),
    ("known-issuers-only", False, evidence(visit(), knocks=[begun(ISSUER), begun(ISSUER, f"{APPLICATION}/login")])),
    ("known-issuers-only", None, evidence(visit(), knocks=[begun("x")])),
    ("known-issuers-only", None, evidence(visit())),
    ("start-not-steered", True, evidence(visit())),
    ("start-not-steered", False, evidence(visit(authorization(state=PLANTED)))),
    ("start-not-steered", None, evidence(visit(token()))),
    ("provider-told-of-sign-out", True, evidence(visit(leaving()), glances=OUT)),
    (
        "provider-told-of-sign-out",
        True,
        evidence(visit(leaving(client_id=None, id_token_hint="x")), glances=OUT),
    ),
    ("provider-told-of-sign-out", True, evidence(visit(leaving()), glances=OUT, surroundings=LEAVES)),
    ("provider-told-of-sign-out", False, evidence(visit(authorization()), glances=OUT)),
    ("provider-told-of-sign-out", False, evidence(visit(leaving(client_id=None)), glances=OUT)),
    ("provider-told-of-sign-out", False, evidence(visit(leaving(state=None)), glances=OUT)),
    ("provider-told-of-sign-out", False, evidence(visit(leaving(BACK=None)), glances=OUT)),
    ("provider-told-of-sign-out", False, evidence(visit(leaving(BACK="x")), glances=OUT, surroundings=LEAVES)),
    ("provider-told-of-sign-out", None, evidence(visit(leaving()))),
    ("session-bounded", True, evidence(visit(), glances=glance("after its longest life", signed_in=False))),
    ("session-bounded", False, evidence(visit(), glances=glance("after its longest life", signed_in=True))),
    ("session-bounded", None, evidence(visit())),
    ("session-bounded", None, evidence(glances=glance("after its longest life", signed_in=False))),
    ("session-bounded", None, evidence(REFUSED, glances=glance("after its longest life", signed_in=False))),
    ("still-signed-in", True, evidence(visit(), glances=glance(BY_ANOTHER, signed_in=True))),
    ("still-signed-in", False, evidence(visit(), glances=glance(BY_ANOTHER, signed_in=False))),
    ("still-signed-in", None, evidence(visit())),
    ("trap-untouched", True, evidence(visit(fired=LURED))),
    ("trap-untouched", False, evidence(visit(token(), exchange(3, "trap", name="keys", credentials=""), fired=LURED))),
    ("trap-untouched", False, evidence(visit(token(), exchange(3, "trap", name="token", credentials="Basic")))),
    ("trap-untouched", None, evidence(visit())),
    ("code-stays-with-its-issuer", True, evidence(visit(ANSWERED, at_issuer("op", 2, "token")))),
    ("code-stays-with-its-issuer", False, evidence(visit(ANSWERED, at_issuer("evil", 2, "token")))),
    ("code-stays-with-its-issuer", True, evidence(visit(ANSWERED, at_issuer("evil", 2, "token", "other")))),
    ("code-stays-with-its-issuer", True, evidence(visit(ANSWERED, at_issuer("evil", 2, "userinfo")))),
    ("code-stays-with-its-issuer", True, evidence(visit(ANSWERED, at_issuer("evil", 2, "authorization")))),
    ("code-stays-with-its-issuer", True, evidence(visit(at_issuer("op", 1, "sign-in"), at_issuer("evil", 2, "token")))),
    ("code-stays-with-its-issuer", True, evidence(visit(NO_ANSWER, exchange(2, "token") | {"issuer": "evil"}))),
    ("code-stays-with-its-issuer", None, evidence()),
    ("trap-told-nothing", True, evidence(visit(fired=LURED))),
    ("trap-told-nothing", True, evidence(visit(exchange(3, "trap", name="token", credentials=""), fired=LURED))),
    ("trap-told-nothing", False, evidence(visit(exchange(3, "trap", name="token", code="one"), fired=LURED))),
    ("trap-told-nothing", False, evidence(visit(exchange(3, "trap", name="token", credentials="Basic")))),
    ("trap-told-nothing", None, evidence(visit())),
    (
        "endpoints-from-metadata",
        True,
        evidence(visit(MOVED, authorization(3), token(4, path="/op/v2/token"), KEYS_MOVED)),
    ),
    ("endpoints-from-metadata", True, evidence(visit(exchange(1, "jwks"), MOVED, token(3, path="/op/v2/token")))),
    ("endpoints-from-metadata", True, evidence(visit(MOVED, exchange(3, "jwks") | {"issuer": "other"}, KEYS_MOVED))),
    ("endpoints-from-metadata", False, evidence(visit(MOVED, token(3), KEYS_MOVED))),
    ("endpoints-from-metadata", False, evidence(visit(MOVED, exchange(3, "jwks"), token(4, path="/op/v2/token")))),
    ("endpoints-from-metadata", None, evidence(visit(MOVED | {"stage": "of another scenario"}, token(3)))),
    ("endpoints-from-metadata", None, evidence(visit(token(3)))),
    ("authorization-asked-once", True, evidence(visit(), visit())),
    ("authorization-asked-once", False, evidence(visit(authorization(1), authorization(2)))),
    ("authorization-asked-once", None, evidence(visit(token()))),
    ("retries-bounded", True, evidence(visit(*(token(number) for number in (2, 3, 4))))),
    ("retries-bounded", False, evidence(visit(*(token(number) for number in (2, 3, 4, 5))))),
    ("retries-bounded", False, evidence(visit(token(), *([userinfo()] * 4)))),
    ("retries-bounded", None, evidence(visit(authorization()))),
    ("logout-token-obeyed", True, told_off(200, signed_in=False)),
    ("logout-token-obeyed", True, told_off(204, signed_in=False)),
    ("logout-token-obeyed", False, told_off(201, signed_in=False)),
    ("logout-token-obeyed", False, told_off(400, signed_in=False)),
    ("logout-token-obeyed", False, told_off(200, signed_in=True)),
    ("logout-token-obeyed", True, told_off(200, signed_in=False, cache_control="private")),
    ("logout-token-obeyed", None, evidence(visit())),
    ("logout-token-obeyed", None, evidence(visit(), glances=glance("after logout token", signed_in=True))),
    ("logout-token-obeyed", None, evidence(visit(exchange(9, "backchannel-logout")))),
    ("logout-answer-not-kept", True, told_off(200, signed_in=True)),
    ("logout-answer-not-kept", False, told_off(204, signed_in=False, cache_control="private")),
    ("logout-answer-not-kept", None, told_off(400, signed_in=False)),
    ("logout-answer-not-kept", None, evidence(visit())),
    ("logout-token-refused", True, told_off(400, signed_in=True)),
    ("logout-token-refused", True, told_off(405, signed_in=True)),
    ("logout-token-refused", False, told_off(200, signed_in=True)),
    ("logout-token-refused", False, told_off(500, signed_in=True)),
    ("logout-token-refused", False, told_off(400, signed_in=False)),
    ("logout-token-refused", True, told_off(400, signed_in=False, before=False)),
    ("logout-token-refused", False, told_off(400, signed_in=False, before=True)),
    ("logout-token-refused", None, evidence(visit())),
    ("logout-of-nobody-done", True, told_off(200, signed_in=True)),
    ("logout-of-nobody-done", False, told_off(400, signed_in=True)),
    ("logout-of-nobody-done", False, told_off(200, signed_in=False)),
    ("logout-of-nobody-done", None, evidence(visit())),
    ("logout-token-answered", True, told_off(200, signed_in=False)),
    ("logout-token-answered", True, told_off(400, signed_in=True)),
    ("logout-token-answered", False, told_off(500, signed_in=True)),
    ("logout-token-answered", False, told_off(0, signed_in=True)),
    ("logout-token-answered", None, evidence(visit())),
    ("logout-token-answered", None, evidence()),
    ("logout-token-answered", None, evidence(visit(exchange(9, "backchannel-logout")), visit())),
    ("pkce-s256", True, evidence(visit(authorization(), token(), REFRESHED))),
    ("redirect-uri-constant", True, evidence(visit(authorization(), token(), REFRESHED))),
    ("session-refreshed", True, evidence(visit(GIVEN, REFRESHED), glances=looked("in", "in"))),
    ("session-refreshed", True, evidence(visit(REFRESHED), glances=[*looked("in"), *glance("else", signed_in=False)])),
    ("session-refreshed", False, evidence(visit(GIVEN, REFRESHED), glances=looked("in", "out"))),
    ("session-refreshed", None, evidence(visit(GIVEN), glances=looked("in", "in"))),
    ("session-not-refreshed", True, evidence(visit(GIVEN, REFRESHED), glances=looked("out", "out"))),
    ("session-not-refreshed", True, evidence(visit(REFRESHED), glances=glance("elsewhere", signed_in=True))),
    ("session-not-refreshed", False, evidence(visit(GIVEN, REFRESHED), glances=looked("out", "in"))),
    ("session-not-refreshed", None, evidence(visit(GIVEN), glances=looked("out", "out"))),
    ("refresh-not-repeated", True, evidence(visit(GIVEN, refresh(4, "first", status=400)))),
    ("refresh-not-repeated", True, evidence(visit(GIVEN, REFRESHED, refresh(5, "second", status=400)))),
    ("refresh-not-repeated", False, evidence(visit(refresh(4, "first", status=400), refresh(5, "first", status=400)))),
    ("refresh-not-repeated", None, evidence(visit(GIVEN, REFRESHED))),
    ("newest-refresh-token", True, evidence(visit(GIVEN, REFRESHED, refresh(5, "second", "third")))),
    ("newest-refresh-token", True, evidence(visit(GIVEN, refresh(4, "first"), refresh(5, "first")))),
    ("newest-refresh-token", False, evidence(visit(GIVEN, REFRESHED, refresh(5, "first", "third")))),
    ("newest-refresh-token", None, evidence(visit(GIVEN, REFRESHED))),
    ("newest-refresh-token", None, evidence(visit(GIVEN))),
    *kept_cases.ROWS,
    *shown_cases.ROWS,
]


@pytest.mark.parametrize(("name", "holds", "seen"), TABLE, ids=lambda value: str(value)[:40])
def test_the_check_finds(name: str, holds: bool | None, seen: Evidence) -> None:  # noqa: FBT001  a table
    finding = checks()[name].judge(seen)
    assert finding.holds is holds, finding.reason
    assert holds or finding.reason


def test_every_check_is_seen_kept_and_broken() -> None:
    assert {(name, True) for name in checks()} | {(name, False) for name in checks()} <= {row[:2] for row in TABLE}


@pytest.mark.parametrize("name", checks())
def test_no_check_stumbles_over_empty_evidence(name: str) -> None:
    assert checks()[name].judge(Evidence()).holds is None


def test_only_passive_checks_are_made_everywhere() -> None:
    assert set(observe(evidence(visit()))) == {name for name, check in checks().items() if check.passive}


@pytest.mark.parametrize("seen", [MIXED_UP, MISDIRECTED, visit(asked_at("evil", 4), outcome="refused")])
def test_a_request_that_the_provider_sent_on_or_another_issuer_got_is_observed_of_nobody(seen: dict[str, Any]) -> None:
    findings = observe(evidence(seen, surroundings=BASELINE))
    assert {name: each.reason for name, each in findings.items() if each.holds is False} == {}


@pytest.mark.parametrize("seen", REPEATED.values(), ids=REPEATED)
def test_what_the_application_itself_sends_twice_is_observed_at_two_issuers_too(seen: dict[str, Any]) -> None:
    findings = observe(evidence(seen, surroundings=BASELINE))
    repeated = {"state-fresh", "nonce-fresh", "pkce-s256", "verifier-fresh"}
    assert repeated <= {name for name, each in findings.items() if each.holds is False}


def test_what_another_site_is_told_is_named() -> None:
    requests = [
        elsewhere(referer=f"{CALLBACK}?code=1&state=2"),
        elsewhere(body="Van der Gheynst"),
        elsewhere(body="eyJhbGciOiJub25lIn0.e30."),
        elsewhere(body=f"seen={OPAQUE}&by={OTHER}"),
    ]
    finding = checks()["no-third-party-requests"].judge(evidence(visit(ISSUED, requests=requests)))
    assert finding.reason == (
        "the pages ask https://counter.example, "
        "and tell there: a token, the access token, the code, the family name, the state"
    )
    silent = checks()["no-third-party-requests"].judge(evidence(visit(requests=[elsewhere()])))
    assert silent.reason == "the pages ask https://counter.example, where a Referer may carry the code"


def test_a_finding_gives_nothing_away_again() -> None:
    finding = checks()["no-claims-in-urls"].judge(
        evidence(visit(requests=requested(f"{APPLICATION}/me?id=0a1b2c3d-account")))
    )
    assert "0a1b2c3d-account" not in finding.reason


@pytest.mark.parametrize(
    ("name", "seen", "reason"),
    [
        ("no-claims-in-urls", {"requests": requested(f"{APPLICATION}/?t={OPAQUE}")}, "stands in the address of"),
        ("no-claims-in-urls", {"requests": [referred(f"{CALLBACK}?t={OPAQUE}")]}, "stands in the Referer for"),
        ("nothing-in-browser-storage", {"stored": {"local.t": OPAQUE}}, "lies in the browser's storage under"),
    ],
)
def test_an_issued_token_is_named_and_not_told(name: str, seen: dict[str, Any], reason: str) -> None:
    finding = checks()[name].judge(evidence(visit(ISSUED, **seen)))
    assert finding.reason.startswith(f"the access token {reason}")
    assert OPAQUE not in finding.reason
