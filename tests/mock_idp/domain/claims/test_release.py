"""What leaves about a person: the forms on the wire, and who gets what."""

from __future__ import annotations

from typing import Any

import pytest
from pupil_facts import FIRST, PUPIL, SECOND, TEACHER, pupil

from mock_idp.domain.claims import built_in_profiles, claims_table, read_profile, release

MEEMOO = built_in_profiles()["meemoo-2023"]
ACM = built_in_profiles()["acm-2024"]
MINIMAL = built_in_profiles()["minimal"]
PUPIL_CLAIMS = {
    *("sub", "given_name", "family_name", "ov_geboortedag", "ov_geboortemaand", "ov_geboortejaar", "ov_leerid_uuid"),
    *("ov_account_uuid", "ov_historiek_account_uuid", "email", "ov_orgcode", "ov_inschrijvingen"),
}
ENROLMENT = {
    "administratieve_groep_code": "900301",
    "administratieve_groep_omschrijving": "1e lj A (fictief)",
    "hoofdstructuur": "311",
    "instellingsnummer": "700202",
    "stamnummer": "2500215",
}


def meemoo(**changes: Any) -> dict[str, Any]:
    return release(pupil(**changes), MEEMOO, MEEMOO.scopes)


def test_an_ordinary_pupil_shows_the_whole_list_of_article_3_and_nothing_else() -> None:
    assert set(meemoo()) == PUPIL_CLAIMS


def test_an_enrolment_carries_the_five_communicated_members_and_no_dates() -> None:
    assert meemoo()["ov_inschrijvingen"] == [ENROLMENT]


def test_dates_come_with_enrolments_that_do_not_all_hold_today() -> None:
    first, second = meemoo(enrolments=(FIRST, SECOND), is_dated=True)["ov_inschrijvingen"]
    assert first == ENROLMENT | {"begindatum": "2025-09-01"}
    assert (second["begindatum"], second["einddatum"]) == ("2025-09-01", "2027-08-31")


def test_the_school_of_the_first_enrolment_is_the_orgcode() -> None:
    assert meemoo(enrolments=(SECOND, FIRST))["ov_orgcode"] == "000007"
    assert "ov_orgcode" not in meemoo(enrolments=())


def test_sub_is_the_account_where_the_profile_says_so() -> None:
    assert meemoo()["sub"] == PUPIL.account_uuid


@pytest.mark.parametrize(("claim", "value"), [("email", None), ("email", ""), ("given_name", None)])
def test_what_is_unset_is_absent(claim: str, value: str | None) -> None:
    assert claim in meemoo()
    assert claim not in meemoo(**{claim: value})


def test_lists_are_empty_when_there_is_nothing() -> None:
    released = meemoo(leer_id_uuid=None, history=(), enrolments=())
    assert released["ov_leerid_uuid"] == released["ov_historiek_account_uuid"] == released["ov_inschrijvingen"] == []


def test_an_identified_pupil_has_a_list_of_one_leer_id() -> None:
    assert meemoo()["ov_leerid_uuid"] == [PUPIL.leer_id_uuid]


def test_an_unknown_day_and_month_are_zeros() -> None:
    released = meemoo(birth_day="00", birth_month="00")
    assert (released["ov_geboortedag"], released["ov_geboortemaand"]) == ("00", "00")


def test_names_and_numbers_are_written_as_they_are() -> None:
    released = meemoo(enrolments=(SECOND,))
    assert (released["given_name"], released["family_name"]) == (PUPIL.given_name, PUPIL.family_name)
    assert released["ov_inschrijvingen"][0]["stamnummer"] == "0900012"


@pytest.mark.parametrize(
    ("scopes", "names"),
    [
        (["openid"], {"sub"}),
        (["openid", "profile"], {"sub", "given_name", "family_name"}),
        (["openid", "ov_leerling"], PUPIL_CLAIMS - {"given_name", "family_name"}),
    ],
)
def test_only_the_claims_of_granted_scopes_are_released(scopes: list[str], names: set[str]) -> None:
    assert set(release(PUPIL, MEEMOO, scopes)) == names


def test_under_article_3_somebody_who_is_no_pupil_is_only_a_name() -> None:
    assert release(TEACHER, MEEMOO, [*MEEMOO.scopes, "vo"]) == {
        "sub": TEACHER.subject,
        "given_name": "Katrien",
        "family_name": "Van Acker",
    }


def test_under_acm_a_pupil_has_no_sub_and_others_do() -> None:
    released = release(PUPIL, ACM, ACM.scopes)
    assert set(released) == {
        *("given_name", "family_name", "ov_leerid_uuid", "ov_account_uuid", "ov_historiek_account_uuid"),
        *("ov_orgcode", "ov_orgnaam"),
    }
    assert released["ov_orgnaam"] == "Testcollege De Blauwe Walvis"
    assert release(TEACHER, ACM, ACM.scopes) == {
        "sub": TEACHER.subject,
        "given_name": "Katrien",
        "family_name": "Van Acker",
        **TEACHER.vo,
    }


def test_the_smallest_profile_shows_only_what_identifies_and_admits() -> None:
    released = release(pupil(enrolments=(FIRST, SECOND)), MINIMAL, MINIMAL.scopes)
    assert set(released) == {
        *("sub", "ov_account_uuid", "ov_leerid_uuid", "ov_historiek_account_uuid", "ov_orgcode", "ov_inschrijvingen")
    }
    assert released["ov_inschrijvingen"] == [{"instellingsnummer": "700202"}, {"instellingsnummer": "000007"}]


def test_the_smallest_profile_keeps_the_dates_when_ended_enrolments_are_sent() -> None:
    released = release(pupil(enrolments=(SECOND,), is_dated=True), MINIMAL, MINIMAL.scopes)
    assert released["ov_inschrijvingen"] == [
        {"instellingsnummer": "000007", "begindatum": "2025-09-01", "einddatum": "2027-08-31"}
    ]


def test_a_profile_of_ones_own_gives_claims_other_names_and_forms() -> None:
    profile = read_profile(
        """
        name = "other-names"
        scopes = ["openid", "leerling"]
        own_claims = [
          { wire = "leerling_account", field = "account_uuid", shape = "list", scope = "leerling" },
          { wire = "birthdate", field = "birth_date", scope = "leerling" },
          { wire = "scholen", field = "schools", shape = "list", scope = "leerling" },
          { wire = "stamnummers", field = "stamnummers", shape = "list", scope = "leerling" },
        ]
        """,
        "own.toml",
    )
    assert release(pupil(enrolments=(FIRST, SECOND)), profile, profile.scopes) == {
        "sub": PUPIL.account_uuid,
        "leerling_account": [PUPIL.account_uuid],
        "birthdate": "2012-03-07",
        "scholen": ["700202", "000007"],
        "stamnummers": ["2500215", "0900012"],
    }


@pytest.mark.parametrize(("day", "month"), [("00", "03"), ("07", "00"), ("00", "00")])
def test_a_birth_date_with_an_unknown_part_is_its_year(day: str, month: str) -> None:
    profile = read_profile(
        """
        name = "iso"
        scopes = ["openid"]
        own_claims = [{ wire = "birthdate", field = "birth_date", scope = "openid" }]
        """,
        "own.toml",
    )
    assert release(pupil(birth_day=day, birth_month=month), profile, ["openid"])["birthdate"] == "2012"


def test_every_claim_of_the_table_can_be_released() -> None:
    everything = read_profile(
        f"""
        name = "everything"
        claims = {sorted(claims_table().keys() - {"sub"})}
        scopes = ["openid", "profile", "ov_leerling", "vo"]
        """,
        "own.toml",
    )
    released = release(PUPIL, everything, everything.scopes) | release(TEACHER, everything, everything.scopes)
    assert released.keys() == claims_table().keys()
