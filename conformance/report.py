"""The report of a run: frozen values, one JSON file with a footer, no I/O but reading and writing that file."""

import json
from collections import Counter
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError, computed_field

VERSION: Final = "1"

Level = Literal["must", "should", "may"]
Certainty = Literal["documented", "seen", "inferred"]


class UnreadableReport(Exception):  # noqa: N818  the name tells what is wrong, as the other errors of the harness do
    """A report file that is absent, broken, cut off or of another version. Says what, where, and what to do next."""


class Verdict(StrEnum):
    """What we conclude about one scenario, one check or one requirement."""

    PASSED = "passed"
    FAILED = "failed"
    WARNED = "warned"
    SKIPPED = "skipped"
    INCONCLUSIVE = "inconclusive"


GRAVITY = (Verdict.FAILED, Verdict.INCONCLUSIVE, Verdict.WARNED, Verdict.PASSED, Verdict.SKIPPED)
"""Verdicts from the gravest to the lightest; what was only skipped proves nothing, so it comes last."""


class Value(BaseModel):
    """A frozen record that accepts no unknown member."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class CheckResult(Value):
    """One judgement on top of the outcome: name of the check, verdict, reason in plain words."""

    name: str
    verdict: Verdict
    reason: str = ""


class Step(Value):
    """One thing that happened: when, who did it (harness, browser, application, provider) and what, in plain words."""

    at: str
    who: str
    what: str


class Page(Value):
    """The page on which the browser came to rest."""

    url: str
    status: int | None = None
    title: str = ""


class Result(Value):
    """One scenario, judged. Times in seconds; `screenshot` is a path relative to the report's directory."""

    id: str
    title: str
    level: Level
    requirements: tuple[str, ...]
    verdict: Verdict
    outcome: str | None = None
    expected: str
    last_step: str = "none"
    reason: str = ""
    duration_s: float = 0.0
    why: str = ""
    persona: str = ""
    journey: str = ""
    armed: tuple[str, ...] = ()
    fired: tuple[str, ...] = ()
    provider_did: tuple[str, ...] = Field(default=(), description="a sentence for each armed fault or circumstance")
    steps: tuple[Step, ...] = ()
    exchanges: tuple[dict[str, JsonValue], ...] = Field(default=(), description="from the mock's journal, masked")
    screenshot: str | None = None
    checks: tuple[CheckResult, ...] = ()
    page: Page | None = None

    @property
    def group(self) -> str:
        """The folder part of the id: `id-token/nonce-mismatch` belongs to `id-token`."""
        return self.id.partition("/")[0]


class RequirementResult(Value):
    """A requirement, the scenarios of this run that cite it, and what they say together (None: no scenario)."""

    id: str
    sentence: str
    source: str
    level: Level
    certainty: Certainty
    url: str | None = None
    fix: str = ""
    not_applicable: str = ""
    scenarios: tuple[str, ...] = ()
    verdict: Verdict | None = None


class Target(Value):
    """The application that was judged."""

    name: str
    sign_in_url: str
    claims_profile: str


class Profile(Value):
    """The list of scenarios that was asked for."""

    name: str
    version: str


class Browser(Value):
    """The browser that drove the application."""

    name: str
    version: str


class Mock(Value):
    """The provider that the application talked to."""

    issuer: str
    version: str


class Calibration(Value):
    """Whether an honest sign-in was recognised, and a fresh visitor not mistaken for a signed-in one."""

    ok: bool
    reason: str = ""


class Report(Value):
    """A whole run. `totals`, `uncovered` and `complete` are computed, never given."""

    version: Literal["1"] = VERSION
    generated_at: datetime
    product_version: str
    target: Target
    profile: Profile
    browser: Browser | None = None
    mock: Mock | None = None
    calibration: Calibration
    results: tuple[Result, ...] = ()
    requirements: tuple[RequirementResult, ...] = ()
    observations: tuple[str, ...] = ()
    duration_s: float = 0.0
    interrupted: bool = Field(default=False, description="the run did not come to its end, so the footer is missing")

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
        given = {name: members.pop(name, None) for name in ("complete", "uncovered", "totals")}
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


def gravest(verdicts: tuple[Verdict, ...]) -> Verdict | None:
    """The verdict that several verdicts make together; None without any."""
    return min(verdicts, key=GRAVITY.index, default=None)


def cover(requirement: RequirementResult, results: tuple[Result, ...]) -> RequirementResult:
    """The same requirement, with the scenarios that cite it and the verdict they make together."""
    citing = tuple(result for result in results if requirement.id in result.requirements)
    return requirement.model_copy(
        update={
            "scenarios": tuple(result.id for result in citing),
            "verdict": gravest(tuple(result.verdict for result in citing)),
        },
    )


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
