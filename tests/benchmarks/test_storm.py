"""The storm works: against served mocks, counted, kept, and a request can be sent again by its number."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def run(place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks.storm", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True, timeout=90, check=False)


def test_a_small_storm_breaks_nothing_and_is_kept_beside_other_results(tmp_path: Path) -> None:
    results = tmp_path / "build" / "bench.json"
    results.parent.mkdir()
    results.write_text('{"flows": 1}')
    done = run(tmp_path, "--requests=300", "--connections=4", "--seed=1")
    assert done.returncode == 0, done.stdout + done.stderr
    kept = json.loads(results.read_text())
    assert kept["flows"] == 1
    assert sum(sum(each.values()) for each in kept["storm"]["statuses"].values()) == 300
    assert kept["storm"]["broken"] == []


def test_one_request_is_sent_again_by_its_number(tmp_path: Path) -> None:
    done = run(tmp_path, "--connections=1", "--only=7")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("1 requests")
    assert not (tmp_path / "build" / "bench.json").exists()
