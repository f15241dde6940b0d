"""login_hint on the wire: to come as a given identity, and to change identity within a session."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import TYPE_CHECKING, Any

import pytest
from small_application import REDIRECT_URI, Application

from mock_idp.domain.clients import Client
from mock_idp.settings import Policy
from mock_idp.settings.policy import Fallback

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from mock_idp.provider import Provider

SWITCH = "eyJzd2l0Y2hfaWQiOiB0cnVlfQ=="
SCOPE = "openid profile vo"


def hint(**members: Any) -> str:
    return b64encode(json.dumps(members).encode()).decode()


def registered_at(provider: Provider, browser: FlaskClient, level: str, **members: Any) -> Application:
    client = {
        "client_id": "aimed",
        "client_secret": "anything",
        "redirect_uris": (REDIRECT_URI,),
        "claims_profile": "acm-2024",
        "identity_level": level,
    }
    provider.main.clients.put(Client.model_validate(client | members))
    return Application(browser=browser, client_id="aimed")


@pytest.fixture
def aimed(provider: Provider, browser: FlaskClient) -> Application:
    return registered_at(provider, browser, "organisation")


def identity(application: Application, answer: TestResponse) -> tuple[Any, Any]:
    code = application.parameters_of(answer)["code"]
    claims = application.opened(application.redeem(code).get_json()["id_token"])
    return claims["vo_doelgroepcode"], claims.get("vo_orgcode")


def is_chooser(answer: TestResponse) -> bool:
    return bool(answer.location) and answer.location.endswith("/identity")


def notes(provider: Provider) -> str:
    return " ".join(note for each in provider.journal.exchanges() for note in each.notes)


# As a given identity -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("persona", "wish", "expected"),
    [
        ("teacher", {"cap_hint": "OV", "code_hint": "700101"}, ("OV", "700101")),
        ("teacher", {"cap_hint": "BUR"}, ("BUR", None)),
        ("official", {"cap_hint": "EA", "code_hint": "0999999999"}, ("EA", "0999999999")),
    ],
)
def test_a_wish_that_is_granted_needs_no_page(
    aimed: Application, persona: str, wish: dict[str, str], expected: tuple[Any, Any]
) -> None:
    answer = aimed.answered(persona, scope=SCOPE, login_hint=hint(**wish))
    assert identity(aimed, answer) == expected


def test_a_capacity_is_enough_at_its_level(provider: Provider, browser: FlaskClient) -> None:
    aimed = registered_at(provider, browser, "capacity")
    assert identity(aimed, aimed.answered("official", scope=SCOPE, login_hint=hint(cap_hint="EA")))[0] == "EA"


REFUSED = [
    ("organisation", {"cap_hint": "OV"}, "add code_hint"),
    ("capacity", {"cap_hint": "OV", "code_hint": "700101"}, "leave out code_hint"),
    ("organisation", {"cap_hint": "OV", "code_hint": "700303"}, "the person has no such identity"),
    ("organisation", {"cap_hint": "LB", "code_hint": "0999999999"}, "the person has no such identity"),
    ("capacity", {"cap_hint": "GID"}, "the person has no such identity"),
]


@pytest.mark.parametrize(("level", "wish", "why"), REFUSED)
def test_a_wish_that_is_not_granted_leads_to_the_chooser(
    provider: Provider, browser: FlaskClient, level: str, wish: dict[str, str], why: str
) -> None:
    aimed = registered_at(provider, browser, level)
    assert is_chooser(aimed.answered("teacher", scope=SCOPE, login_hint=hint(**wish)))
    assert why in notes(provider)


@pytest.mark.parametrize(("level", "wish", "why"), REFUSED)
def test_a_wish_that_is_not_granted_can_be_refused(
    provider: Provider, browser: FlaskClient, level: str, wish: dict[str, str], why: str
) -> None:
    provider.main.conduct.policy = Policy(login_hint_fallback=Fallback.REFUSED)
    aimed = registered_at(provider, browser, level)
    answer = aimed.answered("teacher", scope=SCOPE, login_hint=hint(**wish))
    assert aimed.parameters_of(answer) == {"error": "access_denied", "state": "the-state"}
    assert why in notes(provider)


def test_a_capacity_that_the_client_does_not_take_is_not_granted(provider: Provider, browser: FlaskClient) -> None:
    aimed = registered_at(provider, browser, "organisation", capacities=["OV"])
    assert is_chooser(aimed.answered("teacher", scope=SCOPE, login_hint=hint(cap_hint="BUR")))
    assert "the client does not take people in the capacity BUR" in notes(provider)


@pytest.mark.parametrize("fallback", list(Fallback))
def test_a_client_without_identities_grants_no_wish(
    provider: Provider, application: Application, fallback: Fallback
) -> None:
    provider.main.conduct.policy = Policy(login_hint_fallback=fallback)
    answer = application.parameters_of(application.answered(login_hint=hint(cap_hint="OV")))
    assert ("code" in answer) == (fallback == Fallback.CHOOSER)
    assert "not registered for a choice of identity" in notes(provider)


def test_what_was_chosen_after_a_wish_that_was_not_granted_counts(aimed: Application) -> None:
    page = aimed.answered("teacher", scope=SCOPE, login_hint=hint(cap_hint="OV")).location
    answer = aimed.browser.post(page, data={"identity": "BUR"})
    assert identity(aimed, answer) == ("BUR", None)


def test_a_wish_goes_before_the_identity_of_the_session(aimed: Application) -> None:
    aimed.answered("teacher", scope=SCOPE, login_hint=hint(cap_hint="BUR"))
    wish = hint(cap_hint="OV", code_hint="700101")
    assert identity(aimed, aimed.ask(scope=SCOPE, login_hint=wish)) == ("OV", "700101")
    assert identity(aimed, aimed.ask(scope=SCOPE)) == ("OV", "700101")


# Another hint --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["lotte.peeters@leerling.example", "%%%", "e30=", "é" * 3000])
def test_any_other_hint_is_ignored_with_a_note_and_never_an_error(
    application: Application, provider: Provider, text: str
) -> None:
    assert application.claims(login_hint=text)["given_name"] == "Noah"
    exchange = next(each for each in provider.journal.exchanges() if each.endpoint == "authorization")
    assert [note for note in exchange.notes if note.startswith("login_hint was ignored")]
    assert notes(provider).count("login_hint was ignored") == 1


# Another identity ----------------------------------------------------------------------------------------------------


def test_the_switch_shows_the_chooser_to_whoever_has_a_session(aimed: Application) -> None:
    aimed.answered("teacher", scope=SCOPE, login_hint=hint(cap_hint="BUR"))
    page = aimed.ask(scope=SCOPE, login_hint=SWITCH)
    assert is_chooser(page)
    answer = aimed.browser.post(page.location, data={"identity": "OV 700202"})
    assert identity(aimed, answer) == ("OV", "700202")
    assert identity(aimed, aimed.ask(scope=SCOPE)) == ("OV", "700202")


def test_with_one_option_the_switch_changes_nothing_and_asks_nothing(aimed: Application) -> None:
    aimed.answered("citizen", scope=SCOPE)
    assert identity(aimed, aimed.ask(scope=SCOPE, login_hint=SWITCH)) == ("BUR", None)


def test_without_a_session_the_switch_is_an_ordinary_sign_in(aimed: Application) -> None:
    page = aimed.ask(scope=SCOPE, login_hint=SWITCH)
    assert page.location.startswith("/op/sign-in/")
    assert not is_chooser(page)
    assert is_chooser(aimed.browser.post(page.location, data={"persona": "teacher"}))
