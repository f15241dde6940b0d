"""What the harness keeps of the mock's catalogue is what the mock says."""

from __future__ import annotations

import runpy
from pathlib import Path

from conformance.runner.snapshot import known_faults
from mock_idp.faults import catalogue

ROOT = Path(__file__).parents[2]
FILE = ROOT / "conformance" / "data" / "faults.json"


def test_the_committed_file_is_what_the_control_api_answers() -> None:
    written = runpy.run_path(str(ROOT / "scripts" / "fault_catalogue.py"))["page"]()
    assert written == FILE.read_text("utf-8"), "write it again with: python scripts/fault_catalogue.py"


def test_every_fault_is_kept_with_its_sentence() -> None:
    kept = known_faults()
    assert {name: fault.sentence for name, fault in catalogue().items()} == {
        name: fault.sentence for name, fault in kept.items()
    }
