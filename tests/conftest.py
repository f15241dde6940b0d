"""What all tests share: a mock of this worker's own, and the option that asks for the whole matrix."""

import subprocess
import time
from collections.abc import Iterator

import pytest
from laboratory import COMMANDS, Laboratory, answers, free_port

START_S = 30


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--whole-matrix",
        action="store_true",
        help="judge each defect with every scenario, not only with those that name it (takes about an hour)",
    )


@pytest.fixture(scope="session")
def laboratory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laboratory]:
    """A mock of this worker's own, stopped at the end."""
    port = free_port()
    place = tmp_path_factory.mktemp("laboratory")
    with (place / "mock.log").open("w") as log:
        mock = subprocess.Popen([str(COMMANDS / "leerid-idp"), "serve", "--port", str(port)], stdout=log, stderr=log)
        try:
            deadline = time.monotonic() + START_S
            while not answers(f"http://localhost:{port}/op/.well-known/openid-configuration"):
                assert mock.poll() is None, (place / "mock.log").read_text()
                assert time.monotonic() < deadline, f"the mock did not answer within {START_S} s"
            yield Laboratory(mock=f"http://localhost:{port}", place=place)
        finally:
            mock.terminate()
            mock.wait(timeout=10)
