"""The blueprint of the sign-in page, and what each of its views begins with: the interaction of its address."""

from __future__ import annotations

from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Final

from flask import Blueprint, g, request

from mock_idp.protocol.refusal import Reason, Refusal
from mock_idp.web.current import current_issuer, current_provider
from mock_idp.web.refusals import refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Response

    from mock_idp.journal import Entry
    from mock_idp.provider.sign_in import Interaction

    View = Callable[[Interaction], Response]

blueprint: Final = Blueprint("sign_in", __name__)


def of_interaction(view: View) -> Callable[[str], Response]:
    """Give a view the interaction of its address, and the page the language that the application asked for."""

    @wraps(view)
    def found(interaction_id: str) -> Response:
        interaction = current_issuer().sign_ins.find(interaction_id)
        if interaction is None or current_provider().stages.find(interaction.stage_id) is None:
            return refused(Refusal(reason=Reason.INTERACTION_UNKNOWN))
        g.ui_locales = dict(interaction.parameters).get("ui_locales", "")
        return view(interaction)

    return found


@contextmanager
def exchange(interaction: Interaction) -> Iterator[Entry]:
    """Begin an exchange in the journal for the request that is being answered."""
    with current_issuer().exchange("sign-in", request.method, interaction.stage_id, interaction.flow) as entry:
        entry.client_id = client_of(interaction)
        g.flow = interaction.flow
        entry.request = dict(request.args if request.method == "GET" else request.form)
        yield entry


def client_of(interaction: Interaction) -> str | None:
    """Return the client_id of the application that asked."""
    return dict(interaction.parameters).get("client_id")
