"""The registry of defects refuses what is written down wrongly."""

from __future__ import annotations

import pytest

from relying_party.defects import UnknownDefectError, catalogue, policy_with
from relying_party.defects.registry import RegistrationError, Registry
from relying_party.signin.guards import GUARDS
from relying_party.signin.policy import Policy

GUARD = GUARDS[0].holds


def spoiled(_evidence: object) -> bool:
    """Is wrong."""
    return True


def without_a_sentence(_evidence: object) -> bool:
    return True


def test_a_defect_is_named_after_its_function() -> None:
    registry = Registry()
    registry.defect(replaces=GUARD, requirements=("DIS-01",))(spoiled)
    entry = registry.catalogue()["spoiled"]
    assert (entry.sentence, entry.requirements, entry.replaces) == ("Is wrong.", ("DIS-01",), "discovery-issuer")


def test_a_name_is_taken_once() -> None:
    registry = Registry()
    register = registry.defect(replaces=GUARD, requirements=("DIS-01",))
    register(spoiled)
    with pytest.raises(RegistrationError, match="taken"):
        register(spoiled)


def test_a_sentence_is_needed() -> None:
    with pytest.raises(RegistrationError, match="docstring"):
        Registry().defect(replaces=GUARD, requirements=("DIS-01",))(without_a_sentence)


def test_a_requirement_is_needed() -> None:
    with pytest.raises(RegistrationError, match="requirement"):
        Registry().defect(replaces=GUARD, requirements=())(spoiled)


def test_only_a_guard_or_a_rule_can_be_replaced() -> None:
    with pytest.raises(RegistrationError, match="neither a guard nor a rule"):
        Registry().defect(replaces=len, requirements=("DIS-01",))(spoiled)


def test_without_a_name_the_application_is_sound() -> None:
    assert policy_with(None) == Policy()


@pytest.mark.parametrize("name", catalogue())
def test_a_defect_differs_from_sound_in_one_place_and_in_what_it_names_beside(name: str) -> None:
    sound, wrong = Policy(), policy_with(name)
    guards = sum(one != two for one, two in zip(sound.guards, wrong.guards, strict=True))
    rules = sum(getattr(sound.rules, rule) is not getattr(wrong.rules, rule) for rule in vars(sound.rules))
    keeping = sum(getattr(sound.keeping, kept) is not getattr(wrong.keeping, kept) for kept in vars(sound.keeping))
    assert guards + rules + keeping == 1 + len(catalogue()[name].beside)


def test_an_unknown_name_is_told_with_the_nearest_one() -> None:
    with pytest.raises(UnknownDefectError, match="did you mean nonce-unchecked"):
        policy_with("nonce-uncheckd")
