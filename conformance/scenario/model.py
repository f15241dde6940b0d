"""What a scenario and a profile are made of. `expect` is what we demand; what we saw is another type, `Outcome`."""

from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Level = Literal["must", "should", "may"]
Expectation = Literal["signed-in", "refused", "stalled", "either", "kept-out"]
StepName = Literal["none", "authorization", "authorization-response", "token", "userinfo", "signed-in"]
IssuerName = Literal["first", "second"]
Names = tuple[Annotated[str, Field(min_length=1)], ...]


class Value(BaseModel):
    """A frozen record that accepts no unknown member."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Situation(Value):
    """What the provider does in one sign-in, who signs in, and what a sound application makes of it."""

    persona: str = "secondary-pupil"
    faults: Names = ()
    circumstances: Names = ()
    calendar_offset_days: int = 0
    issuer: IssuerName = "first"
    expect: Expectation

    @property
    def armed(self) -> tuple[str, ...]:
        """Faults and circumstances together."""
        return (*self.faults, *self.circumstances)


class VisitFile(Value):
    """One sign-in of a journey over time; what is not given is as in the scenario."""

    persona: str | None = None
    faults: Names | None = None
    circumstances: Names | None = None
    calendar_offset_days: int | None = None
    issuer: IssuerName | None = None
    expect: Expectation | None = None


class Terms(Value):
    """What differs where a claims profile says otherwise; what is not given is as in the scenario."""

    title: str | None = Field(default=None, min_length=1, max_length=100)
    faults: Names | None = None
    circumstances: Names | None = None
    checks: Names | None = None
    needs: Names | None = None
    expect: Expectation | None = None
    why: str | None = None


class ScenarioFile(Value):
    """One file under `scenarios/`: a situation, what is expected, and which requirements say so."""

    title: str = Field(min_length=1, max_length=100, description="a sentence in the present tense, no dot at the end")
    requirements: Names = Field(min_length=1, description="ids of requirement rows")
    level: Level = Field(description="at most the strictest level among the requirements")
    admission: Level | None = Field(
        default=None, description="how grave it is when somebody is signed in all the same; without it as `level`"
    )
    journey: str = Field(default="sign-in", description="a registered journey")
    persona: str = Field(default="secondary-pupil", description="slug of a persona of the mock")
    faults: Names = Field(default=(), description="violations by the provider; the application refuses")
    circumstances: Names = Field(default=(), description="within the provider's rights; the application copes")
    calendar_offset_days: int = Field(default=0, description="days by which the registers are read earlier or later")
    issuer: IssuerName = Field(default="first", description="at which issuer; `second`: the sibling of the mock")
    expect: Expectation = Field(
        description="what a sound application does; `stalled`: nothing, for the provider keeps the visitor; "
        "`either`: signed in or refused; `kept-out`: refused or stalled"
    )
    sent: Names = Field(
        default=(),
        description="what the application must have sent for the fault to mean anything, as endpoint.parameter "
        "(`end-session.state`) or endpoint.parameter=value (!= for another one); else the scenario is skipped",
    )
    not_after: StepName | None = Field(default=None, description="latest step it may reach when it refuses")
    checks: Names = Field(default=(), description="registered checks judged on top of the outcome")
    needs: Names = Field(default=(), description="capabilities the target must have; else the scenario is skipped")
    catches: Names = Field(default=(), description="defects of the reference application that fail this scenario")
    unproven: str = Field(
        default="", description="why no defect of the reference application can fail this scenario, where none can"
    )
    why: str = Field(default="", description="one to three sentences for the report")
    under: dict[str, Terms] = Field(
        default={}, description="where two requirements contradict: what a claims profile of the target decides"
    )
    visits: tuple[VisitFile, ...] = Field(default=(), description="the sign-ins of a journey over time")


class Scenario(ScenarioFile):
    """A scenario with its name, which is its path: `id-token/nonce-mismatch`."""

    id: str

    @property
    def situations(self) -> tuple[Situation, ...]:
        """The sign-ins of this scenario, at least one, each complete."""
        shared = {name: getattr(self, name) for name in Situation.model_fields}
        return tuple(
            Situation(**(shared | visit.model_dump(exclude_none=True))) for visit in self.visits or (VisitFile(),)
        )

    def agreed(self, claims_profile: str) -> "Scenario":
        """The scenario for a target of this claims profile."""
        terms = self.under.get(claims_profile)
        return self.model_copy(update=terms.model_dump(exclude_none=True)) if terms else self

    @property
    def armed(self) -> tuple[str, ...]:
        """Every fault and circumstance of every sign-in, each once."""
        return tuple(dict.fromkeys(name for situation in self.situations for name in situation.armed))

    @property
    def faults_armed(self) -> tuple[str, ...]:
        """The faults alone, each once."""
        return tuple(dict.fromkeys(name for situation in self.situations for name in situation.faults))


class Profile(Value):
    """A versioned list of scenario names; `*` stands for any text."""

    name: str
    version: str
    title: str = ""
    include: Names = Field(min_length=1)
    exclude: Names = ()

    def holds(self, scenario_id: str) -> bool:
        """Whether the scenario belongs to this profile."""
        return matches(scenario_id, self.include) and not matches(scenario_id, self.exclude)


def matches(name: str, patterns: Iterable[str]) -> bool:
    """Whether the name matches one of the patterns."""
    return any(fnmatchcase(name, pattern) for pattern in patterns)
