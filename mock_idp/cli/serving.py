"""Serving an application by granian in this process: what `leerid-idp serve` and `leerid-idp datastore serve` share."""

from __future__ import annotations

import gc
import os
import socket
import time
from datetime import date
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING, Final

import click
from granian import Granian
from granian.constants import HTTPModes, Interfaces, RuntimeModes
from granian.log import LogLevels

from mock_idp.cli.trouble import give_up
from mock_idp.domain.people.days import YEARS

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

THREADS: Final = 4
"""Requests at the same time: few, because Python computes one at a time; more than one, because a fault may wait."""

GARBAGE_EVERY: Final = 10_000
"""Objects made before garbage is looked for: a few sign-ins of work, of which next to nothing is garbage."""

FOLLOWED_EVERY_S: Final = 0.5
"""A parent that was killed cannot stop its worker, which would keep the port: so the worker looks."""


def day(context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    """Return the date of an option, or refuse it."""
    if value is None:
        return None
    try:
        found = date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is no date; write it as 2026-09-01.", context, parameter) from None
    if found.year not in YEARS:
        message = f"{value!r} is beyond what the registers hold: {YEARS[0]} to {YEARS[-1]}."
        raise click.BadParameter(message, context, parameter)
    return found


def address_of(host: str) -> str:
    """Return the address of a name, IPv4 first: browsers and libraries find it by either name."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        give_up([f"--host: {host!r} is no name or address of this machine. Try localhost."])
    return str(min(found, key=lambda each: each[0] != socket.AF_INET)[4][0])


def free_port(address: str, *, host: str, port: int) -> int:
    """Return the port to listen on, a free one for 0; leave with a message when somebody else listens already."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            give_up([f"Cannot listen on {host}:{port}: {error.strerror}. Try --port 0, a free one."])
        return int(probe.getsockname()[1])


def serve_until_stopped(application: Callable[[], Flask], address: str, port: int) -> None:
    """Serve the application until a signal says stop. It is made before the worker begins, which has it ready then."""
    server = Granian(
        "leerid-idp",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=THREADS,
        runtime_mode=RuntimeModes.st,  # one thread reads and writes; more of them wait for each other
        http=HTTPModes.http1,
        websockets=False,
        workers=1,
        log_level=LogLevels.error,
    )
    gc.collect()
    gc.set_threshold(GARBAGE_EVERY)
    gc.freeze()  # what was made at start stays: the worker shares its pages and never looks through it for garbage
    server.serve(target_loader=partial(_in_worker, application, os.getpid()), wrap_loader=False)


def _in_worker(application: Callable[[], Flask], parent: int) -> Flask:
    """Return the application; the worker then follows its parent, whatever ends that one."""
    Thread(target=_follow, args=(parent,), daemon=True).start()
    return application()


def _follow(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(FOLLOWED_EVERY_S)
    os._exit(0)
