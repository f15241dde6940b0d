"""Faults in the payload as text, rightly signed: what no dictionary can hold."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from joserfc import jws

from mock_idp.faults.material import ANOTHER_PERSON
from mock_idp.faults.registry import fault
from mock_idp.faults.seam import Seam
from mock_idp.protocol.jose import ALGORITHM, seal

if TYPE_CHECKING:
    from mock_idp.protocol.jose import Unsigned


@fault(Seam.SIGNATURE, requirements=["CLM-07"])
def subject_twice(unsigned: Unsigned) -> str:
    """The ID token has two subjects, the right one first and another person's after it."""
    if "sub" not in unsigned.claims:
        return seal(unsigned)
    text = json.dumps(unsigned.claims, ensure_ascii=False, separators=(",", ":"))
    payload = f'{text.removesuffix("}")},"sub":"{ANOTHER_PERSON}"}}'
    return jws.serialize_compact(unsigned.header, payload.encode(), unsigned.key, algorithms=[ALGORITHM])
