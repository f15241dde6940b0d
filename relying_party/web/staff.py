"""What staff see of pupils. Every view decides who asks, has the privacy log told, and only then shows anything.

Names are looked for by a form that is posted: what is typed there must not stand in an address (LR-49).
"""

from __future__ import annotations

import logging

from flask import Blueprint, abort, render_template, request
from flask_babel import lazy_gettext as _

from relying_party.accounts.disclosing import Access, by_staff
from relying_party.web import cookies, csrf
from relying_party.web.site import current_site

blueprint = Blueprint("staff", __name__)
LOG = logging.getLogger(__name__)
FORBIDDEN, NOT_FOUND = 403, 404
SHORTEST, LONGEST = 2, 200
"""Letters to look for, at least and at most."""
TOO_SHORT = _("Write at least two letters or digits.")


@blueprint.get("/staff")
def look_for() -> str:
    """Ask for whom to look; nobody is listed before."""
    _access()
    return render_template("staff.html", csrf_token=csrf.token(csrf.SEARCH), text="", found=None)


@blueprint.post("/staff")
def list_found() -> str | tuple[str, int]:
    """List the pupils who were looked for; each of them stands in the privacy log."""
    access, site = _access(), current_site()
    csrf.refuse_foreign(csrf.SEARCH)
    text, token = request.form.get("text", "").strip()[:LONGEST], csrf.token(csrf.SEARCH)
    if len(text) < SHORTEST:
        return render_template("staff.html", csrf_token=token, text=text, found=None, problem=TOO_SHORT), 400
    found = site.disclosures.search(text, access, now=site.clock())
    return render_template("staff.html", csrf_token=token, text=text, found=found)


@blueprint.get("/staff/pupils/<person_id>")
def show(person_id: str) -> str:
    """Show a pupil. What other services know them by, the leer_id_uuid and the accounts, is not shown (LR-40)."""
    access, site = _access(), current_site()
    disclosed = site.disclosures.disclose(person_id, access, now=site.clock())
    if disclosed is None or disclosed.held["snapshot"] is None:
        abort(NOT_FOUND)
    return render_template("staff_pupil.html", told=disclosed, schools=site.schools)


def _access() -> Access:
    """Decide whether whoever asks is staff; return what the privacy log is told of them. Nobody else goes on."""
    site, visit = current_site(), cookies.current_visit()
    if visit is None or not site.policy.rules.is_staff(visit, site.settings):
        LOG.warning("a page for staff was refused: person=%s", visit.person_id if visit else None)
        abort(FORBIDDEN)
    return by_staff(visit.subject)
