"""What faults put in the place of what is right: invented, all of it, under names that nobody can own."""

from __future__ import annotations

from typing import Any, Final

ANOTHER_ISSUER: Final = "https://another-issuer.example/op"
WITHOUT_TLS: Final = "http://without-tls.example/op/v1/auth"
ANOTHER_CLIENT: Final = "another-client"
ANOTHER_PERSON: Final = "00000000-0000-4000-8000-000000000999"
ANOTHER_EMAIL: Final = "somebody.else@school.example"
ANOTHER_NONCE: Final = "nonce-of-another-sign-in"
UNASKED: Final[dict[str, Any]] = {
    "ov_geslacht": "X",
    "ov_nationaliteit": "Verzonnenlandse",
    "testbed_unknown": {"nested": [1, None, "two"]},
}
"""One value is long enough to be known again where it is kept."""
NATIONAL_NUMBER: Final = "12031499947"
"""Nobody's: sequence 999 is never issued; the check digits are right."""
MARKUP: Final = """<img src=/testbed-markup onerror="document.title='markup-ran'"><b>markup</b>"""
WEB_PAGE: Final = "<!doctype html><html lang=nl><title>Onderhoud</title><p>Even geduld.</p></html>"
