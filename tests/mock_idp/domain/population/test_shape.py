"""The shape is data: read as a whole, and every problem is told at once."""

from __future__ import annotations

import re

import pytest

from mock_idp.domain.population import read_shape
from mock_idp.domain.population.shape_file import FILE
from mock_idp.domain.problems import ProblemsError

TEXT = FILE.read_text("utf-8")

BROKEN = {
    "more than everybody": ("no-email = 3500", "no-email = 11000", "contact.no-email"),
    "a situation misspelt": ("not-identified = 200 ", "not-identifed = 200 ", "identity.not-identifed"),
    "a situation of another topic": ("moved = 250", "moved = 250\nno-email = 1", "enrolment.no-email"),
    "days the wrong way round": ("ended = [1, 30]", "ended = [30, 1]", "days.ended"),
    "days of a situation without any": ("ended = [1, 30]", "ended = [1, 30]\nno-email = [1, 2]", "days.no-email"),
    "kinds that do not add up": ("share = 5300", "share = 5200", "kinds"),
    "a kind twice": ('hoofdstructuur = "315"\nshare', 'hoofdstructuur = "312"\nshare', "kinds"),
    "a word twice": ('words = ["Opleidingscentrum"]', 'words = ["College"]', "kinds"),
    "sizes the wrong way round": ("[2300, 90, 190]", "[2300, 190, 90]", "kinds[1].sizes"),
    "an unknown school": ("700404 = 187", "700405 = 187", "kinds[1].known"),
    "a school outside the free range": ("700404 = 187", "100404 = 187", "kinds[1].known.100404"),
    "a school of two kinds": ("700303 = 590", "700404 = 590", "kinds"),
    "ages the wrong way round": ("ages = [12, 17]", "ages = [17, 12]", "kinds[3].grades[7].ages"),
    "a grade after none": ('after = "k1"', 'after = "k9"', "kinds[0].grades[1].after"),
    "a grade twice": ('name = "k2"', 'name = "k1"', "kinds[0].grades[1].name"),
    "grades that do not add up": ("share = 3400, ages", "share = 3300, ages", "kinds[0].grades"),
    "groups that do not add up": ("900301 = 8300", "900301 = 8200", "kinds[3].grades[0].groups"),
    "an unknown group": ("groups = { 900201 = 10000 }", "groups = { 900299 = 10000 }", "kinds[1].grades[0].groups"),
    "a group of another kind": (
        "groups = { 900201 = 10000 }",
        "groups = { 900301 = 10000 }",
        "kinds[1].grades[0].groups",
    ),
    "a group that comes with the mock": ('"900101" = ', '"900201" = ', "groups.900201"),
    "a group that sounds real": ("1ste kleuterklas (fictief)", "1ste kleuterklas", "groups.900101.name"),
    "an unknown member": ("late = 100\n", "late = 100\nlater = 1\n", "kinds[0].later"),
}


def test_the_shape_that_comes_with_the_mock_holds() -> None:
    shape = read_shape()
    assert shape.size == 1_200_000
    assert {kind.hoofdstructuur for kind in shape.kinds if kind.share} == {"211", "221", "311", "312", "315", "321"}
    assert shape.shares["identity"]["not-identified"] == 200
    assert all(group.name.endswith("(fictief)") for group in shape.all_groups.values())


@pytest.mark.parametrize("case", BROKEN)
def test_a_shape_that_does_not_hold_is_refused_at_its_place(case: str) -> None:
    good, bad, key = BROKEN[case]
    assert good in TEXT
    with pytest.raises(ProblemsError) as told:
        read_shape(TEXT.replace(good, bad, 1))
    assert any(problem.key.startswith(key) for problem in told.value.problems)
    assert all(problem.file == "shape.toml" and problem.message for problem in told.value.problems)


def test_all_problems_are_told_at_once() -> None:
    text = TEXT.replace("share = 5300", "share = 5200").replace("ended = [1, 30]", "ended = [30, 1]")
    with pytest.raises(ProblemsError) as told:
        read_shape(text)
    assert {"kinds", "days.ended"} <= {problem.key for problem in told.value.problems}


def test_too_few_pupils_for_three_schools_are_refused() -> None:
    with pytest.raises(ProblemsError, match="too few for 3 schools"):
        read_shape(size=500)
    assert read_shape(size=1000).size == 1000


def test_too_few_names_for_all_schools_are_refused() -> None:
    text = re.sub(r"adjectives = \[.*?\]", 'adjectives = ["Blije"]', TEXT, flags=re.DOTALL)
    with pytest.raises(ProblemsError, match="more schools than names"):
        read_shape(text)


def test_what_is_not_toml_is_told_with_its_place() -> None:
    with pytest.raises(ProblemsError, match="not TOML"):
        read_shape("size = ")
