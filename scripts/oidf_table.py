"""Write docs/oidf.md from conformance/data/oidf.toml: the Foundation's modules, and what stands here for each."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
DATA = ROOT / "conformance" / "data" / "oidf.toml"
PAGE = ROOT / "docs" / "oidf.md"
HEAD = """# Beside the OpenID Foundation's tests of relying parties

Written by `python scripts/oidf_table.py` from `conformance/data/oidf.toml`.

The OpenID Foundation has a conformance suite for relying parties, and certifies. This testbed does not certify: it
drives the application in a browser and looks at what a visitor sees. For whoever knows the suite, here is what stands
for each of its modules. What there is beyond them: `leerid-check list`.

The suite takes silence for a refusal: no further request within five seconds. Here a refusal is a page of the
application; a crash is none, the fault has to have arrived, and an honest sign-in has to work before and after.

"""


def plans() -> list[dict[str, Any]]:
    """Return the plans with their modules, as the file has them."""
    found: list[dict[str, Any]] = tomllib.loads(DATA.read_text(encoding="utf-8"))["plans"]
    return found


def page() -> str:
    """Return the whole page."""
    return HEAD + "\n".join(map(_plan, plans()))


def _plan(plan: dict[str, Any]) -> str:
    modules = plan["modules"]
    met = sum(bool(module.get("scenarios")) for module in modules)
    head = f"## {plan['name']}\n\n`{plan['plan']}`: {met} of {len(modules)} modules have a counterpart.\n\n"
    return (
        head + "| module | what happens | here | where it differs |\n|---|---|---|---|\n" + "".join(map(_row, modules))
    )


def _row(module: dict[str, Any]) -> str:
    here = "<br>".join(f"`{name}`" for name in module.get("scenarios", ())) or module["none"]
    return f"| `{module['name']}` | {module['what']} | {here} | {module.get('differs', '')} |\n"


def main() -> None:
    """Write the page to its place."""
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE.name}: {sum(len(plan['modules']) for plan in plans())} modules of {len(plans())} plans")


if __name__ == "__main__":
    main()
