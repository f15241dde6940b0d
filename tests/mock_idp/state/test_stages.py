"""Stages are isolated from each other."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mock_idp.domain.clock import SettableClock
from mock_idp.state.memory import MemoryStore
from mock_idp.state.stages import DEFAULT_STAGE, DefaultStageError, Stage, Stages, UnknownStageError


@pytest.fixture
def stages() -> Stages:
    clock = SettableClock(datetime(2026, 3, 2, 9, 30, tzinfo=UTC))
    return Stages(MemoryStore(clock), clock)


def test_the_default_stage_is_there_and_honest(stages: Stages) -> None:
    assert stages.default == Stage(id=DEFAULT_STAGE, created_at="2026-03-02T09:30:00+00:00")
    assert stages.all() == [stages.default]


def test_a_stage_is_found_as_it_was_opened(stages: Stages) -> None:
    stage = stages.open(faults=("id-token.expired",), circumstances=("claims.email-null",), label="one")

    assert stages.get(stage.id) == stage
    assert stage.armed == ("id-token.expired", "claims.email-null")


def test_changing_one_stage_touches_no_other(stages: Stages) -> None:
    one, other = stages.open(faults=("id-token.expired",)), stages.open(persona="twin-one")

    stages.change(one.id, faults=(), calendar_offset_days=-60)

    assert stages.get(other.id) == other
    assert stages.default.armed == ()
    assert stages.get(one.id).calendar_offset_days == -60


def test_two_stages_never_share_an_id(stages: Stages) -> None:
    assert len({stages.open().id for _ in range(100)}) == 100


@pytest.mark.parametrize("stage_id", [None, "", "unknown"])
def test_without_a_known_id_the_default_stage_holds(stages: Stages, stage_id: str | None) -> None:
    stages.change(DEFAULT_STAGE, label="mine")

    assert stages.get(stage_id).label == "mine"


def test_an_unknown_stage_is_neither_found_nor_changed_nor_closed(stages: Stages) -> None:
    assert stages.find("unknown") is None
    with pytest.raises(UnknownStageError):
        stages.change("unknown", label="x")
    with pytest.raises(UnknownStageError):
        stages.close("unknown")


def test_a_closed_stage_leaves_the_others_open(stages: Stages) -> None:
    one, other = stages.open(), stages.open()

    stages.close(one.id)

    assert [each.id for each in stages.all()] == [DEFAULT_STAGE, other.id]


def test_the_default_stage_is_never_closed(stages: Stages) -> None:
    with pytest.raises(DefaultStageError):
        stages.close(DEFAULT_STAGE)


def test_stages_are_found_by_the_seam_they_arm(stages: Stages) -> None:
    stages.open(faults=("id-token.expired",))
    bending = stages.open(circumstances=("jwks.unknown-key-types",))

    assert stages.arming("discovery", "jwks") == [bending]


def test_transport_at_an_endpoint_without_a_stage_bends_the_whole_issuer(stages: Stages) -> None:
    stages.open(faults=("transport.token-dropped",))
    bending = stages.open(faults=("transport.jwks-dropped",))

    assert stages.arming("discovery", "jwks") == [bending]
