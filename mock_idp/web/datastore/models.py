"""What the datastore tells over HTTP: the same values as in this process, and its health."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, RootModel

from mock_idp.domain.datastore import StudentFacts


class AccountFacts(RootModel[StudentFacts]):
    """What is true of a student's account."""

    model_config = ConfigDict(defer_build=True, frozen=True)


class Health(BaseModel):
    """That it answers."""

    model_config = ConfigDict(defer_build=True, frozen=True)

    status: Literal["ok"] = "ok"
