"""The sign-in page: by user name and password, by picking a pupil, or not at all."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, current_app, g, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from mock_idp.domain.personas import Group
from mock_idp.protocol.refusal import Reason, Refusal
from mock_idp.protocol.response import RedirectAnswer
from mock_idp.protocol.wire import AcmRequest
from mock_idp.provider.sign_in import SESSION_COOKIE
from mock_idp.web.current import current_provider
from mock_idp.web.delivery import delivered
from mock_idp.web.languages import PARAMETER, chosen_language, language
from mock_idp.web.refusals import refused

if TYPE_CHECKING:
    from mock_idp.domain.personas import Persona
    from mock_idp.journal import Entry
    from mock_idp.provider.sign_in import Interaction

blueprint = Blueprint("sign_in", __name__)

PAGES: Final = "leerid-sign-in-pages"
MOST_PAGES: Final = 64
HOLE: Final = "/address-of-this-interaction"
"""Where the address of the interaction goes in a page rendered before: rendering is half of the work of a sign-in."""

GROUP_TITLES: Final[dict[Group, Any]] = {
    Group.EVERYDAY: _("Every day"),
    Group.IDENTITY: _("Who is this pupil?"),
    Group.ENROLMENT: _("May this pupil come in?"),
    Group.DATA: _("Names, numbers and dates"),
    Group.OTHERS: _("No pupil"),
}


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a submitted form led to: somebody, nobody (cancelled), or an error to show."""

    persona: Persona | None = None
    is_cancelled: bool = False
    error: str | None = None


@blueprint.get("/sign-in/<interaction_id>")
def show(interaction_id: str) -> Response:
    """Show the page."""
    provider = current_provider()
    interaction = provider.sign_ins.find(interaction_id)
    if interaction is None:
        return refused(Refusal(reason=Reason.INTERACTION_UNKNOWN))
    with provider.exchange("sign-in", "GET", interaction.stage_id) as entry:
        entry.client_id = dict(interaction.parameters).get("client_id")
        entry.finish(200, {"shown": "sign-in"})
    return _page(interaction)


@blueprint.post("/sign-in/<interaction_id>")
def submit(interaction_id: str) -> Response:
    """Sign somebody in, or show the page again."""
    provider = current_provider()
    interaction = provider.sign_ins.find(interaction_id)
    if interaction is None:
        return refused(Refusal(reason=Reason.INTERACTION_UNKNOWN))
    with provider.exchange("sign-in", "POST", interaction.stage_id) as entry:
        entry.client_id = dict(interaction.parameters).get("client_id")
        entry.request = dict(request.form)
        outcome = _outcome()
        if outcome.error:
            entry.finish(200, {"error": outcome.error})
            return _page(interaction, error=outcome.error)
        return _completed(interaction, outcome, entry)


def _outcome() -> Outcome:
    personas = current_provider().personas
    if request.form.get("action") == "cancel":
        return Outcome(is_cancelled=True)
    if slug := request.form.get("persona"):
        persona = personas.get(slug)
        return Outcome(persona=persona, error=None if persona else gettext("There is no such pupil."))
    persona = personas.with_credentials(request.form.get("username", ""), request.form.get("password", ""))
    wrong = gettext("User name or password is wrong. Each pupil's user name is on this page.")
    return Outcome(persona=persona, error=None if persona else wrong)


def _completed(interaction: Interaction, outcome: Outcome, entry: Entry) -> Response:
    provider = current_provider()
    checked = provider.server.check(interaction.wire)
    if not provider.sign_ins.end(interaction) or isinstance(checked, Refusal):
        entry.finish(400, {"refused": "interaction-unknown"})
        return refused(checked if isinstance(checked, Refusal) else Refusal(reason=Reason.INTERACTION_UNKNOWN))
    if isinstance(checked, RedirectAnswer) or outcome.persona is None:
        entry.finish(303, {"cancelled": outcome.is_cancelled})
        answer = provider.server.answer(checked, None) if isinstance(checked, AcmRequest) else checked
        return _sent_back(answer, interaction, entry)
    session_id, signed_in = provider.sign_ins.remember(outcome.persona.slug, interaction.stage_id)
    answer = provider.server.answer(checked, signed_in)
    entry.finish(303, {"signed_in": outcome.persona.slug})
    response = _sent_back(answer, interaction, entry)
    is_https = provider.settings.issuer.startswith("https:")
    response.set_cookie(SESSION_COOKIE, session_id, httponly=True, samesite="Lax", secure=is_https)
    return response


def _sent_back(answer: RedirectAnswer, interaction: Interaction, entry: Entry) -> Response:
    return delivered(answer, stage_id=interaction.stage_id, client_id=entry.client_id, method="POST")


def _page(interaction: Interaction, *, error: str | None = None) -> Response:
    parameters = dict(interaction.parameters)
    g.ui_locales = parameters.get("ui_locales", "")
    client_name = parameters.get("client_id")
    highlighted = current_provider().stages.get(interaction.stage_id).persona
    url = url_for("sign_in.submit", interaction_id=interaction.id, lang=chosen_language())
    if error or not request.args.keys() <= {PARAMETER}:
        return Response(_rendered(url, client_name, highlighted, error))
    pages = current_app.extensions.setdefault(PAGES, OrderedDict())
    key = (language(), chosen_language(), client_name, highlighted)
    if key not in pages:
        pages[key] = _rendered(HOLE, client_name, highlighted)
    text: str = pages[key]
    while len(pages) > MOST_PAGES:
        pages.popitem(last=False)
    return Response(text.replace(HOLE, url))


def _rendered(url: str, client_name: str | None, highlighted: str | None, error: str | None = None) -> str:
    return render_template(
        "sign_in.html",
        interaction_url=url,
        client_name=client_name,
        error=error,
        username=request.form.get("username"),
        groups=_groups(current_provider().personas.all()),
        highlighted=highlighted,
        passwords_note=gettext(
            "Passwords are made up: a word and four digits. The command leerid-idp personas lists them."
        ),
    )


def _groups(personas: tuple[Persona, ...]) -> list[dict[str, Any]]:
    return [
        {"title": title, "people": [_shown(persona) for persona in personas if persona.group == group]}
        for group, title in GROUP_TITLES.items()
    ]


def _shown(persona: Persona) -> dict[str, Any]:
    return {
        "slug": persona.slug,
        "title": persona.title if language() == "nl" else persona.title_en,
        "name": persona.full_name,
        "user_name": persona.user_name,
        "school": persona.school,
        "proves": persona.proves,
    }
