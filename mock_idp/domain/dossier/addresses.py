"""Rules about the addresses of a registration: where answers go, and where people return after signing out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import SplitResult, urlsplit

from mock_idp.domain.claims import Certainty
from mock_idp.domain.dossier.remark import Remark, missing, odd
from mock_idp.settings import is_loopback

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mock_idp.domain.clients import Client

    Complaint = Callable[[str, SplitResult], bool]

WEB: Final = frozenset({"http", "https"})


def every_address_can_be_compared(client: Client) -> Iterator[Remark]:
    """Addresses that no answer can be sent to, or that ACM was never seen to take."""
    for key in ("redirect_uris", "post_logout_redirect_uris"):
        for place, uri in enumerate(getattr(client, key)):
            yield from _of_address(f"{key}[{place}]", uri)


def somebody_is_sent_back_after_signing_out(client: Client) -> Iterator[Remark]:
    """Without an address to return to, sign-out ends on a page of ACM."""
    if not client.post_logout_redirect_uris:
        yield missing(
            "post_logout_redirect_uris",
            "After signing out nobody is sent back to the application: ACM returns to registered addresses only.",
            "Register the page that people see after signing out; on shared devices of a class it is used every hour.",
        )


def signing_out_does_not_end_at_the_callback(client: Client) -> Iterator[Remark]:
    """A callback that is met without code and state shows an error to somebody who only signed out."""
    for uri in set(client.redirect_uris) & set(client.post_logout_redirect_uris):
        yield odd(
            "post_logout_redirect_uris",
            f"{uri} takes answers of sign-ins as well; after a sign-out it is met without a code.",
            "Return to a page of its own.",
            Certainty.INFERRED,
        )


def no_two_addresses_differ_by_a_slash(client: Client) -> Iterator[Remark]:
    """Two addresses that differ by a final slash are often one mistake, found by trying."""
    uris = set(client.redirect_uris)
    for uri in sorted(uris):
        if uri.endswith("/") and uri.rstrip("/") in uris:
            yield odd(
                "redirect_uris",
                f"{uri} is registered with and without its final slash.",
                "Register the one that the application sends; ACM compares character by character.",
                Certainty.INFERRED,
            )


def _of_address(key: str, uri: str) -> Iterator[Remark]:
    parts = urlsplit(uri)  # that it is one was checked when it was registered
    host = parts.hostname
    for is_wrong, sentence, hint in WRONG:
        if is_wrong(uri, parts):
            yield missing(key, f"{uri} {sentence}", hint)
    if parts.scheme == "http" and not is_loopback(host):
        yield missing(key, f"{uri} is not encrypted: whoever is on the way reads the code.", "Use https.")
    if is_loopback(host):
        yield odd(
            key,
            f"{uri} is on this computer; whether ACM's test environment takes that is not known.",
            "Good for the mock. Give the dossier addresses with https and a public name.",
            Certainty.INFERRED,
        )


WRONG: Final[tuple[tuple[Complaint, str, str], ...]] = (
    (lambda uri, _: "*" in uri, "has a wildcard.", "Register each address: ACM compares character by character."),
    (lambda _, parts: bool(parts.username), "holds a user name.", "Leave it out."),
    (lambda _, parts: parts.scheme in WEB and not parts.hostname, "names no host.", "Write the whole address."),
)
"""Each: when, what, and what to do."""
