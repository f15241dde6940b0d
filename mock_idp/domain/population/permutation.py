"""A keyed permutation of whole numbers: what is scattered can be found back, without a table.

Integer arithmetic only, so that every machine and every version of Python scatters alike.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Final

ROUNDS: Final = 3


class Permutation:
    """Scatters the numbers below `size` among themselves, as the key says; each place has one number.

    A round on the next power of two is an exclusive or with a key, a multiplication by an odd key and an exclusive or
    with its own upper half: each can be undone. A result beyond `size` goes round again until it is inside (cycle
    walking), which keeps it a permutation.
    """

    __slots__ = ("_mask", "_rounds", "_rounds_back", "_shift", "size")

    def __init__(self, *key: object, size: int) -> None:
        bits = max(2, (size - 1).bit_length())
        self.size = size
        self._mask = (1 << bits) - 1
        self._shift = (bits + 1) // 2  # at least half, so that the exclusive or with the upper part undoes itself
        rounds = [_round(key, number, self._mask) for number in range(ROUNDS)]
        self._rounds = tuple(rounds)
        self._rounds_back = tuple((mixed, pow(factor, -1, 1 << bits)) for mixed, factor in reversed(rounds))

    def of(self, number: int) -> int:
        """Return the place of a number from 0 to `size` - 1."""
        (mix_1, by_1), (mix_2, by_2), (mix_3, by_3) = self._rounds
        mask, shift, size = self._mask, self._shift, self.size
        while True:
            number = (number ^ mix_1) * by_1 & mask
            number ^= number >> shift
            number = (number ^ mix_2) * by_2 & mask
            number ^= number >> shift
            number = (number ^ mix_3) * by_3 & mask
            number ^= number >> shift
            if number < size:
                return number

    def inverse(self, place: int) -> int:
        """Return the number that has a place from 0 to `size` - 1."""
        mask, shift, size = self._mask, self._shift, self.size
        while True:
            for mixed, by in self._rounds_back:
                place ^= place >> shift
                place = (place * by & mask) ^ mixed
            if place < size:
                return place


def _round(key: tuple[object, ...], number: int, mask: int) -> tuple[int, int]:
    """Return what a round mixes in and multiplies by."""
    digest = sha256("\x1f".join(map(str, ("permutation", *key, number))).encode()).digest()
    return int.from_bytes(digest[:16], "big") & mask, int.from_bytes(digest[16:], "big") & mask | 1
