"""Defects in judging the provider's answers around the ID token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from relying_party.defects.registry import defect
from relying_party.signin.guards import authorization_response, discovery, token_response, userinfo
from relying_party.signin.rules import protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from relying_party.signin.evidence import Evidence
    from relying_party.signin.refusal import ProviderError


@defect(replaces=discovery.discovery_issuer, requirements=("DIS-01", "DIS-02"))
def discovery_issuer_unchecked(_evidence: Evidence) -> bool:
    """Believes a discovery document that names another issuer."""
    return True


@defect(replaces=authorization_response.state, requirements=("AZR-01", "AZR-02", "LR-60"))
def state_unchecked(_evidence: Evidence) -> bool:
    """Accepts an authorization response whose state is another one or missing."""
    return True


@defect(replaces=authorization_response.response_issuer, requirements=("AZR-08", "AZR-09"))
def response_issuer_unchecked(_evidence: Evidence) -> bool:
    """Ignores the iss parameter of the authorization response."""
    return True


@defect(replaces=token_response.token_type, requirements=("TOK-10",))
def token_type_unchecked(_evidence: Evidence) -> bool:
    """Uses an access token whose type is missing or unknown as a bearer token."""
    return True


@defect(replaces=protocol.id_token_needed, requirements=("TOK-07", "TOK-16"))
def id_token_optional(response: Mapping[str, Any]) -> bool:
    """Signs somebody in with userinfo alone when the ID token is missing."""
    return "id_token" in response


@defect(replaces=userinfo.userinfo_subject, requirements=("UIN-01", "UIN-02", "UIN-03"))
def userinfo_subject_unchecked(_evidence: Evidence) -> bool:
    """Uses a userinfo answer that is about somebody else."""
    return True


@defect(replaces=protocol.provider_error, requirements=("ERR-01", "TOK-01", "LR-68"))
def provider_error_crashes(error: ProviderError) -> NoReturn:
    """Crashes when the provider answers with an error."""
    raise RuntimeError(f"nobody thought of {error.code}")
