"""The identity chooser: as whom somebody goes on to an application, who is more than one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from flask import Response, render_template, request
from flask_babel import lazy_gettext as _

from mock_idp.domain.identities import Capacity, IdentityLevel
from mock_idp.protocol.choosing import identities_for
from mock_idp.protocol.claims_source import NotAdmittedError, SourceAwayError
from mock_idp.protocol.login_hint import hint_for
from mock_idp.protocol.refusal import Reason, Refusal
from mock_idp.protocol.wire import AcmRequest
from mock_idp.provider.sessions import SESSION_COOKIE
from mock_idp.web.current import address_of, current_issuer, current_provider
from mock_idp.web.delivery import sent_to
from mock_idp.web.languages import chosen_language
from mock_idp.web.refusals import refused
from mock_idp.web.sign_in.blueprint import blueprint, exchange, of_interaction
from mock_idp.web.sign_in.completing import gone_on
from mock_idp.web.sign_in.outcome import CANCEL
from mock_idp.web.sign_in.settling import cancelled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mock_idp.domain.identities import Identity
    from mock_idp.journal import Entry
    from mock_idp.protocol.client import RegisteredClient
    from mock_idp.provider.sessions import Session
    from mock_idp.provider.sign_in import Interaction

CAPACITIES: Final[Mapping[str, Any]] = {
    Capacity.BUR: _("As a citizen"),
    Capacity.GID: _("For the Flemish government"),
    Capacity.EA: _("For a company or an association"),
    Capacity.LB: _("For a local authority"),
    Capacity.OV: _("For education"),
}
"""How the page calls them; how ACM words it is not known."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """An identity to press. `hint`: the login_hint that would have chosen it, decoded."""

    key: str
    title: str
    organisations: tuple[str, ...]
    roles: tuple[str, ...]
    hint: str


@blueprint.get("/sign-in/<interaction_id>/identity")
@of_interaction
def choose(interaction: Interaction) -> Response:
    """Show what there is to choose from."""
    with exchange(interaction) as entry:
        session = _session(interaction)
        if session is None:
            return _sign_in_first(interaction, entry)
        asked = AcmRequest(interaction.wire)
        current_issuer().server.check(asked)
        try:
            options = _options(asked, session)
        except SourceAwayError as error:
            entry.note(str(error))
            entry.finish(503, {"refused": "datastore-away"})
            return refused(Refusal(reason=Reason.DATASTORE_AWAY), 503)
        if not options:
            return gone_on(interaction, session, "", entry)
        entry.finish(200, {"shown": "identity-chooser", "identities": [each.key for each in options]})
        return _page(interaction, session, options, asked.client)


@blueprint.post("/sign-in/<interaction_id>/identity")
@of_interaction
def go_on(interaction: Interaction) -> Response:
    """Go on as the identity that was pressed, or not at all."""
    with exchange(interaction) as entry:
        session = _session(interaction)
        if session is None:
            return _sign_in_first(interaction, entry)
        if request.form.get("action") == CANCEL:
            return cancelled(interaction, entry)
        return gone_on(interaction, session, request.form.get("identity", ""), entry)


def _session(interaction: Interaction) -> Session | None:
    return current_issuer().sign_ins.session_of(interaction, request.cookies.get(SESSION_COOKIE))


def _options(asked: AcmRequest, session: Session) -> tuple[Identity, ...]:
    """Return what there is to choose from; nothing when the person may not go on at all, as the answer will tell."""
    try:
        return identities_for(current_issuer().server.source, asked, session.signed_in)
    except NotAdmittedError:
        return ()


def _sign_in_first(interaction: Interaction, entry: Entry) -> Response:
    """Ask to sign in: the session is over, or another one began in this browser meanwhile."""
    entry.note("The session of whoever was to choose is over, so they sign in first.")
    entry.finish(303, {"shown": "sign-in"})
    return sent_to(address_of("sign_in.show", interaction_id=interaction.id, lang=chosen_language()), 303)


def _page(
    interaction: Interaction, session: Session, options: tuple[Identity, ...], client: RegisteredClient | None
) -> Response:
    person = current_provider().people.find(session.signed_in.person, interaction.stage_id)
    registration = client.registration if client else None
    text = render_template(
        "sign_in_identity.html",
        address=address_of("sign_in.go_on", interaction_id=interaction.id, lang=chosen_language()),
        somebody_else=address_of("sign_in.show", interaction_id=interaction.id, lang=chosen_language()),
        client_name=registration and (registration.client_name or registration.client_id),
        name=person.full_name if person else session.signed_in.person,
        is_by_organisation=bool(registration and registration.identity_level == IdentityLevel.ORGANISATION),
        identities=[_shown(each) for each in options],
    )
    return Response(text)


def _shown(identity: Identity) -> Shown:
    return Shown(
        key=identity.key,
        title=str(CAPACITIES.get(identity.capacity, identity.name)),
        organisations=tuple(f"{each.name} ({each.code})" for each in identity.organisations),
        roles=identity.roles,
        hint=hint_for(identity.key),
    )
