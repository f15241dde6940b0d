"""The command `leerid-rp`."""

import click

from relying_party.cli.affected import affected
from relying_party.cli.defects import defects
from relying_party.cli.privacy_log import privacy_log
from relying_party.cli.purge import purge
from relying_party.cli.reports import reports
from relying_party.cli.serve import serve

__all__ = ["main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="leerid-testbed", prog_name="leerid-rp")
def main() -> None:
    """Run the reference application: an OpenID Connect client that keeps the LeerID protocol.

    It is for testing: with invented pupils, against a mock of ACM. Developers may copy from it.

    \b
    Start it beside the mock (leerid-idp serve):   leerid-rp serve
    Make it wrong in exactly one way:              leerid-rp serve --defect nonce-unchecked
    See all the ways:                              leerid-rp defects
    """


main.add_command(serve)
main.add_command(defects)
main.add_command(privacy_log)
main.add_command(purge)
main.add_command(affected)
main.add_command(reports)
