"""Draw the pools of names of the population once, from Faker's `nl_BE` with a fixed seed.

Writes mock_idp/domain/population/data/names.toml. Another version of Faker may know other names, and then everybody in
the population is somebody else: draw again only on purpose, and write the golden pupils again with it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import faker

from mock_idp.domain.people.credentials import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

PAGE = Path(__file__).parents[1] / "mock_idp" / "domain" / "population" / "data" / "names.toml"
SEED = 20260901
DRAWS = 12_000
"""Enough to meet every name that Faker draws at all; it draws some more often than others."""
HEAD = """\
# The pools from which the population takes its names: single names from Faker's nl_BE, drawn once by
# scripts/draw_names.py, joined to people at random. Names that are the same in plain ASCII letters stand here once, so
# that a user name leads back to its names. Whoever has such a name is not meant.

faker = "{version}"
seed = {seed}
draws = {draws}
"""


def drawn_pools() -> dict[str, list[str]]:
    """Return the pools by name: given names by sex, family names; sorted, each of them once in plain letters."""
    source = faker.Faker("nl_BE")
    source.seed_instance(SEED)
    female = _distinct(_drawn(source.first_name_female))
    male = _distinct(_drawn(source.first_name_male))
    family = _distinct(_drawn(source.last_name))
    only_male = {folded: name for folded, name in male.items() if folded not in female}
    return {"female": sorted(female.values()), "male": sorted(only_male.values()), "family": sorted(family.values())}


def document(pools: dict[str, list[str]]) -> str:
    """Return the pools as a TOML document."""
    parts = [HEAD.format(version=faker.VERSION, seed=SEED, draws=DRAWS)]
    for pool, names in pools.items():
        lines = "".join(f'  "{name}",\n' for name in names)
        parts.append(f"{pool} = [\n{lines}]\n")
    return "\n".join(parts)


def _drawn(draw: Callable[[], str]) -> set[str]:
    return {draw() for _ in range(DRAWS)}


def _distinct(names: Iterable[str]) -> dict[str, str]:
    """Return one name for each folded form: the one with most letters beyond ASCII, for those are the harder ones."""
    kept: dict[str, str] = {}
    for name in sorted(names, key=lambda each: (sum(letter.isascii() for letter in each) - len(each), each)):
        kept.setdefault(plain(name), name)
    return kept


if __name__ == "__main__":
    PAGE.write_text(document(drawn_pools()), encoding="utf-8")
    print(f"{PAGE.name}: drawn with Faker {faker.VERSION}")
