"""Switches of the policy on the command line: `--set NAME=VALUE`, and `leerid-idp policy`, which lists them."""

from __future__ import annotations

import json
from enum import EnumMeta
from typing import Any, Final

import click
from pydantic import ValidationError

from mock_idp.domain.problems import did_you_mean
from mock_idp.settings import Policy
from mock_idp.settings.addresses import SIBLING


def switched(context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> Policy:
    """Return the policy with these switches set; refuse them with every problem."""
    values: dict[str, str] = {}
    problems: list[str] = []
    for each in given:
        name, has_value, value = each.partition("=")
        if name not in Policy.model_fields:
            problems.append(f"there is no switch {name!r}. {did_you_mean(name, Policy.model_fields)}".strip())
        elif not has_value:
            problems.append(f"{name} needs a value: {name}={_values(name)}.")
        values[name] = value
    known = {name: value for name, value in values.items() if name in Policy.model_fields}
    try:
        policy = Policy.model_validate_strings(known)
    except ValidationError as error:
        problems += [f"{problem['loc'][0]}: {problem['msg']}." for problem in error.errors()]
        policy = DEFAULTS
    if problems:
        raise click.BadParameter(" ".join(problems), context, parameter)
    return policy


def sibling_names(context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of siblings, each once; refuse what cannot be a part of an address."""
    if wrong := [name for name in given if not SIBLING.fullmatch(name) or name == "op"]:
        message = (
            f"{', '.join(map(repr, wrong))}: a sibling is called by lower-case letters, digits and hyphens, not op."
        )
        raise click.BadParameter(message, context, parameter)
    return tuple(dict.fromkeys(given))


def changed(policy: Policy) -> dict[str, Any]:
    """Return the switches that are not as by default."""
    return {name: value for name, value in policy if value != getattr(DEFAULTS, name)}


@click.command("policy")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def policy_command(*, as_json: bool) -> None:
    """List the switches: how the issuer behaves, and how else it can.

    What each rests on stands in docs/fidelity.md.

    \b
    Examples:
      leerid-idp policy
      leerid-idp serve --set answer_scope=as-granted --set assertion_audience=issuer-or-token-endpoint
    """
    if as_json:
        click.echo(json.dumps(Policy.model_json_schema(), ensure_ascii=False, indent=2))
        return
    for name, field in Policy.model_fields.items():
        click.echo(f"{name}={_text(getattr(DEFAULTS, name))}")
        click.echo(f"    {field.description} Values: {_values(name)}.")


def _values(name: str) -> str:
    kind = Policy.model_fields[name].annotation
    if isinstance(kind, EnumMeta):
        return ", ".join(str(each) for each in kind)
    return {bool: "true, false", int: "a whole number"}.get(kind or str, "a text")  # type: ignore[arg-type]  # no enum


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


DEFAULTS: Final = Policy()
