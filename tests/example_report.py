"""A rich report that no run has made, for looking at reporters. Every value is invented."""

from datetime import UTC, datetime
from functools import cache

from conformance.report import (
    Browser,
    Calibration,
    CheckResult,
    Mock,
    Page,
    Profile,
    Report,
    RequirementResult,
    Result,
    Step,
    Target,
    Verdict,
    cover,
)
from conformance.requirement import load_requirements
from conformance.scenario import load_scenarios

NOTABLE = {
    "id-token/nonce-mismatch": (Verdict.FAILED, "signed-in", "expected a refusal, but secondary-pupil was signed in"),
    "sign-in/mononym": (Verdict.FAILED, "crashed", "the application crashed: it answered 500"),
    "signature/foreign-key": (Verdict.WARNED, "signed-in", "expected a refusal, but secondary-pupil was signed in"),
    "jwks/rotated": (Verdict.INCONCLUSIVE, "stalled", "no landmark appeared within 10 s"),
    "identity/twins-share-an-email": (Verdict.SKIPPED, None, "the target does not offer: identity"),
}
NOON = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
ISSUER = "http://localhost:9100/op"
HASH = "sha256:0123456789ab"


def exchanges(fired: tuple[str, ...] = ()) -> tuple[dict[str, object], ...]:
    """The journal of a sign-in."""
    asked = {"response_type": "code", "scope": "openid profile ov_leerling", "state": "Jp3kZ0x", "nonce": "q8Vn2b"}
    callback = {"redirect_uri": "http://127.0.0.1:9200/callback"}
    token = {
        "header": {"alg": "RS256", "kid": "k-1"},
        "claims": {"aud": "app", "iss": ISSUER, "given_name": "Zoë", "nonce": "other"},
    }
    rows = (
        ("discovery", "GET", {}, {"issuer": ISSUER}),
        ("authorization", "GET", asked | callback, {}),
        ("sign-in", "POST", {"username": "noah.wouters", "password": HASH}, {}),
        ("authorization-response", "GET", {}, {"code": HASH, "state": "Jp3kZ0x"}),
        (
            "token",
            "POST",
            {"code": HASH, "client_auth": "client_secret_basic"} | callback,
            {"id_token": HASH, "expires_in": 3600},
        ),
        ("userinfo", "GET", {"bearer": "header"}, {"sub": "741ed86c-4cbf-49cf-b0c8-08162077da9e"}),
    )
    return tuple(
        {
            "number": number,
            "at": NOON.isoformat(),
            "stage": "s-1",
            "endpoint": endpoint,
            "method": method,
            "client_id": "app",
            "request": request,
            "status": 302 if endpoint == "authorization" else 200,
            "response": response,
            "fired": list(fired) if endpoint == "token" else [],
            "notes": ["The request names no prompt; that is fine."] if endpoint == "authorization" else [],
            "account": None,
            "id_token": token if endpoint == "token" else None,
        }
        for number, (endpoint, method, request, response) in enumerate(rows, start=1)
    )


def results(screenshot: str | None = None) -> tuple[Result, ...]:
    """A result for every scenario there is."""
    scenarios, _ = load_scenarios()
    made = []
    for scenario in scenarios:
        verdict, outcome, reason = NOTABLE.get(scenario.id, (Verdict.PASSED, scenario.expect, ""))
        made.append(
            Result(
                id=scenario.id,
                title=scenario.title,
                level=scenario.level,
                requirements=scenario.requirements,
                verdict=verdict,
                outcome="signed-in" if outcome == "either" else outcome,
                expected=scenario.expect,
                last_step="signed-in" if outcome == "signed-in" else "token",
                reason=reason,
                duration_s=0.62,
                why=scenario.why.strip(),
                persona=scenario.persona,
                journey=scenario.journey,
                armed=scenario.armed,
                fired=scenario.armed,
                provider_did=tuple(f"The provider bent {name}." for name in scenario.armed),
                steps=(
                    Step(at=NOON.isoformat(), who="visitor", what="opened http://127.0.0.1:9200/sign-in"),
                    Step(at=NOON.isoformat(), who="application", what="sent the visitor to the provider"),
                ),
                exchanges=exchanges(scenario.armed),
                screenshot=screenshot,
                checks=tuple(CheckResult(name=name, verdict=Verdict.PASSED) for name in scenario.checks),
                page=Page(url="http://127.0.0.1:9200/me", status=200, title="Wie ben ik?"),
            )
        )
    return tuple(made)


@cache
def example(screenshot: str | None = None) -> Report:
    """The whole report, made once: it is frozen."""
    judged = results(screenshot)
    rows, _ = load_requirements()
    return Report(
        generated_at=NOON,
        product_version="0.1.0",
        target=Target(name="Leerplein", sign_in_url="http://127.0.0.1:9200/sign-in", claims_profile="meemoo-2023"),
        profile=Profile(name="full", version="1"),
        browser=Browser(name="chromium", version="140.0"),
        mock=Mock(issuer="http://localhost:9100/op", version="0.1.0"),
        calibration=Calibration(ok=True),
        results=judged,
        requirements=tuple(cover(RequirementResult(**row.model_dump()), judged) for row in rows.values()),
        observations=("pkce-s256: an authorization request had no PKCE challenge (in 3 of 120 scenarios).",),
        duration_s=81.4,
    )
