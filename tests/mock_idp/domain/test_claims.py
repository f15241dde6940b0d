"""What is released about each pupil, and when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from mock_idp.domain.claims import claims_profile, profile_names, release
from mock_idp.domain.datastore import InProcessDatastore
from mock_idp.domain.personas import read_personas

TODAY = date(2026, 11, 23)
SCOPES = ("openid", "profile", "ov_leerling")
PUPIL_CLAIMS = {
    *("sub", "given_name", "family_name", "ov_geboortedag", "ov_geboortemaand", "ov_geboortejaar", "ov_leerid_uuid"),
    *("ov_account_uuid", "ov_historiek_account_uuid", "email", "ov_orgcode", "ov_inschrijvingen"),
}


def claims(slug: str, *, days: str = 0, scopes: list[str] = SCOPES) -> Any:
    people = read_personas(anchor=TODAY).people
    facts = InProcessDatastore(people).facts(slug, TODAY + timedelta(days=days))
    return release(facts, claims_profile(), scopes)


def test_an_ordinary_pupil_shows_the_whole_list_and_nothing_else() -> None:
    assert set(claims("secondary-pupil")) == PUPIL_CLAIMS


def test_an_enrolment_carries_no_dates() -> None:
    assert [set(each) for each in claims("secondary-pupil")["ov_inschrijvingen"]] == [
        {
            "administratieve_groep_code",
            "administratieve_groep_omschrijving",
            "hoofdstructuur",
            "instellingsnummer",
            "stamnummer",
        }
    ]


def test_sub_is_the_account() -> None:
    assert claims("secondary-pupil")["sub"] == claims("secondary-pupil")["ov_account_uuid"]


@pytest.mark.parametrize(
    ("slug", "schools"),
    [
        ("primary-pupil", ["700101"]),
        ("secondary-pupil", ["700202"]),
        ("no-enrolment", []),
        ("enrolment-ended", []),
        ("enrolment-future", []),
        ("two-schools-one-partner", ["700303", "700202"]),
        ("school-without-agreement", ["700303"]),
        ("agreement-ended", ["700404"]),
        ("leading-zeros", ["000007"]),
    ],
)
def test_a_pupil_is_enrolled_where_the_situation_says(slug: str, schools: list[str]) -> None:
    released = claims(slug)
    assert [each["instellingsnummer"] for each in released["ov_inschrijvingen"]] == schools
    assert released.get("ov_orgcode") == (schools[0] if schools else None)


def test_an_enrolment_that_ended_yesterday_still_held_a_month_ago() -> None:
    assert claims("enrolment-ended", days=-30)["ov_inschrijvingen"]
    assert claims("enrolment-ended", days=-1)["ov_inschrijvingen"]


def test_a_future_enrolment_holds_from_its_first_day() -> None:
    assert not claims("enrolment-future", days=59)["ov_inschrijvingen"]
    assert claims("enrolment-future", days=60)["ov_inschrijvingen"]


def test_a_pupil_who_is_not_identified_has_an_empty_leer_id() -> None:
    assert claims("not-identified")["ov_leerid_uuid"] == []


def test_an_identified_pupil_has_one_leer_id() -> None:
    assert len(claims("secondary-pupil")["ov_leerid_uuid"]) == 1


def test_identification_brings_a_new_account_and_puts_the_old_one_into_the_history() -> None:
    before, since = claims("identified-since", days=-60), claims("identified-since")
    assert before["ov_leerid_uuid"] == []
    assert before["ov_historiek_account_uuid"] == []
    assert since["ov_account_uuid"] != before["ov_account_uuid"]
    assert since["ov_historiek_account_uuid"] == [before["ov_account_uuid"]]


def test_identification_may_leave_the_account_and_an_empty_history() -> None:
    before, since = claims("identified-no-history", days=-60), claims("identified-no-history")
    assert before["ov_leerid_uuid"] == []
    assert len(since["ov_leerid_uuid"]) == 1
    assert since["ov_account_uuid"] == before["ov_account_uuid"]
    assert since["ov_historiek_account_uuid"] == []


def test_two_accounts_of_one_pupil_share_the_leer_id() -> None:
    first, second = claims("two-accounts-first"), claims("two-accounts-second")
    assert first["ov_leerid_uuid"] == second["ov_leerid_uuid"]
    assert first["ov_account_uuid"] != second["ov_account_uuid"]


def test_namesakes_share_name_and_birth_date_and_nothing_that_identifies() -> None:
    one, two = claims("namesake-one"), claims("namesake-two")
    same = ("given_name", "family_name", "ov_geboortedag", "ov_geboortemaand", "ov_geboortejaar")
    assert all(one[name] == two[name] for name in same)
    assert one["ov_leerid_uuid"] != two["ov_leerid_uuid"]


def test_twins_share_one_address() -> None:
    assert claims("twin-one")["email"] == claims("twin-two")["email"]


@pytest.mark.parametrize(("slug", "absent"), [("no-email", "email"), ("mononym", "given_name")])
def test_what_is_unset_is_absent(slug: str, absent: str) -> None:
    assert absent not in claims(slug)


def test_an_unknown_day_and_month_are_zeros() -> None:
    released = claims("birth-year-only")
    assert (released["ov_geboortedag"], released["ov_geboortemaand"]) == ("00", "00")


def test_numbers_keep_their_leading_zeros() -> None:
    enrolment = claims("leading-zeros")["ov_inschrijvingen"][0]
    assert (enrolment["instellingsnummer"], enrolment["stamnummer"]) == ("000007", "0900012")


def test_a_name_keeps_its_accents_and_apostrophes() -> None:
    released = claims("diacritics")
    assert released["given_name"] == "Zoë-Agnès"
    assert released["family_name"] == "Van der Gheynst-'t Kint D'Hondt"


def test_a_teacher_has_no_claims_of_a_pupil() -> None:
    released = claims("teacher", scopes=(*SCOPES, "vo"))
    assert not [name for name in released if name.startswith("ov_")]
    assert released["vo_doelgroepcode"] == "OV"


def test_a_teacher_without_scope_vo_is_only_a_name() -> None:
    assert set(claims("teacher")) == {"sub", "given_name", "family_name"}


@pytest.mark.parametrize(
    ("scopes", "names"), [(["openid"], {"sub"}), (["openid", "profile"], {"sub", "given_name", "family_name"})]
)
def test_only_the_claims_of_granted_scopes_are_released(scopes: list[str], names: set[str]) -> None:
    assert set(claims("secondary-pupil", scopes=scopes)) == names


def test_no_national_number_is_in_anything_that_is_released() -> None:
    people = read_personas(anchor=TODAY).people
    numbers = {person.pupil.insz for person in people.values() if hasattr(person, "pupil") and person.pupil.insz}
    shown = repr([claims(slug, scopes=(*SCOPES, "vo")) for slug in people]) + repr(people)
    assert len(numbers) > 15
    assert not [number for number in numbers if number in shown]


def test_every_row_of_every_profile_says_what_it_rests_on() -> None:
    assert all(claim.source and claim.certainty for name in profile_names() for claim in claims_profile(name).claims)


def test_an_unknown_profile_is_told_with_those_that_exist() -> None:
    with pytest.raises(KeyError, match="meemoo-2023"):
        claims_profile("meemo")
