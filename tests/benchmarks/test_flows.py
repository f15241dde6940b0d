"""The benchmark of sign-ins works: one sign-in at our own mock, and nothing of it is judged by its time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NODE = ROOT / "benchmarks" / "flows" / "node"
ONE = ["--rounds=1", "--flows=1", "--starts=1", "--logins=1", "--no-goals"]


def run(place: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks.flows", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_one_sign_in_at_our_own_mock_is_measured_and_kept_beside_other_results(tmp_path: Path) -> None:
    results = tmp_path / "build" / "bench.json"
    results.parent.mkdir()
    results.write_text('{"population": 1}')
    done = run(tmp_path, *ONE, "--only=leerid-idp")
    assert done.returncode == 0, done.stderr
    kept = json.loads(results.read_text())
    assert kept["population"] == 1
    assert kept["flows"]["providers"]["leerid-idp"]["flows_per_second"] > 0
    assert [point["logins"] for point in kept["flows"]["growth"]] == [1, 1]


def test_peers_of_node_are_left_out_and_named_where_there_is_no_node(tmp_path: Path) -> None:
    done = run(tmp_path, *ONE, "--only=oidc-provider", PATH=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "Left out: oidc-provider. node and npm not found" in done.stderr
    assert "oidc-provider was skipped" in done.stdout


@pytest.mark.parametrize("name", ["package.json", "package-lock.json"])
def test_the_lock_file_names_no_registry(name: str) -> None:
    text = (NODE / name).read_text("utf-8")
    assert "resolved" not in text
    assert "registry" not in text
