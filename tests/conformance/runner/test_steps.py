"""How a scenario is judged, told beforehand, is how the judge judges."""

import pytest
from miniatures import scenario

from conformance.runner.judge import CLAUSES
from conformance.runner.steps import STEPS, judged_by

UNREADABLE = {"faults": ["transport.discovery-unavailable"], "expect": "refused"}
BENT = {"faults": ["id-token.nonce-mismatch"], "expect": "refused"}


def test_every_clause_of_the_judge_has_its_sentence_in_the_same_order() -> None:
    assert list(STEPS) == [clause.name for clause in CLAUSES]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"sent": ["authorization.nonce"]}, "skipped when the application does not send: authorization.nonce"),
        ({"needs": ["sign-out"]}, "skipped when the target does not offer: sign-out"),
        (BENT, "inconclusive unless this changed something: id-token.nonce-mismatch"),
        (BENT, "failed when somebody is signed in who is to be refused"),
        (BENT, "inconclusive when an honest sign-in afterwards does not work any more"),
        (BENT, "inconclusive when the refusal comes before the step 'token', at which the fault arrives"),
        (BENT | {"not_after": "token"}, "failed when the refusal comes after the step 'token'"),
        (BENT | {"level": "should"}, "warned when somebody is signed in who is to be refused"),
        (BENT | {"level": "may"}, "passed with a remark when somebody is signed in who is to be refused"),
        (BENT | {"level": "may"}, "warned when the application crashes"),
        (BENT | {"level": "may", "admission": "must"}, "failed when somebody is signed in who is to be refused"),
        (UNREADABLE, "failed when the application crashes, or does not start"),
        (UNREADABLE | {"not_after": "none"}, "passed with a remark when the application does not start at all"),
        ({"expect": "either"}, "failed when a sign-in ends otherwise than signed in or refused"),
        ({"checks": ["state-fresh"]}, "inconclusive when nothing tells whether state-fresh holds"),
    ],
)
def test_what_the_scenario_says_is_told(more: dict[str, object], sentence: str) -> None:
    told = judged_by(scenario(**more))
    assert sentence in told
    assert sentence not in judged_by(scenario())


def test_where_not_to_start_is_a_refusal_it_is_not_told_as_a_crash() -> None:
    assert "failed when the application crashes" in judged_by(scenario(**UNREADABLE, not_after="none"))


@pytest.mark.parametrize(
    "more", [UNREADABLE, BENT | {"not_after": "none"}, UNREADABLE | {"not_after": "none", "expect": "either"}]
)
def test_elsewhere_no_remark_is_promised_to_an_application_that_does_not_start(more: dict[str, object]) -> None:
    assert not any("does not start at all" in sentence for sentence in judged_by(scenario(**more)))


def test_what_cannot_decide_is_not_told() -> None:
    assert judged_by(scenario()) == (
        "inconclusive unless an honest sign-in was recognised beforehand",
        "inconclusive when the harness itself, or the mock, is in trouble",
        "inconclusive when nobody came to sign in",
        "failed when the application crashes",
        "failed when a sign-in ends otherwise than signed-in",
        "else passed",
    )
