"""Uuids that compute: who is behind one is read from it, and a foreign one is recognised.

A uuid of version 4 has 122 free bits. Of these 51 say what it stands for and 71 are zero; a keyed permutation scatters
them, so that nobody sees it. Whatever does not come back with 71 zeros was made elsewhere.
"""

from __future__ import annotations

import re
from enum import IntEnum
from typing import Final, NamedTuple

from mock_idp.domain.population.permutation import Permutation

FREE_BITS: Final = 122
PUPIL_BITS: Final = 32
NUMBER_BITS: Final = 16
ACCOUNT_BITS: Final = 2
FORM: Final = re.compile(r"([0-9a-f]{8})-([0-9a-f]{4})-4([0-9a-f]{3})-([89ab])([0-9a-f]{3})-([0-9a-f]{12})")
VARIANTS: Final = "89ab"
"""The digit of a uuid that has two free bits."""


class Kind(IntEnum):
    """What a uuid stands for."""

    ACCOUNT = 0
    LEER_ID = 1


class Meaning(NamedTuple):
    """What is read from a uuid. `account`: 0 is the first of the pupil; `number`: how often it was replaced before."""

    kind: Kind
    account: int
    number: int
    pupil: int


class Uuids:
    """The uuids of a seed. `pupil` is the index of one."""

    def __init__(self, seed: int) -> None:
        self._permutation = Permutation("uuid", seed, size=1 << FREE_BITS)

    def account(self, pupil: int, account: int = 0, number: int = 0) -> str:
        """Return the uuid of an account after it was replaced `number` times, lower case."""
        return self._written((account << NUMBER_BITS | number) << PUPIL_BITS | pupil)

    def leer_id(self, pupil: int, number: int = 0) -> str:
        """Return the leer_id_uuid after it was replaced `number` times, lower case."""
        return self._written((Kind.LEER_ID << ACCOUNT_BITS + NUMBER_BITS | number) << PUPIL_BITS | pupil)

    def read(self, uuid: str) -> Meaning | None:
        """Return what a uuid of this seed stands for, in whatever case it is written; None for every other one."""
        parts = FORM.fullmatch(uuid.lower())
        if parts is None:
            return None
        first, second, third, variant, fourth, fifth = parts.groups()
        digits = f"{VARIANTS.index(variant)}{first}{second}{third}{fourth}{fifth}"
        payload = self._permutation.inverse(int(digits, 16))
        rest, pupil = divmod(payload, 1 << PUPIL_BITS)
        rest, number = divmod(rest, 1 << NUMBER_BITS)
        kind, account = divmod(rest, 1 << ACCOUNT_BITS)
        return Meaning(Kind(kind), account, number, pupil) if kind in set(Kind) else None

    def _written(self, payload: int) -> str:
        digits = f"{self._permutation.of(payload):031x}"
        variant = VARIANTS[int(digits[0])]
        return f"{digits[1:9]}-{digits[9:13]}-4{digits[13:16]}-{variant}{digits[16:19]}-{digits[19:]}"
