"""What every view needs, as one value hung on the Flask application."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from flask import current_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from relying_party.accounts.database import Database
    from relying_party.accounts.disclosing import Disclosures
    from relying_party.accounts.people import People
    from relying_party.accounts.privacy_log import PrivacyLog
    from relying_party.accounts.reports import Reports
    from relying_party.accounts.retention import Retention
    from relying_party.accounts.sessions import Sessions
    from relying_party.settings import Settings
    from relying_party.signin.issuers import Issuers
    from relying_party.signin.policy import Policy
    from relying_party.signin.refreshing import Refreshing
    from relying_party.signin.schools import PartnerSchools
    from relying_party.web.hints import IdTokenHints

EXTENSION = "leerid_rp"


@dataclass(frozen=True, kw_only=True)
class Site:
    """The floors below, ready to be asked."""

    settings: Settings
    policy: Policy
    database: Database
    people: People
    sessions: Sessions
    schools: PartnerSchools
    log: PrivacyLog
    retention: Retention
    disclosures: Disclosures
    reports: Reports
    issuers: Issuers
    hints: IdTokenHints
    refreshing: Refreshing
    clock: Callable[[], datetime]

    def forget(self, visit_id: int) -> str:
        """Forget the tokens of a session that ends; return its ID token, "" when there is none."""
        self.refreshing.forget(visit_id)
        return self.hints.take(visit_id)


def current_site() -> Site:
    """Return the site of the running application."""
    return cast("Site", current_app.extensions[EXTENSION])
