"""Rows of the matrix: the reference application, sound or with a defect, meets scenarios without a real browser.

It does so in this process and in a browser that speaks HTTP alone. Verdicts stay in build/matrix/, beside what the run
of the sound application tells: which defects can change which scenario at all (`agreement.py`).
"""

import asyncio
import json
import random
import tomllib
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, ClassVar
from unittest.mock import patch

from agreement import AT_START, Watch
from flask import Flask
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
from conformance.runner import Options, Outside, fingerprint, load_suite, run
from conformance.runner.attempt import Attempt, attempt
from conformance.runner.suite import needed
from conformance.scenario import Scenario
from conformance.target import Target
from relying_party.settings import Settings
from relying_party.signin.policy import Policy
from relying_party.web import create_app

KEPT = Path("build/matrix")
SOUND = "sound"
QUICK = {"timeout_s": 0.5, "settle_s": 0.05, "key_refresh_s": 0}
"""A page without scripts is all there when it is there, and the reference application fetches new keys at once."""
NEEDS_A_REAL_BROWSER = {"session/nothing-in-browser-storage": "only a script can fill the storage"}
"""Scenarios that say nothing here, with the reason."""
CAUGHT = {"failed", "warned"}
SPOT_CHECKS = 4
"""How many scenarios that a defect cannot change it meets all the same, to show that it does not."""

SUITE, PROBLEMS = load_suite()
FINGERPRINTS = {each.id: fingerprint(SUITE.part(each)) for each in SUITE.scenarios}
OTHER_WAYS = {"authorization.response_mode=form_post", "authorization.prompt=none", "token.client_assertion"}
"""What the application sends only in its other ways: posted responses, silent sign-ins first, signed assertions."""
IN_OTHER_WAYS = tuple(each for each in SUITE.scenarios if OTHER_WAYS & {*each.sent} or "refresh" in needed(each))
SCENARIOS = tuple(each for each in SUITE.scenarios if each.id not in NEEDS_A_REAL_BROWSER and each not in IN_OTHER_WAYS)


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


@dataclass(frozen=True, kw_only=True)
class Ways:
    """How the application is set up while it meets a number of scenarios."""

    name: str
    mock: str
    place: Path
    """Where the application keeps its accounts."""
    scenarios: tuple[Scenario, ...]
    client: Mapping[str, Any] = field(default_factory=dict)
    """What the target says of the client instead."""
    capabilities: Mapping[str, Any] = field(default_factory=dict)
    leaves_out: tuple[tuple[str, str], ...] = ()
    """What is taken away from the target: table and key."""
    settings: Mapping[str, Any]
    """What the application is told at its start, beside the first issuer."""

    def target(self, members: dict[str, Any]) -> Target:
        """The target of the laboratory, as it is for these ways."""
        for table, key in self.leaves_out:
            del members[table][key]
        members["capabilities"] |= self.capabilities
        members["client"] |= self.client
        return Target.model_validate(members | QUICK)


def _ordinary(laboratory: Laboratory, place: Path) -> Ways:
    """As most applications do it, at two issuers."""
    return Ways(
        name="ordinary",
        mock=laboratory.mock,
        place=place,
        scenarios=SCENARIOS,
        settings={
            "second_issuer": f"{laboratory.mock}/i/evil/op",
            "backchannel_logout": True,
            "initiate_login": True,
            **DEMANDS,
        },
    )


@cache
def _client_key() -> RSAKey:
    """A new one for each defect would show nothing more."""
    return RSAKey.generate_key(2048, {"kid": "key-1"})


def _other(laboratory: Laboratory, place: Path) -> Ways:
    """Posted responses, silent sign-ins first, signed assertions, tokens that are refreshed."""
    key, file = _client_key(), place / "client-key.json"
    file.write_text(json.dumps(key.as_dict(private=True)), encoding="utf-8")
    return Ways(
        name="other-ways",
        mock=laboratory.mock,
        place=place,
        scenarios=IN_OTHER_WAYS,
        client={
            "client_id": "other-ways",
            "token_endpoint_auth_method": "private_key_jwt",
            "jwks": {"keys": [key.as_dict(private=False)]},
            "scopes": ["openid", "profile", "ov_leerling", "offline_access"],
        },
        leaves_out=(("capabilities", "second_issuer"), ("client", "client_secret")),
        capabilities={"refresh": True},
        settings={
            "client_id": "other-ways",
            "client_authentication": "private_key_jwt",
            "client_key_file": file,
            "response_mode": "form_post",
            "silent_first": True,
            "refresh": True,
            "max_age_seconds": DEMANDS["max_age_seconds"],
        },
    )


WAYS = {"ordinary": _ordinary, "other-ways": _other}
"""What makes them, by name."""


async def _judge(target: Target, application: object, scenarios: tuple[Scenario, ...], *, workers: int) -> Report:
    options = Options(
        target=target,
        profile=SUITE.profiles["full"],
        scenarios=scenarios,
        requirements=SUITE.requirements,
        workers=workers,
        cast="matrix",
    )
    async with Remembering(target.mock.url) as control, PlainBrowser() as browser, HttpBooks() as books:
        await register(target, control)
        outside = Outside(browser=browser, control=control, application=application, clock=SystemClock(), books=books)
        report, complete = await run(options, outside, Nobody())
    assert complete
    return report


def judge(ways: Ways, defect: str | None, scenarios: tuple[Scenario, ...], *, workers: int = 4) -> Report:
    """Let one application meet these scenarios."""
    port = free_port()
    text = TARGET.format(defect=defect or SOUND, port=port, mock=ways.mock, command="['not started here']")
    issuer = f"{ways.mock}/op"
    with served(ways.place, port=port, defect=defect, issuer=issuer, **ways.settings) as application:
        return asyncio.run(_judge(ways.target(tomllib.loads(text)), application, scenarios, workers=workers))


def judge_watched(ways: Ways) -> tuple[Report, Watch]:
    """Let the sound application meet all scenarios of these ways, one by one, and see what each defect would do."""
    watch = Watch()

    def policy_with(name: str | None) -> Policy:
        assert name is None, "only the sound application is watched"
        return watch.policy(Policy())

    async def attempt_watched(scenario: Scenario, *arguments: Any, **named: Any) -> Attempt:
        with watch.during(scenario.id):
            return await attempt(scenario, *arguments, **named)

    def create_app_watched(settings: Settings) -> Flask:
        with watch.during(AT_START):
            return create_app(settings)

    with (
        patch("relying_party.web.application.policy_with", policy_with),
        patch("restartable.create_app", create_app_watched),
        patch("conformance.runner.run.attempt", attempt_watched),
    ):
        return judge(ways, None, ways.scenarios, workers=1), watch


def keep(ways: Ways, name: str, report: Report, differing: Mapping[str, Iterable[str]] | None = None) -> None:
    """Write down what a row tells, beside what it told before; the sound one tells everything, and what can differ.

    Each verdict stands beside the fingerprint of its scenario, so that one of an older scenario is known.
    """
    file = KEPT / ways.name / f"{name}.json"
    row = _kept(file) if differing is None else {"cells": {}}
    row["cells"] |= {each.id: {"of": FINGERPRINTS[each.id], "verdict": str(each.verdict)} for each in report.results}
    if differing is not None:
        row["differing"] = {each: sorted(defects) for each, defects in sorted(differing.items())}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(row, indent=1) + "\n", encoding="utf-8")


def _kept(file: Path) -> dict[str, Any]:
    row: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {"cells": {}}
    return row


def shown(defect: str, ways: Ways) -> set[str]:
    """The scenarios, as they are now, whose verdict on this defect is kept and as it has to be."""
    cells = _kept(KEPT / ways.name / f"{defect}.json")["cells"]
    current = {name: cell["verdict"] for name, cell in cells.items() if cell["of"] == FINGERPRINTS.get(name)}
    caught = {name for name, verdict in current.items() if verdict in CAUGHT}
    left_alone = {name for name, verdict in current.items() if verdict in {"passed", "skipped"}}
    naming = {each.id for each in ways.scenarios if defect in each.catches}
    return (caught & naming) | (left_alone - naming)


def changed_by(defect: str, ways: Ways) -> set[str]:
    """The scenarios that this defect can change, as the watched run of the sound application told.

    Raises:
        LookupError: there was no such run with these scenarios.
    """
    file = KEPT / ways.name / f"{SOUND}.json"
    row = _kept(file)
    if {name: cell["of"] for name, cell in row["cells"].items()} != {s.id: FINGERPRINTS[s.id] for s in ways.scenarios}:
        raise LookupError(f"{file} is of other scenarios: first run pytest tests/matrix/test_sound.py --whole-matrix")
    differing: dict[str, list[str]] = row["differing"]
    if defect in differing.get(AT_START, ()):
        return {each.id for each in ways.scenarios}
    return {each.id for each in ways.scenarios if defect in differing.get(each.id, ())}


def spot_checks(defect: str, others: AbstractSet[str]) -> set[str]:
    """A few of the scenarios that a defect cannot change: the same few for the same suite."""
    return set(random.Random(defect).sample(sorted(others), min(SPOT_CHECKS, len(others))))  # noqa: S311
