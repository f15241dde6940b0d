"""The words of the evidence pack in Dutch and English, side by side in data files. Pure but for reading them."""

import tomllib
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from markupsafe import Markup
from pydantic import BaseModel, ConfigDict

from conformance.reporters.page import prose

Language = Literal["nl", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("nl", "en")
DATA: Final = files("conformance.reporters.evidence") / "data"
BRUSSELS: Final = ZoneInfo("Europe/Brussels")


class Bilingual(BaseModel):
    """One text in both languages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    nl: str
    en: str

    def in_(self, language: Language) -> str:
        """The text in one of them."""
        return self.nl if language == "nl" else self.en


@cache
def texts() -> dict[str, Bilingual]:
    """Every text of the document by key."""
    rows = tomllib.loads((DATA / "texts.toml").read_text(encoding="utf-8"))
    return {key: Bilingual.model_validate(row) for key, row in rows.items()}


def say(language: Language, key: str, **values: Any) -> str:
    """A text with its names filled in, as it stands; the template escapes it."""
    return texts()[key].in_(language).format_map(values)


def tell(language: Language, key: str, **values: Any) -> Markup:
    """The same for the page: escaped, and what stands between backticks is code."""
    return prose(say(language, key, **values))


def moment(language: Language, at: datetime) -> str:
    """Date and time in Flanders, with the zone, and in UTC."""
    here, utc = at.astimezone(BRUSSELS), at.astimezone(ZoneInfo("UTC"))
    return say(
        language,
        "moment",
        day=here.day,
        month=_month(language, here),
        year=here.year,
        time=f"{here:%H:%M:%S}",
        zone=here.tzname(),
        utc=f"{utc:%H:%M:%S}",
    )


def day(language: Language, at: datetime) -> str:
    """The date in Flanders."""
    here = at.astimezone(BRUSSELS)
    return f"{here.day} {_month(language, here)} {here.year}"


def _month(language: Language, at: datetime) -> str:
    return say(language, "months").split()[at.month - 1]
