"""The identity chooser: who meets it, what is chosen decides, and the session remembers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from small_application import REDIRECT_URI, Application

from mock_idp.domain.clients import Client
from mock_idp.settings import Policy

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from mock_idp.provider import Provider

SCOPE = "openid profile vo"
VO = ("vo_doelgroepcode", "vo_doelgroepnaam", "vo_orgcode", "vo_orgnaam", "vo_email")
BLUE_WHALE = ("OV", "Onderwijs", "700202", "Testcollege De Blauwe Walvis", "katrien.vanacker@school.example")
GIRAFFE = ("OV", "Onderwijs", "700101", "Testbasisschool De Gele Giraf", "katrien.vanacker@basisschool.example")
CITIZEN = ("BUR", "Burger", None, None, None)


def register(provider: Provider, browser: FlaskClient, client_id: str = "choosing", **members: Any) -> Application:
    client = {
        "client_id": client_id,
        "client_secret": "anything",
        "redirect_uris": (REDIRECT_URI,),
        "claims_profile": "acm-2024",
        "identity_level": "organisation",
    }
    provider.main.clients.put(Client.model_validate(client | members))
    return Application(browser=browser, client_id=client_id)


@pytest.fixture
def choosing(provider: Provider, browser: FlaskClient) -> Application:
    """An application to which people come for an organisation."""
    return register(provider, browser)


def keys(page: TestResponse) -> list[str]:
    return re.findall(r'name="identity" value="([^"]+)"', page.text)


def is_chooser(answer: TestResponse) -> bool:
    return bool(answer.location) and answer.location.endswith("/identity")


def chooser(application: Application, persona: str = "teacher", **asked: str) -> str:
    """Sign somebody in who meets the chooser; return its address."""
    answer = application.answered(persona, scope=SCOPE, **asked)
    assert is_chooser(answer), answer.location
    return str(answer.location)


def told(application: Application, answer: TestResponse) -> tuple[Any, ...]:
    """Return what is told of the identity, in ID token and userinfo the same."""
    tokens = application.redeem(application.parameters_of(answer)["code"]).get_json()
    userinfo = application.userinfo(tokens["access_token"]).get_json()
    claims = application.opened(tokens["id_token"])
    assert [claims.get(each) for each in VO] == [userinfo.get(each) for each in VO]
    return tuple(claims.get(each) for each in VO)


def pick(application: Application, page: str, key: str) -> TestResponse:
    return application.browser.post(page, data={"identity": key})


# Who meets it --------------------------------------------------------------------------------------------------------


def test_somebody_with_several_identities_chooses_after_signing_in(choosing: Application) -> None:
    page = choosing.browser.get(chooser(choosing))
    assert keys(page) == ["OV 700202", "OV 700101", "BUR"]
    assert "choosing" in page.text
    assert "Katrien Van Acker" in page.text


@pytest.mark.parametrize("persona", ["citizen", "own-eid-as-citizen", "secondary-pupil"])
def test_it_is_skipped_with_one_option(choosing: Application, persona: str) -> None:
    assert "code" in choosing.parameters_of(choosing.answered(persona, scope=SCOPE))


def test_a_client_that_is_registered_for_no_level_never_shows_it(provider: Provider, browser: FlaskClient) -> None:
    application = register(provider, browser, identity_level="none")
    assert told(application, application.answered("teacher", scope=SCOPE)) == BLUE_WHALE


def test_at_the_level_of_capacities_the_schools_are_one_choice(provider: Provider, browser: FlaskClient) -> None:
    application = register(provider, browser, identity_level="capacity")
    assert keys(browser.get(chooser(application))) == ["OV", "BUR"]


def test_the_client_takes_some_capacities_only(provider: Provider, browser: FlaskClient) -> None:
    application = register(provider, browser, capacities=["OV"])
    assert keys(browser.get(chooser(application))) == ["OV 700202", "OV 700101"]
    register(provider, browser, capacities=["BUR", "GID"])
    assert told(application, application.answered("teacher", scope=SCOPE, prompt="login")) == CITIZEN


def test_somebody_in_no_capacity_of_the_client_is_refused(provider: Provider, browser: FlaskClient) -> None:
    application = register(provider, browser, capacities=["LB"])
    answer = application.parameters_of(application.answered("teacher", scope=SCOPE))
    assert answer["error"] == "access_denied"
    notes = [note for each in provider.journal.exchanges() for note in each.notes]
    assert any("no identity" in note and "(LB)" in note for note in notes)


def test_a_pupil_at_two_schools_chooses_a_school(choosing: Application) -> None:
    page = chooser(choosing, "two-partner-schools")
    options = keys(choosing.browser.get(page))
    assert len(options) == 2
    assert "OV 000007" in options
    assert told(choosing, pick(choosing, page, options[1]))[:3] == ("OV", "Onderwijs", options[1][3:])


def test_a_pupil_without_a_school_comes_for_education(choosing: Application) -> None:
    answer = choosing.answered("no-enrolment", scope=SCOPE)
    assert told(choosing, answer)[:3] == ("OV", "Onderwijs", None)


# What it decides -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "expected"), [("OV 700202", BLUE_WHALE), ("OV 700101", GIRAFFE), ("BUR", CITIZEN)])
def test_the_identity_that_is_chosen_decides_what_is_told(
    choosing: Application, key: str, expected: tuple[Any, ...]
) -> None:
    assert told(choosing, pick(choosing, chooser(choosing), key)) == expected


def test_of_several_organisations_in_one_capacity_none_is_told(provider: Provider, browser: FlaskClient) -> None:
    application = register(provider, browser, identity_level="capacity")
    answer = pick(application, chooser(application), "OV")
    assert told(application, answer)[:4] == ("OV", "Onderwijs", None, None)


ROLES = """
name = "own"
own_claims = [{ wire = "mijntoepassing_rol_3d", field = "roles", shape = "list", scope = "mijntoepassing" }]
scopes = ["openid", "mijntoepassing"]
"""


@pytest.mark.parametrize(
    ("level", "key", "roles"),
    [
        ("capacity", "OV", ["Leerkracht:700202", "Leerkracht:700101", "Zorgcoördinator:700101"]),
        ("organisation", "OV 700101", ["Leerkracht:700101", "Zorgcoördinator:700101"]),
        ("organisation", "BUR", []),
        ("none", None, ["Leerkracht:700202"]),
    ],
)
def test_roles_come_together_at_the_level_of_capacities(
    provider: Provider, browser: FlaskClient, level: str, key: str | None, roles: list[str]
) -> None:
    provider.profiles = provider.profiles.with_files({"own.toml": ROLES})
    provider.main.server.source = provider._source(provider.main.seams, provider.main.conduct)
    client = Client.model_validate(
        {
            "client_id": "roles",
            "client_secret": "anything",
            "redirect_uris": (REDIRECT_URI,),
            "claims_profile": "own",
            "identity_level": level,
        },
        context={"profiles": provider.profiles},
    )
    provider.main.clients.put(client)
    application = Application(browser=browser, client_id="roles")
    answer = application.answered("teacher", scope="openid mijntoepassing")
    if key:
        answer = pick(application, str(answer.location), key)
    tokens = application.redeem(application.parameters_of(answer)["code"]).get_json()
    assert application.opened(tokens["id_token"])["mijntoepassing_rol_3d"] == roles


# The page itself -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["OV 999999", "GID OVO999999", "", '"><script>'])
def test_what_is_not_offered_cannot_be_chosen(choosing: Application, key: str) -> None:
    page = chooser(choosing)
    assert pick(choosing, page, key).location == page
    assert "code" in choosing.parameters_of(pick(choosing, page, "BUR"))


def test_it_is_answered_only_once(choosing: Application) -> None:
    page = chooser(choosing)
    assert pick(choosing, page, "BUR").status_code == 303
    assert pick(choosing, page, "BUR").status_code == 400
    assert choosing.browser.get(page).status_code == 400


def test_it_can_be_cancelled(choosing: Application) -> None:
    page = chooser(choosing)
    answer = choosing.parameters_of(choosing.browser.post(page, data={"action": "cancel"}))
    assert (answer["error"], answer["state"]) == ("access_denied", "the-state")


def test_somebody_else_can_sign_in_instead(choosing: Application) -> None:
    page = chooser(choosing)
    other = re.search(r'href="([^"]+)" data-testid="somebody-else"', choosing.browser.get(page).text).group(1)
    answer = choosing.browser.post(other, data={"persona": "citizen"})
    assert told(choosing, answer) == CITIZEN


@pytest.mark.parametrize(("language", "words"), [("nl", "Als wie ga je verder?"), ("en", "As whom do you go on?")])
def test_it_speaks_both_languages(choosing: Application, language: str, words: str) -> None:
    page = chooser(choosing, ui_locales=language)
    assert words in choosing.browser.get(page).text


def test_the_journal_tells_of_it(choosing: Application, provider: Provider) -> None:
    page = chooser(choosing)
    choosing.browser.get(page)
    pick(choosing, page, "OV 700101")
    exchanges = provider.journal.exchanges()
    assert [each.response for each in exchanges if each.endpoint == "sign-in"] == [
        {"signed_in": "katrien.vanacker27", "shown": "identity-chooser"},
        {"shown": "identity-chooser", "identities": ["OV 700202", "OV 700101", "BUR"]},
        {"signed_in": "katrien.vanacker27", "identity": "OV 700101"},
    ]
    assert len({each.flow for each in exchanges if each.endpoint in {"authorization", "sign-in"}}) == 1


def test_before_signing_in_there_is_nothing_to_choose(choosing: Application) -> None:
    page = str(choosing.ask(scope=SCOPE).location)
    for answer in (choosing.browser.get(f"{page}/identity"), pick(choosing, f"{page}/identity", "BUR")):
        assert answer.location == page


def test_another_browser_cannot_choose(choosing: Application, browser: FlaskClient) -> None:
    page = chooser(choosing)
    other = browser.application.test_client()
    for answer in (other.get(page), other.post(page, data={"identity": "BUR"})):
        assert answer.location == page.removesuffix("/identity")


def test_after_sign_out_nobody_goes_on_as_whoever_was_choosing(choosing: Application) -> None:
    page = chooser(choosing)
    cookie = choosing.browser.get_cookie("leerid_session", path="/op").value
    choosing.browser.get("/op/v1/logout")
    choosing.browser.set_cookie("leerid_session", cookie, domain="localhost", path="/op")
    assert pick(choosing, page, "BUR").location == page.removesuffix("/identity")


def test_a_session_that_is_over_chooses_nothing(choosing: Application, clock: Any) -> None:
    choosing.answered("citizen", scope=SCOPE)
    clock.advance(seconds=7100)
    choosing.browser.get("/op/v1/logout")
    page = chooser(choosing)
    clock.advance(seconds=1700)
    assert "code" in choosing.parameters_of(pick(choosing, page, "BUR"))


# Sessions ------------------------------------------------------------------------------------------------------------


def test_the_session_keeps_the_identity(choosing: Application, provider: Provider, browser: FlaskClient) -> None:
    pick(choosing, chooser(choosing), "OV 700101")
    assert told(choosing, choosing.ask(scope=SCOPE)) == GIRAFFE
    other = register(provider, browser, "other")
    assert told(other, other.ask(scope=SCOPE)) == GIRAFFE


def test_an_identity_stands_for_its_capacity(choosing: Application, provider: Provider, browser: FlaskClient) -> None:
    pick(choosing, chooser(choosing), "OV 700101")
    other = register(provider, browser, "other", identity_level="capacity")
    assert told(other, other.ask(scope=SCOPE))[0] == "OV"


def test_a_capacity_stands_for_no_organisation_among_several(provider: Provider, browser: FlaskClient) -> None:
    coarse = register(provider, browser, identity_level="capacity")
    pick(coarse, chooser(coarse), "OV")
    fine = register(provider, browser, "fine")
    page = fine.ask(scope=SCOPE)
    assert is_chooser(page)
    assert told(fine, pick(fine, str(page.location), "OV 700101")) == GIRAFFE


def test_a_client_that_does_not_take_the_identity_asks_for_another(
    choosing: Application, provider: Provider, browser: FlaskClient
) -> None:
    pick(choosing, chooser(choosing), "BUR")
    assert is_chooser(register(provider, browser, "schools", capacities=["OV"]).ask(scope=SCOPE))


def test_it_can_appear_again_within_a_session(choosing: Application, provider: Provider) -> None:
    provider.main.conduct.policy = Policy(chooser_again=True)
    pick(choosing, chooser(choosing), "OV 700101")
    page = choosing.ask(scope=SCOPE)
    assert is_chooser(page)
    assert told(choosing, pick(choosing, str(page.location), "BUR")) == CITIZEN


def test_signing_in_again_chooses_again(choosing: Application) -> None:
    pick(choosing, chooser(choosing), "OV 700101")
    assert keys(choosing.browser.get(chooser(choosing, prompt="login")))


def test_without_a_page_a_choice_is_an_error(provider: Provider, browser: FlaskClient, choosing: Application) -> None:
    application = register(provider, browser, "before", identity_level="none")
    application.answered("teacher", scope=SCOPE)
    answer = choosing.parameters_of(choosing.ask(scope=SCOPE, prompt="none"))
    assert answer == {"error": "interaction_required", "state": "the-state"}
    pick(choosing, str(choosing.ask(scope=SCOPE).location), "BUR")
    assert told(choosing, choosing.ask(scope=SCOPE, prompt="none")) == CITIZEN


def test_choosing_never_prolongs_a_session(choosing: Application, clock: Any) -> None:
    page = chooser(choosing)
    clock.advance(seconds=1700)
    pick(choosing, page, "OV 700101")
    clock.advance(seconds=7200 - 1700 - 1)
    assert "code" in choosing.parameters_of(choosing.ask(scope=SCOPE))
    clock.advance(seconds=1)
    assert "/sign-in/" in choosing.ask(scope=SCOPE).location


def test_a_refresh_keeps_the_identity(provider: Provider, browser: FlaskClient) -> None:
    choosing = register(provider, browser, scopes=[*SCOPE.split(), "offline_access"])
    page = choosing.answered("teacher", scope=f"{SCOPE} offline_access").location
    tokens = choosing.redeem(choosing.parameters_of(pick(choosing, str(page), "OV 700101"))["code"]).get_json()
    form = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    refreshed = choosing.browser.post("/op/v1/token", data=form, headers=choosing.basic()).get_json()
    userinfo = choosing.userinfo(refreshed["access_token"]).get_json()
    assert tuple(userinfo.get(each) for each in VO) == GIRAFFE
