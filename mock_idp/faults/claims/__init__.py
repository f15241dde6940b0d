"""Faults in what is released about a person, before both the ID token and the userinfo response: one file per topic.

They bend what is there and add nothing that the claims profile keeps back. One that holds for a person and on the stage
as well is applied twice, so that each leaves alone what it has bent already.
"""

from mock_idp.faults.claims import (  # imported so that their functions register
    forms,
    names,
    subject,
)

__all__ = ["forms", "names", "subject"]
