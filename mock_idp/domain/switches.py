"""Switches: by what a default of the mock is left."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class Kind(StrEnum):
    """Where a switch is."""

    CIRCUMSTANCE = "circumstance"
    """Armed on a stage, or on an issuer."""
    SETTING = "setting"
    """Given at the start of the mock."""
    POLICY = "policy"
    """How an issuer behaves: at the start, or at any time by the control API."""
    CLIENT = "client"
    """A member of a client's registration."""
    PROFILE = "profile"
    """A claims profile."""
    PERSONA = "persona"
    """Somebody to sign in as."""
    CONTROL = "control"
    """A call of the control API: method, and path below /control/v1."""


class Switch(BaseModel):
    """By which the default is left: the circumstance, setting, member, profile, persona or call of that name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    name: str = Field(min_length=1)
