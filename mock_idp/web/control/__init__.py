"""Control API v1: stages and their people, faults, journal, clients, keys, clock, reset. See `openapi.json`."""

from mock_idp.web.control import (  # imported so that their views register
    about,
    clients,
    clock,
    issuers,
    journal,
    keys,
    logout,
    people,
    reset,
    stages,
    students,
)
from mock_idp.web.control.blueprint import PREFIX, blueprint

__all__ = [
    "PREFIX",
    "about",
    "blueprint",
    "clients",
    "clock",
    "issuers",
    "journal",
    "keys",
    "logout",
    "people",
    "reset",
    "stages",
    "students",
]
