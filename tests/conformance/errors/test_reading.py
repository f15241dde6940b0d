"""TOML to a model, or every problem at once."""

import pytest

from conformance.errors import InputError, Problem, did_you_mean
from conformance.errors.reading import parse
from conformance.scenario import ScenarioFile
from conformance.target import Target

SOUND = 'title = "It works"\nrequirements = ["LR-01"]\nlevel = "must"\nexpect = "signed-in"\n'


def problems(text: str, model: type = ScenarioFile) -> list[str]:
    with pytest.raises(InputError) as caught:
        parse(model, text, file="x.toml")
    return [problem.line for problem in caught.value.problems]


def test_a_sound_file_becomes_its_model() -> None:
    assert parse(ScenarioFile, SOUND, file="x.toml").level == "must"


def test_what_is_no_toml_is_told_with_the_place() -> None:
    (line,) = problems("title = ")
    assert line.startswith("x.toml: is not TOML:")


def test_a_missing_key_is_told() -> None:
    assert problems(SOUND.replace('level = "must"', "")) == ["x.toml: level: is missing"]


def test_a_mistyped_key_gets_the_nearest_as_hint() -> None:
    assert problems(SOUND + 'personna = "x"') == ["x.toml: personna: no such key (did you mean 'persona'?)"]


def test_a_mistyped_value_gets_the_nearest_as_hint() -> None:
    (line,) = problems(SOUND.replace("signed-in", "singed-in"))
    assert line.startswith("x.toml: expect:")
    assert line.endswith("(did you mean 'signed-in'?)")


def test_a_key_within_a_table_is_told_with_its_way_there() -> None:
    (line,) = problems(SOUND + '[[visits]]\npersonna = "x"')
    assert line == "x.toml: visits[0].personna: no such key (did you mean 'persona'?)"


def test_a_key_within_an_optional_table_gets_a_hint_too() -> None:
    text = 'name = "x"\nsign_in_url = "http://127.0.0.1"\n[landmarks]\nsigned_in = { testid = "x" }\n'
    assert "x.toml: landmarks.signed_in.testid: no such key (did you mean 'test_id'?)" in problems(text, Target)


def test_every_problem_is_told_at_once() -> None:
    assert len(problems('titel = "x"\nlevel = "most"\n')) == 5


def test_a_key_that_is_like_no_other_gets_all_known_ones() -> None:
    (line,) = problems(SOUND + "zzzzzz = 1")
    _, known = line.split("known keys: ")
    assert known == ", ".join(sorted(ScenarioFile.model_fields)) + ")"


@pytest.mark.parametrize(("word", "hint"), [("ful", "did you mean 'full'?"), ("zebra", None)])
def test_a_hint_is_given_only_when_something_is_near(word: str, hint: str | None) -> None:
    assert did_you_mean(word, ["full", "protocol"]) == hint


def test_a_problem_is_one_line() -> None:
    assert Problem(file="a", key="b", message="c", hint="d").line == "a: b: c (d)"
    assert Problem(message="c").line == "c"
