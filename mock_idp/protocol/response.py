"""The answer to an authorization or logout request: parameters that the browser carries to the application."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Mapping


class ResponseMode(StrEnum):
    """How the parameters travel."""

    QUERY = "query"
    FRAGMENT = "fragment"
    FORM_POST = "form_post"


@dataclass(frozen=True, kw_only=True)
class RedirectAnswer:
    """Where the browser goes, with which parameters."""

    redirect_uri: str
    parameters: Mapping[str, str | list[str]]
    mode: ResponseMode = ResponseMode.QUERY

    @property
    def location(self) -> str:
        """The redirect URI with the parameters in its query or fragment."""
        if not self.parameters:
            return self.redirect_uri
        told = urlencode(self.parameters, doseq=True)
        address, mark, fragment = self.redirect_uri.partition("#")
        if self.mode == ResponseMode.FRAGMENT:
            return f"{address}#{told}"
        return f"{address}{_joint(address)}{told}{mark}{fragment}"


def response_mode(value: str | None, redirect_uri: str, response_type: str | None = None) -> ResponseMode:
    """Return the mode of that name; the usual one when none was sent, it is unknown, or a form cannot be posted there.

    Usual is the query; whoever asks for tokens at once, which ACM refuses, looks into the fragment.
    """
    usual = ResponseMode.FRAGMENT if "token" in (response_type or "") else ResponseMode.QUERY
    mode = ResponseMode(value) if value in set(ResponseMode) else usual
    return mode if mode != ResponseMode.FORM_POST or takes_forms(redirect_uri) else ResponseMode.QUERY


def takes_forms(redirect_uri: str) -> bool:
    """Return whether a form can be posted to this address: only a web site takes one."""
    return redirect_uri.startswith(("http://", "https://"))


def _joint(address: str) -> str:
    """Return what stands between a registered address, which stays as it is, and the first parameter."""
    if "?" not in address:
        return "?"
    return "" if address.endswith(("?", "&")) else "&"
