"""Reads dossiers: every rule over every client, and what holds between clients."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from mock_idp.domain.claims import Certainty
from mock_idp.domain.dossier import addresses, asking, proof
from mock_idp.domain.dossier.remark import Remark, missing, odd

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mock_idp.domain.clients import Client
    from mock_idp.domain.dossier.finding import Finding

    Rule = Callable[[Client], Iterator[Remark]]

RULES: Final[tuple[Rule, ...]] = (
    proof.the_name_is_as_acm_gives_it,
    proof.people_can_read_its_name,
    addresses.every_address_can_be_compared,
    addresses.no_two_addresses_differ_by_a_slash,
    addresses.somebody_is_sent_back_after_signing_out,
    addresses.signing_out_does_not_end_at_the_callback,
    proof.a_secret_is_long,
    proof.a_client_with_keys_has_no_secret,
    proof.keys_can_be_used,
    proof.a_public_client_is_meant_to_be_one,
    proof.codes_are_bound_to_the_sign_in,
    asking.scopes_are_written_down,
    asking.scopes_make_a_sign_in,
    asking.means_are_chosen,
    asking.a_chosen_identity_can_be_told,
    asking.tokens_do_not_outlive_the_day,
    asking.the_profile_is_understood,
)
"""In the order in which somebody reads a dossier."""


def findings(clients: Iterable[Client]) -> tuple[Finding, ...]:
    """Return everything that is missing or odd, client by client."""
    known = tuple(clients)
    shared = _shared_secrets(known)
    found: list[Finding] = []
    for client in known:
        remarks = [remark for rule in RULES for remark in rule(client)]
        remarks += [*_unknown_audiences(client, known), *shared[client.client_id]]
        found += [remark.about(client.client_id) for remark in remarks]
    return tuple(found)


def _unknown_audiences(client: Client, known: tuple[Client, ...]) -> Iterator[Remark]:
    ids = {each.client_id for each in known}
    for audience in client.audiences:
        if audience not in ids:
            yield missing("audiences", f"No client of this file is called {audience}.", "Register the API as well.")


def _shared_secrets(known: tuple[Client, ...]) -> defaultdict[str, list[Remark]]:
    """Return a remark for every client whose secret another one has too; the secret itself is told nowhere."""
    owners: defaultdict[str, list[str]] = defaultdict(list)
    for client in known:
        if client.client_secret:
            owners[client.client_secret].append(client.client_id)
    remarks: defaultdict[str, list[Remark]] = defaultdict(list)
    for names in owners.values():
        for name in names if len(names) > 1 else ():
            others = ", ".join(each for each in names if each != name)
            sentence = f"{others} has the same secret, so each can pass for the other."
            remarks[name].append(odd("client_secret", sentence, "Give each its own.", Certainty.INFERRED))
    return remarks
