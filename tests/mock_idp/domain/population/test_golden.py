"""The same people on every machine and every version of Python: some dozens are written down with all they have.

Another shape, other pools of names or another computation makes other people. Where that is meant, write them again:
`python tests/mock_idp/domain/population/test_golden.py`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mock_idp.domain.population import Population, Pupil, Query, Situation

GOLDEN = Path(__file__).with_name("golden.json")
SEEDS = (0, 20260901)
FIELDS = [name for name in Pupil._fields if name not in {"school", "moved_from", "second_school", "group"}]


def told(people: Population, pupil: Pupil) -> dict[str, Any]:
    """Return all of a pupil in a form that JSON keeps."""
    schools = {"school": pupil.school, "moved_from": pupil.moved_from, "second_school": pupil.second_school}
    plain = {name: getattr(pupil, name) for name in FIELDS}
    return {
        **{name: str(value) if hasattr(value, "isoformat") else value for name, value in plain.items()},
        **{name: school and [school.number, school.name] for name, school in schools.items()},
        "situations": list(pupil.situations),
        "group": [pupil.group.code, pupil.group.name, pupil.group.hoofdstructuur],
        "passwords": list(map(people.password, pupil.user_names)),
        "life": [_moment(each) for each in people.life(pupil).moments],
    }


def _moment(moment: Any) -> list[str]:
    parts = (moment, getattr(moment, "to", None))
    school = [part.school.number for part in parts if getattr(part, "school", None)]
    stamnummer = [part.stamnummer for part in parts if hasattr(part, "stamnummer")]
    group = [part.group.code for part in parts if hasattr(part, "group")]
    return [str(moment.on), type(moment).__name__, *school, *stamnummer, *group]


def chosen(people: Population) -> list[Pupil]:
    """Return who is written down: the first and the last, some of every situation, and some from everywhere."""
    indexes = {0, 1, people.size - 1, *range(1000, people.size, 63_211)}
    for situation in Situation:
        indexes |= {pupil.index for pupil in people.search(Query(situation=situation), 2).pupils}
    return [people.pupil(index) for index in sorted(indexes)]


def written(seed: int) -> list[dict[str, Any]]:
    """Return the golden pupils of a seed."""
    people = Population(seed)
    return [told(people, pupil) for pupil in chosen(people)]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_same_people_come_out_everywhere(seed: int) -> None:
    golden = json.loads(GOLDEN.read_text("utf-8"))[str(seed)]
    people = Population(seed)
    assert len(golden) > 30
    for each in golden:
        assert told(people, people.pupil(each["index"])) == each
    assert written(seed) == golden


def test_every_situation_is_written_down() -> None:
    golden = json.loads(GOLDEN.read_text("utf-8"))
    for pupils in golden.values():
        assert {situation for pupil in pupils for situation in pupil["situations"]} == set(Situation)


if __name__ == "__main__":
    document = {str(seed): written(seed) for seed in SEEDS}
    GOLDEN.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
