"""Every guard, rule and decision about keeping can be wrong: each is replaced by at least one defect."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import pytest

from relying_party.defects import catalogue
from relying_party.signin.guards import GUARDS
from relying_party.signin.keeping import KEPT
from relying_party.signin.rules import SOUND

if TYPE_CHECKING:
    from collections.abc import Callable

REPLACED = {each for defect in catalogue().values() for each in (defect.sound, *defect.beside)}
DECISIONS: dict[str, Callable[..., Any]] = {
    **{f"guard {guard.name}": guard.holds for guard in GUARDS},
    **{f"rule {rule.name.replace('_', '-')}": getattr(SOUND, rule.name) for rule in fields(SOUND)},
    **{f"keeping {kept.name.replace('_', '-')}": getattr(KEPT, kept.name) for kept in fields(KEPT)},
}


@pytest.mark.parametrize("name", DECISIONS)
def test_a_guard_or_rule_has_a_defect_that_removes_or_weakens_it(name: str) -> None:
    assert DECISIONS[name] in REPLACED


def test_a_decision_that_no_defect_replaces_would_be_noticed() -> None:
    assert set(DECISIONS.values()) >= REPLACED
    assert not any(each in REPLACED for each in (lambda: None, SOUND))
