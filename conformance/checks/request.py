"""What the application sends to the provider. One honest sign-in before serves as comparison: the baseline."""

from collections.abc import Callable
from typing import Final

from conformance.checks.registry import check
from conformance.evidence import Evidence, Exchange, Finding, is_refresh

SHORTEST: Final = 16
"""Characters below which a random value can hardly hold the 128 bits that RFC 6749 10.10 speaks of."""
CHALLENGE_LENGTH: Final = 43
LONGEST_ASSERTION_S: Final = 600
CHALLENGE_FAILED: Final = "code challenge failed"
"""What the mock notes of a verifier that does not fit."""
LEADS_ASTRAY: Final = frozenset(
    {"authorization.sent-on-to-main-issuer", "discovery.authorization-endpoint-of-other"},
)
"""Faults of one issuer by which an authorization request comes to another that the application did not mean to ask."""


def _all(evidence: Evidence, endpoint: str) -> list[Exchange]:
    """The exchanges at an endpoint that the application meant to have, those of the baseline first, each once."""
    baseline = evidence.surroundings.baseline
    found = {exchange.number: exchange for exchange in (*(baseline.exchanges if baseline else ()), *evidence.exchanges)}
    ordered = [found[number] for number in sorted(found)]
    astray = _led_astray(ordered)
    return [exchange for exchange in ordered if exchange.endpoint == endpoint and exchange.number not in astray]


def _led_astray(exchanges: list[Exchange]) -> set[int]:
    """Numbers of the authorization requests that a fault brought to another issuer: the next one on its stage."""
    astray, before = set[int](), dict[str, Exchange]()
    for exchange in exchanges:
        if exchange.endpoint == "authorization" and _leads_astray(before.get(exchange.stage), exchange):
            astray.add(exchange.number)
        if exchange.endpoint in {"authorization", "discovery"}:
            before[exchange.stage] = exchange
    return astray


def _leads_astray(before: Exchange | None, exchange: Exchange) -> bool:
    return before is not None and before.issuer != exchange.issuer and bool(LEADS_ASTRAY & set(before.fired))


def _redemptions(evidence: Evidence) -> list[Exchange]:
    """The exchanges at the token endpoint that bring a code, whatever is refreshed there later."""
    return [exchange for exchange in _all(evidence, "token") if not is_refresh(exchange)]


def _untold(endpoint: str) -> Finding:
    return Finding.untold(f"the application made no request at the {endpoint} endpoint")


def _fresh(evidence: Evidence, name: str, *, spared: bool = False) -> Finding:
    """Whether a value is sent with every authorization request, differs and is long; `spared`: it may be absent."""
    asked = [exchange.asked(name) for exchange in _all(evidence, "authorization")]
    if not asked:
        return _untold("authorization")
    values = [value for value in asked if value is not None or not spared]
    if None in values:
        return Finding.broken(f"an authorization request was sent without {name}")
    if len(set(values)) < len(values):
        return Finding.broken(f"the same {name} was sent in two authorization requests")
    if any(len(value or "") < SHORTEST for value in values):
        return Finding.broken(f"a {name} is shorter than {SHORTEST} characters, so it can be guessed")
    return Finding.kept()


def _never(exchanges: list[Exchange], endpoint: str, wrong: Callable[[Exchange], str | None]) -> Finding:
    """Kept when no exchange is wrong; broken with the first reason."""
    if not exchanges:
        return _untold(endpoint)
    reason = next((reason for exchange in exchanges if (reason := wrong(exchange))), None)
    return Finding.broken(reason) if reason else Finding.kept()


@check(passive=True)
def state_fresh(evidence: Evidence) -> Finding:
    """Every authorization request carries a state that is new and cannot be guessed, or else a new nonce or PKCE."""
    return _fresh(evidence, "state", spared=_protected_without_state(_all(evidence, "authorization")))


def _protected_without_state(asked: list[Exchange]) -> bool:
    """Whether an answer of somebody else is noticed by PKCE or by a nonce, new in every request (RFC 9700 4.7.1)."""
    hashed = [exchange for exchange in asked if exchange.asked("code_challenge_method") == "S256"]
    challenges, nonces = (
        {exchange.asked("code_challenge") for exchange in hashed} - {None},
        {exchange.asked("nonce") for exchange in asked} - {None},
    )
    return len(asked) in {len(challenges), len(nonces)}


@check(passive=True)
def nonce_fresh(evidence: Evidence) -> Finding:
    """Every authorization request carries a nonce of its own that cannot be guessed."""
    return _fresh(evidence, "nonce")


@check(passive=True)
def pkce_s256(evidence: Evidence) -> Finding:
    """Every authorization request carries a PKCE challenge of its own, made with S256, and the verifier follows."""
    asked = _all(evidence, "authorization")
    finding = _never(asked, "authorization", _wrong_challenge)
    if finding.holds is not True:
        return finding
    challenges = [exchange.asked("code_challenge") for exchange in asked]
    if len(set(challenges)) < len(challenges):
        return Finding.broken("the same PKCE challenge was sent in two authorization requests")
    if any(exchange.asked("code_verifier") is None for exchange in _redemptions(evidence)):
        return Finding.broken("a token request was sent without code_verifier")
    return Finding.kept()


def _wrong_challenge(exchange: Exchange) -> str | None:
    if exchange.asked("code_challenge") is None:
        return "an authorization request was sent without a PKCE challenge"
    if exchange.asked("code_challenge_method") != "S256":
        return f"the PKCE method is {exchange.asked('code_challenge_method')!r}, not 'S256'"
    if len(exchange.asked("code_challenge") or "") != CHALLENGE_LENGTH:
        return f"the PKCE challenge does not have the {CHALLENGE_LENGTH} characters of an S256 hash"
    return None


@check(passive=True)
def verifier_fresh(evidence: Evidence) -> Finding:
    """No PKCE verifier and no challenge is sent with two sign-ins; ill-formed ones the provider refuses itself."""
    sent = {exchange.asked("code"): exchange.asked("code_verifier") for exchange in _all(evidence, "token")}
    asked = [exchange.asked("code_challenge") for exchange in _all(evidence, "authorization")]
    verifiers, challenges = [each for each in sent.values() if each], [each for each in asked if each]
    if not verifiers:
        return Finding.untold("the application sent no PKCE verifier to the token endpoint")
    if len(set(verifiers)) < len(verifiers) or len(set(challenges)) < len(challenges):
        return Finding.broken("the same PKCE verifier was sent with two sign-ins")
    return Finding.kept()


@check()
def verifier_belongs(evidence: Evidence) -> Finding:
    """Every PKCE verifier belongs to the challenge of the same sign-in."""
    sent = [exchange for exchange in _all(evidence, "token") if exchange.asked("code_verifier")]
    if not sent:
        return Finding.untold("the application sent no PKCE verifier to the token endpoint")
    refused = [note for exchange in sent for note in exchange.notes if CHALLENGE_FAILED in note.lower()]
    return Finding.broken("a code was sent with the PKCE verifier of another sign-in") if refused else Finding.kept()


@check(passive=True)
def code_flow(evidence: Evidence) -> Finding:
    """Every authorization request asks for a code, and for no token."""

    def wrong(exchange: Exchange) -> str | None:
        asked = exchange.asked("response_type")
        return None if asked == "code" else f"the response type is {asked!r}, not 'code'"

    return _never(_all(evidence, "authorization"), "authorization", wrong)


@check(passive=True)
def parameters_consistent(evidence: Evidence) -> Finding:
    """The parameters of an authorization request do not contradict each other."""

    def wrong(exchange: Exchange) -> str | None:
        prompts = (exchange.asked("prompt") or "").split()
        if "none" in prompts and len(prompts) > 1:
            return f"prompt is {' '.join(prompts)!r}: none stands alone"
        if "none" in prompts and exchange.asked("max_age") == "0":
            return "prompt=none forbids a page, and max_age=0 demands one"
        if exchange.asked("request") and exchange.asked("request_uri"):
            return "request and request_uri were sent together"
        return None

    return _never(_all(evidence, "authorization"), "authorization", wrong)


@check(passive=True)
def redirect_uri_constant(evidence: Evidence) -> Finding:
    """The redirect URI is the same in every request to an issuer, of authorization or token, and has no fragment."""
    sent: dict[str, set[str | None]] = {}
    for exchange in (*_all(evidence, "authorization"), *_redemptions(evidence)):
        sent.setdefault(exchange.issuer, set()).add(exchange.asked("redirect_uri"))
    if not sent:
        return _untold("authorization")
    for uris in sent.values():  # one for each issuer keeps them from being mixed up (RFC 9700 4.4.2)
        if None in uris:
            return Finding.broken("a request was sent without redirect_uri")
        if len(uris) > 1:
            return Finding.broken(f"different redirect URIs were sent: {', '.join(sorted(map(str, uris)))}")
        if any("#" in str(uri) for uri in uris):
            return Finding.broken("the redirect URI has a fragment")
    return Finding.kept()


@check(passive=True)
def client_authentication(evidence: Evidence) -> Finding:
    """Every token request authenticates the client in the one registered way; an assertion is short-lived and new."""
    asked = _all(evidence, "token")
    registered = evidence.surroundings.client.get("token_endpoint_auth_method")

    def wrong(exchange: Exchange) -> str | None:
        used = exchange.asked("client_auth")
        if used in {None, "none"}:
            return "a token request was sent without client authentication"
        if registered and used != registered:
            return f"a token request used {used}, registered is {registered}"
        return _wrong_assertion(exchange, evidence) if used == "private_key_jwt" else None

    finding = _never(asked, "token", wrong)
    ids = [claims.get("jti") for exchange in asked if (claims := _assertion(exchange))]
    if finding.holds and len(set(map(str, ids))) < len(ids):
        return Finding.broken("the same client assertion (jti) was used twice")
    return finding


def _assertion(exchange: Exchange) -> dict[str, object]:
    sent = exchange.request.get("client_assertion")
    claims = sent.get("claims") if isinstance(sent, dict) else None
    return dict(claims) if isinstance(claims, dict) else {}


def _wrong_assertion(exchange: Exchange, evidence: Evidence) -> str | None:
    claims, surroundings = _assertion(exchange), evidence.surroundings
    audience, expiry, issued = claims.get("aud"), claims.get("exp"), claims.get("iat")
    if claims.get("iss") != exchange.client_id or claims.get("sub") != exchange.client_id:
        return "iss and sub of the client assertion are not the client_id"
    if not isinstance(audience, str) or not audience.startswith(surroundings.issuer):
        return f"the audience of the client assertion is {audience!r}, not the issuer {surroundings.issuer}"
    if not claims.get("jti"):
        return "the client assertion has no jti"
    if not isinstance(expiry, int | float):
        return "the client assertion has no expiry"
    if isinstance(issued, int | float) and expiry - issued > LONGEST_ASSERTION_S:
        return f"the client assertion is valid for more than {LONGEST_ASSERTION_S} s"
    return None


@check()
def assertion_sound(evidence: Evidence) -> Finding:
    """Every client assertion is meant for the issuer alone, is new, and holds for minutes."""
    sent = [claims for exchange in _all(evidence, "token") if (claims := _assertion(exchange))]
    if not sent:
        return Finding.untold("the application sent no client assertion")
    issuer, ids = evidence.surroundings.issuer, [str(claims.get("jti")) for claims in sent]
    for claims in sent:
        if claims.get("aud") not in (issuer, [issuer]):
            return Finding.broken(f"the audience of a client assertion is {claims.get('aud')!r}, not {issuer} alone")
        expiry, issued = claims.get("exp"), claims.get("iat")
        if not isinstance(expiry, int | float) or not isinstance(issued, int | float):
            return Finding.broken("a client assertion does not say from when and until when it holds")
        if expiry - issued > LONGEST_ASSERTION_S:
            return Finding.broken(f"a client assertion holds for more than {LONGEST_ASSERTION_S} s")
    if len(set(ids)) < len(ids) or "None" in ids:
        return Finding.broken("a client assertion has no id (jti) of its own")
    return Finding.kept()


@check(passive=True)
def scope_within_profile(evidence: Evidence) -> Finding:
    """The scope holds `openid`, and nothing that would ask for the national number."""

    def wrong(exchange: Exchange) -> str | None:
        scopes = (exchange.asked("scope") or "").split()
        if "openid" not in scopes:
            return f"the scope is {' '.join(scopes)!r}, without openid"
        forbidden = sorted({"rrn", "insz"} & set(scopes))
        return f"the scope asks for {forbidden[0]}" if forbidden else None

    return _never(_all(evidence, "authorization"), "authorization", wrong)


@check(passive=True)
def bearer_in_header(evidence: Evidence) -> Finding:
    """The access token travels in the Authorization header, never in an address or a body."""

    def wrong(exchange: Exchange) -> str | None:
        used = exchange.asked("bearer")
        return None if used == "header" else f"the access token was sent in: {used}"

    return _never(_all(evidence, "userinfo"), "userinfo", wrong)


@check(passive=True)
def code_redeemed_once(evidence: Evidence) -> Finding:
    """No authorization code is sent to the token endpoint twice."""
    codes = [code for exchange in _all(evidence, "token") if (code := exchange.asked("code"))]
    if not codes:
        return _untold("token")
    if len(set(codes)) < len(codes):
        return Finding.broken("the same authorization code was sent to the token endpoint twice")
    return Finding.kept()


@check(passive=True)
def fresh_authorization(evidence: Evidence) -> Finding:
    """Every sign-in asks the provider anew."""
    visits = [visit for visit in evidence.visits if visit.last_step == "signed-in"]
    if not visits:
        return Finding.untold("no sign-in came through")
    if any(not visit.at("authorization") for visit in visits):
        return Finding.broken("a visitor was signed in without an authorization request")
    return Finding.kept()
