"""`leerid-idp unknowns`: what nobody has published, what the mock does instead, and how to try it otherwise."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import click

from mock_idp.cli.trouble import told
from mock_idp.domain.switches import Kind
from mock_idp.domain.unknowns import unknowns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mock_idp.domain.switches import Switch
    from mock_idp.domain.unknowns import Unknown

HOW: Final[Mapping[Kind, str]] = {
    Kind.CIRCUMSTANCE: "serve --circumstance {name}, or on a stage",
    Kind.SETTING: "the setting {name} of mock_idp/settings",
    Kind.POLICY: "serve --set {name}=VALUE",
    Kind.CLIENT: "{name} of a client's registration",
    Kind.PROFILE: "the claims profile {name}",
    Kind.PERSONA: "the persona {name}",
    Kind.CONTROL: "the control API: {name}",
}

OPTIONS: Final[Mapping[str, str]] = {
    "claims_profile_files": "serve --claims-profile FILE",
}
"""The settings that have an option of their own."""


@click.command("unknowns")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def unknowns_command(*, as_json: bool) -> None:
    """List the guesses: questions about the real service, what the mock does, and the switch.

    \b
    Examples:
      leerid-idp unknowns
      leerid-idp serve --circumstance claims.leer-id-scalar
    """
    with told():
        listed = unknowns()
    if as_json:
        click.echo(json.dumps([each.model_dump(mode="json") for each in listed], ensure_ascii=False, indent=2))
        return
    for each in listed:
        click.echo("\n".join(_lines(each)))


def _lines(unknown: Unknown) -> list[str]:
    otherwise = [how(switch) for switch in unknown.switches] or [unknown.no_switch]
    return [
        f"{unknown.id}  {unknown.question}",
        f"     here ({unknown.certainty}): {unknown.default}",
        *(f"     otherwise: {each}" for each in otherwise),
    ]


def how(switch: Switch) -> str:
    """Return where a switch is, in words."""
    option = OPTIONS.get(switch.name) if switch.kind == Kind.SETTING else None
    return option or HOW[switch.kind].format(name=switch.name)
