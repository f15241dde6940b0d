"""The schools this application has an agreement with: a TOML file, the testbed's own list by default."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date  # noqa: TC003  pydantic reads the annotation
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from relying_party.settings import Problem, SettingsError

if TYPE_CHECKING:
    from pathlib import Path

SchoolNumber = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]


class PartnerSchool(BaseModel):
    """A school and its agreement with us, from a first day up to and including a last day, or without end."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: SchoolNumber
    name: str = Field(min_length=1)
    agreement_from: date
    agreement_until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Tell whether the agreement holds on a day."""
        return self.agreement_from <= day and (self.agreement_until is None or day <= self.agreement_until)


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    schools: list[PartnerSchool]


PartnerSchools: TypeAlias = Mapping[str, PartnerSchool]
"""Partner schools by number."""


def load(path: Path | None = None) -> PartnerSchools:
    """Read the partner schools from a file, or the testbed's.

    Raises:
        SettingsError: with everything that is wrong in the file.
    """
    source = path or files("relying_party.signin") / "partner_schools.toml"
    try:
        content = _File.model_validate(tomllib.loads(source.read_text(encoding="utf-8")))
    except OSError as error:
        raise SettingsError(_problem(path, "", f"cannot be read ({error.strerror})", "Does the file exist?")) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(_problem(path, "", f"is no TOML: {error}", "See https://toml.io")) from None
    except ValidationError as error:
        raise SettingsError(*(_wrong(path, dict(detail)) for detail in error.errors(include_input=False))) from None
    return MappingProxyType({school.number: school for school in content.schools})


HINT = 'A school is [[schools]] with number = "six digits, quoted", name, agreement_from and maybe agreement_until.'


def _wrong(path: Path | None, detail: dict[str, Any]) -> Problem:
    return _problem(path, ".".join(str(part) for part in detail["loc"]), str(detail["msg"]), HINT)


def _problem(path: Path | None, key: str, message: str, hint: str) -> Problem:
    return Problem(key=f"--partner-schools {path}{f', {key}' if key else ''}", message=message, hint=hint)
