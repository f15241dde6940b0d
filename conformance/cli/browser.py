"""`leerid-check browser`: which browser is driven, and how to get one."""

import click

from conformance.adapters.chromium import find_chromium
from conformance.adapters.provision import provide
from conformance.errors import InputError


@click.command()
@click.option("--install", is_flag=True, help="Install Chromium when none is found.")
def browser(*, install: bool) -> None:
    """Show which browser is driven; with --install, get one when there is none.

    Looked for in this order: the program that LEERID_CHROMIUM names, a headless shell, Google Chrome or Chromium.
    With --install: `playwright install chromium`; where that cannot be done, as root on Debian, `apt-get install
    chromium`.
    """
    try:
        path = provide(say=lambda sentence: click.echo(sentence, err=True)) if install else find_chromium(headed=False)
    except InputError as error:
        for problem in error.problems:
            click.echo(problem.line, err=True)
        raise SystemExit(2) from None
    click.echo(path)
