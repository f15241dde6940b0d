"""The last people who were signed in with this browser: a cookie of user names and nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from flask import request
from werkzeug.http import dump_cookie

from mock_idp.domain.people.written import USER_NAME
from mock_idp.web.current import current_issuer, current_provider

if TYPE_CHECKING:
    from flask import Response

    from mock_idp.domain.people.person import Person
    from mock_idp.provider.sign_in import Interaction

COOKIE: Final = "leerid_recent"
SEPARATOR: Final = "|"
MOST: Final = 8
LONGEST: Final = 1_000
KEPT_S: Final = 30 * 24 * 3600


def recent_people(interaction: Interaction) -> tuple[Person, ...]:
    """Return the last ones used, the latest first; whom the stage does not know is left out."""
    people = current_provider().people
    found = (people.find(user_name, interaction.stage_id) for user_name in _user_names())
    return tuple(person for person in found if person)


def remember_person(user_name: str, response: Response) -> None:
    """Put a user name first among the last ones used."""
    issuer = current_issuer()
    others = [each for each in _user_names() if each != user_name]
    cookie = dump_cookie(
        COOKIE,
        SEPARATOR.join([user_name, *others][:MOST]),
        max_age=KEPT_S,
        path=f"{issuer.path}/sign-in/",
        httponly=True,
        samesite="Lax",
        secure=issuer.is_https,
        sync_expires=False,  # for browsers of another age; writing the date takes longer than all the rest
    )
    response.headers.add("Set-Cookie", cookie)


def _user_names() -> list[str]:
    """Return what the cookie says as far as it makes sense: anybody can have written it."""
    names = request.cookies.get(COOKIE, "")[:LONGEST].split(SEPARATOR)
    return list(dict.fromkeys(name for name in names if re.fullmatch(USER_NAME, name)))[:MOST]
