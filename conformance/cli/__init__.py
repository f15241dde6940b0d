"""The command line of conformance."""

import click


@click.group()
def main() -> None:
    """Say what this command is for."""
