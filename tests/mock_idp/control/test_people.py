"""People of a stage over HTTP: made, changed and forgotten there, and unknown everywhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_application import Application

from mock_idp.domain.people.written import MOMENTS
from mock_idp.domain.population import Query, Situation

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from mock_idp.provider import Provider

BIRTH = {"day": "23", "month": "01", "year": "2013"}
ENROLLED = {"on": -60, "is": "enrolled", "school": "700202", "stamnummer": "2500215", "group": "900301"}
TEMPORARY = {
    "user_name": "sam.test10",
    "given_name": "Sam",
    "family_name": "Test",
    "birth": BIRTH,
    "sex": "m",
    "number": "none",
    "life": [ENROLLED],
}


@pytest.fixture
def stage(control: FlaskClient) -> str:
    return opened(control)


def opened(control: FlaskClient, **members: Any) -> str:
    stage_id: str = control.post("/control/v1/stages", json=members).get_json()["id"]
    return f"/control/v1/stages/{stage_id}"


def problems(answer: TestResponse) -> set[tuple[str, str | None]]:
    assert answer.status_code == 422, answer.text
    return {(each["key"], each["hint"]) for each in answer.get_json()["problems"]}


def facts(control: FlaskClient, stage: str, user_name: str) -> Any:
    return control.get(f"{stage}/people/{user_name}").get_json()["facts"]


# Making --------------------------------------------------------------------------------------------------------------


def test_somebody_is_made_and_the_datastore_knows_them(control: FlaskClient, stage: str) -> None:
    answer = control.post(f"{stage}/people", json=TEMPORARY)

    person = answer.get_json()
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"{stage}/people/sam.test10"
    assert control.get(answer.headers["Location"]).get_json() == person
    assert person["origin"] == "stage"
    assert person["document"] == {**TEMPORARY, "password": person["password"]}
    assert person["facts"]["leer_id_uuid"] is None
    assert [each["instellingsnummer"] for each in person["facts"]["enrolments"]] == ["700202"]


def test_user_name_and_password_are_made_up_and_never_given_twice(control: FlaskClient, stage: str) -> None:
    nameless = {name: value for name, value in TEMPORARY.items() if name != "user_name"}

    first, second = (control.post(f"{stage}/people", json=nameless).get_json() for _ in range(2))

    assert first["user_name"].startswith("sam.test")
    assert first["user_name"] != second["user_name"]
    assert first["password"]


def test_very_many_people_of_one_name_all_get_a_user_name(control: FlaskClient, stage: str) -> None:
    nameless = {name: value for name, value in TEMPORARY.items() if name != "user_name"}

    names = {control.post(f"{stage}/people", json=nameless).get_json()["user_name"] for _ in range(130)}

    assert len(names) == 130


def test_somebody_who_is_no_pupil_is_made(control: FlaskClient, stage: str) -> None:
    citizen = {"given_name": "Ann", "family_name": "Test", "citizen": {"subject": "a" * 40, "vo": {"vo_id": "1"}}}

    made = control.post(f"{stage}/people", json=citizen).get_json()

    assert made["facts"] == {
        "subject": "a" * 40,
        "given_name": "Ann",
        "family_name": "Test",
        "vo": {"vo_id": "1"},
        "roles": [],
        "others": [],
        "means": [],
    }


def test_somebody_of_several_identities_is_made_and_told_again_as_written(control: FlaskClient, stage: str) -> None:
    citizen = {
        "subject": "a" * 40,
        "vo": {"vo_doelgroepcode": "LB", "vo_orgcode": "1"},
        "roles": ["LoketGebruiker:1"],
        "other_identities": [{"vo": {"vo_doelgroepcode": "BUR"}}, {"vo": {"vo_orgcode": "2"}, "roles": ["Lezer:2"]}],
        "means": ["urn:be:vlaanderen:authmech:eid"],
    }

    made = control.post(f"{stage}/people", json={"given_name": "Ann", "family_name": "Test", "citizen": citizen})

    assert made.get_json()["document"]["citizen"] == citizen


def test_a_second_account_of_a_persona_takes_a_moment_that_opens_it(control: FlaskClient, stage: str) -> None:
    door = {"user_name": "second.door", "account": "second", "same_pupil_as": "secondary-pupil"}
    persona = persona_of(control, "secondary-pupil")

    before = control.post(f"{stage}/people", json=door)
    control.post(f"{stage}/people/{persona}/moments", json={"is": "account-opened", "account": "second"})
    after = control.post(f"{stage}/people", json=door).get_json()

    assert problems(before) == {("account", "Add a moment account-opened to that life.")}
    assert after["document"]["same_pupil_as"] == persona
    assert after["facts"]["leer_id_uuid"] == facts(control, stage, persona)["leer_id_uuid"]
    assert after["facts"]["account_uuid"] != facts(control, stage, persona)["account_uuid"]


def test_a_user_name_of_somebody_else_is_refused_with_a_hint(control: FlaskClient, stage: str) -> None:
    control.post(f"{stage}/people", json=TEMPORARY)
    persona = persona_of(control, "secondary-pupil")

    for taken in ("sam.test10", persona):
        answer = control.post(f"{stage}/people", json={**TEMPORARY, "user_name": taken})
        assert problems(answer) == {
            ("user_name", "Leave it out, or change that person on this stage alone with PATCH."),
        }


def test_the_slug_of_a_persona_is_no_user_name(control: FlaskClient, stage: str) -> None:
    person = {**TEMPORARY, "user_name": "no-email"}
    hint = ("user_name", "Choose another user name.")

    assert problems(control.post(f"{stage}/people", json=person)) == {hint}
    assert hint in problems(control.post(f"{stage}/people", json={**person, "sex": "?"}))
    assert problems(control.put(f"{stage}/people/no-email", json=person)) == {hint}
    assert control.post(f"{stage}/people", json={**TEMPORARY, "user_name": "no-email2"}).status_code == 201


@pytest.mark.parametrize("name", ["jan_peeters", "jan..peeters", "jan."])
def test_every_user_name_can_be_changed(control: FlaskClient, stage: str, name: str) -> None:
    assert control.put(f"{stage}/people/{name}", json={**TEMPORARY, "user_name": name}).status_code == 201
    answer = control.post(f"{stage}/people/{name}/moments", json={"is": "account-blocked"})
    assert answer.status_code == 200, answer.text


def test_a_life_comes_to_its_end_with_500_moments(control: FlaskClient, stage: str) -> None:
    life = [{"on": 0, "is": "email-removed"}] * 499
    control.post(f"{stage}/people", json={**TEMPORARY, "life": life})
    moments = f"{stage}/people/sam.test10/moments"

    assert control.post(moments, json={"is": "email-removed"}).status_code == 200
    assert ("life", None) in problems(control.post(moments, json={"is": "email-removed"}))


def test_all_problems_of_form_are_told_at_once_and_nobody_is_made(control: FlaskClient, stage: str) -> None:
    answer = control.post(
        f"{stage}/people",
        json={
            "user_name": persona_of(control, "secondary-pupil"),
            "famly_name": "Test",
            "sex": "x",
            "life": [{"is": "enroled"}, {"on": 1}, {**ENROLLED, "on": "soon", "stamnumer": "1"}],
            "circumstances": ["datastore.slo", "transport.token", "claims.email-null"],
        },
    )

    keys = {key for key, _ in problems(answer)}
    assert {
        ("user_name", "Leave it out, or change that person on this stage alone with PATCH."),
        ("famly_name", "Did you mean 'family_name'?"),
        ("life[0].is", "Did you mean 'enrolled'?"),
        ("life[1].is", None),
        ("life[2].stamnumer", "Did you mean 'stamnummer'?"),
        ("circumstances[0]", "Did you mean 'datastore.slow'?"),
    } <= problems(answer)
    assert {"sex", "circumstances[1]", "life[2].on"} <= keys
    assert "circumstances[2]" not in keys
    assert control.get(f"{stage}/people").get_json() == {"people": []}


def test_all_problems_of_meaning_are_told_at_once(control: FlaskClient, stage: str) -> None:
    answer = control.post(
        f"{stage}/people",
        json={
            "given_name": "Sam",
            "life": [{**ENROLLED, "school": "700209"}, {**ENROLLED, "group": "900999"}, {"on": 0, "is": "identified"}],
        },
    )

    assert {key for key, _ in problems(answer)} == {"family_name", "birth", "number", "life[0].school", "life[1].group"}


def test_an_unknown_stage_is_told(control: FlaskClient) -> None:
    for method, path in (
        ("get", ""),
        ("post", ""),
        ("put", "/a.b10"),
        ("delete", "/a.b10"),
        ("post", "/a.b10/moments"),
    ):
        answer = getattr(control, method)(f"/control/v1/stages/unknown/people{path}", json={})
        assert (answer.status_code, answer.get_json()["error"]) == (404, "not_found")


# Changing ------------------------------------------------------------------------------------------------------------


def persona_of(control: FlaskClient, slug: str) -> str:
    personas = control.get("/control/v1/personas").get_json()["personas"]
    return next(each["user_name"] for each in personas if each["slug"] == slug)


def test_a_temporary_account_is_replaced_on_command(control: FlaskClient, stage: str) -> None:
    """LM-9."""
    control.post(f"{stage}/people", json=TEMPORARY)
    old = facts(control, stage, "sam.test10")["account_uuid"]

    answer = control.post(f"{stage}/people/sam.test10/moments", json={"is": "account-replaced"})

    assert answer.status_code == 200
    assert answer.get_json()["document"]["life"][1] == {
        "on": "2026-03-02",
        "is": "account-replaced",
    }
    assert answer.get_json()["facts"]["account_uuid"] != old


def test_a_pupil_is_identified_while_the_mock_runs(control: FlaskClient, stage: str) -> None:
    temporary = control.post(f"{stage}/people", json=TEMPORARY).get_json()["facts"]["account_uuid"]

    identified = control.post(f"{stage}/people/sam.test10/moments", json={"is": "identified"}).get_json()["facts"]

    assert identified["leer_id_uuid"]
    assert identified["history"] == [temporary]


def test_what_is_wrong_with_a_moment_is_told_of_the_moment(control: FlaskClient, stage: str) -> None:
    control.post(f"{stage}/people", json=TEMPORARY)
    path = f"{stage}/people/sam.test10/moments"

    assert problems(control.post(path, json={"is": "identifed"})) == {("is", "Did you mean 'identified'?")}
    assert {key for key, _ in problems(control.post(path, json={"is": "left", "school": "700203"}))} == {"school"}
    assert {key for key, _ in problems(control.post(path, json={"is": "moved", "school": "700101"}))} >= {
        "to",
        "school",
    }
    assert control.get(f"{stage}/people/sam.test10").get_json()["document"]["life"] == [ENROLLED]


@pytest.mark.parametrize("slug", ["secondary-pupil", "not-identified", "two-accounts-first", "two-accounts-second"])
def test_a_persona_is_changed_on_one_stage_and_keeps_the_identifiers(
    control: FlaskClient, stage: str, slug: str
) -> None:
    name = persona_of(control, slug)
    elsewhere = opened(control)
    before = control.patch(f"{elsewhere}/people/{name}", json={}).get_json()

    changed = control.post(f"{stage}/people/{name}/moments", json={"is": "email-set", "email": "n@leerling.example"})

    assert changed.status_code == 200
    assert before["origin"] == changed.get_json()["origin"] == "persona"
    assert changed.get_json()["facts"] == {**before["facts"], "email": "n@leerling.example"}
    assert facts(control, elsewhere, name) == before["facts"]


def test_who_is_the_same_pupil_changes_with_them(control: FlaskClient, stage: str) -> None:
    first, second = persona_of(control, "two-accounts-first"), persona_of(control, "two-accounts-second")

    control.post(f"{stage}/people/{second}/moments", json={"is": "name-corrected", "given_name": "Fien"})

    assert {each["user_name"] for each in control.get(f"{stage}/people").get_json()["people"]} == {first, second}
    assert facts(control, stage, first)["given_name"] == facts(control, stage, second)["given_name"] == "Fien"


def test_a_moment_of_an_account_means_the_account_of_the_user_name(control: FlaskClient, stage: str) -> None:
    first, second = persona_of(control, "two-accounts-first"), persona_of(control, "two-accounts-second")

    control.post(f"{stage}/people/{second}/moments", json={"is": "account-blocked"})

    assert facts(control, stage, first)["account_state"] == "active"
    assert facts(control, stage, second)["account_state"] == "blocked"


def test_a_second_account_has_no_life_of_its_own(control: FlaskClient, stage: str) -> None:
    second = persona_of(control, "two-accounts-second")

    answer = control.patch(f"{stage}/people/{second}", json={"life": [ENROLLED]})

    assert problems(answer) == {("life", "They are those of same_pupil_as.")}


@pytest.mark.parametrize("situation", [Situation.NOT_IDENTIFIED, Situation.IDENTIFIED_SINCE, Situation.TWO_ACCOUNTS])
def test_a_pupil_of_the_crowd_is_changed_and_keeps_the_identifiers(
    control: FlaskClient, provider: Provider, stage: str, situation: Situation
) -> None:
    (pupil,) = provider.people.crowd.search(Query(situation=situation), 1).pupils

    for name in pupil.user_names:
        person = provider.people.find(name, "default")
        assert person
        copied = control.patch(f"{stage}/people/{name}", json={"circumstances": ["datastore.slow"]}).get_json()
        honest = provider.facts(person, "default")
        assert copied["origin"] == "crowd"
        assert copied["facts"]["account_uuid"] == honest.account_uuid
        assert copied["facts"]["leer_id_uuid"] == honest.leer_id_uuid
        assert copied["facts"]["history"] == list(honest.history)


def test_the_members_given_change_and_no_other(control: FlaskClient, stage: str) -> None:
    made = control.post(f"{stage}/people", json=TEMPORARY).get_json()

    changed = control.patch(f"{stage}/people/sam.test10", json={"life": [], "email": "s@leerling.example"}).get_json()

    document = {name: value for name, value in made["document"].items() if name != "life"}
    assert changed["document"] == {**document, "email": "s@leerling.example"}
    assert control.patch(f"{stage}/people/sam.test10", json={"email": None}).get_json()["document"] == document


def test_put_makes_and_replaces(control: FlaskClient, stage: str) -> None:
    members = {name: value for name, value in TEMPORARY.items() if name != "user_name"}

    made = control.put(f"{stage}/people/sam.test10", json=members)
    replaced = control.put(f"{stage}/people/sam.test10", json={**members, "given_name": "Samira"})

    assert (made.status_code, replaced.status_code) == (201, 200)
    assert replaced.get_json()["given_name"] == "Samira"
    assert len(control.get(f"{stage}/people").get_json()["people"]) == 1


def test_put_on_a_persona_keeps_the_account(control: FlaskClient, stage: str) -> None:
    name = persona_of(control, "secondary-pupil")
    before = control.patch(f"{opened(control)}/people/{name}", json={}).get_json()["facts"]
    members = {each: value for each, value in TEMPORARY.items() if each != "user_name"}

    replaced = control.put(f"{stage}/people/{name}", json={**members, "number": "rrn"}).get_json()["facts"]

    assert (replaced["account_uuid"], replaced["leer_id_uuid"]) == (before["account_uuid"], before["leer_id_uuid"])
    assert replaced["family_name"] == "Test"


@pytest.mark.parametrize("method", ["put", "patch"])
def test_the_path_names_the_person(control: FlaskClient, stage: str, method: str) -> None:
    control.post(f"{stage}/people", json=TEMPORARY)

    answer = getattr(control, method)(f"{stage}/people/sam.test10", json={**TEMPORARY, "user_name": "tom.test10"})

    assert problems(answer) == {("user_name", None)}


@pytest.mark.parametrize("method", ["get", "delete", "patch"])
def test_nobody_is_told(control: FlaskClient, stage: str, method: str) -> None:
    answer = getattr(control, method)(f"{stage}/people/nobody.here10", json={})

    assert (answer.status_code, answer.get_json()["error"]) == (404, "not_found")


# One stage and the others --------------------------------------------------------------------------------------------


def test_people_of_one_stage_are_not_seen_by_another(control: FlaskClient, provider: Provider, stage: str) -> None:
    other = opened(control)
    control.post(f"{stage}/people", json=TEMPORARY)

    assert control.get(f"{stage}/people/sam.test10").status_code == 200
    assert control.get(f"{other}/people/sam.test10").status_code == 404
    assert control.get(f"{other}/people").get_json() == {"people": []}
    assert provider.people.find("sam.test10", stage.rpartition("/")[2])
    assert provider.people.find("sam.test10", other.rpartition("/")[2]) is None
    assert control.post(f"{other}/people", json=TEMPORARY).status_code == 201


def signed_in(control: FlaskClient, stage: str, user_name: str, password: str) -> TestResponse:
    """Type a user name and a password on a stage, and return what the browser is told."""
    control.set_cookie("leerid_stage", stage.rpartition("/")[2])
    page = Application(browser=control).ask(prompt="login")
    return control.post(page.location, data={"username": user_name, "password": password})


def test_only_on_their_own_stage_can_people_sign_in(control: FlaskClient, stage: str) -> None:
    control.post(f"{stage}/people", json={**TEMPORARY, "password": "otter1234"})

    own = signed_in(control, stage, "sam.test10", "otter1234")
    other = signed_in(control, opened(control), "sam.test10", "otter1234")

    assert "code" in Application.parameters_of(own)
    assert other.location is None


def test_what_was_changed_is_released_on_that_stage_only(control: FlaskClient, stage: str) -> None:
    control.post(f"{stage}/people/{persona_of(control, 'secondary-pupil')}/moments", json={"is": "email-removed"})
    application = Application(browser=control)

    honest = application.claims("secondary-pupil")
    control.set_cookie("leerid_stage", stage.rpartition("/")[2])
    changed = application.claims("secondary-pupil")

    assert "email" in honest
    assert {name: honest[name] for name in ("sub", "ov_leerid_uuid")} == {
        name: changed[name] for name in ("sub", "ov_leerid_uuid")
    }
    assert "email" not in changed


def test_people_are_forgotten_with_their_stage(control: FlaskClient, provider: Provider, stage: str) -> None:
    control.post(f"{stage}/people", json=TEMPORARY)
    control.delete(stage)

    assert provider.people.made_on(stage.rpartition("/")[2]) == ()


def test_people_of_the_default_stage_are_forgotten_by_a_reset(control: FlaskClient, provider: Provider) -> None:
    control.post("/control/v1/stages/default/people", json=TEMPORARY)
    control.post("/control/v1/reset")

    assert provider.people.find("sam.test10", "default") is None


def test_what_was_changed_about_a_persona_is_forgotten(control: FlaskClient, stage: str) -> None:
    first, second = persona_of(control, "two-accounts-first"), persona_of(control, "two-accounts-second")
    control.patch(f"{stage}/people/{first}", json={"family_name": "Anders"})

    assert control.delete(f"{stage}/people/{second}").status_code == 204
    assert control.get(f"{stage}/people").get_json() == {"people": []}
    assert control.patch(f"{stage}/people/{first}", json={}).get_json()["family_name"] != "Anders"


def test_facts_follow_the_calendar_and_the_circumstances_of_the_stage(control: FlaskClient) -> None:
    before = opened(control, calendar_offset_days=-61)
    lagging = opened(control, circumstances=["datastore.lagging"])
    both = {**TEMPORARY, "life": [ENROLLED, {"on": -3, "is": "identified"}]}
    for stage in (before, lagging):
        control.post(f"{stage}/people", json=both)

    assert facts(control, before, "sam.test10")["enrolments"] == []
    assert facts(control, lagging, "sam.test10")["enrolments"]
    assert facts(control, lagging, "sam.test10")["leer_id_uuid"] is None


def test_no_national_number_is_told(control: FlaskClient, stage: str) -> None:
    made = control.post(f"{stage}/people", json={**TEMPORARY, "number": "rrn"})

    assert "130123" not in made.text.replace(BIRTH["year"], "")


# Whatever is sent ----------------------------------------------------------------------------------------------------

NAMES = st.sampled_from(["a", "b", "sam.test10"]) | st.text(max_size=5)
DAYS = st.integers(-40_000, 40_000) | st.sampled_from(
    ["0001-01-01", "9999-12-31", "2026-09-01", "school-year-99-9999d"]
)
SCHOOLS = st.sampled_from(["700101", "700202", "000007", "700999"])
ANY_MOMENT = st.fixed_dictionaries(
    {"on": DAYS, "is": st.sampled_from(sorted(MOMENTS))},
    optional={
        "known_on": DAYS,
        "account": NAMES,
        "into": NAMES,
        "school": SCHOOLS,
        "to": SCHOOLS,
        "from": SCHOOLS,
        "stamnummer": st.just("2500215"),
        "group": st.sampled_from(["900301", "900202"]),
        "number": st.sampled_from(["rrn", "bis", "none"]),
        "email": NAMES,
        "given_name": NAMES,
        "family_name": NAMES,
    },
)


def fitting(moment: dict[str, Any]) -> dict[str, Any]:
    """Return a moment with the members it can have, so that many of them are right."""
    wanted = {
        "enrolled": {"school", "stamnummer", "group"},
        "moved": {"to", "from", "stamnummer", "group"},
        "left": {"school"},
        "cancelled": {"school"},
        "agreement-ended": {"school"},
        "regrouped": {"school", "group"},
        "school-renumbered": {"school", "to"},
        "name-corrected": {"given_name", "family_name"},
        "accounts-merged": {"account", "into"},
        "email-set": {"email"},
        "identified": {"number"},
        "number-replaced": {"number"},
    }.get(moment["is"], {"account"} if moment["is"].startswith(("account", "password")) else set())
    return {name: value for name, value in moment.items() if name in wanted | {"on", "is", "known_on"}}


@settings(
    max_examples=150,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    life=st.lists(ANY_MOMENT.map(fitting) | ANY_MOMENT, max_size=6),
    account=NAMES,
    number=st.sampled_from(["rrn", "bis", "none"]),
    offset=st.sampled_from([-36_500, -400, 0, 400, 36_500]),
)
def test_no_life_brings_the_mock_down(
    control: FlaskClient, life: list[Any], account: str, number: str, offset: int
) -> None:
    stage = opened(control, calendar_offset_days=offset)
    opens = [{"on": -9_000, "is": "account-opened", "account": each} for each in ("a", "b")]
    body = {**TEMPORARY, "account": account, "number": number, "life": [*opens, *life]}

    answers = [
        control.put(f"{stage}/people/sam.test10", json=body),
        control.patch(f"{stage}/people/sam.test10", json={"life": life}),
        *(control.post(f"{stage}/people/sam.test10/moments", json=each) for each in life),
        control.get(f"{stage}/people"),
    ]

    assert {each.status_code for each in answers} <= {200, 201, 404, 422}
    control.delete(stage)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(
    max_examples=150,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(members=st.dictionaries(st.sampled_from([*TEMPORARY, "citizen", "same_pupil_as", "account"]), JSON, max_size=4))
def test_no_document_brings_the_mock_down(control: FlaskClient, members: dict[str, Any]) -> None:
    path = "/control/v1/stages/default/people"

    answers = [
        control.post(path, json=members),
        control.post(path, json={**TEMPORARY, **members}),
        control.put(f"{path}/sam.test10", json={**TEMPORARY, **members}),
        control.patch(f"{path}/sam.test10", json=members),
        control.post(f"{path}/sam.test10/moments", json=members),
        control.get(path),
    ]

    assert {each.status_code for each in answers} <= {200, 201, 404, 422}
