"""Scenario and profile files of the package, or of a folder that somebody keeps beside it."""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath

from conformance.errors import InputError, Problem
from conformance.errors.reading import parse
from conformance.scenario.model import Profile, Scenario, ScenarioFile


def load_scenarios(folder: Traversable | None = None) -> tuple[tuple[Scenario, ...], tuple[Problem, ...]]:
    """Every scenario that can be read, in order of id, and the problems of those that cannot."""
    scenarios: list[Scenario] = []
    problems: list[Problem] = []
    for path, file in _toml_files(folder or files("scenarios")):
        try:
            read = parse(ScenarioFile, file.read_text(encoding="utf-8"), file=f"scenarios/{path}")
        except InputError as error:
            problems.extend(error.problems)
        else:
            scenarios.append(Scenario(id=str(PurePosixPath(path).with_suffix("")), **dict(read)))
    return tuple(scenarios), tuple(problems)


def load_profiles() -> tuple[dict[str, Profile], tuple[Problem, ...]]:
    """Every profile by name, and the problems of those that cannot be read."""
    profiles: dict[str, Profile] = {}
    problems: list[Problem] = []
    for path, file in _toml_files(files("conformance.scenario") / "profiles"):
        name = f"conformance/scenario/profiles/{path}"
        try:
            profile = parse(Profile, file.read_text(encoding="utf-8"), file=name)
        except InputError as error:
            problems.extend(error.problems)
            continue
        if f"{profile.name}.toml" != path:
            problems.append(Problem(file=name, key="name", message=f"the file is named {path}, the profile is not"))
        profiles[profile.name] = profile
    return profiles, tuple(problems)


def _toml_files(folder: Traversable, below: str = "") -> Iterator[tuple[str, Traversable]]:
    if not folder.is_dir():
        return
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        path = f"{below}{entry.name}"
        if entry.is_dir():
            yield from _toml_files(entry, f"{path}/")
        elif entry.name.endswith(".toml"):
            yield path, entry
