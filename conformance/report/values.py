"""What a report is put together from: frozen values and how verdicts add up. No I/O."""

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

Level = Literal["must", "should", "may"]
Certainty = Literal["documented", "seen", "inferred"]


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
    not_after: str | None = Field(default=None, description="the latest step at which it may refuse")
    last_step: str = "none"
    reason: str = ""
    clause: str = Field(default="", description="the condition of a sound verdict that objected; empty when none did")
    duration_s: float = 0.0
    why: str = ""
    persona: str = ""
    journey: str = ""
    visitor_did: str = Field(default="", description="the journey in a sentence")
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
    dutch: str = ""
    source: str
    level: Level
    certainty: Certainty
    url: str | None = None
    fix: str = ""
    shown_by: Literal["behaviour", "document"] = "behaviour"
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
    """The provider that the application talked to; `seed` makes its crowd, None when it does not tell."""

    issuer: str
    version: str
    seed: int | None = None


class Inputs(Value):
    """What went into the run: SHA-256 of the target file and of the scenarios and requirements; what it was cut to.

    `cast`: the label of the people who signed in, with which the same ones sign in again; empty: the personas did.
    """

    target_sha256: str = ""
    suite_sha256: str = ""
    only: tuple[str, ...] = ()
    cast: str = ""


class Calibration(Value):
    """Whether an honest sign-in was recognised, and a fresh visitor not mistaken for a signed-in one."""

    ok: bool
    reason: str = ""


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
