"""Addresses as a target gives them, and the record that all of it is made of."""

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def _http_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"{text!r} is no http or https URL")
    return text


def _on_this_machine(text: str) -> str:
    if urlsplit(text).hostname not in LOOPBACK:
        raise ValueError(f"{text!r} is not on this machine; what is opened for tests must not be reached from others")
    return text


Url = Annotated[str, AfterValidator(_http_url)]
Door = Annotated[Url, AfterValidator(_on_this_machine)]
"""An address that is opened for tests: what is asked there may delete what an application keeps."""


class Value(BaseModel):
    """A frozen record that accepts no unknown member."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def origin(url: str) -> str:
    """Scheme, host and port of a URL, in lower case."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()
