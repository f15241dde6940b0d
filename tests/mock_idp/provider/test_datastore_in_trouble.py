"""What a sign-in comes to when the datastore lags, is slow or away: and that nothing half-done is left behind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from mock_idp.domain.datastore import DatastoreAwayError, InProcessDatastore
from mock_idp.protocol.tokens import CODE
from mock_idp.provider.sessions import SESSION, SESSION_COOKIE
from mock_idp.provider.sign_in import INTERACTION

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from small_application import Application

    from mock_idp.domain.datastore import Enquiry, StudentFacts
    from mock_idp.provider import Provider

AWAY = ("datastore.away",)
TOLD = ("datastore.away-told",)


class Elsewhere:
    """A remote datastore: it answers as the one in process does, and can go away."""

    def __init__(self, provider: Provider) -> None:
        self.is_away = False
        self.asked: list[Enquiry] = []
        self._beside_us = InProcessDatastore(provider.people.on("default"))

    def facts(self, enquiry: Enquiry) -> StudentFacts | None:
        self.asked.append(enquiry)
        if self.is_away:
            raise DatastoreAwayError("The datastore at http://localhost:9101 does not answer: it took too long.")
        return self._beside_us.facts(enquiry)


@pytest.fixture
def elsewhere(provider: Provider) -> Elsewhere:
    datastore = Elsewhere(provider)
    source: Any = provider.main.server.source
    provider.main.server.source = replace(source, remote=datastore)
    return datastore


def arm(provider: Provider, *circumstances: str) -> None:
    provider.stages.change("default", circumstances=circumstances)


def kept(provider: Provider, kind: str) -> list[str]:
    return [key for key, _ in provider.store.items(kind)]


def last(provider: Provider) -> Any:
    return provider.journal.exchanges(stage="default", since=0)[-1]


def test_a_datastore_that_is_away_is_told_on_a_page_of_acm(application: Application, provider: Provider) -> None:
    arm(provider, *AWAY)
    answer = application.answered()
    assert (answer.status_code, answer.location) == (503, None)
    assert 'data-testid="provider-error"' in answer.text
    assert SESSION_COOKIE not in "".join(answer.headers.getlist("Set-Cookie"))


def test_a_datastore_that_is_away_leaves_neither_code_nor_session(application: Application, provider: Provider) -> None:
    for circumstances in (AWAY, TOLD):
        arm(provider, *circumstances)
        application.answered()
        assert (kept(provider, CODE), kept(provider, SESSION)) == ([], [])


def test_the_journal_says_that_the_datastore_was_away(application: Application, provider: Provider) -> None:
    arm(provider, *AWAY)
    application.answered()
    exchange = last(provider)
    assert (exchange.endpoint, exchange.method, exchange.status) == ("sign-in", "POST", 503)
    assert exchange.fired == [*AWAY]
    assert "can try again" in exchange.notes[0]


def test_the_same_page_works_once_the_datastore_is_back(application: Application, provider: Provider) -> None:
    arm(provider, *AWAY)
    page = application.ask().location
    assert application.browser.post(page, data={"persona": "secondary-pupil"}).status_code == 503
    arm(provider)
    answer = application.browser.post(page, data={"persona": "secondary-pupil"})
    assert application.redeem(application.parameters_of(answer)["code"]).status_code == 200
    assert kept(provider, INTERACTION) == []


def test_a_page_can_be_cancelled_while_the_datastore_is_away(application: Application, provider: Provider) -> None:
    arm(provider, *AWAY)
    page = application.ask().location
    application.browser.post(page, data={"persona": "secondary-pupil"})
    answer = application.browser.post(page, data={"action": "cancel"})
    assert application.parameters_of(answer)["error"] == "access_denied"


def test_an_application_that_is_told_gets_an_error_and_its_state(application: Application, provider: Provider) -> None:
    arm(provider, *TOLD)
    parameters = application.parameters_of(application.answered())
    assert (parameters["error"], parameters["state"]) == ("temporarily_unavailable", "the-state")
    assert "code" not in parameters


@pytest.mark.parametrize(("circumstances", "status"), [(AWAY, 503), (TOLD, 302)])
def test_somebody_who_is_signed_in_already_meets_it_too_and_stays_signed_in(
    application: Application, provider: Provider, circumstances: tuple[str, ...], status: int
) -> None:
    application.tokens()
    arm(provider, *circumstances)
    answer = application.ask()
    assert answer.status_code == status
    assert "code=" not in (answer.location or "")
    assert kept(provider, CODE) == []
    arm(provider)
    assert "code=" in application.ask().location


def test_no_page_is_shown_where_none_may_be(application: Application, provider: Provider) -> None:
    application.tokens()
    arm(provider, *AWAY)
    parameters = application.parameters_of(application.ask(prompt="none"))
    assert (parameters["error"], parameters["state"]) == ("temporarily_unavailable", "the-state")


def test_somebody_who_is_no_pupil_signs_in_without_the_datastore(application: Application, provider: Provider) -> None:
    arm(provider, *AWAY)
    assert application.claims("teacher")["sub"]


def test_a_slow_datastore_is_waited_for(
    application: Application, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr("mock_idp.provider.release.time.sleep", waited.append)
    arm(provider, "datastore.slow")
    assert application.claims()
    assert waited == [3.0]


def test_a_lagging_datastore_delivers_what_was_known_two_weeks_ago(
    application: Application, provider: Provider
) -> None:
    assert not application.claims("enrolment-ended").get("ov_inschrijvingen")
    arm(provider, "datastore.lagging")
    assert len(application.claims("enrolment-ended", prompt="login")["ov_inschrijvingen"]) == 1


def test_a_pupil_without_enrolment_is_refused_where_one_is_demanded(
    application: Application, provider: Provider
) -> None:
    arm(provider, "datastore.enrolment-demanded")
    parameters = application.parameters_of(application.answered("no-enrolment"))
    assert (parameters["error"], kept(provider, CODE)) == ("access_denied", [])
    arm(provider, "datastore.enrolment-demanded", "datastore.all-enrolments")
    assert application.parameters_of(application.answered("enrolment-ended"))["error"] == "access_denied"
    assert "code" in application.parameters_of(application.answered("secondary-pupil"))


def test_the_datastore_elsewhere_is_asked_at_every_sign_in_without_a_page_too(
    application: Application, elsewhere: Elsewhere
) -> None:
    application.tokens()
    assert "code=" in application.ask().location
    assert [each.user_name for each in elsewhere.asked] == ["noah.wouters45"] * 2


def test_the_datastore_elsewhere_is_asked_as_the_stage_wants_it(
    application: Application, provider: Provider, elsewhere: Elsewhere
) -> None:
    arm(provider, "datastore.lagging", "datastore.all-enrolments")
    application.tokens()
    enquiry = elsewhere.asked[0]
    assert ((enquiry.day - enquiry.known_on).days, enquiry.with_all_enrolments) == (14, True)


def test_a_datastore_elsewhere_that_is_away_is_told_with_its_address(
    application: Application, provider: Provider, elsewhere: Elsewhere
) -> None:
    elsewhere.is_away = True
    assert application.answered().status_code == 503
    assert "http://localhost:9101" in last(provider).notes[0]
    elsewhere.is_away = False
    assert application.tokens()


def test_somebody_made_on_a_stage_is_known_in_this_process_only(
    browser: FlaskClient, application: Application, elsewhere: Elsewhere
) -> None:
    stage = browser.post("/control/v1/stages", json={}).get_json()["id"]
    life = [{"on": -10, "is": "enrolled", "school": "700202", "stamnummer": "1234567", "group": "900301"}]
    person = {
        "given_name": "Jef",
        "family_name": "Proef",
        "birth": {"day": "01", "month": "01", "year": "2013"},
        "sex": "m",
        "life": life,
    }
    made = browser.post(f"/control/v1/stages/{stage}/people", json=person).get_json()
    elsewhere.is_away = True
    browser.set_cookie("leerid_stage", stage)
    page = application.ask().location
    answer = browser.post(page, data={"username": made["user_name"], "password": made["password"]})
    assert "code=" in answer.location
    assert elsewhere.asked == []
