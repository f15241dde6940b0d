"""`leerid-check schema`: what may stand in the files, derived from the models that read them."""

import json
from collections.abc import Mapping
from typing import Any, Final

import click
from pydantic import BaseModel

from conformance.report import Report
from conformance.requirement import RequirementFile
from conformance.scenario import Profile, ScenarioFile
from conformance.target import Target

MODELS: Final[Mapping[str, type[BaseModel]]] = {
    "scenario": ScenarioFile,
    "target": Target,
    "profile": Profile,
    "requirement": RequirementFile,
    "report": Report,
}


def json_schema(kind: str) -> dict[str, Any]:
    """The JSON Schema of one kind of file; the report's is that of what is written."""
    document = MODELS[kind].model_json_schema(mode="serialization" if kind == "report" else "validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **document}


@click.command()
@click.argument("kind", type=click.Choice(list(MODELS)))
def schema(kind: str) -> None:
    """Print the JSON Schema of a kind of file.

    \b
    leerid-check schema target > target.schema.json
    """
    click.echo(json.dumps(json_schema(kind), indent=2, ensure_ascii=False))
