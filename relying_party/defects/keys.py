"""Defects in choosing among the published keys, and in when they are fetched."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from joserfc.errors import SecurityWarning

from relying_party.defects.registry import defect
from relying_party.signin import tokens
from relying_party.signin.guards import id_token
from relying_party.signin.rules import protocol
from relying_party.signin.tokens import MAY_SIGN, entries_of, keys_named, keys_that

if TYPE_CHECKING:
    from collections.abc import Sequence

    from joserfc.jwk import RSAKey

    from relying_party.signin.evidence import Evidence


@defect(replaces=tokens.signing_keys, requirements=("KEY-08",))
def unknown_keys_refused(jwks: object) -> tuple[RSAKey, ...]:
    """Uses none of the published keys when there is one of a type it does not know."""
    return tokens.signing_keys(jwks) if all(entry.get("kty") == "RSA" for entry in entries_of(jwks)) else ()


@defect(replaces=tokens.signing_keys, requirements=("KEY-09",))
def key_use_ignored(jwks: object) -> tuple[RSAKey, ...]:
    """Verifies signatures with a key that is meant for encryption."""
    return keys_that(jwks, *(fits for fits in MAY_SIGN if fits is not tokens.is_for_signatures))


@defect(replaces=tokens.signing_keys, requirements=("KEY-10",))
def first_of_a_name(jwks: object) -> tuple[RSAKey, ...]:
    """Takes the first key of a name, whatever type it is of."""
    named = {str(entry.get("kid")): entry for entry in reversed(entries_of(jwks))}
    return tokens.signing_keys({"keys": list(named.values())})


@defect(replaces=tokens.signing_keys, requirements=("KEY-13",))
def private_members_refused(jwks: object) -> tuple[RSAKey, ...]:
    """Uses none of the published keys when one comes with its private half."""
    return () if any("d" in entry for entry in entries_of(jwks)) else tokens.signing_keys(jwks)


@defect(replaces=tokens.signing_keys, requirements=("KEY-14",))
def key_length_ignored(jwks: object) -> tuple[RSAKey, ...]:
    """Verifies signatures with RSA keys of any length."""
    with warnings.catch_warnings(category=SecurityWarning, action="ignore"):
        return keys_that(jwks, *(fits for fits in MAY_SIGN if fits is not tokens.is_long_enough))


@defect(replaces=id_token.signature, requirements=("KEY-04",))
def kid_required(evidence: Evidence) -> bool:
    """Refuses an ID token that does not name its key, though one key fits."""
    return "kid" in evidence.id_token.header and id_token.signature(evidence)


@defect(replaces=id_token.signature, requirements=("KEY-05",))
def several_keys_crash(evidence: Evidence) -> bool:
    """Crashes when several keys may have made a signature."""
    if len(keys_named(evidence.keys, evidence.id_token.header.get("kid"))) > 1:
        raise ValueError("nobody thought of that")
    return id_token.signature(evidence)


@defect(replaces=protocol.keys_stale, requirements=("KEY-01", "KEY-02"))
def keys_never_refetched(_kid_known: bool, _age_s: float) -> bool:  # noqa: FBT001  the rule's signature
    """Fetches the provider's keys once and keeps them, whatever other name a token tells."""
    return False


@defect(replaces=protocol.keys_doubted, requirements=("KEY-03",))
def old_names_believed(_evidence: Evidence) -> bool:
    """Never thinks that a known name may stand for a new key."""
    return False


@defect(replaces=protocol.keys_kept, requirements=("KEY-06",))
def withdrawn_keys_kept(before: Sequence[RSAKey], fetched: Sequence[RSAKey]) -> Sequence[RSAKey]:
    """Keeps every key that was ever published."""
    return (*fetched, *before)


@defect(replaces=protocol.keys_outlast, requirements=("KEY-11",))
def keys_dropped_on_failure(_age_s: float) -> bool:
    """Forgets the keys it knows when new ones cannot be fetched, so that one odd token shuts everybody out."""
    return False


@defect(replaces=protocol.refetch_allowed, requirements=("KEY-07",))
def keys_refetched_without_limit(_recent: int) -> bool:
    """Fetches the provider's keys again for every token that names an unknown one."""
    return True
