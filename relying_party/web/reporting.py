"""Where pupils say that something in their data is wrong (protocol, article 7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _

from relying_party.accounts.reports import LONGEST, NotTaken, Why
from relying_party.web import cookies, csrf
from relying_party.web.site import current_site

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

blueprint = Blueprint("reporting", __name__)
SEE_OTHER = 303
ANSWERS = {
    Why.EMPTY: (400, _("You have written nothing yet.")),
    Why.TOO_LONG: (413, _("This is too long. Make it shorter: the first thing that is wrong is enough to begin with.")),
    Why.TOO_MANY: (429, _("You have told us a lot today. Wait until tomorrow with the rest.")),
}
"""The status and the words for a report that is not taken."""


@blueprint.post("/me/report")
def send() -> Response | tuple[str, int]:
    """Keep what somebody reports about their own data; a report that is not taken comes back, to be mended."""
    site, visit = current_site(), cookies.current_visit()
    if visit is None or visit.person_id is None:
        return redirect(url_for("pages.home"), SEE_OTHER)
    csrf.refuse_foreign(csrf.REPORT)
    text = request.form.get("text", "")
    try:
        site.reports.add(visit.person_id, text, now=site.clock())
    except NotTaken as refused:
        status, problem = ANSWERS[refused.why]
        return _form(text, problem), status
    return redirect(url_for("reporting.sent"), SEE_OTHER)


@blueprint.get("/me/reported")
def sent() -> str:
    """Say what happens with a report."""
    return render_template("reported.html")


def _form(text: str, problem: object) -> str:
    token = csrf.token(csrf.REPORT)
    return render_template("report.html", text=text, problem=problem, longest=LONGEST, csrf_token=token)
