"""Guards over the discovery document (OpenID Connect Discovery 1.0)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from relying_party.settings import is_loopback

if TYPE_CHECKING:
    from relying_party.signin.evidence import Evidence

NEEDED = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
OPTIONAL = ("end_session_endpoint",)
ASKED = ("token_endpoint", "userinfo_endpoint", "jwks_uri")
"""Those that this application asks itself, without a browser."""


def discovery_issuer(evidence: Evidence) -> bool:
    """The discovery document names exactly the issuer this application was configured with (Discovery 4.3)."""
    return evidence.metadata.get("issuer") == evidence.issuer


def endpoints(evidence: Evidence) -> bool:
    """The discovery document gives every endpoint that is needed, over https (http on this machine only)."""
    offered = [name for name in OPTIONAL if name in evidence.metadata]
    return all(_is_protected(evidence.metadata.get(name)) for name in (*NEEDED, *offered))


def endpoints_at_home(evidence: Evidence) -> bool:
    """Every endpoint lives on the host of the issuer: nothing is fetched from inside the network (DIS-08)."""
    home = urlsplit(evidence.issuer).hostname
    return all(urlsplit(str(evidence.metadata[name])).hostname == home for name in ASKED if name in evidence.metadata)


def _is_protected(address: object) -> bool:
    if not isinstance(address, str):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname))
    )
