"""Requirements of the package, and how strict they are together."""

import pytest

from conformance.requirement import Requirement, load_requirements, strictest


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
