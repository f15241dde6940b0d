"""Dutch, as pupils meet it, and English for those who ask: `?lang=`, then `ui_locales` of the application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from flask import g, request
from flask_babel import Babel

if TYPE_CHECKING:
    from flask import Flask

LANGUAGES: Final = ("nl", "en")
PARAMETER: Final = "lang"


def speak(app: Flask) -> None:
    """Translate the pages of the application."""
    Babel(app, locale_selector=language)
    app.context_processor(_language_context)


def language() -> str:
    """Return the language of the page that is being answered."""
    asked = g.ui_locales if "ui_locales" in g else request.values.get("ui_locales", "")
    wishes = [request.args.get(PARAMETER, ""), *asked.split()]
    wished = next((wish[:2].lower() for wish in wishes if wish[:2].lower() in LANGUAGES), None)
    return wished or LANGUAGES[0]


def chosen_language() -> str | None:
    """Return the language that was chosen on the page, to keep it on the next one."""
    chosen = request.args.get(PARAMETER)
    return chosen if chosen in LANGUAGES else None


def _language_context() -> dict[str, Any]:
    return {"language": language(), "language_links": {each: _here_in(each) for each in LANGUAGES}}


def _here_in(other: str) -> str:
    others = [(name, value) for name, value in request.args.items(multi=True) if name != PARAMETER]
    return f"?{urlencode([*others, (PARAMETER, other)])}"
