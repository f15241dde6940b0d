"""What the mock is started with is read as a whole, and every problem of every file is told at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from small_application import Application

from mock_idp.domain.people.written import PersonRow
from mock_idp.domain.problems import ProblemsError
from mock_idp.provider import Provider
from mock_idp.settings import Policy, Settings
from mock_idp.web import create_app

if TYPE_CHECKING:
    from pathlib import Path

    from mock_idp.domain.clock import SettableClock

PERSON = """
[[people]]
user_name = "sam.test10"
given_name = "Sam"
family_name = "Test"
birth = { day = "23", month = "01", year = "2013" }
sex = "m"
"""
CLIENT = """
[[clients]]
client_id = "one"
client_secret = "synthetic-secret"
redirect_uris = ["http://127.0.0.1/cb"]
claims_profile = "own"
"""
PROFILE = 'name = "own"\nclaims = ["ov_account_uuid"]\nscopes = ["openid", "ov_leerling"]\n'


def started(**options: Any) -> Provider:
    return Provider(Settings(**options))


def problems(**options: Any) -> list[str]:
    with pytest.raises(ProblemsError) as caught:
        started(**options)
    return [each.line for each in caught.value.problems]


def file(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


def test_people_of_a_file_can_sign_in_on_every_stage(tmp_path: Path) -> None:
    people = started(people_file=file(tmp_path, "people.toml", PERSON)).people

    assert people.find("sam.test10", "default") == people.find("SAM.test10 ", "any stage")
    assert people.origin("sam.test10") == "file"
    assert people.notes == ()


def test_a_school_s_export_is_read_and_tells_what_was_filled_in(tmp_path: Path) -> None:
    export = file(tmp_path, "700101.csv", "Achternaam;Voornaam;LeerID Gebruikersnaam\nTest;Sam;sam.test10\n")

    people = started(people_file=export).people

    assert people.find("sam.test10", "default")
    assert any("Geboortedatum is missing on every line" in note for note in people.notes)


def test_a_person_of_the_file_comes_before_a_persona_of_the_same_user_name(tmp_path: Path) -> None:
    name = started().personas.all()[0].user_name
    text = PERSON.replace("sam.test10", name)

    person = started(people_file=file(tmp_path, "people.toml", text)).people.find(name, "default")

    assert person
    assert person.family_name == "Test"


def test_a_person_of_the_file_is_changed_on_one_stage(tmp_path: Path) -> None:
    people = started(people_file=file(tmp_path, "people.toml", PERSON)).people
    person = people.find("sam.test10", "default")
    document = people.making.document("default", "sam.test10")

    assert person
    assert document is not None
    assert document["account"] == person.account
    assert document["birth"] == {"day": "23", "month": "01", "year": "2013"}


@pytest.mark.parametrize(
    ("circumstance", "told"),
    [
        ("datastore.slo", "circumstances[0]: There is no circumstance 'datastore.slo'. Did you mean 'datastore.slow'?"),
        ("claims.enrolments-missing", "is a fault at the seam claims. Arm it on a stage."),
    ],
)
def test_a_circumstance_that_nobody_can_carry_is_told(tmp_path: Path, circumstance: str, told: str) -> None:
    text = PERSON + f'circumstances = ["{circumstance}"]\n'

    (line,) = problems(people_file=file(tmp_path, "people.toml", text))

    assert told in line
    assert "people.toml: sam.test10" in line


def test_every_persona_carries_circumstances_that_there_are() -> None:
    assert started().personas.all()


def test_the_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    told = problems(
        people_file=file(tmp_path, "people.csv", "Achternaam\n\nTest\n"),
        clients_file=file(tmp_path, "clients.toml", CLIENT),
        claims_profile_files=(),
        default_profile="meemo-2023",
        circumstances=("datastore.slo", "id-token.expired"),
    )

    assert list(dict.fromkeys(each.partition(": ")[0].rpartition("/")[2] for each in told)) == [
        "--circumstance",
        "people.csv",
        "--profile",
        "clients.toml",
    ]
    assert "Did you mean 'datastore.slow'?" in told[0]
    assert "Arm it on a stage." in told[1]
    assert "Did you mean 'meemoo-2023'?" in told[3]


def test_a_profile_of_one_s_own_is_there_for_clients_and_for_who_is_not_registered(tmp_path: Path) -> None:
    profile = file(tmp_path, "own.toml", PROFILE)

    provider = started(
        claims_profile_files=(profile,), default_profile="own", clients_file=file(tmp_path, "clients.toml", CLIENT)
    )

    registered = provider.main.clients.get("one")
    assert registered
    assert provider.main.server.source.profile(registered, "default").name == "own"
    assert "own" in provider.profiles


def test_who_is_not_registered_gets_the_default_profile(tmp_path: Path) -> None:
    provider = started(claims_profile_files=(file(tmp_path, "own.toml", PROFILE),), default_profile="own")

    client = provider.main.server.query_client("anybody")

    assert client
    assert provider.main.server.source.profile(client.registration, "default").name == "own"


@pytest.mark.parametrize("content", [b"[[people", b"\xff\xfe\x00", None, b""])
@pytest.mark.parametrize("option", ["people_file", "clients_file", "claims_profile_files"])
def test_a_file_that_cannot_be_used_is_told(tmp_path: Path, option: str, content: bytes | None) -> None:
    path = tmp_path / "file.toml"
    if content is not None:
        path.write_bytes(content)

    assert all(str(path) in each for each in problems(**{option: (path,) if option.endswith("s") else path}))


def test_a_workbook_is_told_to_be_saved_as_csv(tmp_path: Path) -> None:
    assert "Save the sheet as CSV" in problems(people_file=tmp_path / "700101.xlsx")[0]


def test_what_holds_from_the_start_holds_on_the_default_stage_alone_and_after_a_reset() -> None:
    stages = started(circumstances=("datastore.slow", "datastore.slow")).stages

    assert stages.default.circumstances == ("datastore.slow",)
    assert stages.open().circumstances == ()
    stages.change("default", circumstances=())
    assert stages.default.circumstances == ()


@pytest.mark.parametrize("option", ["code_ttl_s", "access_token_ttl_s"])
def test_what_holds_for_no_time_is_refused(option: str) -> None:
    with pytest.raises(ValueError, match=option):
        Policy(**{option: 0})


def test_codes_and_tokens_hold_as_long_as_is_said(provider: Provider, clock: SettableClock) -> None:
    """U30."""
    provider.main.conduct.policy = Policy(code_ttl_s=5, access_token_ttl_s=60)
    application = Application(browser=create_app(provider.settings, provider).test_client())
    tokens, code = application.tokens(), application.code(prompt="login")

    clock.advance(seconds=6)
    late = application.redeem(code).get_json()

    assert tokens["expires_in"] == 60
    assert late["error"] == "invalid_grant"


def test_the_slug_of_a_persona_is_no_user_name_in_a_file(tmp_path: Path) -> None:
    text = PERSON.replace("sam.test10", "no-email") + 'circumstances = ["datastore.nothing"]\n'
    slug, circumstance = problems(people_file=file(tmp_path, "people.toml", text))
    assert "no-email: user_name: " in slug
    assert "circumstances[0]" in circumstance


@pytest.mark.parametrize("name", ["jan_peeters", "jan..peeters", "jan."])
def test_every_user_name_of_a_file_can_be_changed_on_a_stage(tmp_path: Path, name: str) -> None:
    people = started(people_file=file(tmp_path, "people.toml", PERSON.replace("sam.test10", name))).people
    row = PersonRow.model_validate(people.making.document("one", name))
    assert people.making.change("one", row).account == people.find(name, "two").account == name
