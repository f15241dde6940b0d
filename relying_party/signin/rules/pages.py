"""Decisions about the pages: what they load, what a browser may keep of them, what stands in their address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

OWN_PATH = re.compile(r"(/[a-z0-9-]+)+")
"""A path of this application: no host can stand in it."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-LeerID-Testbed": "testing only; not a service of any government",
}


def page_headers(issuers: Sequence[str]) -> dict[str, str]:
    """Pages load our own style and pictures and nothing from elsewhere, in nobody's frame (SES-04).

    Forms may lead to a provider: signing out is a form that goes on there.
    """
    providers = " ".join(f"{parts.scheme}://{parts.netloc}" for parts in map(urlsplit, issuers))
    policy = (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
        f"form-action 'self' {providers}"
    )
    return {**HEADERS, "Content-Security-Policy": policy}


def cache_control(path: str) -> str:  # noqa: ARG001  a sound rule makes no exception
    """No page is kept by the browser: on a shared computer the next pupil would open it (SES-11)."""
    return "no-store"


def facts_for_scripts(client_id: str, client_secret: str) -> dict[str, str]:  # noqa: ARG001  the secret stays here
    """Of the settings a page tells the client id alone: the secret stays on the server (REQ-09)."""
    return {"client-id": client_id}


def leaves_response_address() -> bool:
    """The browser goes on at once: code and state stay in no address (SES-05, RFC 9700 section 4.3.1)."""
    return True


def whose_data(person_id: str, asked: Mapping[str, str]) -> str:  # noqa: ARG001  what is asked decides nothing
    """The session says whose data are shown, never the request (LR-51)."""
    return person_id


def report_offered() -> bool:
    """The page of somebody's data takes what they say is wrong in them (LR-66)."""
    return True


def name_on_page(name: str) -> str:
    """A name is text, whatever it looks like: the page escapes it (ASVS 1.2.1)."""
    return name


def words_of_provider(described: str) -> str:  # noqa: ARG001  the words are nobody's for certain
    """Of an error the page says why in our own words: anybody can write those that come with it (AZR-20)."""
    return ""


def farewell(name: str) -> str:  # noqa: ARG001  nobody is named
    """The page after signing out names nobody: the next pupil at this computer reads it (LR-65)."""
    return ""


def name_left_behind(name: str) -> str:  # noqa: ARG001  nobody is remembered
    """Of whoever signs out nothing stays in the browser for the page of whoever signs in next (SES-11)."""
    return ""


def next_page(asked: str) -> str:
    """After the sign-in the browser goes to a page of ours, whatever an address says (RFC 9700 section 4.11.1)."""
    return asked if OWN_PATH.fullmatch(asked) else ""


def first_page_parameters(
    id_token: str,  # noqa: ARG001  it does not belong in an address
    access_token: str,  # noqa: ARG001  same
) -> dict[str, Any]:
    """Nothing about the pupil stands in the address of the page after the sign-in (SES-03, LR-49)."""
    return {}
