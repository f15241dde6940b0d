"""Every fault changes an honest payload of its seam, and in one thing only."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import asdict
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

import pytest
from stdnum.be import nn

from mock_idp.domain.clients import Client
from mock_idp.domain.datastore import Enquiry
from mock_idp.faults import Beside, Errand, Fault, Kind, LogoutCall, Seam, bend, catalogue, code_forms
from mock_idp.faults.material import NATIONAL_NUMBER
from mock_idp.protocol.answer import Answer
from mock_idp.protocol.neighbour import Neighbour
from mock_idp.protocol.renewal import Renewal
from mock_idp.protocol.signing_key import fresh_key

PUPIL = {
    "sub": "aaaaaaaa-1111-4111-8111-111111111111",
    "given_name": "Noor",
    "family_name": "Testleerling",
    "ov_geboortedag": "00",
    "ov_geboortemaand": "00",
    "ov_geboortejaar": "2012",
    "ov_account_uuid": "aaaaaaaa-1111-4111-8111-111111111111",
    "ov_leerid_uuid": ["bbbbbbbb-2222-4222-8222-222222222222"],
    "ov_historiek_account_uuid": [],
    "email": "noor@school.example",
    "ov_orgcode": "700202",
    "ov_inschrijvingen": [{"instellingsnummer": "700202", "stamnummer": "2400001"}],
}
TODAY = date(2026, 11, 23)
NEIGHBOUR = Neighbour(
    identifier="http://localhost:9200/op",
    authorization_endpoint="http://localhost:9200/op/v1/auth",
    signing=fresh_key(),
    clients=[Client(client_id="there", client_secret="s", redirect_uris=("http://127.0.0.1:9300/there",))],
    is_main=True,
)
HONEST: dict[Seam, Any] = {
    Seam.DATASTORE: Enquiry(user_name="noor.testleerling10", day=TODAY, known_on=TODAY, sign_in="synthetic"),
    Seam.DISCOVERY: {
        "issuer": "http://localhost:9100/op",
        "authorization_endpoint": "http://localhost:9100/op/v1/auth",
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint": "http://localhost:9100/op/v1/token",
        "jwks_uri": "http://localhost:9100/op/v1/keys",
        "code_challenge_methods_supported": ["plain", "S256"],
    },
    Seam.AUTHORIZATION: Errand(
        parameters={"client_id": "here", "redirect_uri": "http://127.0.0.1:9300/here", "state": "synthetic-state"}
    ),
    Seam.JWKS: {"keys": [{"kty": "RSA", "kid": "first"}]},
    Seam.AUTHORIZATION_RESPONSE: {"code": "synthetic-code", "state": "synthetic-state"},
    Seam.RESPONSE_MODE: "query",
    Seam.TOKEN_RESPONSE: Answer(
        body={
            "access_token": "synthetic-token",
            "expires_in": 3600,
            "id_token": "a.b.c",
            "scope": "openid profile ov_leerling",
            "token_type": "Bearer",
        }
    ),
    Seam.CLAIMS: PUPIL,
    Seam.ID_TOKEN: PUPIL
    | {
        "iss": "http://localhost:9100/op",
        "aud": "leerid-rp",
        "azp": "leerid-rp",
        "iat": 1_772_443_800,
        "exp": 1_772_447_400,
        "nonce": "synthetic-nonce",
        "at_hash": "AAAAAAAAAAAAAAAAAAAAAA",
        "auth_time": 1_772_443_700,
        "acr": "urn:be:vlaanderen:authmech:leerid",
        "kid": "first",
    },
    Seam.REFRESH: Renewal(),
    Seam.REFRESHED_ID_TOKEN: PUPIL
    | {"iss": "http://localhost:9100/op", "aud": "leerid-rp", "azp": "leerid-rp", "auth_time": 1_772_443_700},
    Seam.USERINFO: Answer(body=PUPIL),
    Seam.END_SESSION: {"state": "synthetic-state"},
    Seam.LOGOUT_TOKEN: LogoutCall(
        header={"alg": "RS256", "kid": "first", "typ": "logout+jwt"},
        claims={
            "iss": "http://localhost:9100/op",
            "aud": "leerid-rp",
            "iat": 1_772_443_800,
            "exp": 1_772_443_920,
            "jti": "synthetic-jti",
            "events": {"http://schemas.openid.net/event/backchannel-logout": {}},
            "sub": PUPIL["sub"],
            "sid": "synthetic-session",
        },
    ),
}
HONEST_FOR = {
    "authorization-response.interaction-required": {"error": "login_required", "state": "synthetic-state"},
}
"""What those need that an ordinary payload gives nothing to change."""
BIRTH = {"ov_geboortedag", "ov_geboortemaand", "ov_geboortejaar"}
CHANGED: dict[str, set[str]] = {
    "authorization.sent-on-to-main-issuer": {"onward"},
    "authorization-response.code-long": {"code"},
    "authorization-response.code-missing": {"code"},
    "authorization-response.code-repeated": {"code"},
    "authorization-response.code-with-reserved-characters": {"code"},
    "authorization-response.error-access-denied": {"code", "error"},
    "authorization-response.error-beside-code": {"error"},
    "authorization-response.error-description-markup": {"code", "error", "error_description"},
    "authorization-response.error-login-required": {"code", "error"},
    "authorization-response.error-server-error": {"code", "error"},
    "authorization-response.error-temporarily-unavailable": {"code", "error"},
    "authorization-response.error-unknown": {"code", "error"},
    "authorization-response.extra-parameters": {"session_state", "testbed_unknown"},
    "authorization-response.interaction-required": {"error"},
    "authorization-response.issuer-named": {"iss"},
    "authorization-response.issuer-other": {"iss"},
    "authorization-response.state-altered": {"state"},
    "authorization-response.state-missing": {"state"},
    "authorization-response.state-repeated": {"state"},
    "claims.account-uuid-list": {"ov_account_uuid"},
    "claims.another-pupil": {"sub", "ov_account_uuid", "ov_leerid_uuid"},
    "claims.birth-parts-absent": {"ov_geboortedag", "ov_geboortemaand"},
    "claims.birth-parts-numbers": BIRTH,
    "claims.birthdate-one": BIRTH | {"birthdate"},
    "claims.email-empty": {"email"},
    "claims.email-null": {"email"},
    "claims.enrolments-compound": {"ov_inschrijvingen"},
    "claims.enrolments-missing": {"ov_inschrijvingen", "ov_orgcode"},
    "claims.enrolments-parallel": {"ov_inschrijvingen", "ov_instellingsnummer", "ov_stamnummer"},
    "claims.history-absent": {"ov_historiek_account_uuid"},
    "claims.history-untidy": {"ov_historiek_account_uuid"},
    "claims.leer-id-missing": {"ov_leerid_uuid"},
    "claims.leer-id-null": {"ov_leerid_uuid"},
    "claims.leer-id-scalar": {"ov_leerid_uuid"},
    "claims.name-emoji": {"given_name"},
    "claims.name-long": {"given_name"},
    "claims.name-markup": {"given_name"},
    "claims.name-object": {"given_name"},
    "claims.name-right-to-left": {"given_name"},
    "claims.name-with-nul": {"given_name"},
    "claims.orgcode-list": {"ov_orgcode"},
    "claims.orgcode-none": {"ov_orgcode"},
    "claims.sub-empty": {"sub"},
    "claims.sub-list": {"sub"},
    "claims.sub-number": {"sub"},
    "claims.sub-object": {"sub"},
    "claims.sub-omitted": {"sub"},
    "claims.sub-random": {"sub"},
    "claims.sub-too-long": {"sub"},
    "claims.uuids-upper-case": {"sub", "ov_account_uuid", "ov_leerid_uuid"},
    "datastore.account-uuid-kept": {"rules.keeps_account_uuid"},
    "datastore.account-uuid-lasting": {"rules.rotation"},
    "datastore.account-uuid-per-sign-in": {"rules.rotation"},
    "datastore.all-enrolments": {"with_all_enrolments"},
    "datastore.away": {"reach"},
    "datastore.away-told": {"reach"},
    "datastore.enrolment-demanded": {"demands_enrolment"},
    "datastore.lagging": {"known_on"},
    "datastore.leer-id-changes": {"rules.changes_leer_id"},
    "datastore.slow": {"delay_s"},
    "discovery.algorithms-with-none": {"id_token_signing_alg_values_supported"},
    "discovery.authorization-endpoint-of-other": {"authorization_endpoint"},
    "discovery.authorization-endpoint-without-tls": {"authorization_endpoint"},
    "discovery.endpoints-moved": {"jwks_uri", "token_endpoint"},
    "discovery.issuer-list": {"issuer"},
    "discovery.issuer-missing": {"issuer"},
    "discovery.issuer-of-other": {"issuer"},
    "discovery.issuer-other": {"issuer"},
    "discovery.issuer-trailing-slash": {"issuer"},
    "discovery.jwks-uri-elsewhere": {"jwks_uri"},
    "discovery.token-endpoint-uncertified": {"token_endpoint"},
    "discovery.proof-key-unannounced": {"code_challenge_methods_supported"},
    "discovery.response-issuer-promised": {"authorization_response_iss_parameter_supported"},
    "discovery.token-endpoint-missing": {"token_endpoint"},
    "discovery.unknown-members": {"testbed_supported", "testbed_unknown"},
    "end-session.state-altered": {"state"},
    "end-session.state-missing": {"state"},
    "id-token.at-hash-mismatch": {"at_hash"},
    "id-token.audience-extra": {"aud"},
    "id-token.audience-list": {"aud"},
    "id-token.audience-list-empty": {"aud"},
    "id-token.audience-longer": {"aud"},
    "id-token.audience-missing": {"aud"},
    "id-token.audience-other": {"aud", "azp"},
    "id-token.audience-other-authorized-party-right": {"aud"},
    "id-token.audience-other-case": {"aud"},
    "id-token.audience-shorter": {"aud"},
    "id-token.authentication-a-year-ago": {"auth_time"},
    "id-token.authentication-moment-missing": {"auth_time"},
    "id-token.authorized-party-other": {"azp"},
    "id-token.expired": {"exp"},
    "id-token.expired-just-now": {"exp"},
    "id-token.expiry-far": {"exp"},
    "id-token.expiry-fraction": {"exp"},
    "id-token.expiry-missing": {"exp"},
    "id-token.expiry-negative": {"exp"},
    "id-token.expiry-text": {"exp"},
    "id-token.extra-claims": {"ov_geslacht", "ov_nationaliteit", "testbed_unknown"},
    "id-token.issued-a-week-ago": {"iat"},
    "id-token.issued-at-missing": {"iat"},
    "id-token.issued-in-half-a-minute": {"iat"},
    "id-token.issued-in-ten-minutes": {"iat"},
    "id-token.issuer-empty": {"iss"},
    "id-token.issuer-missing": {"iss"},
    "id-token.issuer-other": {"iss"},
    "id-token.issuer-trailing-slash": {"iss"},
    "id-token.means-missing": {"acr"},
    "id-token.means-unknown": {"acr"},
    "id-token.means-weaker": {"acr"},
    "id-token.national-number-leaked": {"rrn"},
    "id-token.nonce-mismatch": {"nonce"},
    "id-token.nonce-missing": {"nonce"},
    "id-token.nonce-supported-false": {"nonce", "nonce_supported"},
    "id-token.not-yet-valid": {"nbf"},
    "id-token.of-earlier-sign-in": {"nonce", "at_hash", "iat", "exp", "auth_time"},
    "id-token.person-in-userinfo-only": set(PUPIL) - {"sub"},
    "id-token.subject-missing": {"sub"},
    "id-token.valid-in-half-a-minute": {"nbf"},
    "jwks.away": {"body", "content_type", "headers.Retry-After", "keys", "status"},
    "jwks.elliptic-key": {"keys"},
    "jwks.empty": {"keys"},
    "jwks.key-for-encryption": {"keys"},
    "jwks.name-of-two": {"keys"},
    "jwks.private-key": {"keys"},
    "jwks.second-key": {"keys"},
    "jwks.short-key": {"keys"},
    "jwks.symmetric-key": {"keys"},
    "jwks.unknown-key-types": {"keys"},
    "response-mode.form-post": {"mode"},
    "response-mode.fragment": {"mode"},
    "logout-token.about-nobody": {"claims.sub", "claims.sid"},
    "logout-token.alg-none": {"header.alg", "header.kid", "seal"},
    "logout-token.alg-none-signed": {"header.alg"},
    "logout-token.audience-other": {"claims.aud"},
    "logout-token.by-get": {"method"},
    "logout-token.event-other": {"claims.events"},
    "logout-token.events-missing": {"claims.events"},
    "logout-token.expired": {"claims.exp"},
    "logout-token.expiry-missing": {"claims.exp"},
    "logout-token.foreign-key": {"seal"},
    "logout-token.hs256-with-client-secret": {"header.alg", "header.kid", "seal"},
    "logout-token.id-token-instead": {"claims.azp", "claims.events", "claims.jti", "claims.nonce", "header.typ"},
    "logout-token.id-repeated": {"claims.jti"},
    "logout-token.in-json": {"content_type"},
    "logout-token.issued-at-missing": {"claims.iat"},
    "logout-token.issuer-other": {"claims.iss"},
    "logout-token.left-out": {"brings_token"},
    "logout-token.not-a-jwt": {"seal"},
    "logout-token.type-access-token": {"header.typ"},
    "logout-token.nonce-present": {"claims.nonce"},
    "refresh.refused": {"error"},
    "refresh.time-over": {"error"},
    "refresh.with-id-token": {"id_token"},
    "refresh.without-new-token": {"new_token"},
    "refreshed-id-token.audience-other": {"aud"},
    "refreshed-id-token.authentication-later": {"auth_time"},
    "refreshed-id-token.authorized-party-other": {"azp"},
    "refreshed-id-token.issuer-other": {"iss"},
    "refreshed-id-token.nonce-other": {"nonce"},
    "refreshed-id-token.subject-other": {"sub"},
    "logout-token.session-unknown": {"claims.sid", "claims.sub"},
    "token-response.access-token-missing": {"body.access_token"},
    "token-response.body-empty": {"body"},
    "token-response.body-list": {"body"},
    "token-response.error-in-success": {"body.error"},
    "token-response.expires-in-3599": {"body.expires_in"},
    "token-response.expires-in-missing": {"body.expires_in"},
    "token-response.expires-in-negative": {"body.expires_in"},
    "token-response.expires-in-text": {"body.expires_in"},
    "token-response.expires-in-zero": {"body.expires_in"},
    "token-response.id-token-missing": {"body.id_token"},
    "token-response.scope-missing": {"body.scope"},
    "token-response.scope-narrower": {"body.scope"},
    "token-response.scope-without-openid": {"body.scope"},
    "token-response.status-invalid-client": {"body", "status"},
    "token-response.status-invalid-grant": {"body", "status"},
    "token-response.status-server-error": {"body", "status"},
    "token-response.token-type-lower-case": {"body.token_type"},
    "token-response.token-type-mac": {"body.token_type"},
    "token-response.token-type-missing": {"body.token_type"},
    "userinfo.account-of-another": {"body.ov_account_uuid", "body.ov_leerid_uuid"},
    "userinfo.claims-elsewhere": {"body._claim_names", "body._claim_sources"},
    "userinfo.enrolments-malformed": {"body.ov_inschrijvingen"},
    "userinfo.extra-claims": {"body.ov_geslacht", "body.ov_nationaliteit", "body.testbed_unknown"},
    "userinfo.issuer-and-email-of-others": {"body.email", "body.iss"},
    "userinfo.person-in-id-token-only": {f"body.{name}" for name in PUPIL if name != "sub"},
    "userinfo.signed": {"content_type"},
    "userinfo.signed-by-nobody": {"body", "content_type"},
    "userinfo.signed-by-stranger": {"body", "content_type"},
    "userinfo.signed-for-another-client": {"body.aud", "content_type"},
    "userinfo.signed-of-another-issuer": {"body.iss", "content_type"},
    "userinfo.status-forbidden": {"body", "headers.WWW-Authenticate", "status"},
    "userinfo.status-server-error": {"body", "status"},
    "userinfo.status-unauthorized": {"body", "headers.WWW-Authenticate", "status"},
    "userinfo.subject-list": {"body.sub"},
    "userinfo.subject-missing": {"body.sub"},
    "userinfo.subject-other": {"body.sub"},
}
OF_THEIR_OWN = {Seam.SIGNATURE, Seam.TRANSPORT}
"""Seams whose faults have a file of tests of their own."""
EVERYTHING = [each for each in catalogue().values() if each.seam not in OF_THEIR_OWN]
OF_ANSWERS = [each for each in EVERYTHING if each.seam in {Seam.TOKEN_RESPONSE, Seam.USERINFO}]
NEEDS_NOTHING = {
    "authorization-response.extra-parameters",
    "authorization-response.issuer-named",
    "authorization-response.issuer-other",
    "id-token.audience-other-authorized-party-right",
    "id-token.authorized-party-other",
    "id-token.extra-claims",
    "id-token.issuer-other",
    "id-token.national-number-leaked",
    "refreshed-id-token.authorized-party-other",
    "refreshed-id-token.issuer-other",
    "refreshed-id-token.nonce-other",
}
"""Faults that put something where there was nothing."""
EMPTY: dict[Seam, Any] = {
    Seam.AUTHORIZATION_RESPONSE: {},
    Seam.AUTHORIZATION: Errand(parameters={}),
    Seam.CLAIMS: {"sub": "a" * 40},
    Seam.END_SESSION: {},
    Seam.ID_TOKEN: {},
    Seam.REFRESHED_ID_TOKEN: {},
}
COUNTED = {
    "DIS": 16, "KEY": 16, "SIG": 26, "CLM": 37, "AZR": 20, "ERR": 7, "TOK": 16, "UIN": 10, "REQ": 16, "MIX": 8,
    "RFR": 7, "LGT": 24, "SES": 12, "HYB": 6, "LR": 72,
}  # fmt: skip
"""How many requirements there are of each family; they are numbered from 1."""


def flat(payload: Any) -> dict[str, Any]:
    """Return the members of a payload by name; a dictionary in an answer is opened."""
    if isinstance(payload, str):
        return {"mode": payload}
    members = payload if isinstance(payload, dict) else asdict(payload)
    if isinstance(payload, dict):
        return members
    opened = {name: value for name, value in members.items() if not isinstance(value, dict)}
    for name in members.keys() - opened.keys():
        opened |= {f"{name}.{inner}": value for inner, value in members[name].items()}
    return opened


def changed(before: Any, after: Any) -> set[str]:
    """Return the names of the members that differ; a body replaced as a whole counts as `body`."""
    one, other = flat(before), flat(after)
    names = {name for name in one.keys() | other.keys() if one.get(name, ...) != other.get(name, ...)}
    if getattr(before, "status", 0) != getattr(after, "status", 0) or isinstance(getattr(after, "body", {}), str):
        return {"body" if name.startswith("body") else name for name in names}
    return names


def named(fault: Fault) -> str:
    return fault.id


def test_the_table_names_the_whole_catalogue() -> None:
    assert {each.id for each in EVERYTHING} == CHANGED.keys()


@pytest.mark.parametrize("fault", EVERYTHING, ids=named)
def test_it_changes_one_thing_and_fires(fault: Fault) -> None:
    honest = deepcopy(HONEST_FOR.get(fault.id, HONEST[fault.seam]))
    before = deepcopy(honest)

    bent, fired = bend(fault.seam, honest, [fault.id], Beside(neighbour=lambda: NEIGHBOUR))

    assert honest == before, "the payload that went in was touched"
    assert changed(honest, bent) == CHANGED[fault.id]
    assert fired == (fault.id,)


@pytest.mark.parametrize("seam", [seam for seam in Seam if seam not in OF_THEIR_OWN])
def test_nothing_armed_changes_nothing(seam: Seam) -> None:
    assert bend(seam, HONEST[seam], []) == (HONEST[seam], ())


@pytest.mark.parametrize(
    "fault", [each for each in EVERYTHING if each.seam in EMPTY and each.id not in NEEDS_NOTHING], ids=named
)
def test_with_nothing_to_bend_it_does_not_fire(fault: Fault) -> None:
    assert bend(fault.seam, EMPTY[fault.seam], [fault.id]) == (EMPTY[fault.seam], ())


@pytest.mark.parametrize("fault", OF_ANSWERS, ids=named)
def test_an_answer_that_failed_already_is_left_alone(fault: Fault) -> None:
    failed = Answer(status=400, body={"error": "invalid_request"})

    assert bend(fault.seam, failed, [fault.id]) == (failed, ())


@pytest.mark.parametrize("fault", catalogue().values(), ids=named)
def test_it_cites_requirements_that_exist(fault: Fault) -> None:
    for requirement in fault.requirements:
        family, number = requirement.split("-")
        assert 1 <= int(number) <= COUNTED[family], requirement


@pytest.mark.parametrize("fault", catalogue().values(), ids=named)
def test_its_sentence_says_what_happens(fault: Fault) -> None:
    words = fault.sentence.lower().split()

    assert "should" not in words
    assert fault.sentence.startswith(("A ", "An ", "Nothing ", "The "))


def test_sentences_differ() -> None:
    sentences = [each.sentence for each in catalogue().values()]

    assert len(set(sentences)) == len(sentences)


def test_the_browser_is_sent_on_as_if_the_application_had_asked_there() -> None:
    errand, _ = bend(
        Seam.AUTHORIZATION,
        HONEST[Seam.AUTHORIZATION],
        ["authorization.sent-on-to-main-issuer"],
        Beside(neighbour=lambda: NEIGHBOUR),
    )
    address, _, query = errand.onward.partition("?")

    assert address == "http://localhost:9200/op/v1/auth"
    assert dict(parse_qsl(query)) == {
        "client_id": "there",
        "redirect_uri": "http://127.0.0.1:9300/there",
        "state": "synthetic-state",
    }


@pytest.mark.parametrize("redirect_uri", ["", "http://127.0.0.1:9301/here"])
def test_nobody_is_sent_on_who_is_unknown_there(redirect_uri: str) -> None:
    errand = Errand(parameters={"redirect_uri": redirect_uri})
    armed = ["authorization.sent-on-to-main-issuer"]

    assert bend(Seam.AUTHORIZATION, errand, armed, Beside(neighbour=lambda: NEIGHBOUR)) == (errand, ())


@pytest.mark.parametrize("fault", [each for each in EVERYTHING if each.mixes_up], ids=named)
def test_without_another_issuer_nothing_is_mixed_up(fault: Fault) -> None:
    assert bend(fault.seam, HONEST[fault.seam], [fault.id]) == (HONEST[fault.seam], ())


def test_the_leaked_number_is_nobodys() -> None:
    assert nn.is_valid(NATIONAL_NUMBER)
    assert NATIONAL_NUMBER[6:9] == "999"


def test_the_audiences_of_the_faults_are_wrong_and_that_of_the_circumstance_is_right() -> None:
    audience = {
        each: bend(Seam.ID_TOKEN, HONEST[Seam.ID_TOKEN], [each])[0]["aud"]
        for each in CHANGED if each.startswith("id-token.audience-")
        if "missing" not in each
    }  # fmt: skip

    assert audience == {
        "id-token.audience-extra": ["leerid-rp", "another-client"],
        "id-token.audience-list": ["leerid-rp"],
        "id-token.audience-list-empty": [],
        "id-token.audience-longer": "leerid-rp-2",
        "id-token.audience-other": "another-client",
        "id-token.audience-other-authorized-party-right": "another-client",
        "id-token.audience-other-case": "LEERID-RP",
        "id-token.audience-shorter": "leerid-r",
    }


def test_times_are_bent_from_the_moment_of_issue() -> None:
    expired, _ = bend(Seam.ID_TOKEN, HONEST[Seam.ID_TOKEN], ["id-token.expired"])
    early, _ = bend(Seam.ID_TOKEN, HONEST[Seam.ID_TOKEN], ["id-token.not-yet-valid"])

    assert expired["exp"] == expired["iat"] - 3600
    assert early["nbf"] == early["iat"] + 600


def test_kinds_are_what_an_application_is_judged_by() -> None:
    coping = {each.id for each in catalogue().values() if each.kind == Kind.CIRCUMSTANCE}

    assert {"claims.email-null", "signature.kid-absent", "transport.token-slow"} <= coping
    assert not {"id-token.expired", "claims.enrolments-missing", "token-response.error-in-success"} & coping


def test_a_code_in_another_form_is_the_same_code_again_when_it_comes_back() -> None:
    for name in ("code-long", "code-with-reserved-characters"):
        bent, _ = bend(
            Seam.AUTHORIZATION_RESPONSE, HONEST[Seam.AUTHORIZATION_RESPONSE], [f"authorization-response.{name}"]
        )
        assert code_forms.plain(bent["code"]) == "synthetic-code"
        assert all(" " <= character <= "~" for character in bent["code"]), "no code has it (RFC 6749 A.11)"
    assert code_forms.plain("synthetic-code") == "synthetic-code"


def test_the_issuer_that_is_named_is_the_one_that_speaks() -> None:
    named = ["authorization-response.issuer-named"]

    bent, _ = bend(Seam.AUTHORIZATION_RESPONSE, {}, named, Beside(issuer=lambda: "http://localhost:9100/op"))

    assert bent == {"iss": "http://localhost:9100/op"}
