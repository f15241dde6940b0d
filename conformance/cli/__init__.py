"""The command line of the harness: `leerid-check`."""

from importlib.metadata import version
from typing import Final

import click

from conformance.cli.on_demand import OnDemand

COMMANDS: Final = {
    "browser": "conformance.cli.browser:browser",
    "coverage": "conformance.cli.coverage:coverage",
    "explain": "conformance.cli.explain:explain",
    "lint": "conformance.cli.lint:lint",
    "list": "conformance.cli.listing:listing",
    "run": "conformance.cli.run:run",
    "schema": "conformance.cli.schema:schema",
}
"""The commands, and where they stand."""
HELP: Final = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=OnDemand, places=COMMANDS, context_settings=HELP)
@click.version_option(version("leerid-testbed"), prog_name="leerid-check")
def main() -> None:
    """Judge an application that signs pupils in with LeerID, in a real browser.

    \b
    leerid-check list                                  which scenarios there are
    leerid-check run --target examples/reference.toml  judge an application
    leerid-check coverage                              which requirement is shown by which scenario
    leerid-check explain id-token/nonce-mismatch       what a name stands for, and how others mend it
    leerid-check lint                                  look for mistakes in the scenarios themselves
    leerid-check schema target                         what may stand in a target file, as JSON Schema
    leerid-check browser                               which browser is driven

    Unofficial, for testing only. Never point it at an application that is not yours.
    """
