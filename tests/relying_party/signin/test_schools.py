"""Partner schools: the testbed's own, or those of a file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from relying_party.settings import SettingsError
from relying_party.signin.schools import PartnerSchool, load

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import OpenBrowser
    from honest_provider import HonestProvider


def test_the_testbed_has_the_partners_that_its_personas_need() -> None:
    today = date(2026, 9, 1)
    assert {number: school.holds_on(today) for number, school in load().items()} == {
        "700101": True,
        "700202": True,
        "000007": True,
        "700404": False,
    }


@pytest.mark.parametrize(
    ("day", "holds"),
    [("2023-08-31", False), ("2023-09-01", True), ("2024-08-31", True), ("2024-09-01", False)],
)
def test_first_and_last_day_of_an_agreement_count(day: str, holds: bool) -> None:  # noqa: FBT001  a column of the table
    school = PartnerSchool(
        number="700101", name="x", agreement_from=date(2023, 9, 1), agreement_until=date(2024, 8, 31)
    )
    assert school.holds_on(date.fromisoformat(day)) is holds


def test_a_file_replaces_the_testbeds_schools(
    open_browser: OpenBrowser, provider: HonestProvider, tmp_path: Path
) -> None:
    file = tmp_path / "schools.toml"
    file.write_text('[[schools]]\nnumber = "700999"\nname = "Verzonnen"\nagreement_from = 2023-09-01\n')
    browser = open_browser(partner_schools=file)
    assert browser.sign_in().reason == "partner-school"
    provider.claims["ov_inschrijvingen"] = [{"instellingsnummer": "700999"}]
    assert "Verzonnen" in browser.sign_in().page


def test_every_mistake_in_the_file_is_told(tmp_path: Path) -> None:
    file = tmp_path / "schools.toml"
    file.write_text('[[schools]]\nnumber = 7\nname = ""\nagreement_til = 2023-09-01\n')
    with pytest.raises(SettingsError) as caught:
        load(file)
    keys = [problem.key.partition(", ")[2] for problem in caught.value.problems]
    assert keys == ["schools.0.number", "schools.0.name", "schools.0.agreement_from", "schools.0.agreement_til"]
    assert all(str(file) in problem.key and problem.hint for problem in caught.value.problems)


@pytest.mark.parametrize("content", [b"schools = [", b"\xff\xfe"])
def test_a_file_that_is_no_toml_is_told(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "schools.toml"
    file.write_bytes(content)
    with pytest.raises(SettingsError, match="no TOML"):
        load(file)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load(tmp_path / "nowhere.toml")
