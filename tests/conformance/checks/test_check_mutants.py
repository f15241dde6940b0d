"""No check can be weakened unseen: every mutant of every check finds otherwise on some row of the table of checks."""

import runpy
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from mutants import mutants

from conformance.checks import checks, registry
from conformance.evidence import Evidence, Finding

ROWS = runpy.run_path(str(Path(__file__).with_name("test_checks.py")))
TABLE: list[tuple[str, bool | None, Evidence]] = ROWS["TABLE"]
REAL = dict(checks())
MODULES = sorted({check.judge.__module__ for check in REAL.values()})

NAMES = ("evidence", "visit", "token", "userinfo", "cookie", "assertion", "authorization", "glance", "requested")
evidence, visit, token, userinfo, cookie, assertion, authorization, glance, requested = (ROWS[name] for name in NAMES)
OLD, REFUSED, STRANGE, SITE = ROWS["OLD"], ROWS["REFUSED"], ROWS["STRANGE_USERINFO"], ROWS["APPLICATION"]


def asserted(**claims: Any) -> Evidence:
    """A sign-in with a client assertion."""
    sent = token(client_auth="private_key_jwt", client_assertion=assertion(**claims))
    found: Evidence = evidence(visit(sent))
    return found


FIVE_LETTERS = token() | {"id_token": {"claims": {"sub": "abcde"}}}
TWICE_AND_LONG = [token(n, client_auth="private_key_jwt", client_assertion=assertion(exp=4000)) for n in (2, 4)]
BASIC = {"client": {"token_endpoint_auth_method": "client_secret_basic"}}
SECURE = {"application_origins": ["https://school.example"]}
EDGES: list[tuple[str, bool | None, Evidence]] = [
    ("no-claims-in-urls", False, evidence(visit(FIVE_LETTERS, requests=requested(f"{SITE}/abcde")))),
    ("name-as-delivered", None, evidence(visit(authorization(), name="Zoë"))),
    ("name-as-delivered", None, evidence()),
    ("same-person", None, evidence(visit(identity="1"), visit(identity="1"), REFUSED)),
    ("same-person", None, evidence(visit(identity="1"))),
    ("userinfo-discarded", None, evidence()),
    ("userinfo-discarded", True, evidence(visit(STRANGE, outcome="refused", page={"text": "Peeters is refused"}))),
    ("userinfo-discarded", False, evidence(visit(STRANGE, page={"text": "Dag Peeters"}))),
    ("userinfo-discarded", True, evidence(visit(token(), userinfo(), name="False"))),
    ("client-authentication", False, evidence(visit(*TWICE_AND_LONG))),
    ("client-authentication", True, evidence(visit(token()), surroundings=BASIC)),
    ("client-authentication", False, asserted(iss="you")),
    ("client-authentication", True, asserted(iat=None)),
    ("client-authentication", True, asserted(exp=600)),
    ("state-fresh", True, evidence(visit(authorization(state="s" * 16)))),
    ("scope-within-profile", False, evidence(visit(authorization(scope=None)))),
    ("old-cookie-refused", None, evidence(REFUSED, glances=glance("old cookie", signed_in=False))),
    ("session-renewed", True, evidence(visit(cookies_before=OLD, cookies=[]))),
    ("cookie-flags", True, evidence(visit(cookies=[cookie(secure=True)]), surroundings=SECURE)),
]
"""Rows at the very edge of a rule, beside those of the table."""
ABSENT = "what is absent has been told before; the empty text is there for the type"
SPARED = {
    "without '' in: if any(len(value or \"\") < SHORTEST for value in values):": ABSENT,
    'without \'\' in: if len(exchange.asked("code_challenge") or "") != CHALLENGE_LENGTH:': ABSENT,
}
"""Mutants that live, each with the reason."""

Judge = Callable[[Evidence], Finding]


def found(judge: Judge, seen: Evidence) -> object:
    try:
        finding = judge(seen)
    except Exception as error:  # noqa: BLE001  a mutant may do anything
        return repr(error)
    return finding.holds, finding.reason


@pytest.mark.parametrize(("name", "holds", "seen"), EDGES, ids=lambda value: str(value)[:40])
def test_at_the_edge_of_a_rule_the_check_finds(name: str, holds: bool | None, seen: Evidence) -> None:  # noqa: FBT001
    assert REAL[name].judge(seen).holds is holds


@pytest.mark.parametrize("name", REAL)
@pytest.mark.parametrize("always", [True, False, None])
def test_a_check_that_always_finds_the_same_is_seen(name: str, always: bool | None) -> None:  # noqa: FBT001
    assert any(row[0] == name and row[1] is not always for row in TABLE)


@pytest.mark.parametrize("name", MODULES)
def test_no_condition_of_a_check_can_be_changed_unseen(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = [(row[0], row[2]) for row in (*TABLE, *EDGES) if REAL[row[0]].judge.__module__ == name]
    sound = [found(REAL[each].judge, seen) for each, seen in mine]
    changed: dict[str, Any] = {}
    monkeypatch.setattr(registry, "_REGISTERED", changed)
    living = []
    for mutant in mutants(_module(name)):
        if [found(changed[each].judge, seen) for each, seen in mine] == sound:
            living.append(mutant.change)
        changed.clear()
    assert [change for change in living if change not in SPARED] == []


def _module(name: str) -> ModuleType:
    module: ModuleType = __import__(name, fromlist=["checks"])
    return module
