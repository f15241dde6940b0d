"""Defects in what is sent to the provider, and in when its keys are fetched."""

from __future__ import annotations

from relying_party.defects.registry import defect
from relying_party.signin.rules import protocol


@defect(replaces=protocol.fresh_state, requirements=("REQ-01",))
def state_constant() -> str:
    """Sends the same state with every sign-in."""
    return "always-the-same"


@defect(replaces=protocol.fresh_nonce, requirements=("REQ-02", "CLM-26"))
def nonce_constant() -> str:
    """Sends the same nonce with every sign-in."""
    return "always-the-same"


@defect(replaces=protocol.code_verifier, requirements=("REQ-03",))
def pkce_absent() -> str | None:
    """Sends no code challenge."""
    return None


@defect(replaces=protocol.keys_stale, requirements=("KEY-01", "KEY-02"))
def keys_never_refetched(_kid_known: bool, _age_s: float) -> bool:  # noqa: FBT001  the rule's signature
    """Fetches the provider's keys once and keeps them for ever."""
    return False
