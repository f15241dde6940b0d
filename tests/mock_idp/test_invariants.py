"""The invariants LM-1 to LM-12 of LeerID, which tests hold each of them, and those that no other file holds."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given
from lives import LIVES, OFFSETS, RULES, day, student

from mock_idp.domain import discimus, leerid
from mock_idp.domain.claims import built_in_profiles
from mock_idp.domain.clients import Client
from mock_idp.state.stages import DEFAULT_STAGE

if TYPE_CHECKING:
    from small_application import Application

    from mock_idp.provider import Provider

TESTS = Path(__file__).parents[1]
HERE = "mock_idp/test_invariants.py"
CLAIMS = "mock_idp/domain/claims/test_invariants.py"
STUDENT = "mock_idp/domain/leerid/test_student.py"

HELD_BY = {
    "LM-1 no national number is ever emitted": {
        CLAIMS: ["test_no_national_number_ever_leaves"],
        "mock_idp/domain/claims/test_profile.py": ["test_no_field_could_hold_a_national_number"],
        "mock_idp/web/test_secrets.py": ["test_no_national_number_is_ever_said"],
        "mock_idp/personas/test_every_persona_signs_in.py": ["test_nothing_that_is_learned_is_a_national_number"],
    },
    "LM-2 ov_leerid_uuid is empty for pupils who are not identified, and never made up": {
        CLAIMS: [
            "test_a_pupil_without_national_number_has_no_leer_id",
            "test_the_leer_id_is_that_of_the_pupil_or_there_is_none",
        ],
        STUDENT: ["test_a_leer_id_is_there_exactly_when_a_number_is"],
    },
    "LM-3 an identified pupil has one leer_id_uuid, the same for all clients": {
        STUDENT: ["test_a_leer_id_never_changes_by_itself", "test_two_accounts_of_one_pupil_have_one_leer_id"],
        HERE: ["test_every_client_learns_the_same_leer_id"],
        "mock_idp/domain/population/test_identifiers.py": ["test_a_leer_id_uuid_leads_back_to_its_pupil"],
    },
    "LM-4 only the profile of the client is emitted": {
        CLAIMS: ["test_nothing_outside_profile_and_scopes_ever_leaves"],
        "mock_idp/faults/test_claims.py": [
            "test_nothing_leaves_but_the_claims_of_the_profile_and_those_that_the_sentence_names"
        ],
    },
    "LM-5 an e-mail address that is not set is absent; null and empty are switches": {
        CLAIMS: ["test_an_address_that_is_not_set_is_absent_unless_a_circumstance_says_otherwise"],
        "mock_idp/faults/test_claims.py": ["test_an_address_may_be_none_where_there_is_one"],
    },
    "LM-6 everything is computed again at each sign-in, from the clock": {
        STUDENT: ["test_the_state_is_a_function_of_the_day"],
        "mock_idp/provider/test_datastore_in_trouble.py": [
            "test_the_datastore_elsewhere_is_asked_at_every_sign_in_without_a_page_too"
        ],
    },
    "LM-7 the history holds accounts from before identification only": {
        STUDENT: [
            "test_the_history_was_used_before_and_is_never_the_account_in_use",
            "test_the_history_is_frozen_at_identification",
        ]
    },
    "LM-8 no real school, name list or national number; everything can be made again from a seed": {
        "mock_idp/domain/discimus/test_register.py": ["test_the_schools_of_the_mock_are_invented_ones"],
        "mock_idp/domain/people/test_personas_file.py": [
            "test_no_national_number_was_ever_issued",
            "test_no_school_is_a_real_one",
        ],
        "mock_idp/domain/people/test_personas.py": ["test_people_are_the_same_on_every_run"],
        "mock_idp/domain/population/test_golden.py": ["test_the_same_people_come_out_everywhere"],
        "mock_idp/domain/population/test_population.py": [
            "test_schools_have_numbers_that_no_real_one_is_known_to_have",
            "test_nothing_in_a_pupil_looks_like_a_national_number",
        ],
    },
    "LM-9 a temporary account_uuid may be rotated on command": {
        "mock_idp/control/test_people.py": ["test_a_temporary_account_is_replaced_on_command"],
        HERE: ["test_a_temporary_account_gets_a_uuid_on_command_that_it_never_had"],
    },
    "LM-10 refusing pupils without enrolment is for the application; the mock signs them in": {
        HERE: ["test_a_pupil_without_enrolment_signs_in"]
    },
    "LM-11 the mock writes down what was released, of whom, and to which client": {
        HERE: ["test_the_journal_tells_what_was_released_of_whom_and_to_which_client"]
    },
    "LM-12 the clock can be set": {
        "mock_idp/control/test_calls.py": ["test_the_calendar_moves_and_the_clock_does_not"],
        "mock_idp/web/test_stages_on_the_wire.py": ["test_a_stage_moves_the_registers_and_not_the_tokens"],
    },
}


def test_every_invariant_is_held() -> None:
    numbers = [told.split()[0] for told in HELD_BY]
    assert numbers == [f"LM-{number}" for number in range(1, 13)]


@pytest.mark.parametrize("invariant", HELD_BY)
def test_the_tests_that_hold_an_invariant_are_there(invariant: str) -> None:
    assert HELD_BY[invariant]
    for file, names in HELD_BY[invariant].items():
        there = re.findall(r"^def (test_\w+)\(", (TESTS / file).read_text("utf-8"), re.MULTILINE)
        assert set(names) <= set(there), file


# LM-3


def leer_ids(provider: Provider) -> dict[str, list[Any]]:
    """Return what a client of each profile learns as leer_id, by user name; for those whom a profile lets out."""
    clients = [
        Client(client_id=name, client_secret="s", redirect_uris=("http://127.0.0.1/cb",), claims_profile=name)
        for name in built_in_profiles()
    ]
    learned: dict[str, list[Any]] = {}
    for persona in provider.people.personas.all():
        state = provider.account_state(persona.person, DEFAULT_STAGE)
        if not persona.person.life or state != leerid.AccountState.ACTIVE:
            continue
        for client in clients:
            scopes = built_in_profiles()[client.claims_profile].scopes
            release = provider.main.server.source.release(persona.user_name, client, scopes, DEFAULT_STAGE)
            assert release
            learned.setdefault(persona.user_name, []).append(release.claims.get("ov_leerid_uuid"))
    return learned


def test_every_client_learns_the_same_leer_id(provider: Provider) -> None:
    learned = leer_ids(provider)
    assert all(len(each) == len(built_in_profiles()) for each in learned.values())
    assert not [name for name, each in learned.items() if any(one != each[0] for one in each)]
    assert any(each[0] for each in learned.values())
    assert any(each[0] == [] for each in learned.values())


# LM-9


@given(LIVES, OFFSETS, RULES)
def test_a_temporary_account_gets_a_uuid_on_command_that_it_never_had(
    of: discimus.Life, offset: int, rules: leerid.Rules
) -> None:
    before = student(of, offset, rules=rules)
    assume(before.leer_id_uuid is None)
    command = leerid.AccountReplaced(on=day(offset))
    after = student(replace(of, moments=(*of.moments, command)), offset, rules=rules)
    assert after.account("pupil").uuid not in before.accounts.used
    assert set(before.accounts.used) < set(after.accounts.used)
    assert (after.leer_id_uuid, after.history) == (None, ())


# LM-10


def test_a_pupil_without_enrolment_signs_in(application: Application) -> None:
    claims = application.claims("no-enrolment")
    assert claims["ov_account_uuid"]
    assert claims["ov_inschrijvingen"] == []
    assert "ov_orgcode" not in claims


# LM-11


@pytest.mark.parametrize("slug", ["secondary-pupil", "not-identified", "mononym", "no-enrolment"])
def test_the_journal_tells_what_was_released_of_whom_and_to_which_client(
    application: Application, provider: Provider, slug: str
) -> None:
    tokens = application.tokens(slug)
    userinfo = application.userinfo(tokens["access_token"]).get_json()
    told = {each.endpoint: each for each in provider.journal.exchanges()}
    for endpoint in ("token", "userinfo"):
        assert told[endpoint].client_id == application.client_id
        assert told[endpoint].account == userinfo["ov_account_uuid"]
    assert told["token"].id_token.claims.keys() == application.opened(tokens["id_token"]).keys()
    assert told["userinfo"].response.keys() == userinfo.keys()
