"""What all tests share: a mock of this worker's own."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from laboratory import COMMANDS, Laboratory, free_port, running

sys.path.append(str(Path(__file__).parents[1]))  # benchmarks/, behind everything that is installed


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--whole-matrix",
        action="store_true",
        help="let every defect meet all that it can change, and every defect a real browser (an hour or two)",
    )
    parser.addoption("--resume", action="store_true", help="leave out what build/matrix/ shows already")
    parser.addoption("--every-cell", action="store_true", help="and those that it cannot change (takes some hours)")
    parser.addoption(
        "--kills", type=int, default=12, help="how often a process is killed in the middle of its work (12 by default)"
    )
    parser.addoption(
        "--real-clients", action="store_true", help="let real client libraries sign in: the session `clients` has them"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--real-clients"):
        return
    left_out = [item for item in items if item.get_closest_marker("clients")]
    if left_out:
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)


@pytest.fixture(scope="session")
def laboratory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laboratory]:
    """A mock of this worker's own, stopped at the end."""
    port = free_port()
    place = tmp_path_factory.mktemp("laboratory")
    command = [str(COMMANDS / "leerid-idp"), "serve", "--port", str(port)]
    with running(command, f"http://localhost:{port}/op/.well-known/openid-configuration", place / "mock.log"):
        yield Laboratory(mock=f"http://localhost:{port}", place=place)
