"""An application that begins anew when it is asked to, and what happens when it does not."""

import asyncio

import pytest
from little_server import serve
from miniatures import MiniatureApplication, MiniatureMock

from conformance.adapters.process import NoProcess
from conformance.adapters.restart_door import RestartDoor

AWAY = "http://127.0.0.1:1/restart"


def started() -> MiniatureApplication:
    return MiniatureApplication(MiniatureMock(), can_restart=True, has_log=True)


def test_it_is_asked_by_post_and_the_process_stays() -> None:
    process = started()
    with serve({"POST /restart": {}}) as application:
        assert asyncio.run(RestartDoor(process, f"{application.url}/restart").restart()) is None
        assert application.asked == [("POST", "/restart", "")]
    assert process.restarts == 0


def test_where_the_door_does_not_answer_well_the_process_is_restarted() -> None:
    process = started()
    with serve({"POST /restart": (500, "", {})}) as application:
        assert asyncio.run(RestartDoor(process, f"{application.url}/restart").restart()) is None
    assert asyncio.run(RestartDoor(process, AWAY).restart()) is None
    assert process.restarts == 2


def test_without_a_process_it_is_told_why_nothing_began_anew() -> None:
    with serve({"POST /restart": (500, "", {})}) as application:
        why = asyncio.run(RestartDoor(NoProcess(), f"{application.url}/restart").restart())
    assert why
    assert why.endswith("/restart answered 500 instead of beginning anew")
    assert "could not be asked to begin anew at" in str(asyncio.run(RestartDoor(NoProcess(), AWAY).restart()))


@pytest.mark.parametrize(("process", "has_log"), [(NoProcess(), False), (started(), True)])
def test_a_door_opens_no_log(process: NoProcess | MiniatureApplication, *, has_log: bool) -> None:
    door = RestartDoor(process, AWAY)
    assert door.can_restart
    assert door.has_log is has_log
    assert asyncio.run(door.log()) == asyncio.run(process.log())
