"""The command `leerid-idp`."""

from typing import Final

import click

from mock_idp.cli.on_demand import OnDemand
from mock_idp.settings import VERSION

COMMANDS: Final = {
    "clients": "mock_idp.cli.clients:clients",
    "datastore": "mock_idp.cli.datastore:datastore",
    "fidelity": "mock_idp.cli.fidelity:fidelity_command",
    "personas": "mock_idp.cli.personas:personas",
    "policy": "mock_idp.cli.switches:policy_command",
    "serve": "mock_idp.cli.serve:serve",
    "students": "mock_idp.cli.students:students",
    "unknowns": "mock_idp.cli.unknowns:unknowns_command",
}
"""The commands, and where they stand."""
HELP: Final = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=OnDemand, places=COMMANDS, context_settings=HELP)
@click.version_option(VERSION, prog_name="leerid-idp")
def main() -> None:
    """A test identity provider that behaves as ACM does for pupils who sign in with LeerID.

    Unofficial and for testing only: every pupil is invented, and what is not published about the
    real service is guessed.

    \b
    Start it, and paste the settings that it prints into your application:
      leerid-idp serve
    See who can sign in: named people, or anyone among 1,200,000:
      leerid-idp personas
      leerid-idp students search peeters
    Read the registration of your application as somebody at ACM would:
      leerid-idp clients check clients.toml
    See what is guessed about the real service, and how to try it otherwise:
      leerid-idp unknowns
    See what is copied, what is guessed and what is left out:
      leerid-idp fidelity
    """


__all__ = ["main"]
