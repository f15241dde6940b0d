"""Defects in what is sent to the provider."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from urllib3 import disable_warnings
from urllib3.exceptions import InsecureRequestWarning

from relying_party.defects.registry import defect
from relying_party.settings import ClientAuthentication
from relying_party.signin.provider import UNUSABLE
from relying_party.signin.refusal import ProviderError
from relying_party.signin.rules import protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from relying_party.accounts.sessions import Begun
    from relying_party.signin.evidence import Evidence

TRIES = 20
"""How often without limit is, so that a sign-in ends."""
USUAL_PATH = {"token_endpoint": "token", "jwks_uri": "keys"}


@defect(replaces=protocol.fresh_state, requirements=("REQ-01",))
def state_constant() -> str:
    """Sends the same state with every sign-in."""
    return "always-the-same"


@defect(replaces=protocol.fresh_nonce, requirements=("REQ-02", "CLM-26"))
def nonce_constant() -> str:
    """Sends the same nonce with every sign-in."""
    return "always-the-same"


@defect(replaces=protocol.code_verifier, requirements=("REQ-03",))
def pkce_absent(_metadata: Mapping[str, Any]) -> str | None:
    """Sends no code challenge."""
    return None


@defect(replaces=protocol.code_verifier, requirements=("REQ-05",))
def verifier_constant(_metadata: Mapping[str, Any]) -> str | None:
    """Sends the same code verifier with every sign-in."""
    return "always-the-same-and-of-43-characters-or-more"


@defect(replaces=protocol.redirect_uri_asked, requirements=("SES-12",))
def redirect_uri_from_host(configured: str, host: str) -> str:
    """Makes its redirect URI of the host that the request names."""
    return urlsplit(configured)._replace(netloc=host).geturl()


@defect(replaces=protocol.words_for_log, requirements=("SES-10",))
def response_logged(person_id: str, evidence: Evidence) -> str:
    """Writes the whole response into the log."""
    return f"signed in: person={person_id} with {dict(evidence.parameters)}"


@defect(replaces=protocol.after_silence, requirements=("ERR-02",))
def fallback_for_login_only(error: str, begun: Begun) -> bool:
    """Goes on after a silent sign-in only when the provider says that somebody has to sign in."""
    return begun.is_silent and error == "login_required"


@defect(replaces=protocol.assertion_audience, requirements=("REQ-11",))
def assertion_for_others(issuer: str) -> str | list[str]:
    """Makes client assertions that are meant for another provider as well."""
    return [issuer, "https://another-issuer.example/op"]


@defect(replaces=protocol.bound_to_its_code, requirements=("AZR-06",))
def code_unbound(begun: Begun) -> Begun:
    """Sends no code challenge, and the same nonce with every sign-in, so that any code fits in any of them."""
    return replace(begun, nonce="always-the-same", code_verifier=None)


@defect(replaces=protocol.code_verifier, requirements=("DIS-10",))
def pkce_when_announced(metadata: Mapping[str, Any]) -> str | None:
    """Sends a code challenge only as long as the metadata say that it is understood."""
    return protocol.code_verifier(metadata) if "code_challenge_methods_supported" in metadata else None


@defect(replaces=protocol.certificates_checked, requirements=("TOK-15",))
def certificate_unchecked() -> bool:
    """Talks to the provider whatever certificate is shown, and silences the warning about that."""
    disable_warnings(InsecureRequestWarning)
    return False


@defect(replaces=protocol.redirects_followed, requirements=("TOK-12", "DIS-15"))
def endpoint_redirects_followed() -> bool:
    """Goes on to wherever an endpoint of the provider redirects."""
    return True


@defect(replaces=protocol.endpoint_asked, requirements=("DIS-11",))
def endpoints_guessed(metadata: Mapping[str, Any], member: str) -> str:
    """Puts addresses together from the issuer, in place of reading them in the metadata."""
    return f"{metadata['issuer']}/v1/{USUAL_PATH[member]}"


def _whatever_was_refused(error: str, begun: Begun) -> bool:
    return error in {"unsupported_response_type", "invalid_scope"} or protocol.after_silence(error, begun)


@defect(
    replaces=protocol.request_asked, requirements=("REQ-16",), beside={protocol.after_silence: _whatever_was_refused}
)
def token_asked_first(parameters: Mapping[str, Any], *, again: bool) -> Mapping[str, Any]:
    """Asks for a token in the address first, and for a code when that is refused."""
    return (
        parameters
        if again or "prompt" in parameters
        else {**parameters, "response_type": "code token", "response_mode": "query"}
    )


@defect(
    replaces=protocol.request_asked, requirements=("REQ-08",), beside={protocol.after_silence: _whatever_was_refused}
)
def national_number_asked_first(parameters: Mapping[str, Any], *, again: bool) -> Mapping[str, Any]:
    """Asks for the national number as well, and without it when that is refused."""
    return parameters if again or "prompt" in parameters else {**parameters, "scope": f"{parameters['scope']} rrn"}


@defect(replaces=protocol.request_asked, requirements=("REQ-14",))
def silence_broken(parameters: Mapping[str, Any], *, again: bool) -> Mapping[str, Any]:  # noqa: ARG001  the rule's signature
    """Forbids a page and demands a fresh sign-in, which needs one, in the same request."""
    return {**parameters, "max_age": 0} if parameters.get("prompt") == "none" else parameters


@defect(replaces=protocol.userinfo_asked, requirements=("REQ-12",))
def access_token_in_address(ask: protocol.Ask) -> bytes:
    """Sends the access token in an address first, and in the header when that is refused."""
    try:
        return ask("uri")
    except ProviderError:
        return protocol.userinfo_asked(ask)


@defect(replaces=protocol.redeem_code, requirements=("REQ-10", "REQ-13"))
def authentication_guessed(redeem: protocol.Redeem, registered: ClientAuthentication) -> Mapping[str, Any]:
    """Sends the code with the client secret in the form first, and again as agreed when that is refused."""
    try:
        return redeem(ClientAuthentication.CLIENT_SECRET_POST)
    except ProviderError:
        return redeem(registered)


@defect(replaces=protocol.redeem_code, requirements=("ERR-03", "REQ-13"))
def token_retried_without_limit(redeem: protocol.Redeem, registered: ClientAuthentication) -> Mapping[str, Any]:
    """Sends the code again at once, over and over, while the token endpoint gives no answer of use."""
    for _again in range(TRIES - 1):
        try:
            return redeem(registered)
        except ProviderError as error:
            if error.code != UNUSABLE:
                raise
    return redeem(registered)
