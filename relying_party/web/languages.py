"""Dutch pages, with English one click away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import g, request, url_for
from flask_babel import Babel, get_locale

from relying_party.web import cookies
from relying_party.web.site import current_site

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.wrappers import Response

LANGUAGES = {"nl": "Nederlands", "en": "English"}
PARAMETER = "lang"


def prepare(app: Flask) -> None:
    """Choose the language of every page and remember a choice that was made."""
    Babel(app, default_locale="nl", default_timezone="Europe/Brussels", locale_selector=_chosen)
    app.after_request(_remember)
    app.context_processor(_offered)


def _chosen() -> str:
    wish = request.args.get(PARAMETER) or cookies.read(cookies.LANGUAGE)
    g.language = wish if wish in LANGUAGES else "nl"
    return str(g.language)


def _remember(response: Response) -> Response:
    wish = request.args.get(PARAMETER)
    if wish in LANGUAGES:
        cookies.write(response, cookies.LANGUAGE, wish, lives_s=cookies.LANGUAGE_LIVES_S)
    return response


def _offered() -> dict[str, Any]:
    """Give the templates the language of the page and the links to the others."""
    current = str(get_locale())
    others = [(code, name, _same_page(code)) for code, name in LANGUAGES.items() if code != current]
    return {"language": current, "other_languages": others, "defect": current_site().settings.defect}


def _same_page(code: str) -> str:
    """Return the address of this page in another language; a page that is not there leads home."""
    if request.endpoint is None or request.method != "GET":
        return url_for("pages.home", lang=code)
    kept: dict[str, Any] = {name: value for name, value in request.args.items() if name == "state"}
    return url_for(request.endpoint, **(kept | (request.view_args or {})), lang=code)
