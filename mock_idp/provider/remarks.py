"""What is odd in a request, in plain sentences for the journal: allowed, but worth mending."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Parameters = Mapping[str, str]
    Predicate = Callable[[Parameters], bool]


def remarks(parameters: Parameters) -> Iterator[str]:
    """Yield what is odd in an authorization request."""
    return (sentence for is_odd, sentence in REMARKS if is_odd(parameters))


REMARKS: Final[tuple[tuple[Predicate, str], ...]] = (
    (
        lambda sent: not sent.get("state"),
        "No state was sent: send a fresh one and compare it, or answers of other sign-ins are taken for yours.",
    ),
    (
        lambda sent: not sent.get("nonce"),
        "No nonce was sent: send a fresh one and compare it with the ID token, or a token of another sign-in passes.",
    ),
    (
        lambda sent: bool(sent.get("code_challenge")) and sent.get("code_challenge_method") != "S256",
        "The code challenge is plain, so whoever reads the request can redeem the code: use S256.",
    ),
    (
        lambda sent: "" in sent.values(),
        "A parameter was sent without a value, which is as if it was left out (RFC 6749 section 3.1).",
    ),
    (
        lambda sent: bool(sent.get("claims")),
        "The parameter claims was ignored: what an application gets is agreed on beforehand, by scopes.",
    ),
    (
        lambda sent: "consent" in sent.get("prompt", "").split(),
        "prompt consent changes nothing: no step of ACM is known that asks the pupil for consent.",
    ),
    (
        lambda sent: "rrn" in sent.get("scope", "").split(),
        "The national number (scope rrn) is no part of what is communicated about pupils: do not ask for it.",
    ),
)
