"""Reading claims: any form gives an applicant or a clear no; nothing is invented, nothing crashes."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relying_party.signin.admission import applicant_from
from relying_party.signin.evidence import Evidence
from relying_party.signin.guards import GUARDS
from relying_party.signin.pupil import UnreadableError, padded, text, texts
from relying_party.signin.refusal import Refused
from relying_party.signin.rules import SOUND, admission, reading
from relying_party.signin.tokens import IdToken, open_token, signing_keys

TODAY = date(2026, 9, 1)
CLAIMS = (
    "sub",
    "given_name",
    "family_name",
    "email",
    "ov_account_uuid",
    "ov_leerid_uuid",
    "ov_historiek_account_uuid",
    "ov_geboortedag",
    "ov_geboortejaar",
    "ov_inschrijvingen",
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
ANYTHING = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8)
DIGITS = st.text("0123456789", min_size=1, max_size=6)
LINES = st.lists(st.fixed_dictionaries({"instellingsnummer": DIGITS | st.integers(0, 999999)}))


def evidence(claims: dict[str, Any]) -> Evidence:
    return Evidence(issuer="https://x.example", client_id="c", now=0, id_token=IdToken(claims=claims))


@given(st.dictionaries(st.sampled_from(CLAIMS), ANYTHING))
def test_whatever_comes_is_read_or_refused(claims: dict[str, Any]) -> None:
    with suppress(Refused):
        applicant = applicant_from(evidence(claims), SOUND, TODAY)
        assert applicant.is_pupil
        assert applicant.enrolments_readable or not applicant.enrolments


@given(st.fixed_dictionaries(dict.fromkeys(("iss", "aud", "exp", "iat", "nbf", "azp", "at_hash", "sub"), ANYTHING)))
def test_no_guard_crashes_on_any_claim(claims: dict[str, Any]) -> None:
    for guard in GUARDS:
        assert guard.holds(evidence(claims)) in {True, False}


@given(ANYTHING)
def test_no_guard_crashes_on_any_header(value: object) -> None:
    header = {"alg": value, "kid": value, "typ": value}
    opened = Evidence(issuer="x", client_id="c", now=0, id_token=IdToken(well_formed=True, header=header))
    assert not all(guard.holds(opened) for guard in GUARDS)


@given(ANYTHING | st.text("eyJ.-_=", max_size=40))
def test_any_text_is_opened_or_called_not_well_formed(compact: object) -> None:
    assert open_token(compact).well_formed in {True, False}


@given(ANYTHING | st.fixed_dictionaries({"keys": st.lists(ANYTHING)}))
def test_keys_nobody_understands_are_skipped(jwks: object) -> None:
    assert signing_keys(jwks) == ()


@pytest.mark.parametrize("claims", [{}, {"c": None}, {"c": ""}, {"c": []}, {"c": [""]}, {"c": [None]}])
def test_absent_empty_and_null_are_the_same(claims: dict[str, Any]) -> None:
    assert text(claims, "c") == ""


@given(st.text(min_size=1))
def test_one_value_and_a_list_of_one_are_the_same(value: str) -> None:
    assert text({"c": value}, "c") == text({"c": [value]}, "c") == value


@given(st.lists(st.text(min_size=1)))
def test_a_list_is_read_in_its_order(values: list[str]) -> None:
    assert texts({"c": values}, "c") == tuple(values)


def test_two_values_where_one_belongs_are_not_guessed_at() -> None:
    with pytest.raises(UnreadableError):
        text({"c": ["one", "two"]}, "c")


@given(DIGITS)
def test_a_school_number_keeps_its_zeros_or_gets_them_back(number: str) -> None:
    assert padded(str(int(number)), 6) == number.zfill(6)


@given(LINES)
def test_numbers_of_enrolments_are_text_of_full_length(lines: list[dict[str, Any]]) -> None:
    read = reading.read_enrolments({"ov_inschrijvingen": lines}, reading.read_school_number)
    assert [len(line.school_number) for line in read] == [6] * len(lines)


@given(LINES, ANYTHING.filter(lambda line: not isinstance(line, dict)))
def test_one_line_that_cannot_be_read_spoils_the_list(lines: list[Any], wrong: object) -> None:
    with pytest.raises(UnreadableError):
        reading.read_enrolments({"ov_inschrijvingen": [*lines, wrong]}, reading.read_school_number)


@pytest.mark.parametrize(
    ("starts", "ends", "counts"),
    [
        (None, None, True),
        ("2026-09-01", None, True),
        ("2026-09-02", None, False),
        (None, "2026-09-01", True),
        (None, "2026-08-31", False),
        ("2025-09-01", "2027-08-31", True),
    ],
)
def test_first_and_last_day_of_an_enrolment_count(starts: str | None, ends: str | None, counts: bool) -> None:  # noqa: FBT001  a column of the table
    line = {"instellingsnummer": "700202", "begindatum": starts, "einddatum": ends}
    read = reading.read_enrolments({"ov_inschrijvingen": [line]}, reading.read_school_number)
    assert bool(admission.enrolments_in_force(read, TODAY)) is counts
