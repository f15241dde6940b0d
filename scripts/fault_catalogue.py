"""Write conformance/data/faults.json: what the mock's control API answers about its faults and circumstances.

The harness shares no code with the mock, so it keeps this answer for `leerid-check explain` where no mock runs.
"""

from __future__ import annotations

import json
from pathlib import Path

from mock_idp.settings import Settings
from mock_idp.web import create_app

FILE = Path(__file__).parents[1] / "conformance" / "data" / "faults.json"


def page() -> str:
    """Return the file: what the control API says, a fault on a line."""
    told = create_app(Settings()).test_client().get("/control/v1/faults").get_json()["faults"]
    lines = ",\n".join(json.dumps(fault, ensure_ascii=False) for fault in told)
    return f'{{"faults": [\n{lines}\n]}}\n'


def main() -> None:
    """Write the file to its place."""
    FILE.write_text(page(), encoding="utf-8")
    print(f"{FILE.name}: {page().count(chr(10)) - 2} faults and circumstances")


if __name__ == "__main__":
    main()
