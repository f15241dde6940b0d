"""`leerid-idp students`: everybody who can sign in, searched, shown and exported.

The commands are imported when they are asked for: the population and the tables of a terminal are no part of serving.
"""

from typing import Final

import click

from mock_idp.cli.on_demand import OnDemand

COMMANDS: Final = {
    "search": "mock_idp.cli.students.searching:search",
    "show": "mock_idp.cli.students.showing:show",
    "export": "mock_idp.cli.students.exporting:export",
}
"""The commands in the order of use, and where they stand."""


@click.group(cls=OnDemand, places=COMMANDS)
def students() -> None:
    """Search, show and export the pupils: personas, those of a file, and the crowd of a school year.

    \b
    Examples:
      leerid-idp students search haddad --school 700202
      leerid-idp students show identified-since --on 2026-09-01
      leerid-idp students export --school 700202 --format xlsx --out 700202.xlsx
      leerid-idp students export --out everybody.csv

    Everybody is invented: the same seed makes the same people on every machine.
    """
