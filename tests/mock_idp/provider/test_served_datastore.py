"""A datastore of its own that lags and takes its time, and where it may listen."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from mock_idp.domain.clock import SettableClock
from mock_idp.provider.datastore_question import Question
from mock_idp.provider.served_datastore import DatastoreSettings, ServedDatastore

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LEFT_TODAY = "nora.mertens57"
PERSON = """
[[people]]
user_name = "jef.proef"
given_name = "Jef"
family_name = "Proef"
birth = { day = "01", month = "01", year = "2013" }
sex = "m"
life = [{ on = -10, is = "enrolled", school = "700202", stamnummer = "1234567", group = "900301" }]
"""


def served(**settings: Any) -> ServedDatastore:
    return ServedDatastore(DatastoreSettings(**settings), SettableClock(NOON), pause=lambda _: None)


def schools(datastore: ServedDatastore, user_name: str, **question: Any) -> list[str]:
    facts = datastore.facts(user_name, Question(**question))
    assert facts
    return [each.instellingsnummer for each in facts.enrolments]


def test_a_datastore_without_lag_knows_what_happened_today() -> None:
    assert schools(served(), LEFT_TODAY) == []


def test_a_datastore_that_lags_knows_what_was_known_then() -> None:
    assert schools(served(lag_days=1), LEFT_TODAY) == ["700202"]


def test_a_lag_moves_no_enquiry_towards_today() -> None:
    known_before = date(2025, 1, 1)
    facts = served(lag_days=1).facts(LEFT_TODAY, Question(known_on=known_before))
    assert facts == served().facts(LEFT_TODAY, Question(known_on=known_before))


@pytest.mark.parametrize(("settings", "waited"), [({}, []), ({"delay_s": 1.5}, [1.5])])
def test_a_slow_datastore_takes_its_time(settings: dict[str, float], waited: list[float]) -> None:
    paused: list[float] = []
    datastore = ServedDatastore(DatastoreSettings(**settings), SettableClock(NOON), pause=paused.append)
    datastore.facts(LEFT_TODAY, Question())
    assert paused == waited


def test_people_of_a_file_are_known(tmp_path: Path) -> None:
    file = tmp_path / "people.toml"
    file.write_text(PERSON, "utf-8")
    assert schools(served(people_file=file), "jef.proef") == ["700202"]


def test_the_registers_are_read_on_the_day_of_the_settings() -> None:
    """The personas begin on that day too, so they are in the same situation."""
    datastore = served(today=date(2027, 3, 1))
    assert schools(datastore, LEFT_TODAY) == []
    assert schools(datastore, LEFT_TODAY, day=date(2027, 2, 28)) == ["700202"]


@pytest.mark.parametrize("host", ["192.0.2.1", "::", "example.org"])
def test_listening_beyond_loopback_takes_a_flag(host: str) -> None:
    with pytest.raises(ValidationError, match="--allow-remote"):
        DatastoreSettings(host=host)
    assert DatastoreSettings(host=host, allow_remote=True).host == host


@pytest.mark.parametrize(
    ("host", "url"),
    [("localhost", "http://localhost:9101"), ("::1", "http://[::1]:9101"), ("::", "http://localhost:9101")],
)
def test_the_address_is_one_that_a_mock_can_be_given(host: str, url: str) -> None:
    assert DatastoreSettings(host=host, allow_remote=True).url == url


@pytest.mark.parametrize("wrong", [{"lag_days": -1}, {"delay_s": -1}, {"delay_s": float("inf")}, {"lag_days": 9999}])
def test_impossible_settings_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        DatastoreSettings(**wrong)
