"""What all tests share: a mock of this worker's own."""

from collections.abc import Iterator

import pytest
from laboratory import COMMANDS, Laboratory, free_port, running


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--whole-matrix",
        action="store_true",
        help="let every defect meet every scenario, and every defect a real browser (takes about twelve minutes)",
    )


@pytest.fixture(scope="session")
def laboratory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laboratory]:
    """A mock of this worker's own, stopped at the end."""
    port = free_port()
    place = tmp_path_factory.mktemp("laboratory")
    command = [str(COMMANDS / "leerid-idp"), "serve", "--port", str(port)]
    with running(command, f"http://localhost:{port}/op/.well-known/openid-configuration", place / "mock.log"):
        yield Laboratory(mock=f"http://localhost:{port}", place=place)
