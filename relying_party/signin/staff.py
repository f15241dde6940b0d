"""Who is staff: people whom the settings name by their `sub` at the first issuer. Decided here and nowhere else.

They sign in at ACM as anybody does, by the same guards. Staff are not pupils: the rules of admission are about pupils
and are not asked, no person is made, nothing of their claims is kept. A pupil stays a pupil, whatever a list says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from relying_party.signin.pupil import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Collection

    from relying_party.accounts.sessions import Visit
    from relying_party.settings import Settings
    from relying_party.signin.evidence import Evidence
    from relying_party.signin.rules import Rules

ROLE = "staff"


def subject_of(evidence: Evidence, rules: Rules, named: Collection[str]) -> str:
    """Return the `sub` of somebody who signs in as staff, "" of everybody else, who has to be a pupil then."""
    subject = evidence.claims.get("sub")
    if not isinstance(subject, str) or subject not in named:
        return ""
    try:
        is_pupil = rules.pupil_role(rules.merged_claims(evidence.claims, evidence.userinfo))
    except UnreadableError:
        return ""
    return "" if is_pupil else subject


def is_staff(visit: Visit, settings: Settings) -> bool:
    """Tell whether a session is one of staff now: whoever is struck off the list is not, however long it lasts."""
    of_first_issuer = visit.issuer == settings.issuer
    return visit.person_id is None and of_first_issuer and visit.subject in settings.staff_subjects
