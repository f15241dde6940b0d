"""How a scenario is judged, told beforehand, is how the judge judges."""

import pytest
from miniatures import scenario

from conformance.runner.judge import CLAUSES
from conformance.runner.steps import STEPS, judged_by

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
        ({"expect": "either"}, "failed when a sign-in ends otherwise than signed in or refused"),
        ({"checks": ["state-fresh"]}, "inconclusive when nothing tells whether state-fresh holds"),
    ],
)
def test_what_the_scenario_says_is_told(more: dict[str, object], sentence: str) -> None:
    told = judged_by(scenario(**more))
    assert sentence in told
    assert sentence not in judged_by(scenario())


def test_what_cannot_decide_is_not_told() -> None:
    assert judged_by(scenario()) == (
        "inconclusive unless an honest sign-in was recognised beforehand",
        "inconclusive when the harness itself, or the mock, is in trouble",
        "inconclusive when nobody came to sign in",
        "failed when the application crashes",
        "failed when a sign-in ends otherwise than signed-in",
        "else passed",
    )
