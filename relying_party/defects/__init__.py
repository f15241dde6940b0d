"""The application, wrong on purpose in exactly one way: `leerid-rp serve --defect NAME`.

One file per topic, one small function per defect. The decorator names the sound guard or rule it stands in for; the
function's name gives the defect its name, its docstring the sentence that people read.
"""

from relying_party.defects import (
    admission,
    algorithm,
    id_token,
    identity,
    issuers,
    keeping,
    keys,
    logout,
    pages,
    reading,
    refreshing,
    requests,
    responses,
    retention,
    sessions,
    signature,
)
from relying_party.defects.registry import Defect, UnknownDefectError, catalogue, policy_with

__all__ = [
    "Defect",
    "UnknownDefectError",
    "admission",
    "algorithm",
    "catalogue",
    "id_token",
    "identity",
    "issuers",
    "keeping",
    "keys",
    "logout",
    "pages",
    "policy_with",
    "reading",
    "refreshing",
    "requests",
    "responses",
    "retention",
    "sessions",
    "signature",
]
