"""The sign-in page: by user name and password, by picking a pupil, or not at all."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, current_app, g, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from mock_idp.domain.leerid import AccountState
from mock_idp.domain.people.personas import Group
from mock_idp.protocol.claims_source import SourceAwayError
from mock_idp.protocol.refusal import Reason, Refusal
from mock_idp.protocol.response import RedirectAnswer
from mock_idp.protocol.wire import AcmRequest
from mock_idp.provider.sign_in import SESSION_COOKIE
from mock_idp.web.current import current_provider
from mock_idp.web.delivery import delivered
from mock_idp.web.languages import PARAMETER, chosen_language, language
from mock_idp.web.refusals import refused

if TYPE_CHECKING:
    from mock_idp.domain.people.person import Person
    from mock_idp.domain.people.personas import Persona
    from mock_idp.journal import Entry
    from mock_idp.protocol.code import SignedIn
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
    Group.TIME: _("Before and after"),
    Group.TROUBLE: _("When signing in goes wrong"),
    Group.OTHERS: _("No pupil"),
}

WHY_NOT: Final[dict[AccountState | None, Any]] = {
    None: _("This account does not exist yet: the calendar of the test stands before it was opened."),
    AccountState.BLOCKED: _("This account is blocked. Ask your school."),
    AccountState.PASSWORD_EXPIRED: _("The password of this account must be changed first. Ask your school."),
    AccountState.WITHHELD: _("This account was not handed out yet. Ask your school."),
}
"""What the page says of an account that nobody can sign in with; how ACM words it is not known."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a submitted form led to: somebody, nobody (cancelled), or an error to show."""

    person: Person | None = None
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
        outcome = _outcome(interaction)
        if outcome.error:
            entry.finish(200, {"error": outcome.error})
            return _page(interaction, error=outcome.error)
        return _completed(interaction, outcome, entry)


def _outcome(interaction: Interaction) -> Outcome:
    provider = current_provider()
    if request.form.get("action") == "cancel":
        return Outcome(is_cancelled=True)
    if slug := request.form.get("persona"):
        persona = provider.personas.get(slug)
        return _admitted(persona.person, interaction) if persona else Outcome(error=gettext("There is no such pupil."))
    person = provider.people.find(request.form.get("username", ""), interaction.stage_id)
    if person is None or not person.has_password(request.form.get("password", "")):
        return Outcome(error=gettext("User name or password is wrong. Each pupil's user name is on this page."))
    return _admitted(person, interaction)


def _admitted(person: Person, interaction: Interaction) -> Outcome:
    state = current_provider().account_state(person, interaction.stage_id)
    if state == AccountState.ACTIVE:
        return Outcome(person=person)
    return Outcome(error=str(WHY_NOT[state]))


def _completed(interaction: Interaction, outcome: Outcome, entry: Entry) -> Response:
    provider = current_provider()
    checked = provider.server.check(interaction.wire)
    if not provider.sign_ins.end(interaction) or isinstance(checked, Refusal):
        entry.finish(400, {"refused": "interaction-unknown"})
        return refused(checked if isinstance(checked, Refusal) else Refusal(reason=Reason.INTERACTION_UNKNOWN))
    if isinstance(checked, RedirectAnswer) or outcome.person is None:
        entry.finish(303, {"cancelled": outcome.is_cancelled})
        answer = provider.server.answer(checked, None) if isinstance(checked, AcmRequest) else checked
        return _sent_back(answer, interaction, entry)
    return _signed_in(interaction, checked, outcome.person, entry)


def _signed_in(interaction: Interaction, checked: AcmRequest, person: Person, entry: Entry) -> Response:
    """Answer for a person; when the datastore is away, nothing happened and the sign-in can be tried again."""
    provider = current_provider()
    signed_in = provider.sign_ins.now(person.user_name)
    try:
        answer = provider.server.answer(checked, signed_in)
    except SourceAwayError as error:
        provider.sign_ins.reopen(interaction)
        entry.note(f"{error} Nothing was signed in; the pupil can try again.")
        entry.finish(503, {"refused": "datastore-away"})
        return refused(Refusal(reason=Reason.DATASTORE_AWAY), 503)
    entry.finish(303, {"signed_in": person.user_name})
    response = _sent_back(answer, interaction, entry)
    if "code" in answer.parameters:
        _remember(signed_in, interaction, response)
    return response


def _remember(signed_in: SignedIn, interaction: Interaction, response: Response) -> None:
    provider = current_provider()
    session_id = provider.sign_ins.remember(signed_in, interaction.stage_id)
    is_https = provider.settings.issuer.startswith("https:")
    response.set_cookie(SESSION_COOKIE, session_id, httponly=True, samesite="Lax", secure=is_https)


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
