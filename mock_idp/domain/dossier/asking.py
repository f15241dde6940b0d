"""Rules about what a client may ask for: scopes, means, identities, and what other clients it speaks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mock_idp.domain.claims import OPENID, Certainty
from mock_idp.domain.clients import GrantType
from mock_idp.domain.dossier.remark import Remark, missing, odd
from mock_idp.domain.identities import IdentityLevel
from mock_idp.domain.means import documented_means

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_idp.domain.clients import Client

STANDARD: Final = frozenset({"email", "address", "phone"})
EIGHT_HOURS_S: Final = 28_800


def scopes_are_written_down(client: Client) -> Iterator[Remark]:
    """A dossier lists the scopes."""
    if client.scopes is None:
        yield odd(
            "scopes",
            f"No scopes are written down, so all those of the claims profile {client.claims_profile} are granted.",
            "Write down those that the application needs: another one later is a change of the dossier.",
        )


def scopes_make_a_sign_in(client: Client) -> Iterator[Remark]:
    """Scopes that ACM does not have, or not for this."""
    scopes = client.scopes or ()
    signs_in = GrantType.AUTHORIZATION_CODE in client.grant_types
    if client.scopes is not None and signs_in and OPENID not in scopes:
        yield missing("scopes", "Without openid there is no sign-in.", "Add openid.")
    if unknown := sorted(STANDARD & set(scopes)):
        yield missing("scopes", f"ACM has no scope {', '.join(unknown)}.", "Leave it out; vo_email is in the scope vo.")
    if "rrn" in scopes:
        yield odd(
            "scopes",
            "rrn asks for the national number, which is no part of what is communicated about pupils.",
            "Leave it out.",
        )
    if "offline_access" in scopes:
        yield odd(
            "scopes",
            "offline_access keeps access after the pupil has left.",
            "Leave it out, unless something works for the pupil while they are away; the protocol names nothing.",
            Certainty.INFERRED,
        )
    if outside := sorted(set(client.required_scopes) - set(scopes)) if client.scopes is not None else []:
        yield missing("required_scopes", f"Added at every request, and not granted: {', '.join(outside)}.", "Grant it.")


def means_are_chosen(client: Client) -> Iterator[Remark]:
    """A dossier lists the means of authentication."""
    if not client.acr_values:
        yield odd(
            "acr_values",
            "No means of authentication are written down, so any is taken.",
            "Write down which; for pupils the URN of LeerID, as ACM tells it to you.",
        )
    known = {each.urn for each in documented_means()}
    if unknown := [each for each in client.acr_values if each not in known]:
        yield odd(
            "acr_values",
            f"No published means is called {', '.join(unknown)}; older names are still in use for some.",
            "Compare it with the dossier, character by character.",
        )


def a_chosen_identity_can_be_told(client: Client) -> Iterator[Remark]:
    """An identity is told in the scope vo."""
    if client.identity_level != IdentityLevel.NONE and client.scopes is not None and "vo" not in client.scopes:
        yield missing(
            "scopes", "People choose an identity, and the scope vo that tells it is not granted.", "Add the scope vo."
        )
    if client.identity_level == IdentityLevel.NONE and client.capacities:
        yield odd(
            "capacities", "Capacities count only where people choose an identity.", "Set identity_level, or leave out."
        )


def tokens_do_not_outlive_the_day(client: Client) -> Iterator[Remark]:
    """The longest lifetime that was seen is eight hours."""
    if (client.access_token_ttl_s or 0) > EIGHT_HOURS_S:
        yield odd(
            "access_token_ttl_s", "Access tokens hold for more than the eight hours that were seen.", "Let them end."
        )


def the_profile_is_understood(client: Client) -> Iterator[Remark]:
    """A profile without sub needs an application that can do without."""
    if client.claims_profile == "acm-2024":
        yield odd(
            "claims_profile",
            "Under acm-2024 pupils have no sub, which OpenID Connect forbids and many libraries refuse.",
            "Try the application with it, and with meemoo-2023.",
            Certainty.SEEN,
        )
