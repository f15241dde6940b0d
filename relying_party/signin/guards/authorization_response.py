"""Guards over the parameters that come back to the redirect URI (RFC 6749 section 4.1.2)."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relying_party.signin.evidence import Evidence

PROTOCOL_PARAMETERS = ("state", "iss", "code", "error")


def parameters_once(evidence: Evidence) -> bool:
    """No parameter of the protocol comes twice (RFC 6749 section 3.1)."""
    return all(len(evidence.parameters.get(name, ())) <= 1 for name in PROTOCOL_PARAMETERS)


def sign_in_begun(evidence: Evidence) -> bool:
    """A sign-in was begun in this browser and has not been used yet (RFC 9700 section 4.7)."""
    return evidence.begun is not None


def state(evidence: Evidence) -> bool:
    """The response carries the state of a sign-in that was begun in this browser (RFC 6749 section 10.12)."""
    sent = evidence.begun.state if evidence.begun else ""
    return bool(sent) and secrets.compare_digest(evidence.parameter("state").encode(), sent.encode())


def redirect_uri(evidence: Evidence) -> bool:
    """The response came to the redirect URI that this sign-in was begun with (RFC 9700 section 4.4.2.2)."""
    return evidence.begun is not None and evidence.came_to == evidence.begun.redirect_uri


def response_issuer(evidence: Evidence) -> bool:
    """The response comes from the issuer that was asked, when it says whose it is (RFC 9207 section 2.4)."""
    promised = evidence.metadata.get("authorization_response_iss_parameter_supported") is True
    return evidence.parameter("iss") == evidence.issuer or ("iss" not in evidence.parameters and not promised)


def code(evidence: Evidence) -> bool:
    """The response holds an authorization code, or else an error (RFC 6749 section 4.1.2)."""
    return bool(evidence.parameter("code")) or "error" in evidence.parameters
