"""What a form comes to: somebody goes on, or nobody does. Then the policy says who is told, person or application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import request

from mock_idp.protocol.refusal import Reason, Refusal
from mock_idp.settings.policy import Telling
from mock_idp.web.current import current_issuer
from mock_idp.web.refusals import refused
from mock_idp.web.sign_in.completing import completed, denied
from mock_idp.web.sign_in.page import page

if TYPE_CHECKING:
    from flask import Response

    from mock_idp.journal import Entry
    from mock_idp.provider.sign_in import Interaction
    from mock_idp.web.sign_in.outcome import Outcome, Trouble

OK: Final = 200


def settled(interaction: Interaction, outcome: Outcome, entry: Entry) -> Response:
    """Return where an outcome leads."""
    if outcome.trouble:
        return _turned_away(interaction, outcome.trouble, entry)
    if outcome.person is None:
        return cancelled(interaction, entry)
    return completed(interaction, outcome.person, outcome.acr, entry)


def cancelled(interaction: Interaction, entry: Entry) -> Response:
    """Tell that the person cancelled. On a page nothing is over: it leads back."""
    if current_issuer().policy.cancelled == Telling.REDIRECT:
        return denied(interaction, "The pupil cancelled the sign-in.", entry)
    entry.note("The pupil cancelled. The policy cancelled is page, so the application is told nothing.")
    entry.finish(OK, {"shown": "cancelled"})
    return refused(Refusal(reason=Reason.CANCELLED), OK, again=request.full_path)


def _turned_away(interaction: Interaction, trouble: Trouble, entry: Entry) -> Response:
    """Tell what went wrong: the person at the page, unless the account is refused and the application is to know."""
    if trouble.of_account and current_issuer().policy.account_refused == Telling.REDIRECT:
        return denied(interaction, trouble.of_account, entry)
    if trouble.of_account:
        entry.note(f"{trouble.of_account} The policy account_refused is page, so the application is told nothing.")
    entry.finish(OK, {"error": trouble.words})
    return page(interaction, trouble=trouble)
