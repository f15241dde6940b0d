"""Scenarios and profiles: values, and files of a folder."""

from pathlib import Path
from typing import get_args

import pytest
from miniatures import scenario

from conformance.evidence import DELIVERED_AT, Outcome, Step
from conformance.report import Level as ReportLevel
from conformance.requirement import Level as RequirementLevel
from conformance.scenario import Profile, load_profiles, load_scenarios
from conformance.scenario.model import Expectation, Level, StepName

SOUND = 'title = "It works"\nrequirements = ["LR-01"]\nlevel = "must"\nexpect = "signed-in"\n'


def test_without_visits_there_is_one_situation() -> None:
    (situation,) = scenario(persona="no-email", faults=["a.b"], circumstances=["c.d"]).situations
    assert (situation.persona, situation.armed) == ("no-email", ("a.b", "c.d"))


def test_a_visit_overrides_what_it_gives_and_nothing_else() -> None:
    first, second = scenario(
        persona="no-email", faults=["a.b"], visits=[{"calendar_offset_days": -3}, {"faults": [], "expect": "refused"}]
    ).situations
    assert (first.persona, first.faults, first.calendar_offset_days) == ("no-email", ("a.b",), -3)
    assert (second.faults, second.expect, second.calendar_offset_days) == ((), "refused", 0)


def test_what_is_armed_is_told_once() -> None:
    found = scenario(faults=["a.b"], visits=[{}, {}, {"circumstances": ["c.d"]}])
    assert found.armed == ("a.b", "c.d")
    assert found.faults_armed == ("a.b",)


def test_the_id_of_a_scenario_is_its_path(tmp_path: Path) -> None:
    folder = tmp_path / "id-token"
    folder.mkdir()
    (folder / "expired.toml").write_text(SOUND)
    (tmp_path / "notes.txt").write_text("no scenario")
    scenarios, problems = load_scenarios(tmp_path)
    assert ([each.id for each in scenarios], problems) == (["id-token/expired"], ())


def test_one_bad_file_leaves_the_others_readable(tmp_path: Path) -> None:
    (tmp_path / "good.toml").write_text(SOUND)
    (tmp_path / "bad.toml").write_text("x")
    (tmp_path / "worse.toml").write_text(SOUND + "id = 'mine'")
    scenarios, problems = load_scenarios(tmp_path)
    assert [each.id for each in scenarios] == ["good"]
    assert [problem.file for problem in problems] == ["scenarios/bad.toml", "scenarios/worse.toml"]


def test_the_scenarios_and_profiles_of_the_package_can_be_read() -> None:
    scenarios, in_scenarios = load_scenarios()
    profiles, in_profiles = load_profiles()
    assert (in_scenarios, in_profiles) == ((), ())
    assert len(scenarios) >= 24
    assert {"full", "openid-connect", "protocol"} <= set(profiles)


@pytest.mark.parametrize(
    ("name", "within"), [("id-token/expired", True), ("id-token/odd", False), ("signature/altered", False)]
)
def test_a_profile_holds_what_it_includes_and_does_not_exclude(name: str, within: bool) -> None:  # noqa: FBT001  a table
    profile = Profile(name="mine", version="1", include=("id-token/*",), exclude=("*/odd",))
    assert profile.holds(name) is within


def test_scenarios_use_the_words_of_the_evidence() -> None:
    assert list(get_args(StepName)) == list(Step)
    assert set(get_args(Expectation)) - {"either", "kept-out"} <= set(Outcome)
    assert get_args(Level) == get_args(ReportLevel) == get_args(RequirementLevel)


def test_every_step_knows_its_place() -> None:
    assert [step.rank for step in Step] == list(range(6))
    assert set(DELIVERED_AT.values()) <= set(Step)
