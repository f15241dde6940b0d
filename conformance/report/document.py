"""The report of a run as a whole: one JSON file with a footer, no I/O but reading and writing that file."""

import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal, Self

from pydantic import Field, ValidationError, computed_field

from conformance.report.findings import Finding, gathered
from conformance.report.values import (
    Browser,
    Calibration,
    Inputs,
    Mock,
    Profile,
    RequirementResult,
    Result,
    Target,
    Value,
    Verdict,
)

VERSION: Final = "1"


class UnreadableReport(Exception):  # noqa: N818  the name tells what is wrong, as the other errors of the harness do
    """A report file that is absent, broken, cut off or of another version. Says what, where, and what to do next."""


class Report(Value):
    """A whole run. `findings`, `totals`, `uncovered` and `complete` are computed, never given."""

    version: Literal["1"] = VERSION
    generated_at: datetime
    product_version: str
    target: Target
    profile: Profile
    browser: Browser | None = None
    mock: Mock | None = None
    inputs: Inputs = Inputs()
    calibration: Calibration
    results: tuple[Result, ...] = ()
    requirements: tuple[RequirementResult, ...] = ()
    observations: tuple[str, ...] = ()
    duration_s: float = 0.0
    interrupted: bool = Field(default=False, description="the run did not come to its end, so the footer is missing")

    @computed_field  # type: ignore[prop-decorator]  # pydantic's documented form
    @property
    def findings(self) -> tuple[Finding, ...]:
        """What asks for attention, gravest first; scenarios with one cause are one finding.

        Nothing when the calibration did not succeed: then every scenario says the same, and says nothing of itself.
        """
        return gathered(self.results, self.requirements) if self.calibration.ok else ()

    @computed_field  # type: ignore[prop-decorator]  # pydantic's documented form
    @property
    def uncovered(self) -> tuple[str, ...]:
        """Ids of the requirements that no scenario of this run cites, though an application can meet them."""
        return tuple(row.id for row in self.requirements if not row.scenarios and not row.not_applicable)

    @computed_field  # type: ignore[prop-decorator]  # pydantic's documented form
    @property
    def totals(self) -> dict[Verdict, int]:
        """How many scenarios got each verdict; every verdict is there."""
        counts = Counter(result.verdict for result in self.results)
        return {verdict: counts[verdict] for verdict in Verdict}

    @computed_field  # type: ignore[prop-decorator]  # pydantic's documented form
    @property
    def complete(self) -> bool:
        """The footer, last in the file: a file that was cut off does not have it, an interrupted run denies it."""
        return not self.interrupted

    def dump(self) -> str:
        """The report as JSON text, footer last."""
        return self.model_dump_json(indent=2) + "\n"

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a report back.

        Raises:
            UnreadableReport: when the file is absent, is no JSON, has no footer or does not have the shape of a report.
        """
        members = _members(path)
        given = {name: members.pop(name, None) for name in cls.model_computed_fields}
        if given["complete"] is not True:
            raise UnreadableReport(
                f"{path}: has no footer (complete: true), so the run that wrote it was cut off; run again"
            )
        try:
            report = cls.model_validate(members)
        except ValidationError as error:
            raise UnreadableReport(_problems(path, error)) from None
        if given["totals"] != report.totals:
            raise UnreadableReport(f"{path}: totals do not match the results; the file was changed by hand, run again")
        return report


def _members(path: Path) -> dict[str, Any]:
    try:
        members = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnreadableReport(f"{path}: cannot be read as a report ({error}); run again") from None
    if not isinstance(members, dict):
        raise UnreadableReport(f"{path}: is JSON, but no report; give the report.json of a run")
    return members


def _problems(path: Path, error: ValidationError) -> str:
    found = (f"  {'.'.join(map(str, problem['loc']))}: {problem['msg']}" for problem in error.errors())
    return "\n".join((f"{path}: is not a report of version {VERSION}:", *found))
