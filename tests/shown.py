"""The checks, by the id of the row that each shows."""

from __future__ import annotations

from importlib import import_module
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Check = Callable[..., None]

PLACE = Path(__file__).parent / "mock_idp" / "fidelity"
CHECKS: dict[str, Check] = {}
MODULE_OF: dict[str, str] = {}
"""In which module the check of a row stands: that of its section."""


def shows(row: str) -> Callable[[Check], Check]:
    """Say which row a check shows. Its parameters are fixtures: application, registered, browser, clock, switch..."""

    def registered(check: Check) -> Check:
        assert row not in CHECKS, f"{row} has two checks."
        CHECKS[row] = check
        MODULE_OF[row] = check.__module__.rpartition(".")[2].replace("_", "-")
        return check

    return registered


def read_checks() -> None:
    """Import every module of checks here; pytest explains their asserts as well."""
    names = [f"fidelity.{path.stem}" for path in PLACE.glob("*.py") if not path.stem.startswith("test_")]
    pytest.register_assert_rewrite(*names)
    for name in names:
        import_module(name)


def run(check: Check, request: pytest.FixtureRequest) -> None:
    """Run a check with the fixtures that it names."""
    asked: dict[str, Any] = {name: request.getfixturevalue(name) for name in signature(check).parameters}
    check(**asked)
