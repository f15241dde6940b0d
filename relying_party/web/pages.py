"""The pages a pupil sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from flask import Blueprint, abort, redirect, render_template, request, url_for

from relying_party.signin import staff
from relying_party.web import cookies
from relying_party.web.refusals import explain
from relying_party.web.site import current_site

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from relying_party.accounts.people import KnownPerson

blueprint = Blueprint("pages", __name__)
SEE_OTHER, NOT_FOUND = 303, 404


@blueprint.app_context_processor
def _facts() -> dict[str, Any]:
    site = current_site()
    secret = site.settings.client_secret.get_secret_value()
    return {"facts": site.policy.rules.facts_for_scripts(site.settings.client_id, secret)}


@blueprint.get("/")
def home() -> str:
    """Say what this is and offer the sign-in."""
    site, visit = current_site(), cookies.current_visit()
    return render_template(
        "home.html",
        person=_current_person(),
        is_staff=visit is not None and staff.is_staff(visit, site.settings),
        has_second=site.issuers.has_second,
    )


@blueprint.get("/me")
def me() -> str | Response:
    """Show who is signed in, and what is kept."""
    person = _current_person()
    if person is None:
        return redirect(url_for("pages.home"), SEE_OTHER)
    return pupils_page(person)


def pupils_page(person: KnownPerson | None) -> str:
    """Return the page of somebody who is signed in."""
    if person is None:
        abort(NOT_FOUND)
    site, told = current_site(), person.snapshot
    name = site.policy.rules.name_on_page(" ".join(filter(None, (told.given_name, told.family_name))))
    before = site.policy.rules.name_left_behind(unquote(cookies.read(cookies.LEFT_BEHIND)))
    return render_template("me.html", person=person, name=name, before=before, schools=site.schools)


@blueprint.get("/refused/<reason>")
def refused(reason: str) -> tuple[str, int]:
    """Say why a sign-in was refused, and what to do. The address holds the reason and nothing about anybody."""
    policy = current_site().policy
    explanation = explain(reason, policy)
    if explanation is None:
        abort(NOT_FOUND)
    words = policy.rules.words_of_provider(request.args.get("error_description", ""))
    return render_template("refused.html", explanation=explanation, words_of_provider=words), explanation.status


@blueprint.get("/healthz")
def health() -> dict[str, str]:
    """Say that the application answers."""
    return {"status": "ok"}


def _current_person() -> KnownPerson | None:
    visit = cookies.current_visit()
    return current_site().people.find(visit.person_id) if visit and visit.person_id else None
