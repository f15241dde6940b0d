"""Everybody, shown by the command."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from students_command import ANCHOR, found, run, shown

from mock_idp.cli.students import showing
from mock_idp.cli.students.releasing import released
from mock_idp.cli.students.words import SAID, said
from mock_idp.domain.claims import built_in_profiles
from mock_idp.domain.clients import Client
from mock_idp.domain.discimus import Moment
from mock_idp.domain.insz import Number
from mock_idp.domain.leerid.moments import OfAccount
from mock_idp.domain.people.personas import read_personas
from mock_idp.domain.population import Query, Situation
from mock_idp.protocol.claims_source import NotAdmittedError, SourceAwayError
from mock_idp.state.stages import DEFAULT_STAGE

if TYPE_CHECKING:
    from pathlib import Path

    from mock_idp.cli.students.everybody import Everybody
    from mock_idp.domain.finding import Hit
    from mock_idp.provider import Provider


@pytest.mark.parametrize("key", ["primary-pupil", "P01", "p01", "lotte.peeters87", " Lotte.Peeters87 "])
def test_somebody_is_shown_by_slug_id_and_user_name(key: str) -> None:
    assert shown(key)["user_name"] == "lotte.peeters87"


def test_a_life_is_told_as_dated_moments() -> None:
    told = run("show", "identified-since").stdout
    assert "2026-10-24      identified: a number of the National Register is found" in told
    assert "enrolled at 700202 Testcollege De Blauwe Walvis: stamnummer 2500215" in told


def test_a_day_before_shows_what_was_true_then() -> None:
    before, after = shown("identified-since", "--on", "2026-10-23"), shown("identified-since")
    assert before["facts"]["number"] == "none"
    assert before["facts"]["leer_id_uuid"] is None
    assert before["facts"]["account_uuid"] in after["facts"]["history"]
    assert after["facts"]["number"] == "rrn"
    assert after["claims"]["meemoo-2023"]["ov_leerid_uuid"] == [after["facts"]["leer_id_uuid"]]
    assert before["claims"]["meemoo-2023"]["ov_leerid_uuid"] == []


def test_every_uuid_of_a_persona_leads_back() -> None:
    facts = shown("identified-since")["facts"]
    for uuid in (facts["account_uuid"], facts["leer_id_uuid"], *facts["history"]):
        assert shown(uuid)["user_name"] == "yara.haddad15"
        assert shown(uuid.upper())["user_name"] == "yara.haddad15"
        assert found(uuid)[0]["user_name"] == "yara.haddad15"
    assert shown(facts["leer_id_uuid"])["found_by"] == "leer_id_uuid"
    assert shown(facts["history"][0])["found_by"] == "account_uuid"


@pytest.mark.parametrize("situation", [Situation.IDENTIFIED_SINCE, Situation.NOT_IDENTIFIED, Situation.TWO_ACCOUNTS])
def test_every_uuid_of_the_crowd_leads_back(situation: Situation, everybody: Everybody) -> None:
    pupil = everybody.crowd.search(Query(situation=situation), limit=1).pupils[0]
    for user_name in pupil.user_names:
        facts = shown(user_name)["facts"]
        for uuid in filter(None, (facts["account_uuid"], *facts["history"])):
            assert shown(uuid)["user_name"] == user_name
        assert facts["leer_id_uuid"] is None or shown(facts["leer_id_uuid"])["user_name"] == pupil.user_name


def test_the_second_account_of_a_pupil_of_the_crowd_is_shown_with_its_own_password(everybody: Everybody) -> None:
    pupil = everybody.crowd.search(Query(situation=Situation.TWO_ACCOUNTS), limit=1).pupils[0]
    assert pupil.second_user_name is not None
    first, second = shown(pupil.user_name)["facts"], shown(pupil.second_user_name)["facts"]
    assert first["leer_id_uuid"] == second["leer_id_uuid"]
    assert first["account_uuid"] != second["account_uuid"]
    assert first["password"] != second["password"]
    assert pupil.second_user_name in run("show", pupil.user_name).stdout


def test_what_is_shown_as_released_is_what_an_application_gets(provider: Provider, everybody: Everybody) -> None:
    differing = {"datastore.account-uuid-per-sign-in"}
    for persona in read_personas(anchor=ANCHOR).all():
        if differing.isdisjoint(persona.circumstances):
            expected = {name: got for name in built_in_profiles() if (got := _released(provider, persona, name))}
            assert _document(persona.slug, everybody)["claims"] == expected, persona.slug


@pytest.mark.parametrize(("slug", "comes_in"), [("enrolment-ended", False), ("secondary-pupil", True)])
def test_an_enrolment_that_ended_admits_nobody_here_either(
    provider: Provider,
    everybody: Everybody,
    slug: str,
    comes_in: bool,  # noqa: FBT001  a table
) -> None:
    circumstances = ("datastore.all-enrolments", "datastore.enrolment-demanded")
    provider.stages.change(DEFAULT_STAGE, circumstances=circumstances)
    persona = read_personas(anchor=ANCHOR).get(slug)
    assert persona
    expected = {name: got for name in built_in_profiles() if (got := _released(provider, persona, name))}
    person = replace(persona.person, circumstances=circumstances)
    assert released(person, ANCHOR, everybody, built_in_profiles()) == expected
    assert bool(expected) == comes_in


def _released(provider: Provider, persona: Any, name: str) -> dict[str, Any] | None:
    profile = built_in_profiles()[name]
    client = Client(client_id="one", client_secret="s", redirect_uris=("http://127.0.0.1/cb",), claims_profile=name)
    if provider.account_state(persona.person, DEFAULT_STAGE) not in {None, "active"}:
        return None
    try:
        release = provider.main.server.source.release(persona.user_name, client, profile.scopes, DEFAULT_STAGE)
    except (SourceAwayError, NotAdmittedError):
        return None
    return release.claims if release else None


def test_a_claims_profile_of_ones_own_is_shown_as_well(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(
        'name = "own"\nclaims = ["given_name"]\nscopes = ["openid", "profile"]\nsubject = "omit"\n', "utf-8"
    )
    claims = shown("primary-pupil", "--claims-profile", str(file))["claims"]
    assert claims["own"] == {"given_name": "Lotte"}
    assert claims.keys() > set(built_in_profiles())


def test_a_wrong_claims_profile_is_told(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text('name = "own"\nclaims = ["given_nam"]\nscopes = ["openid"]\n', "utf-8")
    told = run("show", "primary-pupil", "--claims-profile", str(file), code=2).stderr
    assert f"{file}: claims[0]" in told
    assert "Did you mean 'given_name'?" in told


def test_a_sign_in_that_does_not_come_so_far_releases_nothing() -> None:
    assert shown("account-blocked")["claims"] == {}
    told = run("show", "account-blocked").stdout
    assert "(blocked, opened by this user name)" in told
    assert "nothing: on this day a sign-in does not come so far" in told


def test_somebody_who_is_no_pupil_has_no_life() -> None:
    told = run("show", "teacher").stdout
    assert "no pupil" in told
    assert "Life" not in told
    assert shown("teacher")["facts"] is None
    assert shown("teacher")["claims"]["acm-2024"]["vo_orgcode"] == "700202"


def _document(slug: str, everybody: Everybody, day: date = ANCHOR) -> Any:
    seen = everybody.look_up(slug)
    assert seen is not None
    return showing._document(seen, day, _claims(seen, day, everybody))


def _claims(seen: Hit, day: date, everybody: Everybody) -> Any:
    return released(seen.person, day, everybody, built_in_profiles())


def test_no_national_number_is_ever_shown(everybody: Everybody) -> None:
    for persona in read_personas(anchor=ANCHOR).all():
        seen, life = everybody.look_up(persona.slug), persona.person.life
        assert seen is not None
        told = "".join(showing._lines(seen, ANCHOR, _claims(seen, ANCHOR, everybody))) + json.dumps(
            _document(persona.slug, everybody)
        )
        assert not life or not any(insz in told for number in Number if (insz := life.insz(number)))


def test_every_persona_can_be_shown_on_every_day_of_their_visits(everybody: Everybody) -> None:
    for persona in read_personas(anchor=ANCHOR).all():
        seen = everybody.look_up(persona.slug)
        assert seen is not None
        for visit in persona.visits:
            day = date.fromordinal(ANCHOR.toordinal() + visit)
            assert f"Released on {day}" in "".join(showing._lines(seen, day, _claims(seen, day, everybody)))


def test_every_kind_of_moment_has_its_words() -> None:
    kinds = {each for each in _below(Moment) if each is not OfAccount}
    assert kinds == set(SAID)


def _below(kind: type) -> set[type]:
    return {each for one in kind.__subclasses__() for each in (one, *_below(one))}


def test_every_moment_of_the_personas_can_be_told() -> None:
    lives = [persona.person.life for persona in read_personas(anchor=ANCHOR).all()]
    told = [said(moment) for life in lives if life for moment in life.moments]
    assert all(told)
    assert any("known from" in each for each in told)


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("primary-pupl", "Did you mean 'primary-pupil'?"),
        ("lotte.peeters86", "Did you mean 'lotte.peeters87'?"),
        ("00000000-0000-4000-8000-000000000000", "another --seed"),
        ("qqqq", "students search"),
        ("", "students search"),
    ],
)
def test_an_unknown_key_is_told_with_a_hint(key: str, hint: str) -> None:
    done = run("show", key, code=2)
    assert f"There is nobody {key!r}" in done.stderr
    assert hint in done.stderr
    assert done.stdout == ""


def test_a_user_name_of_the_crowd_with_wrong_digits_is_told_with_one_that_exists(everybody: Everybody) -> None:
    pupil = everybody.crowd.pupil(5)
    name = pupil.user_name.rstrip("0123456789")
    assert f"Did you mean '{name}" in run("show", f"{name}000", code=2).stderr


def test_a_wrong_day_is_refused() -> None:
    assert "2026-09-01" in run("show", "primary-pupil", "--on", "yesterday", code=2).stderr
