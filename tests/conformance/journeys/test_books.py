"""What is kept and logged is read at the right moment, and only of those who signed in."""

from typing import Any

import pytest
from miniatures import MiniatureApplication, MiniatureMock, walk

from conformance.evidence import AFTERWARDS, NEARLY, OVER, Evidence

ME = "account of secondary-pupil"


def application(**wrong: bool) -> MiniatureApplication:
    app = MiniatureApplication(MiniatureMock(), **wrong)  # type: ignore[arg-type]  every switch is a bool
    app.kept.append({"person": {"name": "Ans somebody", "keys": ["account of somebody"]}})
    return app


def counted(evidence: Evidence) -> list[tuple[str, str, int, int]]:
    return [(each.book, each.label, each.total, len(each.records)) for each in evidence.readings]


def test_the_store_is_read_after_every_sign_in() -> None:
    evidence = walk("look-into-the-store", application(), visits=[{}, {}])
    assert len(evidence.visits) == 2
    assert counted(evidence) == [("store", AFTERWARDS, 3, 2)]
    assert evidence.readings[0].values == {"Ans secondary-pupil", ME, "2030"}


def test_the_privacy_log_is_read_after_every_sign_in() -> None:
    evidence = walk("look-into-the-privacy-log", application(), visits=[{}, {"persona": "primary-pupil"}])
    assert counted(evidence) == [("privacy-log", AFTERWARDS, 2, 2)]


@pytest.mark.parametrize(("purges_never", "left"), [(False, 0), (True, 1)])
def test_it_is_purged_before_three_years_are_over_and_afterwards(*, purges_never: bool, left: int) -> None:
    app = application(purges_never=purges_never)
    evidence = walk("purged-in-time", app)
    assert counted(evidence) == [("store", NEARLY, 2, 1), ("store", OVER, left * 2, left)]
    assert app.ahead_s == 0


def test_a_pupil_comes_back_after_the_purge() -> None:
    app = application()
    evidence = walk("back-after-the-purge", app, visits=[{}, {}])
    assert len(evidence.visits) == 2
    assert len(app.kept) == 1


def test_the_privacy_log_is_read_after_the_purge() -> None:
    app = application()
    evidence = walk("privacy-log-after-the-purge", app)
    assert app.kept == []
    assert counted(evidence) == [("privacy-log", AFTERWARDS, 1, 1)]


@pytest.mark.parametrize(
    ("row", "is_theirs"),
    [
        ({"a": [{"b": ME}]}, True),
        ({"given": "Ans", "family": "secondary-pupil"}, True),
        ({"given": "Ans"}, False),
        ({"key": f"{ME}!"}, False),
        ("a text", False),
    ],
)
def test_a_record_is_theirs_by_a_key_or_the_whole_name(row: Any, *, is_theirs: bool) -> None:
    app = application()
    app.kept[:] = [row]
    evidence = walk("look-into-the-store", app)
    assert len(evidence.readings[0].records) == 1 + is_theirs
