"""The shape of a school year, as data: how many pupils, in what schools and grades, and in what situations."""

from __future__ import annotations

from typing import Annotated, Final, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from mock_idp.domain.discimus import Group, groups
from mock_idp.domain.population.situations import TOPICS, Situation

LARGEST_SIZE: Final = 20_000_000

Share: TypeAlias = Annotated[int, Field(ge=0, le=10_000, description="A whole number per ten thousand.")]
Day: TypeAlias = Annotated[int, Field(ge=0, le=364, description="Days after 1 September.")]
Age: TypeAlias = Annotated[int, Field(ge=2, le=30)]
Pupils: TypeAlias = Annotated[int, Field(ge=1, le=7_000)]
Word: TypeAlias = Annotated[str, Field(min_length=1, max_length=60)]
Code: TypeAlias = Annotated[str, Field(pattern=r"^9[0-9]{5}$")]
SchoolNumber: TypeAlias = Annotated[str, Field(pattern=r"^(7[0-9]{5}|000007)$")]
Shares: TypeAlias = dict[Situation, Share]


class Row(BaseModel):
    """A part of the file: unknown members are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class GroupRow(Row):
    """An invented administrative group."""

    name: str = Field(pattern=r"\(fictief\)$")
    hoofdstructuur: str = Field(pattern=r"^[0-9]{3}$")


class SchoolNames(Row):
    """Words for names of schools: `De`, an adjective and a noun."""

    adjectives: tuple[Word, ...] = Field(min_length=1)
    nouns: tuple[Word, ...] = Field(min_length=1)


class GradeRow(Row):
    """A grade. `after`: the grade before it; `by_choice`: most leave rather than enter it."""

    name: Word
    share: Share
    ages: tuple[Age, Age]
    after: str | None = None
    by_choice: bool = False
    groups: dict[Code, Share] = {}


class KindRow(Row):
    """A kind of school: all pupils of one hoofdstructuur."""

    hoofdstructuur: str = Field(pattern=r"^[0-9]{3}$")
    share: Share
    late: Share
    from_the_start: Share
    words: tuple[Word, ...] = Field(min_length=1)
    sizes: tuple[tuple[Share, Pupils, Pupils], ...] = Field(min_length=1)
    known: dict[SchoolNumber, Pupils] = {}
    groups: dict[Code, Share] = {}
    grades: tuple[GradeRow, ...] = Field(min_length=1)

    @property
    def usual_school(self) -> int:
        """How many pupils a school has on average."""
        return max(1, sum(share * (smallest + largest) for share, smallest, largest in self.sizes) // 20_000)


class Shape(Row):
    """The whole file."""

    size: int = Field(ge=1, le=LARGEST_SIZE)
    identity: Shares
    enrolment: Shares
    contact: Shares
    days: dict[Situation, tuple[Day, Day]]
    school_names: SchoolNames
    groups: dict[Code, GroupRow]
    kinds: tuple[KindRow, ...] = Field(min_length=1)

    @property
    def shares(self) -> dict[str, Shares]:
        """The shares of the situations by topic."""
        return {topic: getattr(self, topic) for topic in TOPICS}

    @property
    def all_groups(self) -> dict[str, Group]:
        """The groups of the file and those that come with the mock, by code."""
        own = {code: Group(code=code, **row.model_dump()) for code, row in self.groups.items()}
        return {**own, **groups()}
