"""What the mock could do when this was released: the answer of its control API, kept for when no mock runs."""

import json
from collections.abc import Mapping
from importlib.resources import files

from conformance.ports import Fault


def known_faults() -> Mapping[str, Fault]:
    """Every fault and circumstance by id, as `scripts/fault_catalogue.py` wrote them down."""
    text = (files("conformance") / "data" / "faults.json").read_text(encoding="utf-8")
    return {fault.id: fault for fault in map(Fault.model_validate, json.loads(text)["faults"])}
