"""Settings: the command line wins over the environment, and every mistake is told."""

from __future__ import annotations

import pytest

from relying_party.settings import Settings, SettingsError, read


def test_without_a_word_the_testbeds_own_addresses_hold() -> None:
    settings = read({}, {})
    assert settings.redirect_uri == "http://127.0.0.1:9200/callback"
    assert settings.post_logout_redirect_uri == "http://127.0.0.1:9200/signed-out"
    assert settings.issuer == "http://localhost:9100/op"


def test_an_option_wins_over_the_environment() -> None:
    environment = {"LEERID_RP_PORT": "9300", "LEERID_RP_CLIENT_ID": "told-by-environment"}
    settings = read({"port": "9400", "client_id": None}, environment)
    assert (settings.port, settings.client_id) == (9400, "told-by-environment")


def test_the_fixed_address_is_the_base_url_when_there_is_one() -> None:
    settings = Settings(base_url="https://app.example/")
    assert (settings.redirect_uri, settings.secure) == ("https://app.example/callback", True)


def test_every_mistake_is_told_at_once_with_its_option_and_a_hint() -> None:
    wrong = {"host": "0.0.0.0", "port": "0", "issuer": "http://far.example", "session_hours": "soon"}  # noqa: S104  refused
    with pytest.raises(SettingsError) as caught:
        read(wrong, {})
    told = {problem.key.partition(" ")[0]: problem for problem in caught.value.problems}
    assert set(told) == {"--host", "--port", "--issuer", "--session-hours"}
    assert all(problem.message and problem.hint for problem in told.values())


def test_other_machines_are_served_only_when_that_is_asked_for() -> None:
    assert Settings(host="192.0.2.7", expose=True).host == "192.0.2.7"


def test_a_private_key_is_needed_where_it_is_the_proof() -> None:
    with pytest.raises(SettingsError, match="private key"):
        read({"client_authentication": "private_key_jwt"}, {})


@pytest.mark.parametrize("issuer", ["localhost", "ftp://x.example", "https://x.example/op?a=b", "https://x.example#a"])
def test_an_issuer_that_is_no_web_address_is_told(issuer: str) -> None:
    with pytest.raises(SettingsError, match="--issuer"):
        read({"issuer": issuer}, {})


def test_staff_are_named_one_by_one_or_as_a_list_in_the_environment() -> None:
    environment = {"LEERID_RP_STAFF_SUBJECTS": "sub-1, sub-2\nsub-3"}
    assert read({}, {}).staff_subjects == ()
    assert read({}, environment).staff_subjects == ("sub-1", "sub-2", "sub-3")
    assert read({"staff_subjects": ("sub-4",)}, environment).staff_subjects == ("sub-4",)
    with pytest.raises(SettingsError, match="--staff-subject"):
        read({"staff_subjects": ("",)}, {})


def test_staff_of_the_first_issuer_are_not_those_of_the_second() -> None:
    settings = Settings(second_issuer="http://localhost:9100/i/other/op", staff_subjects=("sub-1",))
    assert [each.staff_subjects for each in settings.each_issuer] == [("sub-1",), ()]


def test_the_secret_is_not_in_the_text_of_the_settings() -> None:
    assert "hush" not in repr(Settings(client_secret="hush"))
