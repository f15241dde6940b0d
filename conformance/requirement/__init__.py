"""Requirements: rows of data, each with the source that says so."""

from importlib.resources import files
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from conformance.errors import InputError, Problem
from conformance.errors.reading import parse

Level = Literal["must", "should", "may"]
STRICTNESS: tuple[Level, ...] = ("may", "should", "must")


class Requirement(BaseModel):
    """One rule an application is judged by: its sentence, its source, how strict it is and how sure we are of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[A-Z]+-[0-9A-Z.]+$")]
    sentence: str
    dutch: str = Field(default="", description="the sentence in Dutch, for documents that are filed")
    source: str
    url: str | None = None
    level: Level
    certainty: Literal["documented", "seen", "inferred"]
    fix: str = ""
    shown_by: Literal["behaviour", "document"] = Field(
        default="behaviour", description="document: only papers can show it, so a person signs for it and no run does"
    )
    not_applicable: str = Field(
        default="", description="why no application of ACM can meet it; such a row is not judged"
    )


class RequirementFile(BaseModel):
    """One file under `conformance/requirement/`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    requirements: tuple[Requirement, ...]


def load_requirements() -> tuple[dict[str, Requirement], tuple[Problem, ...]]:
    """Every requirement by id, and the problems of the files that cannot be read."""
    found: dict[str, Requirement] = {}
    problems: list[Problem] = []
    for file in sorted(files("conformance.requirement").iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".toml"):
            continue
        path = f"conformance/requirement/{file.name}"
        try:
            rows = parse(RequirementFile, file.read_text(encoding="utf-8"), file=path).requirements
        except InputError as error:
            problems.extend(error.problems)
            continue
        twice = [row.id for row in rows if row.id in found]
        problems += [Problem(file=path, key=name, message="this id is taken by another row") for name in twice]
        found |= {row.id: row for row in rows}
    return found, tuple(problems)


def strictest(requirements: list[Requirement]) -> Level:
    """The strictest level among the requirements; `may` without any."""
    return max((row.level for row in requirements), key=STRICTNESS.index, default="may")
