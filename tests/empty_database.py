"""An empty database is a copy of one that was made before: to make its tables took most tests a sixth of their time.

Who opens it makes what is missing, as ever, and finds that nothing is.
"""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import same_statements  # noqa: F401  importing it makes sqlite+same known

from relying_party.accounts.database import Database


@cache
def _empty() -> bytes:
    """A database as the application makes it; closed, it is a single file."""
    with TemporaryDirectory() as folder:
        place = Path(folder) / "empty.db"
        Database(f"sqlite+same:///{place}").close()
        return place.read_bytes()


def empty_database(place: Path) -> str:
    """Lay one there; return its URL."""
    place.write_bytes(_empty())
    return f"sqlite+same:///{place}"
