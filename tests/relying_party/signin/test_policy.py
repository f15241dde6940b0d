"""Guards and rules as tables."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from relying_party.signin.evidence import Evidence
from relying_party.signin.guards import GUARDS, check, sentence_of
from relying_party.signin.policy import Policy
from relying_party.signin.refusal import Refused, Step
from relying_party.signin.rules import SOUND
from relying_party.web.refusals import explain

ORDER = list(Step)


def test_guards_stand_in_the_order_of_the_steps() -> None:
    places = [ORDER.index(guard.step) for guard in GUARDS]
    assert places == sorted(places)


def test_every_guard_and_rule_has_a_name_of_its_own_and_a_sentence() -> None:
    names = [guard.name for guard in GUARDS] + [rule.name.replace("_", "-") for rule in fields(SOUND)]
    assert len(names) == len(set(names))
    assert all(guard.sentence for guard in GUARDS)
    assert all(sentence_of(getattr(SOUND, rule.name)) for rule in fields(SOUND))


def test_nothing_arrived_is_refused_at_every_step_of_the_protocol() -> None:
    nothing = Evidence(issuer="https://x.example", client_id="c", now=0)
    for step in (Step.DISCOVERY, Step.AUTHORIZATION_RESPONSE, Step.TOKEN_RESPONSE, Step.ID_TOKEN):
        with pytest.raises(Refused) as caught:
            check(GUARDS, step, nothing)
        assert caught.value.step is step


def test_replacing_changes_one_guard_and_nothing_else() -> None:
    sound = Policy()
    other = sound.replacing(GUARDS[3].holds, lambda _evidence: True)
    assert [one.name for one, two in zip(sound.guards, other.guards, strict=True) if one != two] == [GUARDS[3].name]
    assert other.rules == sound.rules


def test_replacing_changes_one_rule_and_nothing_else() -> None:
    other = Policy().replacing(SOUND.enrolment, lambda _applicant: True)
    assert other.guards == GUARDS
    assert replace(other.rules, enrolment=SOUND.enrolment) == SOUND


def test_what_is_neither_guard_nor_rule_cannot_be_replaced() -> None:
    with pytest.raises(LookupError, match="neither a guard nor a rule"):
        Policy().replacing(len, len)


REASONS = [
    *[guard.name for guard in GUARDS],
    "access-denied",
    "provider-unavailable",
    "provider-error",
    "pupil-role",
    "enrolment",
    "partner-school",
    "agreement-dates",
    "enough-data",
    "readable-claims",
    "conflict",
]


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_has_a_page(reason: str) -> None:
    explanation = explain(reason, Policy())
    assert explanation is not None
    assert explanation.status in {400, 403}


def test_an_invented_reason_has_no_page() -> None:
    assert explain("invented", Policy()) is None
