"""What a refresh gives: the payload of the seam `refresh`, before anything is used up or issued."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Renewal:
    """Whether a sign-in is refreshed, and what comes beside the access token.

    `error`: why not, as the wire calls it; empty: it is refreshed. `new_token`: whether a new refresh token takes the
    place of the one that was sent; else that one stays good.
    """

    error: str = ""
    id_token: bool = False
    new_token: bool = True
