"""The views of the sign-in page: show it, and take what was pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from mock_idp.web.sign_in.blueprint import blueprint, exchange, of_interaction
from mock_idp.web.sign_in.outcome import outcome_of
from mock_idp.web.sign_in.page import page
from mock_idp.web.sign_in.settling import settled

if TYPE_CHECKING:
    from flask import Response

    from mock_idp.provider.sign_in import Interaction


@blueprint.get("/sign-in/<interaction_id>")
@of_interaction
def show(interaction: Interaction) -> Response:
    """Show the page, with whom was searched for."""
    with exchange(interaction) as entry:
        entry.finish(200, {"shown": "sign-in"})
    return page(interaction)


@blueprint.post("/sign-in/<interaction_id>")
@of_interaction
def submit(interaction: Interaction) -> Response:
    """Sign somebody in, or show the page again."""
    with exchange(interaction) as entry:
        return settled(interaction, outcome_of(request.form, interaction), entry)
