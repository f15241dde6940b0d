"""The command line of relying_party."""

import click


@click.group()
def main() -> None:
    """Say what this command is for."""
