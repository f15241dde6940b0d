"""The years go by in the right order, for application and provider alike, and what is kept is read at each end."""

from datetime import UTC, datetime

import pytest
from miniatures import MiniatureApplication, MiniatureMock, walk

from conformance.evidence import AFTERWARDS, BEFORE, NEARLY, OVER, Evidence, Outcome
from conformance.journeys.purging import evening_before_a_leap_day, years_later

A_DAY_S = 86_400
THREE_YEARS = {(NEARLY, 1), (OVER, 0)}


def application(**wrong: bool) -> MiniatureApplication:
    return MiniatureApplication(MiniatureMock(), **wrong)  # type: ignore[arg-type]  every switch is a bool


def left(evidence: Evidence) -> list[tuple[str, int]]:
    return [(each.label, len(each.records)) for each in evidence.readings]


@pytest.mark.parametrize(("purges_never", "over"), [(False, 0), (True, 1)])
def test_it_is_purged_before_three_years_are_over_and_afterwards(*, purges_never: bool, over: int) -> None:
    app = application(purges_never=purges_never)
    assert left(walk("purged-in-time", app)) == [(NEARLY, 1), (OVER, over)]
    assert app.purged_at == [1093 * A_DAY_S, 1098 * A_DAY_S]
    assert app.ahead_s == 0


def test_a_purge_that_crashes_is_told_and_what_is_left_is_read_all_the_same() -> None:
    evidence = walk("purged-in-time", application(crashes_over_purge=True))
    assert left(evidence) == [(NEARLY, 1), (OVER, 1)]
    assert [each.what for each in evidence.timeline].count("crashed over it") == 2


def test_after_a_return_the_years_are_counted_from_then() -> None:
    app = application()
    evidence = walk("purged-after-return", app, visits=[{}, {}])
    assert [visit.outcome for visit in evidence.visits] == [Outcome.SIGNED_IN] * 2
    assert app.purged_at == [(730 + 1093) * A_DAY_S, (730 + 1098) * A_DAY_S]
    assert [stage.get("clock_ahead_s") for stage in app.mock.stages.values()] == [None, 730 * A_DAY_S]


def test_after_a_refusal_they_are_not() -> None:
    app = application()
    faults = ["id-token.nonce-mismatch"]
    evidence = walk("purged-after-refusal", app, visits=[{}, {"faults": faults, "expect": "refused"}])
    assert [visit.outcome for visit in evidence.visits] == [Outcome.SIGNED_IN, Outcome.REFUSED]
    assert app.purged_at == [1093 * A_DAY_S, 1098 * A_DAY_S]


@pytest.mark.parametrize(
    ("journey", "signed_in_at", "looked_at"),
    [
        ("purged-after-a-leap-day", "2032-02-29T23:30", "2035-02-28T22:30"),
        ("purged-after-the-summer", "2030-08-31T23:30", "2033-08-31T22:30"),
    ],
)
def test_edge_dates_are_signed_in_on_and_looked_at_an_hour_before_three_years(
    journey: str, signed_in_at: str, looked_at: str
) -> None:
    app, start = application(), datetime(2030, 1, 1, tzinfo=UTC).timestamp()
    evidence = walk(journey, app)
    assert [label for label, _ in left(evidence)] == [NEARLY, OVER]
    (stage,) = app.mock.stages.values()
    went = (stage["clock_ahead_s"], app.purged_at[0])
    wanted = tuple(datetime.fromisoformat(f"{each}+00:00").timestamp() - start for each in (signed_in_at, looked_at))
    assert went == pytest.approx(wanted, abs=5)


@pytest.mark.parametrize("year", range(2026, 2040))
def test_wherever_one_begins_an_edge_date_comes_that_has_a_leap_day_behind_it(year: int) -> None:
    now = datetime(year, 11, 29, tzinfo=UTC)
    summer, leap = (evening_before_a_leap_day(now, month, day) for month, day in ((8, 31), (2, 29)))
    assert now < summer
    assert (years_later(summer) - summer).days == 1096
    assert now < leap
    assert (years_later(leap).month, years_later(leap).day) == (2, 28)


def test_there_is_no_31_february() -> None:
    with pytest.raises(LookupError, match="31/2"):
        evening_before_a_leap_day(datetime(2030, 1, 1, tzinfo=UTC), 2, 31)


@pytest.mark.parametrize("asks", [False, True])
def test_the_provider_is_away_during_a_purge_and_back_afterwards(*, asks: bool) -> None:
    app = application(asks_for_purge=asks)
    evidence = walk("purged-without-provider", app)
    assert left(evidence) == [(OVER, 0)]
    assert [each.endpoint for each in evidence.asides] == ["token"] * asks
    away = list(app.mock.stages)[1]
    assert app.mock.stages[away]["faults"] == ["transport.discovery-unavailable", "transport.jwks-unavailable"]
    assert away in app.mock.closed


def test_a_pupil_comes_back_after_the_purge() -> None:
    app = application()
    evidence = walk("back-after-the-purge", app, visits=[{}, {}])
    assert len(evidence.visits) == 2
    assert len(app.kept) == 1


def test_the_privacy_log_is_read_before_and_after_the_purge() -> None:
    app = application()
    evidence = walk("privacy-log-after-the-purge", app)
    assert app.kept == []
    assert left(evidence) == [(BEFORE, 1), (AFTERWARDS, 1)]
