"""What is kept and logged is read at the right moment, and only of those who signed in."""

from typing import Any

import pytest
from miniatures import MiniatureApplication, MiniatureMock, walk

from conformance.evidence import AFTERWARDS, BEFORE, Evidence

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


def test_the_privacy_log_is_read_before_and_after_the_accounts_are_joined() -> None:
    evidence = walk("privacy-log-of-a-merge", application(), visits=[{}, {}])
    assert counted(evidence) == [("privacy-log", BEFORE, 1, 1), ("privacy-log", AFTERWARDS, 2, 2)]


def test_the_privacy_log_is_read_before_and_after_the_pupil_looks() -> None:
    evidence = walk("privacy-log-of-an-export", application())
    assert counted(evidence) == [("privacy-log", BEFORE, 1, 1), ("privacy-log", AFTERWARDS, 2, 2)]
    assert [(knock.label, knock.status) for knock in evidence.knocks] == [("export", 200)]


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
