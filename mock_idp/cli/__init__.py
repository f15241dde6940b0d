"""The command line of mock_idp."""

import click


@click.group()
def main() -> None:
    """Say what this command is for."""
