"""Every module of the OpenID Foundation's plans ends as docs/fidelity.md says."""

from __future__ import annotations

import pytest
from shown import MODULES, run
from suite import VERDICTS, Skipped

from mock_idp.domain.certification import Module, Outcome, Plan, modules
from mock_idp.domain.fidelity import fidelity

MODULES.read()


def outcome(module: Module, request: pytest.FixtureRequest) -> Outcome:
    """Return what the suite would say; an assertion of a module that is to pass comes through."""
    try:
        run(MODULES.by_id[module.name], request)
    except (AssertionError, Skipped) as verdict:
        if module.outcome == Outcome.PASSES:
            raise
        return VERDICTS[type(verdict)]
    return Outcome.PASSES


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_a_module_ends_as_the_table_says(module: Module, request: pytest.FixtureRequest) -> None:
    assert module.name in MODULES.by_id, f"write what {module.name} does, under @does_as"
    assert outcome(module, request) == module.outcome


def test_every_check_is_a_module_of_its_plan() -> None:
    plans = {each.name: each.plan for each in modules()}
    assert MODULES.place == {name: plans.get(name) for name in MODULES.by_id}


def test_a_plan_has_as_many_modules_as_in_the_suite() -> None:
    plans = [each.plan for each in modules()]
    assert {plan: plans.count(plan) for plan in Plan} == {
        Plan.BASIC: 38,
        Plan.CONFIG: 1,
        Plan.RP_INITIATED_LOGOUT: 11,
    }


def test_what_keeps_a_module_from_passing_is_a_row() -> None:
    rows = {row.id for section in fidelity().values() for row in section.rows}
    assert {each.row for each in modules() if each.row} <= rows
