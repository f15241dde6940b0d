"""The protocol's articles, and what the run says under each: rows told in full once, and pointed at elsewhere. Pure."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from pydantic import BaseModel, ConfigDict

from conformance.report import Report, RequirementResult, Result
from conformance.reporters.evidence.standing import Standing, standing
from conformance.reporters.evidence.texts import DATA, Bilingual

FAMILY: Final = "LR-"
"""What the ids of the protocol's requirements begin with."""
PRACTICE: Final = "practice"
"""The part for what no article asks."""
CITED: Final = re.compile(r"\b(article|recital) (\w+)")


class Article(BaseModel):
    """One article or recital, and what it asks in our own words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: Bilingual
    asks: Bilingual


class Item(BaseModel):
    """One thing that only a document can show: a person looks at it and signs."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    article: str
    requirements: tuple[str, ...]
    asks: Bilingual
    proof: Bilingual


@dataclass(frozen=True, kw_only=True)
class Row:
    """One requirement with the scenarios of the run that cite it, and the items of the checklist that belong to it."""

    requirement: RequirementResult
    results: tuple[Result, ...]
    standing: Standing
    items: tuple[Item, ...]
    articles: tuple[str, ...]

    @property
    def home(self) -> str:
        """The article under which it is told in full: the first that its source names, recitals last."""
        return self.articles[0]


@dataclass(frozen=True, kw_only=True)
class Section:
    """One article: the rows told in full here, those told elsewhere, and its items of the checklist."""

    article: Article
    rows: tuple[Row, ...]
    elsewhere: tuple[Row, ...]
    items: tuple[Item, ...]


@cache
def articles() -> tuple[Article, ...]:
    """Every article that asks something, in the order of the document."""
    rows = tomllib.loads((DATA / "articles.toml").read_text(encoding="utf-8"))["articles"]
    return tuple(Article.model_validate(row) for row in rows)


@cache
def checklist() -> tuple[Item, ...]:
    """What a person signs for."""
    file = files("conformance") / "data" / "checklist.toml"
    return tuple(Item.model_validate(row) for row in tomllib.loads(file.read_text(encoding="utf-8"))["items"])


def cited(source: str) -> tuple[str, ...]:
    """The articles that a source names, recitals after them; `practice` when it names none."""
    found = sorted(CITED.findall(source), key=lambda each: each[0] != "article")
    return tuple(dict.fromkeys(name for _, name in found)) or (PRACTICE,)


def rows(report: Report) -> tuple[Row, ...]:
    """Every requirement of the protocol, in order."""
    results = {result.id: result for result in report.results}
    return tuple(_row(each, results) for each in report.requirements if each.id.startswith(FAMILY))


def _row(requirement: RequirementResult, results: dict[str, Result]) -> Row:
    citing = tuple(results[name] for name in requirement.scenarios if name in results)
    return Row(
        requirement=requirement,
        results=citing,
        standing=standing(requirement, citing),
        items=tuple(item for item in checklist() if requirement.id in item.requirements),
        articles=cited(requirement.source),
    )


def sections(told: Iterable[Row]) -> tuple[Section, ...]:
    """The rows under their articles."""
    listed = tuple(told)
    return tuple(
        Section(
            article=article,
            rows=tuple(row for row in listed if row.home == article.id),
            elsewhere=tuple(row for row in listed if article.id in row.articles and row.home != article.id),
            items=tuple(item for item in checklist() if item.article == article.id),
        )
        for article in articles()
    )
