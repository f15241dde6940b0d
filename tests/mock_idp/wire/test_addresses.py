"""Where the open mode sends nobody: addresses that a browser reads otherwise than they look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from mock_idp.domain.clients import Client
from mock_idp.protocol.client import is_loopback_uri

if TYPE_CHECKING:
    from small_application import Application

ELSEWHERE = {
    "a backslash that browsers take for a slash": "http://evil.example\\.localhost/",
    "a backslash before the user name": "http://127.0.0.1\\@evil.example/",
    "a user name": "http://localhost@evil.example/",
    "a password without user name": "http://:x@127.0.0.1/",
    "an empty user name": "http://@127.0.0.1/",
    "a comma in the host": "http://evil.example,.localhost/",
    "an escape in the host": "http://evil.example%5c.localhost/",
    "an empty label": "http://.localhost/",
    "a port that is none": "http://127.0.0.1:abc/",
    "a port beyond the last one": "http://127.0.0.1:99999999/",
    "a line end": "ht\ntp://127.0.0.1/",
    "a tab": "http://127.0.0.1\t.evil.example/",
    "a space": "http://127.0.0.1 /",
    "a zero byte": "http://127.0.0.1/\0",
    "letters that look alike": "http://ⓛocalhost/",
    "a wide slash": "http://evil.example\uff0f.localhost/",
    "no scheme": "//127.0.0.1/",
    "no host": "http:///127.0.0.1",
    "another scheme": "javascript://127.0.0.1/%0aalert(1)",
    "a fragment": "http://127.0.0.1/#",
    "half an address": "http://[::1",
    "a longer name": "http://localhost.evil.example/",
    "nothing": "",
}
HERE = [
    "http://127.0.0.1:9200/callback",
    "https://localhost/a?b=c",
    "http://app.localhost:1/",
    "http://[::1]:8080/",
    "http://localhost./",
]


@pytest.mark.parametrize("why", ELSEWHERE)
def test_nobody_is_sent_to_an_address_that_is_not_surely_here(application: Application, why: str) -> None:
    uri = ELSEWHERE[why]
    assert not is_loopback_uri(uri)
    refused = application.ask(redirect_uri=uri)
    assert (refused.status_code, refused.location) == (400, None)
    signed_out = application.browser.get(
        "/op/v1/logout", query_string={"client_id": "anybody", "post_logout_redirect_uri": uri}
    )
    assert signed_out.location is None


@pytest.mark.parametrize("uri", HERE)
def test_an_address_on_this_computer_is_served(application: Application, uri: str) -> None:
    answer = application.answered(redirect_uri=uri)
    assert answer.location.startswith(uri.rstrip("?"))


@pytest.mark.parametrize("why", ["a port that is none", "a backslash before the user name", "no scheme", "a fragment"])
def test_such_an_address_cannot_be_registered_either(why: str) -> None:
    with pytest.raises(ValidationError, match="is no absolute address"):
        Client(client_id="a", client_secret="s", redirect_uris=(ELSEWHERE[why],))
