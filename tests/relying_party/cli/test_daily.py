"""The daily purge of an application that is served: at the start, again and again, and whatever comes of it."""

from __future__ import annotations

import time
from datetime import timedelta
from threading import Event
from typing import TYPE_CHECKING

import pytest
from laboratory import COMMANDS, free_port, running
from sqlalchemy import select

from relying_party.accounts.models import Person
from relying_party.cli.daily import DAY, Daily, purging
from relying_party.signin.flow import utc_now

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from conftest import Add, MakeApp

    from relying_party.accounts.database import Database

SOON_S = 20
AT_ONCE = timedelta(milliseconds=1)


class Work:
    """Work that fails as often as it is told to, and says when it was done some times."""

    def __init__(self, *, failing: int = 0, times: int = 1) -> None:
        self.done, self._failing, self._times, self._enough = 0, failing, times, Event()

    def __call__(self) -> None:
        self.done += 1
        if self.done == self._times:
            self._enough.set()
        if self.done <= self._failing:
            raise OSError("the disk is full")

    def was_done(self) -> bool:
        return self._enough.wait(SOON_S)


@pytest.fixture
def begin() -> Iterator[Callable[[Work, timedelta], Daily]]:
    begun: list[Daily] = []

    def one(work: Work, every: timedelta) -> Daily:
        begun.append(Daily(work, every=every))
        begun[-1].start()
        return begun[-1]

    yield one
    for each in begun:
        each.stop()


def persons(database: Database) -> set[str | None]:
    with database.reading() as session:
        return set(session.scalars(select(Person.leer_id_uuid)))


def test_it_is_done_at_the_start_and_not_again_before_tomorrow(begin: Callable[[Work, timedelta], Daily]) -> None:
    work = Work()
    daily = begin(work, DAY)
    assert work.was_done()
    daily.stop()
    assert work.done == 1


def test_it_is_done_again_each_time_the_interval_is_over(begin: Callable[[Work, timedelta], Daily]) -> None:
    work = Work(times=5)
    begin(work, AT_ONCE)
    assert work.was_done()


def test_a_failure_is_logged_and_ends_nothing(
    begin: Callable[[Work, timedelta], Daily], caplog: pytest.LogCaptureFixture
) -> None:
    work = Work(failing=2, times=3)
    begin(work, AT_ONCE)
    assert work.was_done()
    failures = [record for record in caplog.records if record.levelname == "ERROR"]
    assert len(failures) == 2
    assert "the daily purge failed" in failures[0].getMessage()


def test_nothing_is_done_after_it_was_stopped(begin: Callable[[Work, timedelta], Daily]) -> None:
    work = Work(times=2)
    daily = begin(work, AT_ONCE)
    assert work.was_done()
    daily.stop()
    assert not daily._thread.is_alive()


def test_it_purges_by_the_clock_of_the_application(make_app: MakeApp, database: Database, add: Add) -> None:
    add(ago=timedelta(days=1), leer_id="kept")
    add(ago=timedelta(days=700), leer_id="over-in-two-years")

    def in_two_years() -> datetime:
        return utc_now() + timedelta(days=731)

    daily = purging(make_app(clock=in_two_years))
    daily.start()
    daily.stop()
    assert persons(database) == {"kept"}


def test_an_application_that_is_served_purges_at_its_start(database: Database, add: Add, tmp_path: Path) -> None:
    add(ago=timedelta(days=1), leer_id="kept")
    add(ago=timedelta(days=4 * 366), leer_id="over")
    url, port = database.engine.url.render_as_string(hide_password=False), free_port()
    url = url.replace("sqlite+same:", "sqlite:")  # a process of its own knows no dialect of the tests
    command = [str(COMMANDS / "leerid-rp"), "serve", "--port", str(port), "--database", url]
    with running(command, f"http://127.0.0.1:{port}/healthz", tmp_path / "served.log"):
        deadline = time.monotonic() + SOON_S
        while persons(database) != {"kept"}:
            assert time.monotonic() < deadline
