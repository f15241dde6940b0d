"""Writing into the journal of a mock, and reading its page."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from mock_idp.provider import Provider


def text_of(browser: FlaskClient, path: str = "/inspect") -> str:
    page = browser.get(path, query_string={"lang": "en"})
    assert page.status_code == 200
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def newest(browser: FlaskClient) -> str:
    """The address of the newest sign-in."""
    page = browser.get("/inspect").text
    return re.findall(r'id="row-[^"]+" href="([^"]+)"', page)[0].partition("?")[0]


def write(provider: Provider, endpoint: str, flow: str | None = "flow-1", **members: Any) -> None:
    """Write an exchange into the journal."""
    status, response = members.pop("status", 200), members.pop("response", {})
    entry = provider.journal.begin(endpoint, members.pop("method", "GET"), members.pop("stage", "default"))
    entry.flow = flow
    entry.client_id = members.pop("client_id", None)
    entry.request = members.pop("request", {})
    for sentence in members.pop("notes", ()):
        entry.note(sentence)
    entry.fired(members.pop("fired", ()))
    assert not members
    entry.finish(status, response)
