"""Names and user names: drawn from fixed pools, and read back from a user name without looking through anybody.

Given name, family name and a small slot make one number; a keyed permutation leads from the index of a pupil to that
number and back. A user name holds all three, so it leads to the pupil.
"""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Annotated, Final, NamedTuple, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, model_validator

from mock_idp.domain.discimus import Sex
from mock_idp.domain.people.credentials import plain
from mock_idp.domain.population.permutation import Permutation
from mock_idp.domain.problems import parsed, validated

FILE: Final = files("mock_idp.domain.population") / "data" / "names.toml"
USER_NAME: Final = re.compile(r"([a-z]+)\.([a-z]+)([0-9]{3})")
FIRST_DIGITS: Final = 100
ENDINGS: Final = 900
"""User names end in 100 to 999: three digits, where those of personas have two."""
ACCOUNTS: Final = 2
MASK: Final = (1 << 64) - 1

Name: TypeAlias = Annotated[str, Field(min_length=1, max_length=60)]


class Pools(BaseModel):
    """The names. Each of them folds to plain letters in its own way, given names of both sexes taken together."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    faker: str
    seed: int
    draws: int
    female: tuple[Name, ...] = Field(min_length=1)
    male: tuple[Name, ...] = Field(min_length=1)
    family: tuple[Name, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _are_told_apart(self) -> Self:
        for pool in (self.female + self.male, self.family):
            folded = [plain(name) for name in pool]
            wrong = sorted({name for name in folded if not name.isalpha() or folded.count(name) > 1})
            if wrong:
                raise ValueError(f"These names do not make user names of their own: {', '.join(wrong)}")
        return self


class Named(NamedTuple):
    """What makes a name: places in the pools of given and family names, and the slot among those of the same name."""

    given: int
    family: int
    slot: int


class UserName(NamedTuple):
    """What is read from a user name: the index of a pupil, and which account (0 is the first) it opens."""

    pupil: int
    account: int


class Names:
    """The names of `size` pupils. `given` and `family` are the pools; `..._folded` the same in plain letters."""

    def __init__(self, seed: int, size: int) -> None:
        pools = read_pools()
        self.given, self.family = pools.female + pools.male, pools.family
        self.given_folded, self.family_folded = tuple(map(plain, self.given)), tuple(map(plain, self.family))
        self.sexes = (Sex.FEMALE,) * len(pools.female) + (Sex.MALE,) * len(pools.male)
        pairs = len(self.given) * len(self.family)
        self.slots = -(-size // pairs)
        self._size = size
        self._permutation = Permutation("names", seed, size=pairs * self.slots)
        self._stride = ENDINGS // (self.slots * ACCOUNTS)
        self._mix = int.from_bytes(sha256(f"endings|{seed}".encode()).digest()[:8], "big") | 1
        self._given_places = {name: place for place, name in enumerate(self.given_folded)}
        self._family_places = {name: place for place, name in enumerate(self.family_folded)}

    def of(self, index: int) -> Named:
        """Return what makes the name of a pupil."""
        pair, slot = divmod(self._permutation.of(index), self.slots)
        given, family = divmod(pair, len(self.family))
        return Named(given, family, slot)

    def index_of(self, named: Named) -> int | None:
        """Return the pupil of that name and slot, or None when nobody has it."""
        pair = named.given * len(self.family) + named.family
        index = self._permutation.inverse(pair * self.slots + named.slot)
        return index if index < self._size else None

    def user_name(self, named: Named, account: int = 0) -> str:
        """Return the user name of an account: `voornaam.naam` and three digits, plain ASCII."""
        given, family, slot = named
        begin = self._first_ending(given, family)
        digits = (begin + (account * self.slots + slot) * self._stride) % ENDINGS + FIRST_DIGITS
        return f"{self.given_folded[given]}.{self.family_folded[family]}{digits}"

    def read(self, user_name: str) -> UserName | None:
        """Return the pupil and the account of a user name in lower case; None when it is nobody's.

        Whether the pupil has that second account is another matter.
        """
        parts = USER_NAME.fullmatch(user_name)
        given = self._given_places.get(parts[1]) if parts else None
        family = self._family_places.get(parts[2]) if parts else None
        if parts is None or given is None or family is None:
            return None
        steps, rest = divmod((int(parts[3]) - FIRST_DIGITS - self._first_ending(given, family)) % ENDINGS, self._stride)
        account, slot = divmod(steps, self.slots)
        index = self.index_of(Named(given, family, slot))
        if rest or account >= ACCOUNTS or index is None or int(parts[3]) < FIRST_DIGITS:
            return None
        return UserName(index, account)

    def given_place(self, folded: str) -> int | None:
        """Return where a given name in plain letters stands in the pool, or None."""
        return self._given_places.get(folded)

    def _first_ending(self, given: int, family: int) -> int:
        """Return where the digits of a name begin, so that not everybody ends alike."""
        return ((given * len(self.family) + family + 1) * self._mix & MASK) * ENDINGS >> 64


@cache
def read_pools() -> Pools:
    """Return the pools that come with the mock; raise `ProblemsError` when two names could not be told apart."""
    return validated(Pools, parsed(FILE.read_text("utf-8"), FILE.name), FILE.name)
