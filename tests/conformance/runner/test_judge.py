"""The judge: every clause from both sides, and no clause to spare."""

from dataclasses import replace

import pytest
from mutants import mutants

from conformance.evidence import Evidence, Exchange, Finding, Glance, Outcome, Step, Visit
from conformance.report import Verdict
from conformance.runner import judge as judging
from conformance.runner.judge import CLAUSES, Case, Conclusion, judge

FAULT = "id-token.nonce-mismatch"


def visit(outcome: str, expected: str, step: str = "token", armed: tuple[str, ...] = (), **more: object) -> Visit:
    members = {"fired": armed, "persona": "secondary-pupil", "stage": "one", **more}
    return Visit.model_validate(
        {"outcome": outcome, "expected": expected, "last_step": step, "armed": armed, **members}
    )


def case(*visits: Visit, level: str = "must", **more: object) -> Case:
    glances = more.pop("glances", ())
    evidence = Evidence.model_validate({"visits": visits, "glances": glances})
    return Case(level=level, evidence=evidence, **more)  # type: ignore[arg-type]


WITHOUT_NONCE = Exchange(number=1, at="", stage="one", endpoint="authorization", request={"state": "s"})
WITH_NONCE = WITHOUT_NONCE.model_copy(update={"request": {"nonce": "n"}})
SOUND_REFUSAL = visit("refused", "refused", armed=(FAULT,))
REFUSED_BY_NOT_STARTING = visit(
    "refused", "refused", "none", armed=("discovery.issuer-other",), started=False, reason="did not start: no metadata"
)
SOUND_SIGN_IN = visit("signed-in", "signed-in", "signed-in")

OBJECTIONABLE = {
    "the target can do what is needed": (case(SOUND_SIGN_IN, missing="no sign-out"), Verdict.SKIPPED),
    "the calibration holds": (case(SOUND_SIGN_IN, calibration="looks signed in"), Verdict.INCONCLUSIVE),
    "the harness did its work": (case(SOUND_SIGN_IN, trouble="KeyError"), Verdict.INCONCLUSIVE),
    "somebody tried to sign in": (case(), Verdict.INCONCLUSIVE),
    "the application sent what is bent": (
        case(
            visit("refused", "refused", armed=(FAULT,), exchanges=(WITHOUT_NONCE,)),
            sent=("authorization.nonce",),
        ),
        Verdict.SKIPPED,
    ),
    "every armed fault fired": (
        case(visit("refused", "refused", armed=(FAULT,), fired=())),
        Verdict.INCONCLUSIVE,
    ),
    "nobody is admitted who is to be refused": (
        case(visit("signed-in", "refused", "signed-in", armed=(FAULT,)), afterwards="does not work"),
        Verdict.FAILED,
    ),
    "an honest sign-in still works afterwards": (
        case(SOUND_REFUSAL, afterwards="does not work"),
        Verdict.INCONCLUSIVE,
    ),
    "nothing crashed": (case(visit("crashed", "crashed", armed=(FAULT,))), Verdict.FAILED),
    "the outcome is the expected one": (case(visit("refused", "signed-in")), Verdict.FAILED),
    "the refusal did not come before the fault": (
        case(visit("refused", "refused", "authorization", armed=(FAULT,))),
        Verdict.INCONCLUSIVE,
    ),
    "the refusal came in time": (
        case(visit("refused", "refused", "userinfo", armed=(FAULT,)), not_after=Step.TOKEN),
        Verdict.FAILED,
    ),
    "every check holds": (
        case(SOUND_SIGN_IN, findings={"state-fresh": Finding.broken("the same state twice")}),
        Verdict.FAILED,
    ),
    "every check could tell": (
        case(SOUND_SIGN_IN, findings={"state-fresh": Finding.untold("no request")}),
        Verdict.INCONCLUSIVE,
    ),
    "the application started": (case(REFUSED_BY_NOT_STARTING, not_after=Step.NONE), Verdict.PASSED),
}
"""For each clause a case to which this clause alone objects."""


SIGN_OUT_THERE = WITHOUT_NONCE.model_copy(update={"endpoint": "end-session"})
LEFT = Glance(label="sign-out", signed_in=False)
UNSENT = {
    "another value": case(visit("refused", "refused", exchanges=(WITH_NONCE,)), sent=("authorization.nonce=m",)),
    "that very value": case(visit("refused", "refused", exchanges=(WITH_NONCE,)), sent=("authorization.nonce!=n",)),
    "no sign-out there": case(SOUND_SIGN_IN, glances=(LEFT,), sent=("end-session.state",)),
}
"""Cases in which the application leaves out what the fault would bend."""

SOUND = (
    case(visit("refused", "refused", exchanges=(WITH_NONCE,)), sent=("authorization.nonce!=m",)),
    case(visit("refused", "refused", exchanges=(WITH_NONCE,)), sent=("authorization.nonce=n",)),
    case(SOUND_SIGN_IN, sent=("end-session.state",)),
    case(
        visit("signed-in", "signed-in", "signed-in", exchanges=(SIGN_OUT_THERE,)),
        glances=(LEFT,),
        sent=("end-session.state",),
    ),
    case(SOUND_SIGN_IN, glances=(LEFT,), sent=("authorization.nonce",)),
    case(SOUND_SIGN_IN, glances=(LEFT,)),
    case(SOUND_SIGN_IN),
    case(SOUND_REFUSAL),
    case(SOUND_REFUSAL, not_after=Step.TOKEN),
    case(visit("refused", "refused"), not_after=Step.TOKEN),
    case(visit("refused", "refused", exchanges=(WITH_NONCE,)), sent=("authorization.nonce",)),
    case(visit("refused", "refused"), sent=("authorization.nonce",)),
    case(visit("refused", "either"), SOUND_SIGN_IN),
    case(visit("refused", "either", "userinfo"), not_after=Step.TOKEN),
    case(visit("signed-in", "either", "signed-in")),
    case(visit("stalled", "stalled", "authorization", armed=("datastore.away",))),
    case(SOUND_SIGN_IN, findings={"state-fresh": Finding.kept()}),
    case(SOUND_SIGN_IN, glances=(Glance(label="old cookie", signed_in=False, outcome=Outcome.REFUSED),)),
    case(SOUND_SIGN_IN, glances=(Glance(label="old cookie", signed_in=False),)),
    case(visit("refused", "refused", "none", armed=("discovery.issuer-other",))),
)
"""Cases to which no clause objects."""
OTHER = (
    case(SOUND_SIGN_IN, glances=(Glance(label="callback reloaded", signed_in=False, outcome=Outcome.CRASHED),)),
    case(visit("signed-in", "refused", "signed-in")),
    case(visit("stalled", "signed-in", reason="no landmark appeared")),
    case(visit("refused", "signed-in"), level="should"),
    case(visit("refused", "signed-in"), level="may"),
    case(visit("signed-in", "kept-out")),
    case(visit("crashed", "kept-out")),
    case(visit("crashed", "either"), level="may"),
    case(visit("signed-in", "refused", "signed-in"), level="may"),
    case(visit("signed-in", "refused", "signed-in"), level="may", admission="must"),
    case(visit("signed-in", "refused", "signed-in"), level="must", admission="may"),
    case(visit("refused", "signed-in"), level="may", admission="must"),
    case(visit("refused", "refused", "userinfo", armed=(FAULT,)), not_after=Step.TOKEN, level="may", admission="must"),
    case(
        SOUND_SIGN_IN,
        findings={"pages-not-cached": Finding.broken("kept")},
        level="may",
        admission="must",
    ),
    case(visit("crashed", "refused"), level="may", admission="must"),
    case(visit("refused", "refused", "userinfo", armed=(FAULT,)), not_after=Step.TOKEN, level="may"),
    case(SOUND_SIGN_IN, findings={"pages-not-cached": Finding.broken("kept")}, level="may"),
    case(visit("refused", "kept-out", "token"), not_after=Step.AUTHORIZATION_RESPONSE),
)
"""Cases that are told in a way of their own."""
UNTRUSTED = (
    "every armed fault fired",
    "the calibration holds",
    "nothing crashed",
    "the refusal did not come before the fault",
)
"""A fault that did not fire, a broken baseline, a crash instead of a refusal, a refusal at an earlier step."""
CASES = (*(example for example, _ in OBJECTIONABLE.values()), *UNSENT.values(), *SOUND, *OTHER)


def told(ruling: judging.Ruling) -> tuple[Verdict, bool]:
    """The verdict, and whether there is a remark."""
    return ruling.verdict, bool(ruling.reason)


def test_every_clause_has_a_case() -> None:
    assert set(OBJECTIONABLE) == {clause.name for clause in CLAUSES}


@pytest.mark.parametrize("name", OBJECTIONABLE)
def test_the_clause_objects(name: str) -> None:
    example, verdict = OBJECTIONABLE[name]
    ruling = judge(example)
    assert (ruling.clause, ruling.verdict) == (name, verdict)
    assert ruling.reason


@pytest.mark.parametrize("name", OBJECTIONABLE)
def test_without_the_clause_the_case_is_judged_otherwise(name: str) -> None:
    example, _verdict = OBJECTIONABLE[name]
    remaining = tuple(clause for clause in CLAUSES if clause.name != name)
    assert told(judge(example, remaining)) != told(judge(example))


@pytest.mark.parametrize("name", UNSENT)
def test_what_is_not_sent_cannot_be_bent(name: str) -> None:
    assert judge(UNSENT[name]).verdict is Verdict.SKIPPED


@pytest.mark.parametrize("example", SOUND)
def test_no_clause_objects_to_a_sound_case(example: Case) -> None:
    assert judge(example).verdict is Verdict.PASSED
    assert judge(example).reason == ""


@pytest.mark.parametrize("expected", ["signed-in", "refused", "either"])
def test_a_crash_is_never_what_was_expected(expected: str) -> None:
    assert judge(case(visit("crashed", expected, armed=(FAULT,)))).verdict is Verdict.FAILED


@pytest.mark.parametrize("expected", ["signed-in", "refused", "either"])
def test_stalling_is_never_what_was_expected(expected: str) -> None:
    assert judge(case(visit("stalled", expected, armed=(FAULT,)))).verdict is Verdict.FAILED


@pytest.mark.parametrize("level", ["must", "should", "may"])
def test_a_refusal_by_not_starting_passes_with_a_remark_at_every_level(level: str) -> None:
    ruling = judge(case(REFUSED_BY_NOT_STARTING, not_after=Step.NONE, level=level))
    assert ruling.verdict is Verdict.PASSED
    assert "not starting" in ruling.reason


def test_a_crash_on_a_later_page_counts() -> None:
    glance = Glance(label="callback reloaded", signed_in=False, outcome=Outcome.CRASHED)
    ruling = judge(case(SOUND_SIGN_IN, glances=(glance,)))
    assert (ruling.verdict, ruling.clause) == (Verdict.FAILED, "nothing crashed")


@pytest.mark.parametrize(
    ("level", "verdict"), [("must", Verdict.FAILED), ("should", Verdict.WARNED), ("may", Verdict.PASSED)]
)
def test_the_level_decides_how_grave_a_violation_is(level: str, verdict: Verdict) -> None:
    ruling = judge(case(visit("refused", "signed-in"), level=level))
    assert ruling.verdict is verdict
    assert ruling.reason


@pytest.mark.parametrize(
    ("level", "verdict"), [("must", Verdict.FAILED), ("should", Verdict.WARNED), ("may", Verdict.WARNED)]
)
@pytest.mark.parametrize("expected", ["signed-in", "refused", "either"])
def test_a_crash_passes_at_no_level(level: str, verdict: Verdict, expected: str) -> None:
    ruling = judge(case(visit("crashed", expected, armed=(FAULT,)), level=level))
    assert (ruling.verdict, ruling.clause) == (verdict, "nothing crashed")


@pytest.mark.parametrize(
    ("admission", "verdict"), [(None, Verdict.PASSED), ("should", Verdict.WARNED), ("must", Verdict.FAILED)]
)
def test_a_scenario_may_leave_everything_open_but_who_comes_in(admission: str | None, verdict: Verdict) -> None:
    let_in = case(visit("signed-in", "refused", "signed-in", armed=(FAULT,)), level="may", admission=admission)
    assert judge(let_in).verdict is verdict
    kept_waiting = case(visit("stalled", "refused", armed=(FAULT,)), level="may", admission=admission)
    assert judge(kept_waiting).verdict is Verdict.PASSED


@pytest.mark.parametrize("level", ["must", "should", "may"])
def test_doubt_is_inconclusive_at_every_level(level: str) -> None:
    assert judge(case(SOUND_REFUSAL, level=level, afterwards="broken")).verdict is Verdict.INCONCLUSIVE


def test_every_sign_in_of_a_journey_counts() -> None:
    assert judge(case(visit("refused", "signed-in"), SOUND_SIGN_IN)).verdict is Verdict.FAILED


def test_a_fault_at_userinfo_is_not_delivered_with_the_token() -> None:
    early = visit("refused", "refused", "token", armed=("userinfo.subject-other",))
    assert judge(case(early)).verdict is Verdict.INCONCLUSIVE


def rulings(judging: object) -> list[object]:
    """What a judge, or what became of one, says of every case; a judge that stumbles says so."""
    told: list[object] = []
    for example in CASES:
        try:
            ruling = judging.judge(example)  # type: ignore[attr-defined]
            told.append((str(ruling.verdict), ruling.reason, ruling.clause))
        except Exception as error:  # noqa: BLE001  a mutant may do anything
            told.append(repr(error))
    return told


def test_no_condition_of_the_judge_can_be_changed_without_a_case_that_is_judged_otherwise() -> None:
    sound = rulings(judging)
    changed = list(mutants(judging))
    assert len(changed) > 50
    assert [mutant.change for mutant in changed if rulings(mutant.module) == sound] == []


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.name)
def test_what_a_clause_leads_to_cannot_be_changed_unseen(clause: judging.Clause) -> None:
    sound = [judge(example).verdict for example in CASES]
    for other in set(Conclusion) - {clause.then}:
        changed = tuple(replace(each, then=other) if each is clause else each for each in CLAUSES)
        assert [judge(example, changed).verdict for example in CASES] != sound


@pytest.mark.parametrize("level", ["must", "should"])
@pytest.mark.parametrize("name", UNTRUSTED)
def test_what_proves_nothing_never_passes(name: str, level: str) -> None:
    ruling = judge(replace(OBJECTIONABLE[name][0], level=level))
    assert ruling.clause == name
    assert ruling.verdict is not Verdict.PASSED
