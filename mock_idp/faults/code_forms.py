"""Codes of an unusual form: the provider's own code with an ending, which is taken off again when it comes back.

The endings are of the characters that a code may have (RFC 6749 appendix A.11), so none is beyond ASCII.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

RESERVED: Final = "~+/=%2F&code=;?#%20 +."
"""Characters that mean something in an address, encoded ones among them: a code that is decoded twice is another."""
LONG: Final = f"~{'long-code.' * 200}"
ENDINGS: Final = (RESERVED, LONG)


def dressed(parameters: Mapping[str, Any], ending: str) -> dict[str, Any]:
    """Return the parameters with this ending at their code, if there is one."""
    return {**parameters, "code": parameters["code"] + ending} if "code" in parameters else dict(parameters)


def plain(code: str) -> str:
    """Return the provider's own code, whatever ending it came back with."""
    return next((code.removesuffix(ending) for ending in ENDINGS if code.endswith(ending)), code)
