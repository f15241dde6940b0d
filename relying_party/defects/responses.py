"""Defects in judging the provider's answers around the ID token."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import unquote_plus

import requests
from werkzeug.routing import RequestRedirect

from relying_party.defects.registry import defect
from relying_party.signin.guards import authorization_response, discovery, token_response, userinfo
from relying_party.signin.provider import TIMEOUT_S
from relying_party.signin.rules import protocol
from relying_party.signin.tokens import open_token

if TYPE_CHECKING:
    from collections.abc import Mapping

    from relying_party.signin.evidence import Evidence
    from relying_party.signin.refusal import ProviderError, Refused
    from relying_party.signin.transport import Limits

AN_HOUR_S, LONGEST_CODE = 3600, 512
FOR_EVER = 10.0**9
SEEN_LIVES_S = (AN_HOUR_S, 120)
"""An hour, and two minutes for an application that refreshes: what somebody saw who tried it with the testbed."""


@defect(replaces=discovery.discovery_issuer, requirements=("DIS-01", "DIS-02"))
def discovery_issuer_unchecked(_evidence: Evidence) -> bool:
    """Believes a discovery document that names another issuer."""
    return True


@defect(replaces=discovery.discovery_issuer, requirements=("DIS-03",))
def discovery_issuer_optional(evidence: Evidence) -> bool:
    """Believes a discovery document that does not say whose it is."""
    return "issuer" not in evidence.metadata or discovery.discovery_issuer(evidence)


@defect(replaces=discovery.endpoints, requirements=("DIS-05", "DIS-07"))
def endpoints_unchecked(_evidence: Evidence) -> bool:
    """Believes that every endpoint is there, and under a safe address."""
    return True


@defect(replaces=discovery.endpoints_at_home, requirements=("DIS-08",))
def endpoints_elsewhere_asked(_evidence: Evidence) -> bool:
    """Asks endpoints on whatever host the discovery document names."""
    return True


@defect(replaces=discovery.endpoints, requirements=("DIS-12",))
def unknown_metadata_refused(evidence: Evidence) -> bool:
    """Refuses a discovery document with members it cannot read, though it needs none of them."""
    return discovery.endpoints(evidence) and not any(isinstance(value, dict) for value in evidence.metadata.values())


@defect(replaces=protocol.answer_limits, requirements=("DIS-16", "KEY-11", "TOK-04", "UIN-06"))
def slow_answers_waited_for() -> Limits:
    """Waits for an answer for as long as something of it comes."""
    return replace(protocol.answer_limits(), seconds=FOR_EVER)


@defect(replaces=authorization_response.parameters_once, requirements=("AZR-15",))
def unknown_parameters_refused(evidence: Evidence) -> bool:
    """Refuses an authorization response with parameters that nobody asked for."""
    known = {*authorization_response.PROTOCOL_PARAMETERS, "error_description", "error_uri"}
    return authorization_response.parameters_once(evidence) and set(evidence.parameters) <= known


@defect(replaces=authorization_response.state, requirements=("AZR-01", "AZR-02", "LR-60"))
def state_unchecked(_evidence: Evidence) -> bool:
    """Accepts an authorization response whose state is another one or missing."""
    return True


@defect(replaces=authorization_response.state, requirements=("AZR-02",))
def state_missing_crashes(evidence: Evidence) -> bool:
    """Crashes on a response that carries no state."""
    return bool(evidence.parameters["state"]) and authorization_response.state(evidence)


@defect(replaces=authorization_response.response_issuer, requirements=("AZR-08", "AZR-09"))
def response_issuer_unchecked(_evidence: Evidence) -> bool:
    """Ignores the iss parameter of the authorization response."""
    return True


@defect(replaces=authorization_response.response_issuer, requirements=("AZR-09",))
def promised_issuer_not_missed(evidence: Evidence) -> bool:
    """Looks at the iss parameter only when it is there, though the provider promised it."""
    return "iss" not in evidence.parameters or authorization_response.response_issuer(evidence)


@defect(replaces=authorization_response.response_issuer, requirements=("AZR-10",))
def unpromised_issuer_refused(evidence: Evidence) -> bool:
    """Refuses an authorization response that names its issuer, though nobody promised that."""
    promised = evidence.metadata.get("authorization_response_iss_parameter_supported") is True
    return authorization_response.response_issuer(evidence) and ("iss" in evidence.parameters) == promised


@defect(replaces=authorization_response.sign_in_begun, requirements=("AZR-03", "AZR-05"))
def unasked_response_crashes(evidence: Evidence) -> bool:
    """Crashes on a response that no sign-in of this browser waits for."""
    if evidence.begun is None:
        raise ValueError("nobody thought of that")
    return True


@defect(replaces=authorization_response.code, requirements=("AZR-13",))
def code_missing_crashes(evidence: Evidence) -> bool:
    """Crashes on a response that holds neither a code nor an error."""
    return "error" in evidence.parameters or bool(dict(evidence.parameters)["code"])


@defect(replaces=authorization_response.parameters_once, requirements=("AZR-11",))
def first_parameter_counts(_evidence: Evidence) -> bool:
    """Reads the first of two values of a parameter and overlooks the second."""
    return True


@defect(replaces=authorization_response.state, requirements=("ERR-05",))
def error_of_anybody_believed(evidence: Evidence) -> bool:
    """Lets an error of whatever state end the sign-in that is under way."""
    return "error" in evidence.parameters or authorization_response.state(evidence)


@defect(replaces=protocol.error_told, requirements=("AZR-12",))
def code_before_error(evidence: Evidence) -> bool:
    """Goes on with a code that comes together with an error."""
    return protocol.error_told(evidence) and not evidence.parameter("code")


@defect(replaces=protocol.code_to_redeem, requirements=("AZR-14",))
def code_decoded_twice(told: str) -> str:
    """Decodes a code that was decoded already."""
    return unquote_plus(told)


@defect(replaces=protocol.code_to_redeem, requirements=("AZR-14",))
def code_cut_short(told: str) -> str:
    """Keeps the first 512 characters of a code."""
    return told[:LONGEST_CODE]


@defect(replaces=token_response.token_type, requirements=("TOK-10",))
def token_type_unchecked(_evidence: Evidence) -> bool:
    """Uses an access token whose type is missing or unknown as a bearer token."""
    return True


@defect(replaces=token_response.token_type, requirements=("TOK-09",))
def token_type_case_sensitive(evidence: Evidence) -> bool:
    """Refuses a token type in other capitals than its own."""
    return evidence.token_response.get("token_type") == "Bearer"


@defect(replaces=token_response.access_token, requirements=("TOK-08",))
def access_token_missing_crashes(evidence: Evidence) -> bool:
    """Crashes when the token response holds no access token."""
    return bool(evidence.token_response["access_token"])


@defect(replaces=token_response.access_token, requirements=("TOK-11",))
def expires_in_required(evidence: Evidence) -> bool:
    """Refuses a token response that does not say how long the access token lives."""
    return token_response.access_token(evidence) and "expires_in" in evidence.token_response


@defect(replaces=token_response.access_token, requirements=("TOK-11",))
def expires_in_exact(evidence: Evidence) -> bool:
    """Refuses an access token that lives a second less than those it was tried with."""
    lifetime = evidence.token_response.get("expires_in", AN_HOUR_S)
    return token_response.access_token(evidence) and lifetime in SEEN_LIVES_S


@defect(replaces=token_response.access_token, requirements=("TOK-11",))
def lifetime_unusual_crashes(evidence: Evidence) -> bool:
    """Crashes on a lifetime that is no number above zero."""
    if not evidence.token_response.get("expires_in", AN_HOUR_S) > 0:
        raise ValueError("nobody thought of that")
    return token_response.access_token(evidence)


@defect(replaces=token_response.access_token, requirements=("TOK-14",))
def openid_scope_required(evidence: Evidence) -> bool:
    """Refuses a granted scope that leaves openid out, though the ID token is there."""
    granted = str(evidence.token_response.get("scope", "openid")).split()
    return token_response.access_token(evidence) and "openid" in granted


@defect(replaces=token_response.access_token, requirements=("TOK-14",))
def scope_crashes(evidence: Evidence) -> bool:
    """Crashes when the token response does not say which scopes were granted."""
    return token_response.access_token(evidence) and bool(evidence.token_response["scope"])


@defect(replaces=token_response.access_token, requirements=("TOK-14",))
def scope_narrower_refused(evidence: Evidence) -> bool:
    """Refuses when fewer scopes are granted than it asked for, though the ID token is there."""
    granted = str(evidence.token_response.get("scope", "profile")).split()
    return token_response.access_token(evidence) and "profile" in granted


@defect(replaces=protocol.id_token_needed, requirements=("TOK-07", "TOK-16"))
def id_token_optional(response: Mapping[str, Any]) -> bool:
    """Signs somebody in with userinfo alone when the ID token is missing."""
    return "id_token" in response


@defect(replaces=userinfo.userinfo_subject, requirements=("UIN-01", "UIN-02", "UIN-03"))
def userinfo_subject_unchecked(_evidence: Evidence) -> bool:
    """Uses a userinfo answer that is about somebody else."""
    return True


@defect(replaces=protocol.userinfo_claims, requirements=("UIN-07",))
def signed_userinfo_unverified(content: bytes) -> Mapping[str, Any] | None:
    """Reads userinfo that comes as a token, and asks nobody who signed it, or for whom."""
    token = open_token(content.decode(errors="replace"))
    return token.claims if token.well_formed else protocol.userinfo_claims(content)


@defect(replaces=protocol.userinfo_claims, requirements=("UIN-06", "UIN-08"))
def userinfo_form_crashes(content: bytes) -> Mapping[str, Any] | None:
    """Crashes on userinfo that is no JSON object."""
    return {**json.loads(content)}


@defect(replaces=protocol.userinfo_claims, requirements=("UIN-10",))
def claims_elsewhere_fetched(content: bytes) -> Mapping[str, Any] | None:
    """Fetches claims from wherever userinfo says that they are, the network of the school included."""
    claims = protocol.userinfo_claims(content)
    for source in (claims or {}).get("_claim_sources", {}).values():
        requests.get(source["endpoint"], headers={"Authorization": "Bearer"}, timeout=TIMEOUT_S)
    return claims


@defect(replaces=protocol.provider_error, requirements=("ERR-03",))
def overload_insisted_on(error: ProviderError) -> Refused:
    """Sends the visitor back at once to a provider that says that it is overloaded."""
    if error.code == "temporarily_unavailable":
        raise RequestRedirect("/sign-in")
    return protocol.provider_error(error)


@defect(replaces=protocol.provider_error, requirements=("ERR-01", "TOK-01", "LR-68"))
def provider_error_crashes(error: ProviderError) -> NoReturn:
    """Crashes when the provider answers with an error."""
    raise RuntimeError(f"nobody thought of {error.code}")
