"""The forms that claims have in the wild: what each circumstance makes of a pupil, and that others are left alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pupil_facts import FIRST, PUPIL, SECOND, TEACHER, facts, pupil

from mock_idp.domain.claims import built_in_profiles, release
from mock_idp.faults import Seam, bend, catalogue
from mock_idp.faults.bending import drop

if TYPE_CHECKING:
    from mock_idp.domain.claims import ClaimsProfile
    from mock_idp.domain.datastore import Facts

MEEMOO = built_in_profiles()["meemoo-2023"]
ACM = built_in_profiles()["acm-2024"]
OF_CLAIMS = sorted(each.id for each in catalogue().values() if each.seam == Seam.CLAIMS)
TWO_SCHOOLS = (FIRST, SECOND)


def bent(circumstance: str, **changes: Any) -> dict[str, Any]:
    honest = release(pupil(**changes), MEEMOO, MEEMOO.scopes)
    return dict(bend(Seam.CLAIMS, honest, [f"claims.{circumstance}"])[0])


def test_a_pupil_may_have_no_sub() -> None:
    assert "sub" not in bent("sub-omitted")


def test_a_sub_may_have_nothing_to_do_with_the_account_and_lasts() -> None:
    subject = bent("sub-random")["sub"]
    assert re.fullmatch("[0-9a-f]{40}", subject)
    assert subject == bent("sub-random", given_name="Another")["sub"]
    assert subject != bent("sub-random", account_uuid="99999999-9999-4999-8999-999999999999")["sub"]


def test_uuids_may_be_written_in_capitals() -> None:
    account = "abcdefab-1111-4111-8111-111111111111"
    told = bent("uuids-upper-case", account_uuid=account, leer_id_uuid=account, history=(account,))
    assert told["sub"] == told["ov_account_uuid"] == account.upper()
    assert told["ov_leerid_uuid"] == told["ov_historiek_account_uuid"] == [account.upper()]


def test_a_leer_id_may_be_a_text() -> None:
    assert bent("leer-id-scalar")["ov_leerid_uuid"] == PUPIL.leer_id_uuid
    assert "ov_leerid_uuid" not in bent("leer-id-scalar", leer_id_uuid=None)


def test_a_history_may_be_untidy() -> None:
    told = bent("history-untidy")["ov_historiek_account_uuid"]
    assert {PUPIL.account_uuid, *PUPIL.history} < set(told)
    assert len(set(told)) < len(told)


def test_a_pupil_who_is_not_identified_keeps_an_empty_history() -> None:
    assert bent("history-untidy", leer_id_uuid=None, history=())["ov_historiek_account_uuid"] == []


def test_unknown_parts_of_a_birth_date_may_be_absent() -> None:
    told = bent("birth-parts-absent", birth_day="00")
    assert "ov_geboortedag" not in told
    assert told["ov_geboortemaand"] == "03"


@pytest.mark.parametrize(("day", "expected"), [("07", "2012-03-07"), ("00", "2012")])
def test_a_birth_date_may_be_one_claim(day: str, expected: str) -> None:
    told = bent("birthdate-one", birth_day=day)
    assert told["birthdate"] == expected
    assert not [name for name in told if name.startswith("ov_geboorte")]


def test_an_orgcode_may_be_a_list_of_every_school() -> None:
    assert bent("orgcode-list", enrolments=TWO_SCHOOLS)["ov_orgcode"] == ["700202", "000007"]
    assert "ov_orgcode" not in bent("orgcode-list", enrolments=())


def test_where_enrolments_are_not_told_an_orgcode_is_a_list_of_one() -> None:
    honest = release(pupil(enrolments=TWO_SCHOOLS), ACM, ACM.scopes)
    assert bend(Seam.CLAIMS, honest, ["claims.orgcode-list"])[0]["ov_orgcode"] == ["700202"]


def test_where_enrolments_are_told_without_their_schools_an_orgcode_is_a_list_of_one() -> None:
    honest = {"ov_orgcode": "700202", "ov_inschrijvingen": [{"stamnummer": "2500215"}, {"stamnummer": "0900012"}]}
    assert bend(Seam.CLAIMS, honest, ["claims.orgcode-list"])[0]["ov_orgcode"] == ["700202"]
    assert bend(Seam.CLAIMS, drop(honest, "ov_orgcode"), ["claims.orgcode-list"]) == (drop(honest, "ov_orgcode"), ())


def test_an_orgcode_may_be_left_out() -> None:
    told = bent("orgcode-none")
    assert "ov_orgcode" not in told
    assert told["ov_inschrijvingen"]


def test_enrolments_may_be_parallel_lists() -> None:
    told = bent("enrolments-parallel", enrolments=TWO_SCHOOLS)
    assert "ov_inschrijvingen" not in told
    assert told["ov_instellingsnummer"] == ["700202", "000007"]
    assert told["ov_stamnummer"] == ["2500215", "0900012"]


def test_without_enrolment_there_are_no_parallel_lists_either() -> None:
    assert bent("enrolments-parallel", enrolments=()).keys() == bent("enrolments-missing", enrolments=()).keys()


@pytest.mark.parametrize(("circumstance", "value"), [("email-null", None), ("email-empty", "")])
def test_an_address_may_be_none_where_there_is_one(circumstance: str, value: str | None) -> None:
    assert bent(circumstance)["email"] == value
    assert "email" in bent(circumstance)
    assert "email" not in bent(circumstance, email=None)


def test_enrolments_may_be_compound_texts() -> None:
    assert bent("enrolments-compound")["ov_inschrijvingen"] == ["900301|1e lj A (fictief)|311|700202|2500215"]


@pytest.mark.parametrize("circumstance", OF_CLAIMS)
def test_somebody_who_is_no_pupil_is_told_as_ever(circumstance: str) -> None:
    honest = release(TEACHER, ACM, ACM.scopes)
    assert bend(Seam.CLAIMS, honest, [circumstance]) == (honest, ())


@given(
    person=facts,
    profile=st.sampled_from(list(built_in_profiles().values())),
    scopes=st.sets(st.sampled_from(["openid", "profile", "ov_leerling", "vo"])),
    armed=st.sets(st.sampled_from(OF_CLAIMS)),
)
def test_any_of_them_go_together(person: Facts, profile: Any, scopes: set[str], armed: set[str]) -> None:
    honest = release(person, profile, scopes)
    told, fired = bend(Seam.CLAIMS, honest, armed)
    assert set(fired) <= armed
    assert (told == honest) or fired


NAMED = {
    "claims.birthdate-one": lambda honest: {"birthdate"} if "ov_geboortejaar" in honest else set(),
    "claims.enrolments-parallel": lambda honest: (
        {f"ov_{each}" for one in honest["ov_inschrijvingen"] for each in one}
        if "ov_inschrijvingen" in honest
        else set()
    ),
}
"""The claims that a circumstance names in its sentence, in place of one that is let out."""


@pytest.mark.parametrize("circumstance", OF_CLAIMS)
@given(person=facts, profile=st.sampled_from(list(built_in_profiles().values())))
def test_nothing_leaves_but_the_claims_of_the_profile_and_those_that_the_sentence_names(
    circumstance: str, person: Facts, profile: ClaimsProfile
) -> None:
    honest = release(person, profile, profile.scopes)
    told, _ = bend(Seam.CLAIMS, honest, [circumstance])
    named = NAMED[circumstance](honest) if circumstance in NAMED else set()
    assert told.keys() <= {*profile.wires, *named}


@pytest.mark.parametrize("circumstance", OF_CLAIMS)
@given(person=facts, profile=st.sampled_from(list(built_in_profiles().values())))
def test_what_a_person_always_has_is_the_same_when_the_stage_has_it_too(
    circumstance: str, person: Facts, profile: ClaimsProfile
) -> None:
    once, _ = bend(Seam.CLAIMS, release(person, profile, profile.scopes), [circumstance])
    assert bend(Seam.CLAIMS, once, [circumstance]) == (once, ())


def test_accounts_are_found_in_a_list_too() -> None:
    account = "abcdefab-1111-4111-8111-111111111111"
    honest = bent("account-uuid-list", account_uuid=account)
    assert bend(Seam.CLAIMS, honest, ["claims.uuids-upper-case"])[0]["sub"] == account.upper()
    assert account in bend(Seam.CLAIMS, honest, ["claims.history-untidy"])[0]["ov_historiek_account_uuid"]
