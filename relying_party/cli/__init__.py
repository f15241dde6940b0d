"""The command `leerid-rp`."""

from typing import Final

import click

from relying_party.cli.on_demand import OnDemand

__all__ = ["main"]

COMMANDS: Final = {
    "affected": "relying_party.cli.affected:affected",
    "defects": "relying_party.cli.defects:defects",
    "privacy-log": "relying_party.cli.privacy_log:privacy_log",
    "purge": "relying_party.cli.purge:purge",
    "reports": "relying_party.cli.reports:reports",
    "serve": "relying_party.cli.serve:serve",
}
"""The commands, and where they stand."""


@click.group(cls=OnDemand, places=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="leerid-testbed", prog_name="leerid-rp")
def main() -> None:
    """Run the reference application: an OpenID Connect client that keeps the LeerID protocol.

    It is for testing: with invented pupils, against a mock of ACM. Developers may copy from it.

    \b
    Start it beside the mock (leerid-idp serve):   leerid-rp serve
    Make it wrong in exactly one way:              leerid-rp serve --defect nonce-unchecked
    See all the ways:                              leerid-rp defects
    """
