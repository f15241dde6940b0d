"""Checks, by what each shows: a row of docs/fidelity.md, or a module of the OpenID Foundation's suite."""

from __future__ import annotations

from importlib import import_module
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Check = Callable[..., None]

PLACE = Path(__file__).parent / "mock_idp"


class Checks:
    """The checks in the modules of one folder of tests/mock_idp. `place`: in which module each stands."""

    def __init__(self, folder: str) -> None:
        self.by_id: dict[str, Check] = {}
        self.place: dict[str, str] = {}
        self._folder = folder

    def shows(self, name: str) -> Callable[[Check], Check]:
        """Say what a check shows. Its parameters are fixtures: application, registered, browser, clock, switch..."""

        def registered(check: Check) -> Check:
            assert name not in self.by_id, f"{name} has two checks."
            self.by_id[name] = check
            self.place[name] = check.__module__.rpartition(".")[2].replace("_", "-")
            return check

        return registered

    def read(self) -> None:
        """Import every module of checks; pytest explains their asserts as well."""
        names = [path.stem for path in (PLACE / self._folder).glob("*.py") if not path.stem.startswith("test_")]
        modules = [f"{self._folder}.{name}" for name in names]
        pytest.register_assert_rewrite(*modules)
        for module in modules:
            import_module(module)


ROWS = Checks("fidelity")
MODULES = Checks("certification")
shows = ROWS.shows
does_as = MODULES.shows


def run(check: Check, request: pytest.FixtureRequest) -> None:
    """Run a check with the fixtures that it names."""
    asked: dict[str, Any] = {name: request.getfixturevalue(name) for name in signature(check).parameters}
    check(**asked)
