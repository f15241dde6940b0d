"""Whole runs with a mock, an application and a browser in memory; most applications are wrong on purpose."""

import asyncio
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from miniatures import (
    PROFILE,
    REQUIREMENT,
    TARGET,
    MiniatureApplication,
    MiniatureBrowser,
    MiniatureClock,
    MiniatureMock,
    scenario,
)

from conformance import report
from conformance.report import Verdict
from conformance.runner import Options, Outside, run
from conformance.scenario import Scenario
from conformance.target import Target

REFUSES = scenario("id-token/nonce-mismatch", faults=["id-token.nonce-mismatch"], expect="refused")
SIGNS_IN = scenario("sign-in/plain")
KEPT = scenario(
    "datastore/away",
    journey="try-again",
    checks=["stranger-meanwhile"],
    visits=[{"circumstances": ["datastore.away"], "expect": "stalled"}, {}],
)


class Notes:
    """A listener that remembers."""

    def __init__(self) -> None:
        self.total = 0
        self.finished_ids: list[str] = []

    def started(self, total: int) -> None:
        self.total = total

    def finished(self, result: report.Result) -> None:
        self.finished_ids.append(result.id)


def judged(
    *scenarios: Scenario, mock: MiniatureMock | None = None, target: Any = TARGET, **wrong: Any
) -> report.Report:
    """The report on an application that is wrong in the given way."""
    application = MiniatureApplication(mock or MiniatureMock(), **wrong)
    return judge(application, scenarios, target=target)[0]


def judge(
    application: MiniatureApplication,
    scenarios: tuple[Scenario, ...],
    *,
    target: Any = TARGET,
    listener: Notes | None = None,
    **options: Any,
) -> tuple[report.Report, bool]:
    outside = Outside(
        browser=MiniatureBrowser(application),
        control=application.mock,
        application=application,
        clock=MiniatureClock(),
        books=application,
    )
    requirements = {REQUIREMENT.id: REQUIREMENT}
    members = {"target": target, "scenarios": scenarios, "requirements": requirements, "cast": "run", **options}
    return asyncio.run(run(Options(profile=PROFILE, **members), outside, listener or Notes()))


def verdicts(found: report.Report) -> dict[str, Verdict]:
    return {result.id: result.verdict for result in found.results}


def test_a_sound_application_passes() -> None:
    found = judged(REFUSES, SIGNS_IN)
    assert set(verdicts(found).values()) == {Verdict.PASSED}
    assert found.calibration.ok


def test_the_results_stand_in_the_order_of_the_suite() -> None:
    assert [result.id for result in judged(REFUSES, SIGNS_IN).results] == [REFUSES.id, SIGNS_IN.id]


def test_each_scenario_has_people_of_its_own_and_its_visits_share_them() -> None:
    twice = scenario("sign-in/twice", journey="visits", visits=[{}, {}])
    mock = MiniatureMock()
    found, _ = judge(MiniatureApplication(mock), (SIGNS_IN, twice))
    labels = [str(stage["cast"]) for stage in mock.stages.values()]
    calibration, *rest = dict.fromkeys(labels)
    assert [labels.count(each) for each in (calibration, *rest)] == [2, 1, 2]
    assert all(re.fullmatch(r"run[0-9a-f]{16}", each) for each in labels)
    assert found.inputs.cast == "run"


def test_the_same_label_has_the_same_people_and_another_has_others() -> None:
    labels = []
    for cast in ("one", "one", "other"):
        mock = MiniatureMock()
        judge(MiniatureApplication(mock), (SIGNS_IN,), cast=cast)
        labels.append({stage["cast"] for stage in mock.stages.values()})
    assert labels[0] == labels[1]
    assert not labels[0] & labels[2]


def test_where_the_personas_themselves_sign_in_no_stage_has_a_cast() -> None:
    mock = MiniatureMock()
    found, _ = judge(MiniatureApplication(mock), (SIGNS_IN,), cast=None)
    assert not [stage for stage in mock.stages.values() if "cast" in stage]
    assert found.inputs.cast == ""


def test_an_application_that_admits_a_fault_fails() -> None:
    found = judged(REFUSES, SIGNS_IN, admits_faults=True)
    assert verdicts(found) == {REFUSES.id: Verdict.FAILED, SIGNS_IN.id: Verdict.PASSED}
    assert "despite id-token.nonce-mismatch" in found.results[0].reason


def test_a_crash_instead_of_a_refusal_never_passes() -> None:
    found = judged(REFUSES, crashes_on_faults=True)
    assert verdicts(found) == {REFUSES.id: Verdict.FAILED}
    assert found.results[0].outcome == "crashed"


def test_a_fault_that_does_not_fire_never_passes() -> None:
    found = judged(REFUSES, mock=MiniatureMock(deaf=True))
    assert verdicts(found) == {REFUSES.id: Verdict.INCONCLUSIVE}
    assert "changed nothing" in found.results[0].reason


def test_a_refusal_before_the_fault_is_delivered_never_passes() -> None:
    early = scenario("userinfo/subject-other", faults=["userinfo.subject-other"], expect="refused")
    found = judged(early)
    assert (found.results[0].outcome, found.results[0].last_step) == ("refused", "token")
    assert verdicts(found) == {early.id: Verdict.INCONCLUSIVE}


def test_a_visitor_whom_the_provider_keeps_is_no_failure_of_the_application() -> None:
    assert verdicts(judged(KEPT)) == {KEPT.id: Verdict.PASSED}


@pytest.mark.parametrize(
    ("wrong", "verdict", "reason"),
    [
        ({"opens_session_early": True}, Verdict.FAILED, "stranger-meanwhile"),
        ({"starts_once": True}, Verdict.FAILED, "expected signed-in, saw refused"),
        ({"mock": MiniatureMock(deaf=True)}, Verdict.INCONCLUSIVE, "changed nothing"),
    ],
)
def test_an_application_that_cannot_tell_begun_from_done_fails(wrong: Any, verdict: Verdict, reason: str) -> None:
    found = judged(KEPT, **wrong)
    assert verdicts(found) == {KEPT.id: verdict}
    assert reason in found.results[0].reason


def test_an_application_that_is_broken_afterwards_never_passes() -> None:
    found = judged(REFUSES, breaks_on_faults=True)
    assert verdicts(found) == {REFUSES.id: Verdict.INCONCLUSIVE}
    assert "afterwards" in found.results[0].reason


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"refuses_all": True}, "does not look signed in"),
        ({"always_looks_signed_in": True}, "looks signed in"),
        ({"hangs": True}, "stalled"),
        ({"refuses_early": True}, "does not lead to the mock's sign-in form"),
    ],
)
def test_a_calibration_that_fails_makes_everything_inconclusive(wrong: dict[str, bool], reason: str) -> None:
    found = judged(REFUSES, SIGNS_IN, **wrong)
    assert set(verdicts(found).values()) == {Verdict.INCONCLUSIVE}
    assert not found.calibration.ok
    assert reason in found.calibration.reason


STARTED = {"command": ["serve"], "ready_url": "http://127.0.0.1:9/ready"}
NOT_RUN = "something answered at http://127.0.0.1:9/ready already, so start.command was not run"
ISSUER = "is the application's issuer http://localhost:8/op?"


def reason_of(*, start: Mapping[str, object] | None = None, **wrong: bool) -> str:
    """Why the calibration failed."""
    target = Target.model_validate(TARGET.model_dump() | {"start": start})
    return judged(SIGNS_IN, target=target, **wrong).calibration.reason


def test_a_sign_in_that_does_not_start_is_told_with_the_page_its_status_and_what_to_look_at() -> None:
    said = reason_of(refuses_early=True)
    assert "it ended refused at http://127.0.0.1:9/refused, status 403, after step 'none'" in said
    assert "the page 'A page' says 'Hello visitor'" in said
    assert ISSUER in said


def test_who_did_ask_this_mock_is_not_asked_for_the_issuer_but_told_what_the_mock_notes() -> None:
    notes = "redirect_uri is not registered"
    said = reason_of(asks_amiss=True)
    assert f"the mock notes: {notes}" in said
    assert ISSUER not in said


@pytest.mark.parametrize(("client_id", "is_told"), [("somebody-else", True), ("me", False), (None, False)])
def test_an_application_that_asks_as_another_client_is_not_the_one_of_the_target(
    client_id: str | None, *, is_told: bool
) -> None:
    calibration = judged(SIGNS_IN, client_id=client_id).calibration
    assert ("'somebody-else', the target says 'me'" in calibration.reason) is is_told
    assert calibration.ok is not is_told


@pytest.mark.parametrize("wrong", [{"refuses_early": True}, {"refuses_all": True}])
@pytest.mark.parametrize(
    ("start", "has_log", "told"), [(STARTED, False, True), (STARTED, True, False), (None, False, False)]
)
def test_that_something_answered_before_the_application_was_started_is_told(
    wrong: dict[str, bool], start: dict[str, object] | None, *, has_log: bool, told: bool
) -> None:
    assert (NOT_RUN in reason_of(start=start, has_log=has_log, **wrong)) is told


def test_what_the_target_cannot_do_is_skipped_with_the_reason() -> None:
    target = TARGET.model_copy(update={"capabilities": TARGET.capabilities.model_copy(update={"sign_out": None})})
    found = judged(scenario("sign-out/local", journey="sign-out"), target=target)
    assert verdicts(found) == {"sign-out/local": Verdict.SKIPPED}
    assert "sign-out" in found.results[0].reason


def test_userinfo_faults_are_skipped_for_an_application_that_never_asks_userinfo() -> None:
    asks = scenario("userinfo/subject-other", faults=["userinfo.subject-other"], expect="refused")
    assert verdicts(judged(asks, never_asks_userinfo=True)) == {asks.id: Verdict.SKIPPED}


def test_trouble_of_the_harness_in_one_scenario_leaves_the_others_alone() -> None:
    stranger = scenario("sign-in/stranger", persona="nobody")
    found = judged(stranger, SIGNS_IN)
    assert verdicts(found) == {stranger.id: Verdict.INCONCLUSIVE, SIGNS_IN.id: Verdict.PASSED}
    assert "the harness failed: KeyError" in found.results[0].reason


def test_discovery_faults_are_skipped_unless_the_harness_may_restart_the_application() -> None:
    bent = scenario("discovery/issuer-other", faults=["discovery.issuer-other"], expect="refused")
    assert verdicts(judged(bent)) == {bent.id: Verdict.SKIPPED}


def test_the_application_is_restarted_into_a_discovery_fault_and_out_of_it() -> None:
    bent = scenario("discovery/issuer-other", faults=["discovery.issuer-other"], expect="refused")
    application = MiniatureApplication(MiniatureMock(), can_restart=True)
    found, _ = judge(application, (bent,))
    assert verdicts(found) == {bent.id: Verdict.PASSED}
    assert application.restarts == 2


@pytest.mark.parametrize(
    ("more", "outcome", "verdict"),
    [
        ({}, "crashed", Verdict.FAILED),
        ({"level": "may"}, "crashed", Verdict.WARNED),
        ({"not_after": "authorization"}, "crashed", Verdict.FAILED),
        ({"not_after": "none"}, "refused", Verdict.PASSED),
        ({"not_after": "none", "expect": "either"}, "crashed", Verdict.FAILED),
    ],
)
def test_to_die_at_start_refuses_only_where_metadata_are_to_be_rejected(
    more: dict[str, Any], outcome: str, verdict: Verdict
) -> None:
    bent = scenario("discovery/one", **{"faults": ["discovery.issuer-other"], "expect": "refused", **more})
    (result,) = judge(MiniatureApplication(MiniatureMock(), can_restart=True, dies_at_start=True), (bent,))[0].results
    assert (result.outcome, result.verdict) == (outcome, verdict)
    assert "did not start: it ended with status 1" in result.reason


@pytest.mark.parametrize("has_log", [False, True])
def test_only_a_log_that_can_be_read_is_judged(*, has_log: bool) -> None:
    wanted = scenario("session/log", checks=["log-without-secrets"])
    found, _ = judge(MiniatureApplication(MiniatureMock(), can_restart=True, has_log=has_log), (wanted,))
    assert (found.results[0].verdict is Verdict.SKIPPED) is not has_log


def test_what_concerns_the_whole_issuer_comes_last() -> None:
    rotated = scenario("jwks/rotated", journey="rotated-keys")
    notes = Notes()
    judge(MiniatureApplication(MiniatureMock()), (rotated, SIGNS_IN), listener=notes)
    assert notes.finished_ids == [SIGNS_IN.id, rotated.id]


def test_every_scenario_is_told_once() -> None:
    notes = Notes()
    many = tuple(scenario(f"id-token/{n}", faults=["id-token.nonce-mismatch"], expect="refused") for n in range(15))
    judge(MiniatureApplication(MiniatureMock()), many, listener=notes)
    assert notes.total == len(many)
    assert sorted(notes.finished_ids) == sorted(each.id for each in many)


def test_every_stage_is_closed_in_the_end() -> None:
    application = MiniatureApplication(MiniatureMock())
    judge(application, (REFUSES, SIGNS_IN))
    assert sorted(application.mock.closed) == sorted(application.mock.stages)


def test_honest_sign_ins_are_shared_by_several_scenarios() -> None:
    application = MiniatureApplication(MiniatureMock())
    many = tuple(scenario(f"id-token/{n}", faults=["id-token.nonce-mismatch"], expect="refused") for n in range(12))
    judge(application, many)
    honest = [stage for stage in application.mock.stages.values() if not stage["faults"]]
    assert len(honest) <= 6


def test_who_signs_in_honestly_anyway_vouches_for_those_before() -> None:
    application = MiniatureApplication(MiniatureMock())
    bent = [scenario(f"id-token/{n}", faults=["id-token.nonce-mismatch"], expect="refused") for n in range(12)]
    honest = [scenario(f"sign-in/{n}") for n in range(12)]
    judge(application, (*bent, *honest), workers=1)
    without_fault = [stage for stage in application.mock.stages.values() if not stage["faults"]]
    calibration_and_last = 2 + 1
    assert len(without_fault) <= len(honest) + calibration_and_last


@pytest.mark.parametrize(("can_restart", "honest"), [(True, 2 + 1), (False, 2 + 3)])
def test_where_the_application_starts_anew_those_alone_share_an_honest_sign_in(can_restart: bool, honest: int) -> None:  # noqa: FBT001  a table
    rotated = [scenario(f"jwks/{n}", journey="rotated-keys", faults=["id-token.nonce-mismatch"]) for n in range(3)]
    application = MiniatureApplication(MiniatureMock(), can_restart=can_restart)
    judge(application, tuple(rotated))
    assert len([stage for stage in application.mock.stages.values() if not stage["faults"]]) == honest


def test_the_requirement_gets_the_verdict_of_its_scenarios() -> None:
    (row,) = judged(REFUSES, SIGNS_IN, admits_faults=True).requirements
    assert (row.verdict, row.scenarios) == (Verdict.FAILED, (REFUSES.id, SIGNS_IN.id))


def test_the_report_names_the_picture_only_when_there_is_one() -> None:
    application = MiniatureApplication(MiniatureMock())
    with_pictures, _ = judge(application, (SIGNS_IN,), pictures=Path("somewhere"))
    assert with_pictures.results[0].screenshot == "screenshots/sign-in--plain.png"
    assert judged(SIGNS_IN).results[0].screenshot is None


def test_passive_checks_are_told_as_observations_and_make_no_verdict() -> None:
    found = judged(SIGNS_IN)
    assert any("pkce-s256" in sentence for sentence in found.observations)
    assert verdicts(found) == {SIGNS_IN.id: Verdict.PASSED}


def test_a_check_that_the_scenario_names_makes_the_verdict() -> None:
    found = judged(scenario("request/pkce-s256", checks=["pkce-s256"], level="should"))
    assert verdicts(found) == {"request/pkce-s256": Verdict.WARNED}
    assert found.results[0].checks[0].verdict is Verdict.WARNED


def test_an_interrupted_run_tells_what_it_has() -> None:
    application = MiniatureApplication(MiniatureMock())

    async def interrupted() -> tuple[report.Report, bool]:
        class Interrupting(Notes):
            def finished(self, result: report.Result) -> None:
                super().finished(result)
                running.cancel()

        outside = Outside(
            browser=MiniatureBrowser(application),
            control=application.mock,
            application=application,
            clock=MiniatureClock(),
            books=application,
        )
        scenarios = tuple(scenario(f"sign-in/{n}") for n in range(20))
        options = Options(target=TARGET, profile=PROFILE, scenarios=scenarios, requirements={})
        running = asyncio.create_task(run(options, outside, Interrupting()))
        return await running

    found, complete = asyncio.run(interrupted())
    assert not complete
    assert 0 < len(found.results) < 20


@pytest.mark.parametrize(
    ("claims_profile", "expected", "verdict", "why"),
    [("meemoo-2023", "refused", Verdict.FAILED, "it is demanded"), ("acm-2024", "signed-in", Verdict.PASSED, "none")],
)
def test_where_requirements_contradict_the_claims_profile_of_the_target_decides_and_the_report_says_so(
    claims_profile: str, expected: str, verdict: Verdict, why: str
) -> None:
    without_subject = scenario(
        faults=["id-token.nonce-mismatch"],
        expect="refused",
        why="it is demanded",
        under={"acm-2024": {"title": "The profile decides", "faults": [], "expect": "signed-in", "why": "none"}},
    )
    target = TARGET.model_copy(update={"claims_profile": claims_profile})
    (result,) = judged(without_subject, target=target, admits_faults=True).results
    assert (result.expected, result.verdict, result.why) == (expected, verdict, why)
