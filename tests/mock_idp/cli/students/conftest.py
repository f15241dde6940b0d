"""Everybody, as the commands know them."""

from __future__ import annotations

import pytest
from students_command import ANCHOR

from mock_idp.cli.students.everybody import Everybody


@pytest.fixture(scope="session")
def everybody() -> Everybody:
    return Everybody(seed=0, today=ANCHOR, people_file=None)
