"""What pupils see and take along of their own data. Whose data that is only the session says, never the request."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _

from relying_party.accounts.disclosing import BY_PUPIL, EXPORT, Access
from relying_party.accounts.privacy_log import Kind
from relying_party.accounts.reports import LONGEST
from relying_party.web import cookies, csrf
from relying_party.web.site import current_site

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.wrappers import Response

    from relying_party.accounts.disclosing import Disclosure

blueprint = Blueprint("own_data", __name__)
SEE_OTHER = 303
FILE = "leerid-data.json"
"""The name says nothing about anybody: it stays behind on a shared computer."""
SHOWN = 50
"""How many entries of the privacy log the page shows; the export holds all."""
SENTENCES: Mapping[str, object] = {
    Kind.SIGNED_IN: _("You signed in."),
    Kind.REFUSED: _("A sign-in was refused."),
    Kind.RELINKED: _("Accounts of yours were joined into one."),
    Kind.CONFLICT: _("A sign-in was refused, because it was not certain who it was."),
    Kind.PURGED: _("An earlier account of yours was deleted."),
    Kind.READ_BY_STAFF: _("Somebody of our staff looked at your data, to answer a question."),
    Kind.READ_BY_PUPIL: _("You looked at this page."),
    Kind.EXPORTED: _("You downloaded your data."),
    Kind.WRONG_DATA_REPORTED: _("You told us that something is wrong."),
}
SOMETHING = _("Something else was done with your data.")


@blueprint.get("/me/data")
def show() -> str | Response:
    """Show everything that is kept about whoever is signed in, until when, and what was done with it."""
    disclosed = _disclosed(BY_PUPIL)
    if disclosed is None:
        return redirect(url_for("pages.home"), SEE_OTHER)
    return render_template(
        "data.html",
        told=disclosed,
        happened=[(each, SENTENCES.get(each.kind, SOMETHING)) for each in disclosed.happened[:SHOWN]],
        schools=current_site().schools,
        longest=LONGEST,
        report_offered=current_site().policy.rules.report_offered(),
        csrf_token=csrf.token(csrf.REPORT),
    )


@blueprint.get("/me/data.json")
def export() -> Response:
    """Hand the same out as a file, for people and programs alike."""
    disclosed = _disclosed(EXPORT)
    if disclosed is None:
        return redirect(url_for("pages.home"), SEE_OTHER)
    response = make_response(json.dumps(disclosed.document, ensure_ascii=False, indent=2) + "\n")
    response.mimetype = "application/json"
    response.headers.set("Content-Disposition", "attachment", filename=FILE)
    return response


def _disclosed(access: Access) -> Disclosure | None:
    site, visit = current_site(), cookies.current_visit()
    if visit is None or visit.person_id is None:
        return None
    person_id = site.policy.rules.whose_data(visit.person_id, request.args)
    return site.disclosures.disclose(person_id, access, now=site.clock())
