"""The OpenID Foundation's modules and their counterparts: every one is there, and what is named exists."""

from __future__ import annotations

import runpy
from pathlib import Path

from conformance.scenario import load_scenarios

ROOT = Path(__file__).parents[2]
SCRIPT = runpy.run_path(str(ROOT / "scripts" / "oidf_table.py"))
PLANS = SCRIPT["plans"]()
MODULES = [module for plan in PLANS for module in plan["modules"]]
PREFIX = "oidcc-client-test"
BASIC = (
    "-invalid-iss -missing-sub -invalid-aud -missing-iat -kid-absent-single-jwks -kid-absent-multiple-jwks "
    "-idtoken-sig-rs256 -idtoken-sig-none -invalid-sig-rs256 -userinfo-invalid-sub -nonce-invalid "
    "-scope-userinfo-claims -client-secret-basic"
)
CONFIG = (
    "-discovery-openid-config -discovery-jwks-uri-keys -discovery-issuer-mismatch -idtoken-sig-none "
    "-signing-key-rotation-just-before-signing -signing-key-rotation"
)
LOGOUT = "-rp-init-logout -rp-init-logout-other-state -rp-init-logout-no-state"
BACK_CHANNEL = "-alg-none -no-event -with-nonce -wrong-alg -wrong-aud -wrong-event -wrong-iss"


def test_the_committed_page_is_what_the_data_says() -> None:
    written = SCRIPT["page"]()
    assert written == (ROOT / "docs" / "oidf.md").read_text("utf-8"), "write again: python scripts/oidf_table.py"


def test_every_module_of_the_plans_is_there() -> None:
    back_channel = f"{PREFIX}-rp-backchannel-rpinitlogout"
    assert [{module["name"] for module in plan["modules"]} for plan in PLANS] == [
        {PREFIX, *(PREFIX + name for name in BASIC.split())},
        {PREFIX + name for name in CONFIG.split()},
        {PREFIX + name for name in LOGOUT.split()},
        {back_channel, *(back_channel + name for name in BACK_CHANNEL.split())},
        {f"{PREFIX}-refresh-token", *(f"{PREFIX}-refresh-token{name}" for name in ("-invalid-issuer", "-invalid-sub"))},
    ]
    assert [len(plan["modules"]) for plan in PLANS] == [14, 6, 3, 8, 3]


def test_every_counterpart_exists() -> None:
    known = {scenario.id for scenario in load_scenarios()[0]}
    assert {name for module in MODULES for name in module.get("scenarios", ())} <= known


def test_a_module_has_counterparts_or_the_reason_why_there_is_none() -> None:
    assert all(bool(module.get("scenarios")) is not bool(module.get("none")) for module in MODULES)


def test_what_is_told_of_a_module_fits_in_a_table() -> None:
    told = [text for module in MODULES for key, text in module.items() if key in {"what", "none", "differs"}]
    assert all(text.endswith(".") and "|" not in text for text in told)
