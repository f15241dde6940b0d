"""The matrix of defects and scenarios, in a browser that speaks HTTP alone, so in minutes.

Each defect is caught by exactly the scenarios that name it. With `--whole-matrix` every defect meets every scenario,
and the verdicts stay in build/matrix/, from where scripts/matrix_table.py writes docs/matrix.md; without it, it meets
those that name it and a few others, and the sound application, which meets all of them in a real browser in the session
`conformance`, one of each folder. Defects in a real browser: `test_matrix.py`.
"""

import asyncio
import json
import sys
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

import pytest
from joserfc.jwk import RSAKey
from laboratory import DEMANDS, TARGET, Laboratory, free_port
from plain_browser import PlainBrowser
from restartable import served

from conformance.adapters.books import HttpBooks
from conformance.adapters.clock import SystemClock
from conformance.adapters.control import HttpControl
from conformance.adapters.registration import register
from conformance.ports import Fault, Persona
from conformance.report import Report, Result
from conformance.runner import Options, Outside, load_suite, run
from conformance.runner.suite import needed
from conformance.scenario import Scenario
from conformance.target import Target
from relying_party.defects import catalogue

ROWS = Path("build/matrix")
QUICK = {"timeout_s": 0.5, "settle_s": 0.05, "key_refresh_s": 0}
"""A page without scripts is all there when it is there, and the reference application fetches new keys at once."""
NEEDS_A_REAL_BROWSER = {"session/nothing-in-browser-storage": "only a script can fill the storage"}
"""Scenarios that say nothing here, with the reason."""
WRONG_IN_A_REAL_BROWSER = {"name-in-storage"}
"""Defects that no other scenarios catch: `test_matrix.py` lets them meet a real browser every time."""
INNOCENT = {"id-token/expired", "refresh/with-id-token"}
"""Scenarios that every defect but their own must leave alone: the other side of the check, in the quick form."""

SUITE, PROBLEMS = load_suite()
OTHER_WAYS = {"authorization.response_mode=form_post", "authorization.prompt=none", "token.client_assertion"}
"""What the application sends only in its other ways: posted responses, silent sign-ins first, signed assertions."""
IN_OTHER_WAYS = tuple(each for each in SUITE.scenarios if OTHER_WAYS & {*each.sent} or "refresh" in needed(each))
SCENARIOS = tuple(each for each in SUITE.scenarios if each.id not in NEEDS_A_REAL_BROWSER and each not in IN_OTHER_WAYS)
ALL = (*SCENARIOS, *IN_OTHER_WAYS)
ONE_OF_EACH_FOLDER = tuple({each.id.partition("/")[0]: each for each in reversed(SCENARIOS)}.values())


class Nobody:
    """Listens to a run and says nothing."""

    def started(self, total: int) -> None:
        """Say nothing."""

    def finished(self, result: Result) -> None:
        """Say nothing."""


class Remembering(HttpControl):
    """Asks a mock once, and not at each of hundreds of runs, who can sign in and what can go wrong."""

    told: ClassVar[dict[tuple[str, str], Any]] = {}

    async def faults(self) -> Mapping[str, Fault]:
        """Everything the mock can do wrong or unusually, by id."""
        if (self.url, "faults") not in self.told:
            self.told[self.url, "faults"] = await super().faults()
        return self.told[self.url, "faults"]

    async def personas(self) -> Mapping[str, Persona]:
        """Everybody who can sign in, by slug."""
        if (self.url, "personas") not in self.told:
            self.told[self.url, "personas"] = await super().personas()
        return self.told[self.url, "personas"]


@cache
def client_key() -> RSAKey:
    """The key of the application in its other ways: a new one for each defect would show nothing more."""
    return RSAKey.generate_key(2048, {"kid": "key-1"})


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder in memory where there is one: at each write the application waits until its database is on the disk."""
    memory = Path("/dev/shm")  # noqa: S108  a folder of our own is made in it
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


@pytest.fixture(autouse=True)
def _no_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """Httpcore asks for sniffio at each request, and Python searches its whole path when it is not installed."""
    monkeypatch.setitem(sys.modules, "sniffio", None)


async def _judge(target: Target, application: object, scenarios: tuple[Scenario, ...]) -> Report:
    profile = SUITE.profiles["full"]
    options = Options(
        target=target,
        profile=profile,
        scenarios=scenarios,
        requirements=SUITE.requirements,
        workers=4,
        cast="matrix",
    )
    async with Remembering(target.mock.url) as control, PlainBrowser() as browser, HttpBooks() as books:
        await register(target, control)
        outside = Outside(browser=browser, control=control, application=application, clock=SystemClock(), books=books)
        report, complete = await run(options, outside, Nobody())
    assert complete
    return report


def judge(
    laboratory: Laboratory, place: Path, defect: str | None, scenarios: tuple[Scenario, ...] = SCENARIOS
) -> Report:
    """Let one application meet these scenarios; keep the verdicts when they are all there are."""
    port, name = free_port(), defect or "sound"
    text = TARGET.format(defect=name, port=port, mock=laboratory.mock, command="['not started here']")
    target = Target.model_validate(tomllib.loads(text) | QUICK)
    issuers = {"issuer": f"{laboratory.mock}/op", "second_issuer": f"{laboratory.mock}/i/evil/op"}
    doors = {"backchannel_logout": True, "initiate_login": True}
    with served(place, port=port, defect=defect, **doors, **issuers, **DEMANDS) as application:
        report = asyncio.run(_judge(target, application, scenarios))
    if scenarios == SCENARIOS:
        _keep(name, report)
    return report


def judge_other_ways(
    laboratory: Laboratory, place: Path, defect: str | None, scenarios: tuple[Scenario, ...] = IN_OTHER_WAYS
) -> Report:
    """Let the application in its other ways meet these scenarios; add the verdicts when they are all there are."""
    port, key, file = free_port(), client_key(), place / "client-key.json"
    file.write_text(json.dumps(key.as_dict(private=True)), encoding="utf-8")
    members = tomllib.loads(TARGET.format(defect=defect, port=port, mock=laboratory.mock, command="['not here']"))
    del members["capabilities"]["second_issuer"], members["client"]["client_secret"]
    members["capabilities"] |= {"refresh": True}
    members["client"] |= {
        "client_id": "other-ways",
        "token_endpoint_auth_method": "private_key_jwt",
        "jwks": {"keys": [key.as_dict(private=False)]},
        "scopes": ["openid", "profile", "ov_leerling", "offline_access"],
    }
    ways = {
        "client_id": "other-ways",
        "client_authentication": "private_key_jwt",
        "client_key_file": file,
        "response_mode": "form_post",
        "silent_first": True,
        "refresh": True,
        "max_age_seconds": DEMANDS["max_age_seconds"],
    }
    with served(place, port=port, defect=defect, issuer=f"{laboratory.mock}/op", **ways) as application:
        report = asyncio.run(_judge(Target.model_validate(members | QUICK), application, scenarios))
    if scenarios == IN_OTHER_WAYS:
        _keep(defect or "sound", report)
    return report


def _keep(name: str, report: Report) -> None:
    ROWS.mkdir(parents=True, exist_ok=True)
    file, row = ROWS / f"{name}.json", {result.id: str(result.verdict) for result in report.results}
    before = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    known = {each.id for each in ALL}
    file.write_text(json.dumps({each: told for each, told in (before | row).items() if each in known}, indent=1))


def _those(report: Report, *verdicts: str) -> dict[str, str]:
    return {each.id: f"{each.verdict}: {each.reason}" for each in report.results if each.verdict in verdicts}


def test_scenarios_that_need_a_real_browser_exist_and_every_other_defect_is_caught_without() -> None:
    assert not PROBLEMS
    assert {each.id for each in SUITE.scenarios} >= NEEDS_A_REAL_BROWSER.keys()
    caught_here = {defect for each in ALL for defect in each.catches}
    assert caught_here == catalogue().keys() - WRONG_IN_A_REAL_BROWSER
    assert {defect for each in SUITE.scenarios for defect in each.catches} == catalogue().keys()


@pytest.mark.matrix
def test_the_sound_application_passes_everything(
    laboratory: Laboratory, place: Path, request: pytest.FixtureRequest
) -> None:
    whole = request.config.getoption("--whole-matrix")
    report = judge(laboratory, place, None, SCENARIOS if whole else ONE_OF_EACH_FOLDER)
    assert _those(report, "failed", "warned", "inconclusive", "skipped") == {}


@pytest.mark.matrix
def test_the_sound_application_passes_everything_in_its_other_ways(laboratory: Laboratory, place: Path) -> None:
    report = judge_other_ways(laboratory, place, None)
    assert _those(report, "failed", "warned", "inconclusive", "skipped") == {}


@pytest.mark.matrix
@pytest.mark.parametrize("defect", sorted(catalogue()))
def test_in_other_ways_too_a_defect_is_caught_by_those_that_name_it(
    laboratory: Laboratory, place: Path, request: pytest.FixtureRequest, defect: str
) -> None:
    whole = request.config.getoption("--whole-matrix")
    naming = {each.id for each in IN_OTHER_WAYS if defect in each.catches}
    if not naming and not whole:
        pytest.skip("named by none of them")
    quick = tuple(each for each in IN_OTHER_WAYS if each.id in naming | INNOCENT or "refresh" not in needed(each))
    report = judge_other_ways(laboratory, place, defect, IN_OTHER_WAYS if whole else quick)
    assert _those(report, "inconclusive") == {}
    assert _those(report, "failed", "warned").keys() == naming


@pytest.mark.matrix
@pytest.mark.parametrize("defect", sorted(catalogue()))
def test_a_defect_is_caught_by_exactly_the_scenarios_that_name_it(
    laboratory: Laboratory, place: Path, request: pytest.FixtureRequest, defect: str
) -> None:
    whole = request.config.getoption("--whole-matrix")
    met = tuple(each for each in SCENARIOS if whole or defect in each.catches or each.id in INNOCENT)
    report = judge(laboratory, place, defect, met)
    assert _those(report, "inconclusive") == {}
    assert _those(report, "skipped").keys() <= {each.id for each in SCENARIOS if each.sent}, "only what is not sent"
    caught = _those(report, "failed", "warned")
    naming = {each.id for each in SCENARIOS if defect in each.catches}
    assert caught.keys() == naming, {name: caught.get(name, "not caught") for name in caught.keys() ^ naming}
