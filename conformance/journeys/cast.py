"""Who signs in: each scenario of a run has people of its own, and the same label plays the same people again."""

from hashlib import sha256
from typing import Final

RUN_LABEL: Final = r"[a-z0-9]{1,16}"
DIGITS: Final = 16


def label_of(run: str, what: str) -> str:
    """The label of the people of one scenario, or of what else signs in, in a run of this label."""
    return f"{run}{sha256(what.encode()).hexdigest()[:DIGITS]}"
