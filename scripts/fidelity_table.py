"""Write docs/fidelity.md: what is copied of the real service, what is guessed, what is left out."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from mock_idp.domain.certification import Outcome, modules
from mock_idp.domain.fidelity import Standing, fidelity

if TYPE_CHECKING:
    from mock_idp.domain.certification import Module
    from mock_idp.domain.fidelity import Row, Section

PAGE = Path(__file__).parents[1] / "docs" / "fidelity.md"
HEAD = """# What is copied, what is guessed, what is left out

Written by `python scripts/fidelity_table.py` from `mock_idp/domain/data/fidelity/`. `leerid-idp fidelity` prints the
same.

Nobody compared this mock with the live system, and the pages were read as copies without a date: some may be
superseded meanwhile. Each line says what it rests on: **documented** is a public page of ACM (the source names it),
**seen** is published code or a published token of a client, **inferred** is our guess. What is documented or seen is
*copied*; where nothing is, the likeliest is *guessed*, and the switch tries it otherwise. Each line is shown by a test
of its own, over the wire: `tests/mock_idp/fidelity/`.

Sources in short: OIDC, OAUTH, API, SAML and DOCS are parts of the documentation at authenticatie.vlaanderen.be/docs,
with the page after the slash. DODONA, EMBER, GEONET, GOVOCAL, KAL (also Kaleidos) and LBLOD are applications whose code
is public. Of published tokens only the shape was used.

A policy is set with `leerid-idp serve --set NAME=VALUE`, or for one issuer through `PUT /control/v1/issuers/NAME`; a
client member stands in the registration of a client; a circumstance is armed on a stage or an issuer.

"""
TABLE = """
| id | what the mock does | source | rests on | standing | switch |
|---|---|---|---|---|---|
"""
MODULES = """
## The OpenID Foundation's tests of providers

Every module of the plans for Basic OP, Config OP and RP-Initiated Logout OP of its conformance suite. *warned* and
*skipped* are what certification allows; *contradicted* would be what ACM does and the suite refuses. For each module a
test of ours does what the module does: `tests/mock_idp/certification/`. The suite itself, version 5.2.4, was run
against this provider with clients registered beforehand, and said the same: no module failed. Where it wants to see a
screenshot the page was there. It demands HTTPS: put the mock behind a proxy with a certificate, and name that with
`--issuer`.

"""
MODULE_TABLE = """
| module | plan | outcome | why | row |
|---|---|---|---|---|
"""


def page() -> str:
    """Return the whole page."""
    sections = "".join(map(_section, fidelity().values()))
    return HEAD + _counts() + sections + MODULES + _outcomes() + MODULE_TABLE + "".join(map(_module, modules()))


def _counts() -> str:
    counts = Counter(row.standing for section in fidelity().values() for row in section.rows)
    told = ", ".join(f"{counts[each]} {each}" for each in Standing)
    return f"{counts.total()} behaviours: {told}.\n"


def _section(section: Section) -> str:
    return f"\n## {section.title}\n{TABLE}{''.join(map(_row, section.rows))}"


def _row(row: Row) -> str:
    switches = "<br>".join(f"{each.kind} `{each.name}`" for each in row.switches) or row.no_switch
    does = f"{row.behaviour} {row.note}".strip()
    return f"| `{row.id}` | {does} | {row.source} | {row.certainty} | {row.standing} | {switches} |\n"


def _outcomes() -> str:
    counts = Counter(each.outcome for each in modules())
    return f"{counts.total()} modules: {', '.join(f'{counts[each]} {each}' for each in Outcome)}.\n"


def _module(module: Module) -> str:
    row = f"`{module.row}`" if module.row else ""
    return f"| `{module.name}` | {module.plan} | {module.outcome} | {module.why} | {row} |\n"


def main() -> None:
    """Write the page to its place."""
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE.name}: {sum(len(each.rows) for each in fidelity().values())} behaviours")


if __name__ == "__main__":
    main()
