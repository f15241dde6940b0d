"""What the applications on real libraries need, as far as it can be looked at without the libraries."""

from __future__ import annotations

import json
import re
import runpy
from pathlib import Path

from mock_idp.domain.clients import AuthMethod, clients_in

ROOT = Path(__file__).parents[2]
CLIENTS = ROOT / "examples" / "clients"


def test_the_registrations_are_accepted_and_hold_the_public_half_of_fresh_keys(tmp_path: Path) -> None:
    text = runpy.run_path(str(CLIENTS / "prepare.py"))["registrations"](tmp_path)
    with_key = {
        each.client_id: each.jwks
        for each in clients_in(text, "clients.toml")
        if each.token_endpoint_auth_method == AuthMethod.PRIVATE_KEY_JWT
    }
    assert {file.name for file in tmp_path.glob("*.pem")} == {f"{name}.pem" for name in with_key}
    assert all(file.stat().st_mode & 0o077 == 0 for file in tmp_path.glob("*.pem"))
    assert len({json.dumps(jwks) for jwks in with_key.values()}) == len(with_key) == 3


def test_the_page_has_a_row_and_the_remarks_of_each() -> None:
    remarks = runpy.run_path(str(ROOT / "scripts" / "clients_table.py"))["REMARKS"]
    registered = re.findall(r'^client_id = "(.*)"$', (CLIENTS / "clients.toml").read_text("utf-8"), re.MULTILINE)
    page = (ROOT / "docs" / "clients.md").read_text("utf-8")
    assert list(remarks) == registered
    assert all(remark.strip() in page for remark in remarks.values())
    assert {line.count("|") for line in page.splitlines() if line.startswith("|")} == {11}


def test_the_packages_of_node_are_pinned_by_hash_and_name_no_host() -> None:
    text = (CLIENTS / "openid-client" / "package-lock.json").read_text("utf-8")
    packages = json.loads(text)["packages"]
    assert all("integrity" in package for name, package in packages.items() if name)
    assert not any("resolved" in package for package in packages.values())
