"""The answer to an authorization or logout request: parameters that the browser carries to the application."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from authlib.common.urls import add_params_to_uri

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
    parameters: Mapping[str, str]
    mode: ResponseMode = ResponseMode.QUERY

    @property
    def location(self) -> str:
        """The redirect URI with the parameters in its query or fragment."""
        if not self.parameters:
            return self.redirect_uri
        pairs = list(self.parameters.items())
        location: str = add_params_to_uri(self.redirect_uri, pairs, fragment=self.mode == ResponseMode.FRAGMENT)
        return location


def response_mode(value: str | None, redirect_uri: str) -> ResponseMode:
    """Return the mode of that name; `query` when none was sent, it is unknown, or a form cannot be posted there."""
    mode = ResponseMode(value) if value in set(ResponseMode) else ResponseMode.QUERY
    return mode if mode != ResponseMode.FORM_POST or takes_forms(redirect_uri) else ResponseMode.QUERY


def takes_forms(redirect_uri: str) -> bool:
    """Return whether a form can be posted to this address: only a web site takes one."""
    return redirect_uri.startswith(("http://", "https://"))
