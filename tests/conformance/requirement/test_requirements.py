"""Requirements of the package, what each must tell, and how strict they are together."""

import re

import pytest

from conformance.requirement import Requirement, load_requirements, strictest

ROWS = load_requirements()[0]
WITHOUT_ADDRESS = re.compile(r"LeerID protocol of 7 March 2023|Practice seen in public applications|Seen in public")
"""Sources that have no address of their own."""
PUBLISHERS = ("https://openid.net/specs/", "https://www.rfc-editor.org/rfc/", "https://github.com/OWASP/ASVS/")

each = pytest.mark.parametrize("row", ROWS.values(), ids=lambda row: row.id)


def test_the_requirements_of_the_package_can_be_read() -> None:
    found, problems = load_requirements()
    assert problems == ()
    assert all(row.id == name for name, row in found.items())
    assert {"LR-32", "CLM-24"} <= set(found)


@pytest.mark.parametrize(
    ("levels", "strict"), [(["may", "must", "should"], "must"), (["may", "should"], "should"), ([], "may")]
)
def test_the_strictest_level_counts(levels: list[str], strict: str) -> None:
    rows = [
        Requirement.model_validate(
            {"id": "LR-1", "sentence": "A rule.", "source": "x", "level": level, "certainty": "seen"}
        )
        for level in levels
    ]
    assert strictest(rows) == strict


@each
def test_a_hint_is_a_sentence_of_its_own_that_says_what_to_do(row: Requirement) -> None:
    assert re.fullmatch(r"[A-Z`][^\n]{8,168}\.", row.fix)
    assert row.fix != row.sentence
    assert not re.search(r"\b(should|must|todo|tbd)\b", row.fix, re.IGNORECASE), "say what to do, in the imperative"


@each
def test_a_source_that_is_published_has_its_address(row: Requirement) -> None:
    assert row.url or WITHOUT_ADDRESS.match(row.source)
    assert row.url is None or row.url.startswith(PUBLISHERS)


@each
def test_the_address_is_that_of_the_rfc_that_is_named(row: Requirement) -> None:
    number = re.match(r"RFC (\d+)", row.source)
    assert number is None or f"/rfc{number[1]}.html" in (row.url or "")
