"""Means of authentication: what acr_values asks for, what acr states, and which sessions are good enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_application import REDIRECT_URI, Application

from mock_idp.domain.clients import Client
from mock_idp.settings import Policy
from mock_idp.settings.policy import Strictness, Unmet

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from mock_idp.provider import Provider

AUTHMECH = "urn:be:vlaanderen:authmech:"
EID, ITSME, SMS, PASSWORD, LEERID = (f"{AUTHMECH}{name}" for name in ("eid", "itsme", "csamsms", "password", "leerid"))


def registered_for(provider: Provider, browser: FlaskClient, *means: str) -> Application:
    provider.main.clients.put(
        Client(client_id="choosy", client_secret="anything", redirect_uris=(REDIRECT_URI,), acr_values=means)
    )
    return Application(browser=browser, client_id="choosy")


def is_asked_to_sign_in(application: Application, **asked: str) -> bool:
    return application.ask(**asked).location.startswith("/op/sign-in/")


def notes(provider: Provider, endpoint: str = "authorization") -> str:
    return " ".join(note for each in provider.journal.exchanges() if each.endpoint == endpoint for note in each.notes)


# What acr states -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("persona", "acr"), [("secondary-pupil", LEERID), ("teacher", ITSME), ("official", EID)])
def test_acr_is_the_means_of_the_person_in_id_token_and_userinfo(
    application: Application, persona: str, acr: str
) -> None:
    tokens = application.tokens(persona, acr_values=f"{LEERID} {ITSME} {EID}")
    assert application.opened(tokens["id_token"])["acr"] == acr
    assert application.userinfo(tokens["access_token"]).get_json()["acr"] == acr


@pytest.mark.parametrize("sent", [None, ""])
def test_without_acr_values_acr_is_nowhere(application: Application, sent: str | None) -> None:
    tokens = application.tokens(acr_values=sent)
    assert "acr" not in application.opened(tokens["id_token"])
    assert "acr" not in application.userinfo(tokens["access_token"]).get_json()


def test_somebody_with_several_means_uses_one_that_is_asked_for(application: Application) -> None:
    assert application.claims("official", acr_values=f"{PASSWORD} {ITSME}")["acr"] == PASSWORD


def test_the_urns_are_settings(application: Application, provider: Provider) -> None:
    provider.main.conduct.policy = Policy(leerid_acr="urn:older:leerid", other_acr="urn:older:eid")
    assert application.claims(acr_values="urn:older:leerid")["acr"] == "urn:older:leerid"
    assert application.claims("teacher", prompt="login", acr_values="urn:older:eid")["acr"] == "urn:older:eid"


# What acr_values asks for --------------------------------------------------------------------------------------------


def test_a_pupil_cannot_sign_in_where_leerid_is_not_taken(application: Application, provider: Provider) -> None:
    answer = application.answered(acr_values=EID, ui_locales="en")
    assert answer.status_code == 200
    assert "You cannot sign in to this application in this way." in answer.text
    assert f"The application takes {EID}; Noah Wouters has {LEERID}." in answer.text
    assert provider.journal.exchanges()[-1].endpoint == "sign-in"


def test_another_person_can_sign_in_on_the_same_page(application: Application, browser: FlaskClient) -> None:
    page = application.ask(acr_values=EID).location
    assert browser.post(page, data={"persona": "secondary-pupil"}).status_code == 200
    assert "code=" in browser.post(page, data={"persona": "official"}).location


def test_the_means_of_the_client_hold_without_acr_values(provider: Provider, browser: FlaskClient) -> None:
    application = registered_for(provider, browser, EID)
    assert application.answered().status_code == 200
    assert "code=" in application.answered("official").location


def test_what_the_client_is_not_registered_for_does_not_count(provider: Provider, browser: FlaskClient) -> None:
    application = registered_for(provider, browser, EID, SMS)
    assert application.answered(acr_values=f"{LEERID} {EID}").status_code == 200
    assert f"not registered for, so they do not count: {LEERID}." in notes(provider)


def test_an_unknown_urn_is_noted_and_does_not_count(application: Application, provider: Provider) -> None:
    assert application.claims(acr_values=f"urn:x {LEERID}")["acr"] == LEERID
    assert "means that are not known, so they do not count: urn:x." in notes(provider)


def test_asking_for_all_means_of_the_client_is_noted(provider: Provider, browser: FlaskClient) -> None:
    registered_for(provider, browser, EID, SMS).ask(acr_values=f"{SMS} {EID}")
    assert "ACM advises against it" in notes(provider)


@pytest.mark.parametrize("asked", ["1 2", "urn:mace:incommon:iap:silver"])
def test_acr_values_of_which_nothing_is_left_are_a_wish(
    application: Application, provider: Provider, asked: str
) -> None:
    assert application.claims(acr_values=asked)["acr"] == LEERID
    assert "any means that the client takes will do" in notes(provider)


def test_where_nothing_is_left_the_means_of_the_client_still_hold(provider: Provider, browser: FlaskClient) -> None:
    assert registered_for(provider, browser, EID).answered(acr_values=LEERID).status_code == 200


def test_acr_values_of_which_nothing_is_left_can_be_refused_at_once(
    application: Application, provider: Provider
) -> None:
    provider.main.conduct.policy = Policy(acr_unmet=Unmet.REFUSED)
    answer = application.parameters_of(application.ask(acr_values="1 2"))
    assert answer == {"error": "access_denied", "state": "the-state"}
    assert "Nothing is left of acr_values." in notes(provider)
    assert application.claims(acr_values=LEERID)["acr"] == LEERID


# Sessions of a level -------------------------------------------------------------------------------------------------


def test_a_session_of_a_lower_level_lets_nobody_in_where_a_higher_one_is_asked(
    application: Application, provider: Provider
) -> None:
    application.answered()
    assert is_asked_to_sign_in(application, acr_values=EID)
    assert f"The session is of a lower level ({LEERID})" in notes(provider)


def test_a_session_of_a_higher_level_is_good_enough_for_a_lower_one(application: Application) -> None:
    application.answered("official")
    answer = application.ask(acr_values=LEERID)
    assert "code" in application.parameters_of(answer)


def test_a_session_of_any_level_will_do_where_none_is_asked(application: Application) -> None:
    application.answered()
    assert "code" in application.parameters_of(application.ask())


def test_the_means_of_the_client_ask_for_a_level_as_well(
    application: Application, provider: Provider, browser: FlaskClient
) -> None:
    application.answered()
    assert is_asked_to_sign_in(registered_for(provider, browser, EID))


def test_the_lowest_means_that_is_asked_for_decides(application: Application) -> None:
    application.answered()
    assert "code" in application.parameters_of(application.ask(acr_values=f"{EID} {LEERID}"))


def test_without_a_page_a_session_of_a_lower_level_is_none(application: Application) -> None:
    application.answered()
    answer = application.parameters_of(application.ask(acr_values=EID, prompt="none"))
    assert answer["error"] == "login_required"


def test_levels_can_be_left_out_of_account(application: Application, provider: Provider) -> None:
    provider.main.conduct.policy = Policy(session_levels=Strictness.LENIENT)
    application.answered()
    assert "code" in application.parameters_of(application.ask(acr_values=EID))
    assert "The session is of a lower level" in notes(provider)


def test_signing_in_again_replaces_the_session(application: Application, browser: FlaskClient) -> None:
    application.answered()
    before = browser.get_cookie("leerid_session", path="/op").value
    application.answered("official", acr_values=EID)
    assert "code" in application.parameters_of(application.ask(acr_values=EID))
    browser.set_cookie("leerid_session", before, domain="localhost", path="/op")
    assert is_asked_to_sign_in(application)
