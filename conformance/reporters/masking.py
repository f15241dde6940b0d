"""The last line of defence: whatever looks like a secret is masked before a report is written.

The mock masks its journal already; this catches what comes in by another way, such as an address or a page's text.
"""

import re
from typing import Any, Final

from conformance.report import Report

MASK: Final = "(masked)"
HASHED: Final = "sha256:"
"""What the mock writes in the place of a secret: only good for comparing."""
SECRET: Final = frozenset(
    {
        "access_token",
        "authorization",
        "client_assertion",
        "client_secret",
        "code",
        "code_verifier",
        "cookie",
        "id_token_hint",
        "password",
        "refresh_token",
        "set-cookie",
    }
)
LOOKS_SECRET: Final = {
    "eyJ": re.compile(r"eyJ[\w-]{4,}\.[\w-]{2,}(?:\.[\w-]*)*"),  # a token in compact form
    "Bearer ": re.compile(r"(?<=Bearer )[\w.~+/=-]{8,}"),
    "Basic ": re.compile(r"(?<=Basic )[\w+/=-]{8,}"),
    "code=": re.compile(r"(?<=[?&]code=)[^&\s\"']+"),
    "client_secret=": re.compile(r"(?<=client_secret=)[^&\s\"']+"),
}
"""By the letters without which a pattern fits nothing: those are sooner looked for, in the 90,000 texts of a report."""


def masked(report: Report) -> Report:
    """The same report without anything that looks like a secret."""
    members = report.model_dump(mode="json", exclude=set(Report.model_computed_fields))
    return Report.model_validate(_masked(members))


def _masked(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {_text(key): _masked(member, key) for key, member in value.items()}
    if isinstance(value, list):
        return [_masked(member, name) for member in value]
    if isinstance(value, str):
        return _text(value, name)
    return value


def _text(value: str, name: str = "") -> str:
    if name.lower() in SECRET and value and not value.startswith(HASHED):
        return MASK
    for letters, pattern in LOOKS_SECRET.items():
        if letters in value:
            value = pattern.sub(MASK, value)
    return value
