"""Target files: what may stand in them, and what follows."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from conformance.errors import InputError
from conformance.target import Client, Landmark, Target, load_target, origin

EXAMPLES = [
    each for each in sorted((Path(__file__).parents[2] / "examples").rglob("*.toml")) if each.name != "clients.toml"
]
SMALL = 'name = "Mine"\nsign_in_url = "http://127.0.0.1:5000/login"\n[landmarks]\nsigned_in = { text = "Welcome" }\n'
CLIENT = """[client]
client_id = "me"
client_secret_env = "LEERID_TEST_SECRET"
redirect_uris = ["http://127.0.0.1:5000/callback"]
"""


def target(**more: Any) -> Target:
    members = {"name": "x", "sign_in_url": "http://127.0.0.1:5000/login", "landmarks": {"signed_in": {"text": "x"}}}
    return Target.model_validate(members | more)


def test_four_lines_describe_an_application(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(SMALL)
    found = load_target(file)
    assert found.mock.url == "http://localhost:9100"
    assert (found.able, found.strangers) == (frozenset(), ())


@pytest.mark.parametrize("name", EXAMPLES, ids=lambda path: path.name)
def test_the_examples_can_be_read(name: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEERID_TEST_SECRET", "x")
    assert load_target(name).landmarks.signed_in


def test_a_file_that_is_not_there_is_told_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"absent\.toml: cannot be read"):
        load_target(tmp_path / "absent.toml")


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"name ="])
def test_what_is_no_toml_text_is_told(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "mine.toml"
    file.write_bytes(content)
    with pytest.raises(InputError, match=r"mine\.toml"):
        load_target(file)


def test_a_secret_comes_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(SMALL + CLIENT)
    monkeypatch.setenv("LEERID_TEST_SECRET", "hush")
    client = load_target(file).client
    assert client is not None
    body = client.registration("meemoo-2023", {"LEERID_TEST_SECRET": "hush"})
    assert (body["client_secret"], body["claims_profile"]) == ("hush", "meemoo-2023")
    assert "client_secret_env" not in body


def test_a_variable_that_is_not_set_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(SMALL + CLIENT)
    monkeypatch.delenv("LEERID_TEST_SECRET", raising=False)
    with pytest.raises(InputError, match="LEERID_TEST_SECRET is not set"):
        load_target(file)


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({}, "either client_secret or client_secret_env"),
        ({"client_secret": "a", "client_secret_env": "B"}, "either client_secret or client_secret_env"),
        ({"token_endpoint_auth_method": "private_key_jwt"}, "needs jwks"),
    ],
)
def test_a_client_can_be_recognised_in_one_way(members: dict[str, str], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Client.model_validate({"client_id": "me", "redirect_uris": ["http://127.0.0.1/"], **members})


@pytest.mark.parametrize(("members", "message"), [({}, "everywhere"), ({"name": "Welcome"}, "needs role")])
def test_a_landmark_says_something(members: dict[str, str], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Landmark.model_validate(members)


@pytest.mark.parametrize("url", ["127.0.0.1:5000", "ftp://127.0.0.1/", "/login"])
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(ValidationError, match="no http or https URL"):
        target(sign_in_url=url)


@pytest.mark.parametrize(
    ("url", "far"),
    [
        ("http://localhost:1/", False),
        ("http://127.0.0.1:1/", False),
        ("http://[::1]:1/", False),
        ("https://school.example/", True),
        ("http://127.0.0.1.school.example/", True),
    ],
)
def test_only_loopback_needs_no_consent(url: str, far: bool) -> None:  # noqa: FBT001  a table
    assert bool(target(sign_in_url=url).strangers) is far


@pytest.mark.parametrize("door", ["clock", "restart", "store", "privacy_log", "purge"])
def test_what_is_opened_for_tests_is_on_this_machine(door: str) -> None:
    assert getattr(target(capabilities={door: "http://127.0.0.1:1/door"}).capabilities, door)
    with pytest.raises(ValidationError, match="is not on this machine"):
        target(capabilities={door: "https://school.example/door"})


def test_every_further_origin_needs_consent_too() -> None:
    assert target(origins=["https://school.example/app"]).strangers == ("https://school.example",)


def test_what_an_application_can_do_has_the_names_that_scenarios_use() -> None:
    found = target(
        start={"command": ["x"], "ready_url": "http://127.0.0.1:1/"},
        capabilities={"sign_out": {"text": "Bye"}, "admission": True},
    )
    assert found.able == {"restart", "sign-out", "admission"}


def test_an_origin_is_scheme_host_and_port() -> None:
    assert origin("HTTP://School.example:80/a?b#c") == "http://school.example:80"


def test_who_refreshes_is_registered_with_access_tokens_that_are_soon_over() -> None:
    client = {"client_id": "me", "client_secret": "x", "redirect_uris": ["http://127.0.0.1:5000/callback"]}
    assert "access_token_ttl_s" not in target(client=client).registration({})
    refreshes = target(client=client, capabilities={"refresh": True})
    assert refreshes.registration({})["access_token_ttl_s"] == 120
    assert target(capabilities={"refresh": True}).registration({}) == {}
    assert "refresh" in refreshes.able
