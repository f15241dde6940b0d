"""The command line of the harness: `leerid-check`."""

from importlib.metadata import version

import click

from conformance.cli.browser import browser
from conformance.cli.coverage import coverage
from conformance.cli.explain import explain
from conformance.cli.lint import lint
from conformance.cli.listing import listing
from conformance.cli.run import run
from conformance.cli.schema import schema


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
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


for command in (run, listing, explain, coverage, lint, schema, browser):
    main.add_command(command)
