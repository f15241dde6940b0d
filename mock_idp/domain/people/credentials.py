"""User names and passwords that are made up when none is written down."""

from __future__ import annotations

import unicodedata
from itertools import count
from typing import TYPE_CHECKING, Final

from mock_idp.domain.randomness import drawn

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS: Final = (
    *("appel", "banaan", "beer", "bever", "boom", "citroen", "dolfijn", "druif", "egel", "fiets", "gitaar", "hamster"),
    *("kaars", "kiwi", "konijn", "ladder", "maan", "mango", "muis", "otter", "panda", "peer", "pinguin", "potlood"),
    *("raket", "rivier", "robot", "schelp", "sneeuw", "spin", "tijger", "trein", "uil", "vlinder", "wolk", "zebra"),
)

MANY: Final = 100
"""After so many made up names that somebody has already, more digits are added."""
SHORT: Final = 80
LONGEST_NAMES: Final = 98
"""Letters of a made up user name before its two digits."""


def user_name_of(given_name: str | None, family_name: str, key: str) -> str:
    """Return `voornaam.naam` and two digits, plain ASCII; the form is a guess (U12), the real one is not published."""
    names = [folded for name in (given_name, family_name) if name and (folded := plain(name))]
    return f"{('.'.join(names) or 'leerling')[:LONGEST_NAMES]}{drawn('user name', key, below=90) + 10}"


def free_user_name(given_name: str | None, family_name: str, key: str, is_taken: Callable[[str], bool]) -> str:
    """Return a made up user name that nobody has; where very many have the same name it is longer."""
    for attempt in count():
        name = user_name_of(given_name, family_name, f"{key}|{attempt}" if attempt else key)
        name = name if attempt < MANY else f"{name[:SHORT]}{attempt}"
        if not is_taken(name):
            return name
    raise AssertionError("There is always a next number.")


def password_of(key: str, seed: int) -> str:
    """Return a word and four digits (U13). Made up, and good for nothing but this mock."""
    word = WORDS[drawn("word", seed, key, below=len(WORDS))]
    return f"{word}{drawn('digits', seed, key, below=9000) + 1000}"


def plain(name: str) -> str:
    """Return a name in lower case letters and digits of ASCII, for user names and for searching."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "".join(letter for letter in folded.lower() if letter.isalnum())
