"""Markup in whatever can be sent: every page that shows it afterwards shows it as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_application import REDIRECT_URI
from weather import sending
from wire_description import ASKING, COMPOSED, ENDPOINTS, HTML, Endpoint

from benchmarks.storm.asked import FORM, Asked
from benchmarks.storm.grammar import COMPOSED as A_PUPIL
from benchmarks.storm.rules import Judge
from benchmarks.storm.values import encoded

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from benchmarks.storm.asked import Answered

MARKUP = "%27%22%3E%3Cx-storm%20onload%3D1%3E%22%20onx-storm%3D1%20"
RAW = "'\"><x-storm onload=1>"
QUESTION = {"client_id": "a", "redirect_uri": REDIRECT_URI, "response_type": "code", "scope": "openid"}
ON_PAGES = [(each, name) for each in ENDPOINTS if HTML in each.answers.values() for name in each.takes]
HEADERS = ["User-Agent", "Accept-Language", "Origin", "Referer", "Host", "X-Forwarded-Host", "If-None-Match"]
COOKIES = ["leerid_session", "leerid_recent", "leerid_stage", "leerid_inspect"]


def is_text(answered: Answered) -> bool:
    return not Judge().complaints(Asked(endpoint=""), answered)


def page(browser: FlaskClient, **changes: str) -> str:
    query = encoded([*{**QUESTION, **changes}.items()])
    place = sending(browser.application)(Asked(endpoint="", path="/op/v1/auth", query=query)).location
    assert place.startswith("/op/sign-in/")
    return place


def after(browser: FlaskClient, place: str) -> list[Answered]:
    """What shows afterwards what was sent: the page, its composer, the journal in both forms."""
    send = sending(browser.application)
    return [send(Asked(endpoint="", path=each)) for each in (place, f"{place}/new", "/inspect", "/control/v1/journal")]


@pytest.mark.parametrize(("endpoint", "name"), ON_PAGES, ids=lambda value: getattr(value, "name", value))
def test_markup_in_a_parameter_is_shown_as_text(browser: FlaskClient, endpoint: Endpoint, name: str) -> None:
    place, send = page(browser), sending(browser.application)
    path = f"/op{endpoint.path}".replace("/op/sign-in/{page}", place)
    sent = encoded([*{**(QUESTION if endpoint.takes == ASKING else {}), name: MARKUP}.items()])
    if endpoint.method == "GET":
        answered = send(Asked(endpoint="", path=path, query=sent))
    else:
        form = (("Content-Type", FORM),)
        answered = send(Asked(endpoint="", method="POST", path=path, body=sent.encode(), headers=form))
    assert is_text(answered)
    assert all(map(is_text, after(browser, place)))


@pytest.mark.parametrize("name", COMPOSED)
def test_markup_in_a_pupil_who_is_made_is_shown_as_text(browser: FlaskClient, name: str) -> None:
    place = page(browser, client_id=MARKUP, ui_locales=MARKUP)
    body = encoded([*{**dict(A_PUPIL), name: MARKUP}.items()]).encode()
    made = Asked(endpoint="", method="POST", path=f"{place}/new", body=body, headers=(("Content-Type", FORM),))
    assert is_text(sending(browser.application)(made))
    assert all(map(is_text, after(browser, place)))


@pytest.mark.parametrize("path", ["/", "/nowhere", "/inspect", "/op/v1/auth", "/op/v1/logout"])
def test_markup_in_headers_and_cookies_is_shown_as_text(browser: FlaskClient, path: str) -> None:
    send = sending(browser.application)
    headers = [(name, RAW) for name in HEADERS] + [("Cookie", f"{name}={RAW}") for name in COOKIES]
    assert all(is_text(send(Asked(endpoint="", path=path, headers=(each,)))) for each in headers)
    assert all(map(is_text, after(browser, page(browser))))
