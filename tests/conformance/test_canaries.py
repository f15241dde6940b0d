"""What tells who somebody is, and how it is found in a text whatever it was written for."""

from typing import Any

import pytest

from conformance.canaries import for_no_log, for_no_other, found_in, national_numbers, of_person
from conformance.evidence import Exchange, IdToken, Outcome, Visit

FAMILY_NAME = "D'Hondt-Zoë & Bakolimuda"
CLAIMS: dict[str, Any] = {
    "sub": "0a1b2c3d-account",
    "ov_account_uuid": "0a1b2c3d-account",
    "ov_leerid_uuid": ["leer-id-1"],
    "ov_historiek_account_uuid": ["former-1", "former-2"],
    "given_name": "Zoë-Agnès",
    "family_name": FAMILY_NAME,
    "email": "zoe@leerling.example",
    "ov_geboortejaar": "2012",
    "ov_geboortemaand": "05",
    "ov_geboortedag": "25",
    "ov_inschrijvingen": [{"instellingsnummer": "700202", "stamnummer": "2400266"}],
}
LEAKED = {"rrn": "12031499947"}


def visit(**claims: Any) -> Visit:
    exchange = Exchange(number=1, at="", stage="one", endpoint="token", id_token=IdToken(claims=claims))
    return Visit(persona="p", stage="one", expected="signed-in", outcome=Outcome.SIGNED_IN, exchanges=(exchange,))


def test_a_person_is_known_by_keys_names_and_numbers() -> None:
    assert of_person(visit(**CLAIMS, **LEAKED)) == {
        "0a1b2c3d-account": "the account",
        "leer-id-1": "the leer_id_uuid",
        "former-1": "a former account",
        "former-2": "a former account",
        FAMILY_NAME: "the family name",
        "zoe@leerling.example": "the e-mail address",
        "12031499947": "the national number",
        "2400266": "the pupil number",
    }


def test_a_log_may_know_keys_and_no_more() -> None:
    assert for_no_log(visit(**CLAIMS, **LEAKED)) == {
        FAMILY_NAME: "the family name",
        "zoe@leerling.example": "the e-mail address",
        "12031499947": "the national number",
        "2400266": "the pupil number",
        **dict.fromkeys(("2012-05-25", "25/05/2012", "25-05-2012", "25.05.2012"), "the birth date"),
    }


@pytest.mark.parametrize(
    ("claims", "told"),
    [
        ({"birthdate": "2012-05-25"}, {"2012-05-25"}),
        ({"birthdate": "2012"}, set()),
        ({"ov_geboortejaar": "2012", "ov_geboortemaand": "00", "ov_geboortedag": "00"}, set()),
        ({"ov_geboortejaar": "2012"}, set()),
        ({"family_name": "Nys"}, set()),
        ({"family_name": "Baert"}, {"Baert"}),
        ({"ov_inschrijvingen": [{"stamnummer": "7"}]}, set()),
        ({"ov_inschrijvingen": [{"stamnummer": 2400266}]}, {"2400266"}),
        ({"ov_inschrijvingen": ["700202|2400266"]}, set()),
        ({"ov_inschrijvingen": "none"}, set()),
        ({"email": None}, set()),
        ({}, set()),
    ],
)
def test_what_is_short_unknown_or_in_another_form_is_not_looked_for(claims: dict[str, Any], told: set[str]) -> None:
    assert for_no_log(visit(**claims)).keys() == told


@pytest.mark.parametrize(
    "text",
    [
        f"welcome {FAMILY_NAME}!",
        FAMILY_NAME.upper(),
        "?name=D%27Hondt-Zo%C3%AB+%26+Bakolimuda",
        "/D%27Hondt-Zo%C3%AB%20%26%20Bakolimuda",
        '{"name": "D\'Hondt-Zo\\u00eb & Bakolimuda"}',
        "<p>D&#x27;Hondt-Zoë &amp; Bakolimuda</p>",
    ],
    ids=["plain", "capitals", "query", "path", "JSON", "HTML"],
)
def test_a_name_is_found_however_it_is_written(text: str) -> None:
    assert found_in(text, for_no_log(visit(**CLAIMS))) == ("the family name",)


def test_what_is_found_is_named_once_and_in_order() -> None:
    text = "2400266 zoe@leerling.example 25/05/2012 2012-05-25"
    assert found_in(text, for_no_log(visit(**CLAIMS))) == ("the birth date", "the e-mail address", "the pupil number")
    assert found_in("nothing of anybody", for_no_log(visit(**CLAIMS))) == ()


def test_a_national_number_is_one_that_was_delivered() -> None:
    assert national_numbers(visit(**CLAIMS, **LEAKED)) == {"12031499947"}
    assert national_numbers(visit(**CLAIMS)) == frozenset()


def test_other_pupils_see_neither_who_somebody_is_nor_the_group() -> None:
    enrolment = {"instellingsnummer": "700202", "stamnummer": "2400266", "hoofdstructuur": "221", "groep": "1e lj"}
    listed = [enrolment, "no enrolment", {"administratieve_groep_code": "900401"}]
    shown = for_no_other(visit(**CLAIMS | {"ov_inschrijvingen": listed}))
    assert shown == of_person(visit(**CLAIMS)) | {"1e lj": "the group", "900401": "the group"}
    assert "the group" not in for_no_other(visit(**CLAIMS | {"ov_inschrijvingen": "none"})).values()
