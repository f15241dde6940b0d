"""Puts the application together."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from flask import Flask

from relying_party.accounts.database import Database
from relying_party.accounts.disclosing import Disclosures
from relying_party.accounts.people import People
from relying_party.accounts.privacy_log import PrivacyLog
from relying_party.accounts.reports import Reports
from relying_party.accounts.retention import Decisions, Retention
from relying_party.accounts.sessions import Sessions
from relying_party.defects import policy_with
from relying_party.settings import Problem, SettingsError
from relying_party.signin import schools
from relying_party.signin.flow import utc_now
from relying_party.signin.issuers import Issuers
from relying_party.signin.refreshing import Refreshing
from relying_party.web import (
    backchannel,
    door,
    errors,
    languages,
    own_data,
    pages,
    refreshing,
    reporting,
    security,
    sign_in,
    sign_out,
    staff,
    third_party,
)
from relying_party.web.hints import IdTokenHints
from relying_party.web.site import EXTENSION, Site

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from relying_party.accounts.privacy_log import Entry
    from relying_party.settings import Settings

LARGEST_FORM = 64 * 1024
"""Bytes; no form of this application is larger."""


def create_app(settings: Settings, *, clock: Callable[[], datetime] = utc_now) -> Flask:
    """Make the application.

    Raises:
        SettingsError: no database is named, or the file of partner schools cannot be used.
        UnknownDefectError: there is no such defect.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_FORM
    database = _database(settings)
    if settings.test_door:
        clock = door.MovableClock(clock)
        door.prepare(app, begin_anew=lambda: _site(settings, database, clock))
    app.extensions[EXTENSION] = _site(settings, database, clock)
    languages.prepare(app)
    security.prepare(app)
    errors.prepare(app)
    for blueprint in (pages.blueprint, own_data.blueprint, reporting.blueprint, sign_in.blueprint, sign_out.blueprint):
        app.register_blueprint(blueprint)
    if settings.staff_subjects:
        app.register_blueprint(staff.blueprint)
    if settings.initiate_login:
        app.register_blueprint(third_party.blueprint)
    if settings.refresh:
        refreshing.prepare(app)
    if settings.backchannel_logout:
        app.register_blueprint(backchannel.blueprint)
    return app


def _database(settings: Settings) -> Database:
    if settings.database is None:
        raise SettingsError(Problem(key="database", message="nothing says where accounts are kept", hint="Give a URL."))
    return Database(settings.database)


def _site(settings: Settings, database: Database, clock: Callable[[], datetime]) -> Site:
    partners, policy = schools.load(settings.partner_schools), policy_with(settings.defect)
    keeping, sessions, log = policy.keeping, Sessions(database), PrivacyLog(database)
    people = People(database, linked=keeping.account_alone, replaced=keeping.last_alone)

    def log_rule(entry: Entry) -> Entry | None:
        return keeping.log_entry(entry, None)

    issuers = Issuers(
        settings=settings,
        policy=policy,
        people=people,
        sessions=sessions,
        schools=partners,
        log=log,
        clock=clock,
    )
    return Site(
        settings=settings,
        policy=policy,
        database=database,
        people=people,
        sessions=sessions,
        schools=partners,
        log=log,
        retention=Retention(
            database,
            Decisions(
                until=keeping.keep_until,
                deletion=keeping.delete_everything,
                may_begin=partial(keeping.may_purge, settings.issuer),
                log_rule=log_rule,
            ),
            log_days=settings.privacy_log_days,
        ),
        disclosures=Disclosures(database, until=keeping.keep_until, log_rule=log_rule),
        reports=Reports(database),
        issuers=issuers,
        hints=IdTokenHints(),
        refreshing=Refreshing(issuers=issuers, rules=policy.rules, clock=clock),
        clock=clock,
    )
