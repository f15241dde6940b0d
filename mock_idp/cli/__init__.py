"""The command `leerid-idp`."""

import click

from mock_idp.cli.clients import clients
from mock_idp.cli.datastore import datastore
from mock_idp.cli.fidelity import fidelity_command
from mock_idp.cli.personas import personas
from mock_idp.cli.serve import serve
from mock_idp.cli.students import students
from mock_idp.cli.switches import policy_command
from mock_idp.cli.unknowns import unknowns_command
from mock_idp.settings import VERSION


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
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


main.add_command(serve)
main.add_command(clients)
main.add_command(datastore)
main.add_command(personas)
main.add_command(students)
main.add_command(policy_command)
main.add_command(unknowns_command)
main.add_command(fidelity_command)

__all__ = ["main"]
