"""Each guard and rule refuses what it is there for; each defect lets through exactly what its guard or rule refuses."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from forged_tokens import (
    SECRET_OF_ALL,
    certificate,
    code_of,
    elliptic_entry,
    elliptic_signature,
    in_json_form,
    leading,
    payload_altered,
    publishing,
    rsa_signature,
    sealed,
    short_entry,
    short_signature,
    signed_as,
    with_algorithm,
    with_claims_in_header,
    with_critical_header,
    with_foreign_key,
    with_hmac,
    with_signature,
    with_two_subjects,
    with_unknown_key,
)
from honest_provider import FOREIGN_KEY, PUPIL, SIGNING_KEY, Answer, b64, honest_seal, unsigned

from relying_party.defects import catalogue
from relying_party.settings import SYNTHETIC_SECRET

if TYPE_CHECKING:
    from collections.abc import Callable

    from browsing import Outcome
    from conftest import OpenBrowser
    from forged_tokens import Bend
    from honest_provider import HonestProvider

ENROLMENT = PUPIL["ov_inschrijvingen"][0]


@dataclass(frozen=True, kw_only=True)
class Case:
    """Something unusual: the reason it is refused for ("" when it must be accepted) and the defects that differ."""

    reason: str
    bend: Bend
    changed: dict[str, str | None]
    defects: frozenset[str]


def refused(reason: str, bend: Bend, *defects: str, **changed: str | None) -> Case:
    return Case(reason=reason, bend=bend, changed=changed, defects=frozenset(defects))


def accepted(bend: Bend, *defects: str, **changed: str | None) -> Case:
    return Case(reason="", bend=bend, changed=changed, defects=frozenset(defects))


def without_none(document: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if value is not None}


def bent(member: str, **values: Any) -> Bend:
    """Bend a document of the provider; None takes a member away."""

    def bend(provider: HonestProvider) -> None:
        setattr(provider, f"bend_{member}", lambda document: without_none({**document, **values}))

    return bend


def claim(**values: Any) -> Bend:
    return bent("id_token", **values)


def within(**seconds: int) -> Bend:
    """Put a time so many seconds from the moment of issue."""

    def bend(provider: HonestProvider) -> None:
        provider.bend_id_token = lambda claims: claims | {name: claims["iat"] + each for name, each in seconds.items()}

    return bend


def truth(**values: Any) -> Bend:
    """Change what is true of the pupil, in ID token and userinfo alike; None takes a claim away."""

    def bend(provider: HonestProvider) -> None:
        provider.claims = without_none({**provider.claims, **values})

    return bend


def enrolled(*lines: dict[str, Any]) -> Bend:
    return truth(ov_inschrijvingen=[ENROLMENT | line for line in lines])


def answer(endpoint: str, body: Any, status: int = 200) -> Bend:
    def bend(provider: HonestProvider) -> None:
        provider.answers[endpoint] = Answer(body, status)

    return bend


def userinfo_in(seal: Callable[[dict[str, Any], dict[str, Any]], str]) -> Bend:
    """Answer userinfo as a token."""
    return answer("userinfo", seal({"alg": "RS256"}, PUPIL))


def honest(_provider: HonestProvider) -> None:
    pass


def responding(change: Callable[[HonestProvider, dict[str, Any]], dict[str, Any]]) -> Bend:
    """Change what comes back through the browser."""

    def bend(provider: HonestProvider) -> None:
        authorize = provider.authorize
        provider.authorize = lambda address: change(provider, authorize(address))  # type: ignore[method-assign]

    return bend


def twice(name: str) -> Callable[[HonestProvider, dict[str, Any]], dict[str, Any]]:
    return lambda _provider, response: {**response, name: [response[name], "another"]}


def naming_itself(provider: HonestProvider, response: dict[str, Any]) -> dict[str, Any]:
    return {**response, "iss": provider.issuer}


def coded(ending: str) -> Callable[[HonestProvider, dict[str, Any]], dict[str, Any]]:
    """Let the code have another ending."""

    def change(provider: HonestProvider, response: dict[str, Any]) -> dict[str, Any]:
        code = response["code"] + ending
        provider.codes[code] = provider.codes.pop(response["code"])
        return {**response, "code": code}

    return change


def keys_elsewhere(provider: HonestProvider) -> None:
    """Let the discovery document name the keys of the same provider by another name of this machine."""
    address = f"{provider.issuer}/v1/keys".replace("localhost", "127.0.0.1")
    bent("discovery", jwks_uri=address)(provider)


OTHER, FAR = "https://other.example/op", 4_000_000_000
PUBLIC, FOREIGN = (dict(key.as_dict(private=False)) for key in (SIGNING_KEY, FOREIGN_KEY))
TEACHER = {name: None for name in PUPIL if name.startswith("ov_")}
NAMES_MISSING = {"given_name": None}
CASES = {
    "discovery of another issuer": refused(
        "discovery-issuer", bent("discovery", issuer=OTHER), "discovery-issuer-unchecked"
    ),
    "discovery of nobody": refused(
        "discovery-issuer",
        bent("discovery", issuer=None),
        "discovery-issuer-unchecked",
        "discovery-issuer-optional",
    ),
    "discovery without sign-out": accepted(bent("discovery", end_session_endpoint=None)),
    "discovery without userinfo": refused("endpoints", bent("discovery", userinfo_endpoint=None)),
    "discovery with a sign-out nobody can open": refused("endpoints", bent("discovery", end_session_endpoint=["x"])),
    "discovery with an unprotected endpoint": refused(
        "endpoints", bent("discovery", authorization_endpoint="http://other.example/auth"), "endpoints-unchecked"
    ),
    "discovery with keys elsewhere": refused("endpoints-at-home", keys_elsewhere, "endpoints-elsewhere-asked"),
    "state altered": refused("state", honest, "state-unchecked", state="another"),
    "state missing": refused("state", honest, "state-unchecked", "state-missing-crashes", state=None),
    "response of another issuer": refused("response-issuer", honest, "response-issuer-unchecked", iss=OTHER),
    "promised issuer missing": refused(
        "response-issuer",
        bent("discovery", authorization_response_iss_parameter_supported=True),
        "response-issuer-unchecked",
        "promised-issuer-not-missed",
    ),
    "code twice": refused("parameters-once", responding(twice("code")), "first-parameter-counts"),
    "state twice": refused("parameters-once", responding(twice("state")), "first-parameter-counts"),
    "code missing": refused("code", honest, "code-missing-crashes", code=None),
    "overloaded": refused("provider-unavailable", honest, code=None, error="temporarily_unavailable"),
    "cancelled": refused("access-denied", honest, "provider-error-crashes", code=None, error="access_denied"),
    "error beside a code": refused(
        "provider-error", honest, "provider-error-crashes", "code-before-error", error="invalid_scope"
    ),
    "issuer right, nobody promised": accepted(responding(naming_itself), "unpromised-issuer-refused"),
    "code with reserved characters": accepted(responding(coded("+/=%2F")), "code-decoded-twice"),
    "code of two thousand characters": accepted(responding(coded("x" * 2000)), "code-cut-short"),
    "code refused": refused(
        "provider-error", answer("token", {"error": "invalid_grant"}, 400), "provider-error-crashes"
    ),
    "error in a good answer": refused(
        "provider-error", bent("token_response", error="invalid_grant"), "provider-error-crashes"
    ),
    "token endpoint down": refused("provider-unavailable", answer("token", {}, 500), "provider-error-crashes"),
    "token response is a page": refused("provider-unavailable", answer("token", "<p>"), "provider-error-crashes"),
    "token response moved": refused("provider-unavailable", answer("token", "", 307), "provider-error-crashes"),
    "token response is a list": refused("provider-unavailable", answer("token", "[]"), "provider-error-crashes"),
    "expires_in is no number": refused(
        "provider-unavailable", bent("token_response", expires_in="soon"), "provider-error-crashes"
    ),
    "access token missing": refused(
        "access-token", bent("token_response", access_token=None), "access-token-missing-crashes"
    ),
    "token type missing": refused("token-type", bent("token_response", token_type=None), "token-type-unchecked"),
    "token type mac": refused("token-type", bent("token_response", token_type="mac"), "token-type-unchecked"),
    "ID token missing": refused(
        "id-token-present", bent("token_response", id_token=None), "id-token-optional", "id-token-missing-crashes"
    ),
    "not a JWT": refused("compact-form", bent("token_response", id_token="not-a-jwt"), "rubbish-token-crashes"),
    "JSON form": refused("compact-form", sealed(in_json_form), "json-form-read", "rubbish-token-crashes"),
    "a number for an ID token": refused("id-token-present", bent("token_response", id_token=7)),
    "critical extension": refused("critical-header", sealed(with_critical_header), "critical-header-ignored"),
    "an access token in its place": refused("token-kind", bent("header", typ="at+jwt"), "token-kind-unchecked"),
    "a logout token in its place": refused("token-kind", bent("header", typ="logout+jwt"), "token-kind-unchecked"),
    "algorithm none": refused("algorithm", with_algorithm("none"), "algorithm-from-token"),
    "algorithm nOnE": refused("algorithm", with_algorithm("nOnE"), "algorithm-from-token"),
    "algorithm none, signed": refused(
        "algorithm", sealed(signed_as("none")), "algorithm-from-token", "algorithm-unchecked"
    ),
    "HS256 with the public key": refused(
        "algorithm", with_hmac(SIGNING_KEY.as_pem(private=False)), "algorithm-from-token"
    ),
    "HS256 with the client secret": refused("algorithm", with_hmac(SYNTHETIC_SECRET.encode()), "algorithm-from-token"),
    "HS256 with the trimmed public key": refused(
        "algorithm", with_hmac(SIGNING_KEY.as_pem(private=False).strip()), "algorithm-from-token"
    ),
    "HS256 with the modulus": refused("algorithm", with_hmac(str(PUBLIC["n"]).encode()), "algorithm-from-token"),
    "HS256 with the published text": refused(
        "algorithm", with_hmac(json.dumps(dict(sorted(PUBLIC.items()))).encode()), "algorithm-from-token"
    ),
    "HS256 with a published secret": refused(
        "algorithm",
        publishing({"kty": "oct", "kid": "key-o", "k": b64(SECRET_OF_ALL)}, code_of(SECRET_OF_ALL, kid="key-o")),
        "any-published-key",
    ),
    "RS512": refused("algorithm", with_signature(rsa_signature("RS512"), alg="RS512"), "algorithm-from-token"),
    "PS256": refused("algorithm", with_signature(rsa_signature("PS256"), alg="PS256"), "algorithm-from-token"),
    "ES256 with a published key": refused(
        "algorithm",
        publishing(elliptic_entry(), with_signature(elliptic_signature, alg="ES256", kid="key-e")),
        "any-published-key",
    ),
    "ES256 of zeros": refused("algorithm", with_signature(lambda _: bytes(64), alg="ES256"), "zeros-verified"),
    "HS256 with an unknown secret": refused("algorithm", with_hmac(b"unknown-secret-of-a-test-0123456")),
    "payload altered": refused("signature", sealed(payload_altered), "signature-unchecked"),
    "signature removed": refused("signature", with_algorithm("RS256"), "signature-unchecked"),
    "foreign key": refused("signature", with_foreign_key(), "signature-unchecked"),
    "foreign key of an unknown name": refused("signature", with_foreign_key(kid="key-9"), "signature-unchecked"),
    "foreign key in the header": refused(
        "signature", with_foreign_key(jwk=FOREIGN_KEY.as_dict(private=False)), "signature-unchecked", "key-from-header"
    ),
    "certificate in the header": refused(
        "signature", with_foreign_key(x5c=[certificate()]), "signature-unchecked", "certificate-from-header"
    ),
    "address of a key in the header": refused(
        "signature", leading("jku"), "signature-unchecked", "header-address-followed"
    ),
    "address of a certificate in the header": refused(
        "signature", leading("x5u"), "signature-unchecked", "header-address-followed"
    ),
    "key for a name": refused(
        "signature", with_foreign_key(kid=json.dumps(FOREIGN)), "signature-unchecked", "kid-taken-for-key"
    ),
    "a name of a hundred thousand letters": refused(
        "signature", with_foreign_key(kid="k" * 100_000), "signature-unchecked"
    ),
    "key for encryption": refused(
        "signature",
        publishing(FOREIGN | {"use": "enc"}, with_foreign_key()),
        "signature-unchecked",
        "key-use-ignored",
    ),
    "short key": refused(
        "signature",
        publishing(short_entry(), with_signature(short_signature, kid="key-s")),
        "signature-unchecked",
        "key-length-ignored",
    ),
    "no published keys": refused("signature", lambda provider: provider.keys.clear(), "signature-unchecked"),
    "issuer other": refused("issuer", claim(iss=OTHER), "issuer-unchecked"),
    "issuer missing": refused("issuer", claim(iss=None), "issuer-unchecked", "issuer-optional"),
    "issuer empty": refused("issuer", claim(iss=""), "issuer-unchecked", "issuer-optional"),
    "issuer with a slash": refused(
        "issuer",
        lambda provider: claim(iss=f"{provider.issuer}/")(provider),
        "issuer-unchecked",
        "issuer-slash-ignored",
    ),
    "audience missing": refused("audience", claim(aud=None), "audience-unchecked"),
    "audience other, authorized party right": refused(
        "audience", claim(aud="another-client"), "audience-unchecked", "audience-by-authorized-party"
    ),
    "audience and party other": refused(
        "audience", claim(aud="another-client", azp="another-client"), "meant-for-anybody"
    ),
    "audience and one more": refused(
        "audience", claim(aud=["leerid-rp", "another-client"]), "audience-unchecked", "audience-extra-accepted"
    ),
    "audience empty": refused("audience", claim(aud=[]), "audience-unchecked", "audience-list-of-none"),
    "audience longer": refused(
        "audience",
        claim(aud="leerid-rp-2"),
        "audience-unchecked",
        "audience-by-authorized-party",
        "audience-part-of-name",
    ),
    "audience shorter": refused(
        "audience", claim(aud="leerid-r"), "audience-unchecked", "audience-by-authorized-party", "audience-part-of-name"
    ),
    "audience in other capitals": refused(
        "audience",
        claim(aud="LEERID-RP"),
        "audience-unchecked",
        "audience-by-authorized-party",
        "audience-case-ignored",
    ),
    "authorized party other": refused("authorized-party", claim(azp="another-client"), "authorized-party-unchecked"),
    "expired": refused("expiry", claim(exp=1_000_000_000), "expiry-unchecked"),
    "expiry missing": refused("expiry", claim(exp=None), "expiry-unchecked", "expiry-optional"),
    "expiry is text": refused("expiry", claim(exp="4000000000"), "expiry-unchecked", "expiry-text-read"),
    "expiry below zero": refused("expiry", claim(exp=-1), "expiry-unchecked"),
    "not valid yet": refused("not-before", claim(nbf=FAR), "not-before-unchecked"),
    "issue time missing": refused("issued-at", claim(iat=None), "issued-at-optional"),
    "issued in the future": refused("issued-at", claim(iat=FAR)),
    "nonce other": refused("nonce", claim(nonce="another"), "nonce-unchecked"),
    "nonce missing": refused("nonce", claim(nonce=None), "nonce-unchecked"),
    "nonce waived by a claim": refused(
        "nonce", claim(nonce=None, nonce_supported=False), "nonce-unchecked", "nonce-supported-trusted"
    ),
    "subject missing": refused("subject", claim(sub=None), "subject-optional"),
    "subject empty": refused("subject", truth(sub=""), "subject-of-any-kind"),
    "subject is a number": refused("subject", truth(sub=7), "subject-of-any-kind"),
    "subject too long": refused("subject", truth(sub="x" * 256), "subject-of-any-kind"),
    "subject is a list": refused("subject", truth(sub=["x"]), "subject-of-any-kind", "subject-as-key-crashes"),
    "subject is an object": refused("subject", truth(sub={"id": "x"}), "subject-as-key-crashes"),
    "two subjects, the last another": refused(
        "userinfo-subject", sealed(with_two_subjects), "userinfo-subject-unchecked", "first-of-two-members-read"
    ),
    "access token hash other": refused("access-token-hash", claim(at_hash="x"), "at-hash-unchecked"),
    "userinfo of somebody else": refused(
        "userinfo-subject", bent("userinfo", sub="somebody-else"), "userinfo-subject-unchecked"
    ),
    "userinfo of nobody": refused("userinfo-subject", bent("userinfo", sub=None), "userinfo-subject-unchecked"),
    "userinfo refused": refused("provider-unavailable", answer("userinfo", {}, 401), "provider-error-crashes"),
    "userinfo is a page": refused("provider-unavailable", answer("userinfo", "<p>"), "provider-error-crashes"),
    "teacher": refused("pupil-role", truth(**TEACHER), "pupil-role-unchecked"),
    "no enrolment": refused("enrolment", truth(ov_inschrijvingen=[]), "enrolment-unchecked"),
    "no word of enrolments": refused("enrolment", truth(ov_inschrijvingen=None), "enrolment-unchecked"),
    "enrolments are text": refused("enrolment", truth(ov_inschrijvingen="700202"), "enrolment-unchecked"),
    "enrolments in userinfo are text": refused(
        "enrolment", bent("userinfo", ov_inschrijvingen="700202"), "enrolment-unchecked"
    ),
    "enrolment without a school": refused("enrolment", enrolled({"instellingsnummer": ""}), "enrolment-unchecked"),
    "enrolment that ended": refused(
        "enrolment", enrolled({"einddatum": "2020-06-30"}), "enrolment-unchecked", "enrolment-dates-ignored"
    ),
    "enrolment to come": refused(
        "enrolment", enrolled({"begindatum": "2099-09-01"}), "enrolment-unchecked", "enrolment-dates-ignored"
    ),
    "enrolment with a date nobody reads": refused(
        "enrolment", enrolled({"einddatum": "30 juni"}), "enrolment-unchecked"
    ),
    "school without agreement": refused(
        "partner-school", enrolled({"instellingsnummer": "700303"}), "partner-school-unchecked"
    ),
    "agreement that ended": refused(
        "agreement-dates", enrolled({"instellingsnummer": "700404"}), "agreement-dates-unchecked"
    ),
    "two accounts in one claim": refused("readable-claims", truth(ov_account_uuid=["one", "two"])),
    "an object for a name": refused(
        "readable-claims", truth(given_name={"first": "Zoë"}), "name-of-another-type-crashes"
    ),
    "signed userinfo": refused("provider-unavailable", userinfo_in(honest_seal), "signed-userinfo-unverified"),
    "userinfo that nobody signed": refused(
        "provider-unavailable", userinfo_in(unsigned), "signed-userinfo-unverified", "userinfo-form-crashes"
    ),
    "honest": accepted(honest),
    "name with emoji": accepted(truth(given_name="Noor \N{FOX FACE}"), "name-in-latin-1"),
    "name with NUL": accepted(truth(given_name="No\0or"), "name-in-narrow-column"),
    "name of ten thousand letters": accepted(truth(given_name="N" * 10_000), "name-in-narrow-column"),
    "birth date in numbers": accepted(
        truth(ov_geboortedag=7, ov_geboortemaand=3, ov_geboortejaar=2012), "birth-part-of-another-type-crashes"
    ),
    "audience as a list": accepted(claim(aud=["leerid-rp"]), "audience-text-only"),
    "no authorized party": accepted(claim(azp=None)),
    "no access token hash": accepted(claim(at_hash=None)),
    "no key name": accepted(bent("header", kid=None), "kid-required"),
    "no type in the header": accepted(bent("header", typ=None)),
    "bearer in small letters": accepted(bent("token_response", token_type="bearer"), "token-type-case-sensitive"),
    "expiry is a fraction": accepted(claim(exp=FAR + 0.5), "expiry-in-whole-seconds"),
    "expiry beyond any calendar": accepted(claim(exp=10**12), "expiry-as-date"),
    "issued in half a minute": accepted(within(iat=30), "issued-at-without-leeway"),
    "valid in half a minute": accepted(within(nbf=30), "not-before-without-leeway"),
    "expired half a minute ago": accepted(within(exp=-30)),
    "issued a week ago": accepted(within(iat=-604_800)),
    "expires_in as text": accepted(bent("token_response", expires_in="3600"), "lifetime-unusual-crashes"),
    "expires_in zero": accepted(bent("token_response", expires_in=0), "lifetime-unusual-crashes"),
    "expires_in below zero": accepted(bent("token_response", expires_in=-1), "lifetime-unusual-crashes"),
    "no expires_in": accepted(bent("token_response", expires_in=None), "expires-in-required"),
    "expires_in counted down": accepted(bent("token_response", expires_in=3599), "expires-in-exact"),
    "scope without openid": accepted(bent("token_response", scope="profile"), "openid-scope-required"),
    "scope narrower": accepted(bent("token_response", scope="openid"), "scope-narrower-refused"),
    "scope missing": accepted(bent("token_response", scope=None), "scope-crashes"),
    "unknown parameters": accepted(honest, "unknown-parameters-refused", session_state="x", foo="y"),
    "unknown claims": accepted(claim(gender="x", vo_id="y", testbed={"a": [1]}), "unknown-claims-refused"),
    "unknown claims in userinfo": accepted(bent("userinfo", testbed={"a": [1]}), "unknown-claims-refused"),
    "unknown kinds of keys": accepted(
        lambda provider: setattr(provider, "bend_jwks", with_unknown_key), "unknown-keys-refused"
    ),
    "two published keys of one name": accepted(
        publishing(elliptic_entry("key-1")),
        "first-of-a-name",
        "unknown-keys-refused",
    ),
    "private key published": accepted(
        publishing(dict(FOREIGN_KEY.as_dict(private=True)) | {"kid": "key-p"}), "private-members-refused"
    ),
    "several keys and no name": accepted(
        publishing(FOREIGN | {"kid": "key-2"}, bent("header", kid=None)), "several-keys-crash", "kid-required"
    ),
    "claims in the header": accepted(sealed(with_claims_in_header), "header-claims-count"),
    "unknown members in discovery": accepted(bent("discovery", testbed={"a": [1]}), "unknown-metadata-refused"),
    "no e-mail": accepted(truth(email=None), "email-required"),
    "e-mail empty": accepted(truth(email=""), "email-required"),
    "no first name": accepted(truth(**NAMES_MISSING), "given-name-required"),
    "not identified": accepted(truth(ov_leerid_uuid=[]), "leer-id-required"),
    "leer_id null": accepted(lambda provider: provider.claims.update(ov_leerid_uuid=None), "leer-id-required"),
    "leer_id missing": accepted(truth(ov_leerid_uuid=None), "leer-id-required", "crash-on-missing-claim"),
    "leer_id as text": accepted(truth(ov_leerid_uuid="one"), "leer-id-list-only"),
    "account as a list": accepted(truth(ov_account_uuid=[PUPIL["ov_account_uuid"]]), "account-text-only"),
    "history missing": accepted(truth(ov_historiek_account_uuid=None), "history-required"),
    "second enrolment counts": accepted(enrolled({"instellingsnummer": "700303"}, {}), "first-enrolment-only"),
    "primary education": accepted(enrolled({"hoofdstructuur": "211"}), "secondary-education-only"),
    "zeros in front": accepted(enrolled({"instellingsnummer": "000007"}), "school-number-as-integer"),
    "zeros lost on the way": accepted(enrolled({"instellingsnummer": 7}), "school-number-as-integer"),
    "person in userinfo only": accepted(
        claim(**dict.fromkeys(name for name in PUPIL if name != "sub")), "userinfo-ignored"
    ),
    "person in ID token only": accepted(
        bent("userinfo", **dict.fromkeys(name for name in PUPIL if name != "sub")), "id-token-unread"
    ),
    "account in capitals": accepted(
        truth(sub=PUPIL["sub"].upper(), ov_account_uuid=PUPIL["ov_account_uuid"].upper()), "uuid-in-small-letters-only"
    ),
    "sub of another kind": accepted(truth(sub="another"), "subject-taken-for-account"),
    "birth date missing": accepted(truth(ov_geboortedag=None), "birth-date-complete", "birth-parts-required"),
    "orgcode missing": accepted(truth(ov_orgcode=None), "one-orgcode-required"),
    "birth date unknown": accepted(truth(ov_geboortedag="00", ov_geboortemaand="00"), "birth-date-complete"),
    "structure that is new": accepted(enrolled({"hoofdstructuur": "399"}), "structures-known-alone"),
    "enrolment as one object": accepted(truth(ov_inschrijvingen=dict(ENROLMENT))),
}
CRASHING = {
    "access-token-missing-crashes",
    "birth-date-complete",
    "birth-part-of-another-type-crashes",
    "code-missing-crashes",
    "id-token-missing-crashes",
    "name-of-another-type-crashes",
    "state-missing-crashes",
    "birth-parts-required",
    "crash-on-missing-claim",
    "expiry-as-date",
    "lifetime-unusual-crashes",
    "provider-error-crashes",
    "rubbish-token-crashes",
    "scope-crashes",
    "subject-as-key-crashes",
    "several-keys-crash",
    "name-in-latin-1",
    "name-in-narrow-column",
    "userinfo-form-crashes",
}
BY_DEFECT = [(defect, name) for name, case in CASES.items() for defect in sorted(case.defects)]
NOT_SEEN_IN_ONE_SIGN_IN = {
    "abandoned-sign-in-blocks",
    "access-token-in-address",
    "access-token-in-page-address",
    "account-as-key",
    "admitted-not-logged",
    "any-issuer-begins",
    "assertion-for-others",
    "authentication-age-unchecked",
    "authentication-guessed",
    "authentication-means-optional",
    "authentication-means-unchecked",
    "authentication-moment-optional",
    "certificate-unchecked",
    "claims-elsewhere-fetched",
    "claims-logged",
    "claims-in-url",
    "code-unbound",
    "cookie-of-any-site",
    "cookie-open-to-scripts",
    "counted-from-first-sign-in",
    "counter-from-elsewhere",
    "data-of-anybody",
    "deletions-not-logged",
    "email-as-key",
    "endpoint-redirects-followed",
    "endpoints-guessed",
    "error-description-as-markup",
    "error-of-anybody-believed",
    "every-enrolment-kept",
    "exports-not-logged",
    "extra-claims-kept",
    "fallback-for-login-only",
    "family-name-not-kept",
    "farewell-by-name",
    "first-profile-kept",
    "former-accounts-kept",
    "history-believed",
    "history-ignored",
    "issuer-from-token",
    "issuer-left-out-of-key",
    "keys-dropped-on-failure",
    "keys-never-refetched",
    "keys-of-all-issuers",
    "keys-refetched-without-limit",
    "latest-issuer-wins",
    "leap-day-crashes",
    "leer-id-invented",
    "links-deleted-alone",
    "logout-about-anybody",
    "logout-answer-kept",
    "logout-algorithm-unchecked",
    "logout-audience-unchecked",
    "logout-by-any-token",
    "logout-ends-nothing",
    "logout-event-unchecked",
    "logout-expiry-unchecked",
    "logout-id-repeated-crashes",
    "logout-issued-at-unchecked",
    "logout-issuer-unchecked",
    "logout-kind-unchecked",
    "logout-nonce-unchecked",
    "logout-of-nobody-refused",
    "logout-rubbish-crashes",
    "logout-signature-unchecked",
    "logout-token-in-address",
    "logout-token-in-json",
    "logout-token-missing-crashes",
    "merges-not-logged",
    "name-as-key",
    "name-as-markup",
    "name-ascii-folded",
    "name-in-privacy-log",
    "name-in-database",
    "name-in-storage",
    "national-number-asked-first",
    "national-number-kept",
    "new-person-each-time",
    "next-page-anywhere",
    "next-page-by-first-slash",
    "no-report-offered",
    "nonce-constant",
    "old-names-believed",
    "other-leer-id-crashes",
    "overload-insisted-on",
    "page-kept-in-cache",
    "pkce-absent",
    "pkce-when-announced",
    "posted-back-to-the-last",
    "pupil-number-as-number",
    "purge-asks-provider",
    "purged-after-two-years",
    "purged-at-start-of-day",
    "purged-never",
    "purged-with-the-school-year",
    "redirect-uri-from-host",
    "redirect-uri-shared",
    "redirect-uri-unchecked",
    "refresh-by-everybody",
    "refresh-insisted-on",
    "refresh-refusal-ignored",
    "refresh-token-lost",
    "refresh-token-never-replaced",
    "refreshed-audience-unchecked",
    "refreshed-authentication-unchecked",
    "refreshed-issuer-unchecked",
    "refreshed-nonce-unchecked",
    "refreshed-nonce-wanted",
    "refreshed-party-unchecked",
    "refreshed-subject-unchecked",
    "refreshed-token-wanted",
    "refused-kept",
    "refused-not-logged",
    "register-number-as-key",
    "response-logged",
    "response-stays-in-address",
    "response-used-twice",
    "second-pupil-sees-first",
    "secret-in-page",
    "session-endless",
    "session-fixed",
    "session-taken-for-sign-in",
    "sign-in-of-seconds",
    "sign-out-after-provider",
    "sign-out-here-only",
    "sign-out-keeps-session",
    "sign-out-state-required",
    "silence-broken",
    "slow-answers-waited-for",
    "staff-page-open-to-pupils",
    "state-constant",
    "state-from-address",
    "state-unbound",
    "token-asked-first",
    "token-retried-without-limit",
    "unasked-response-crashes",
    "userinfo-wins",
    "verifier-constant",
    "verifier-of-the-latest",
    "withdrawn-keys-kept",
    "years-of-365-days",
}


def sign_in(open_browser: OpenBrowser, provider: HonestProvider, case: Case, defect: str | None = None) -> Outcome:
    case.bend(provider)
    return open_browser(defect=defect).sign_in(**case.changed)


@pytest.mark.parametrize("name", CASES)
def test_the_sound_application_refuses_what_is_wrong_and_copes_with_what_is_unusual(
    open_browser: OpenBrowser, provider: HonestProvider, name: str
) -> None:
    case = CASES[name]
    outcome = sign_in(open_browser, provider, case)
    assert outcome.reason == case.reason
    assert outcome.signed_in == (not case.reason)
    assert outcome.status in ({400, 403} if case.reason else {200})
    assert not case.reason or f'data-testid="refused" data-reason="{case.reason}"' in outcome.page


@pytest.mark.parametrize(("defect", "name"), BY_DEFECT)
def test_a_defect_does_the_opposite_of_its_guard_or_rule(
    open_browser: OpenBrowser, provider: HonestProvider, defect: str, name: str
) -> None:
    outcome = sign_in(open_browser, provider, CASES[name], defect)
    if defect in CRASHING:
        assert outcome.status == 500
        assert 'data-testid="crashed"' in outcome.page
    else:
        assert outcome.signed_in == bool(CASES[name].reason), outcome.reason


@pytest.mark.parametrize("defect", catalogue())
def test_a_defect_leaves_an_ordinary_sign_in_alone(
    open_browser: OpenBrowser, provider: HonestProvider, defect: str
) -> None:
    assert sign_in(open_browser, provider, CASES["honest"], defect).signed_in


def test_every_defect_is_proven_by_a_case_or_by_a_test_of_its_own() -> None:
    proven = {defect for defect, _name in BY_DEFECT}
    assert proven | NOT_SEEN_IN_ONE_SIGN_IN == set(catalogue())
    assert not proven & NOT_SEEN_IN_ONE_SIGN_IN
