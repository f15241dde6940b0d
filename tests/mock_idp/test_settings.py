"""Settings: which addresses can be those of a datastore."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from mock_idp.settings import Settings


@pytest.mark.parametrize(
    "url",
    [
        None,
        "http://localhost:9101",
        "http://localhost:9101/",
        "https://datastore_1.test.example/under/a/path",
        "http://127.0.0.1:9101",
        "http://[::1]:9101",
        "http://xn--dtastore-0za.example.",
    ],
)
def test_an_address_over_http_can_be_that_of_a_datastore(url: str | None) -> None:
    assert Settings(datastore_url=url).datastore_url == url


@pytest.mark.parametrize(
    "url",
    [
        *("", "localhost", "localhost:9101", "ftp://localhost", "file:///etc/hosts", "http://", "http://:9101"),
        *("http://ß☃:1", "http://a b:1", "http://a..b:1", f"http://{'a' * 64}:1", "http://-a:1", "http://*:1"),
        *("http://1.2.3.400:1", "http://[zz]:1", "http://[::1", "http://localhost:0", "http://localhost:99999"),
        *("http://localhost:1/?q=1", "http://localhost:1/#top", "http://local\nhost:1", "http://localhost:1/\x00"),
    ],
)
def test_any_other_is_refused_and_told(url: str) -> None:
    with pytest.raises(ValidationError, match="is no address of a datastore; write it as http://localhost:9101"):
        Settings(datastore_url=url)


def test_a_password_in_an_address_is_refused_and_never_repeated() -> None:
    with pytest.raises(ValidationError) as raised:
        Settings(datastore_url="http://u:secret@localhost:1")
    (problem,) = raised.value.errors()
    assert problem["msg"] == "Value error, An address of a datastore holds no user name and no password."
