"""The profiles that a mock knows: those that come with it, and those that a user adds. A value, no global state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from mock_idp.domain.claims.profile import ClaimsProfile, read_profile
from mock_idp.domain.problems import Problem, ProblemsError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

DEFAULT_PROFILE: Final = "meemoo-2023"
FOLDER: Final = files("mock_idp.domain.claims") / "profiles"


class ClaimsProfiles(Mapping[str, ClaimsProfile]):
    """Profiles by name, in order. Never changed: adding makes another value."""

    def __init__(self, profiles: Iterable[ClaimsProfile]) -> None:
        self._by_name = {profile.name: profile for profile in profiles}

    def __getitem__(self, name: str) -> ClaimsProfile:
        """Return the profile of that name; a `KeyError` says which there are."""
        if name not in self._by_name:
            raise KeyError(self.missing(name))
        return self._by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self._by_name)

    def missing(self, name: str) -> str:
        """Return what to tell somebody who names a profile that is not there."""
        hint = did_you_mean(name, self) or f"There are: {', '.join(self)}."
        return f"There is no claims profile {name!r}. {hint}"

    def granting(self, scope: str) -> tuple[str, ...]:
        """Return the names of the profiles that grant a scope."""
        return tuple(name for name, profile in self._by_name.items() if scope in profile.scopes)

    def with_files(self, texts: Mapping[str, str]) -> ClaimsProfiles:
        """Return these profiles and those of TOML documents by file name; raise `ProblemsError` with all problems."""
        added: dict[str, ClaimsProfile] = {}
        problems: list[Problem] = []
        for file, text in texts.items():
            try:
                profile = read_profile(text, file)
            except ProblemsError as error:
                problems += error.problems
                continue
            if profile.name in {*self, *added}:
                problems.append(_taken(file, profile.name))
            added[profile.name] = profile
        if problems:
            raise ProblemsError(problems)
        return ClaimsProfiles([*self.values(), *added.values()])


@cache
def built_in_profiles() -> ClaimsProfiles:
    """Return the profiles that come with the mock; the default one is the first."""
    texts = {each.name: each.read_text("utf-8") for each in FOLDER.iterdir() if each.name.endswith(".toml")}
    profiles = ClaimsProfiles([]).with_files(texts)
    return ClaimsProfiles(sorted(profiles.values(), key=lambda each: (each.name != DEFAULT_PROFILE, each.name)))


def claims_profile(name: str = DEFAULT_PROFILE) -> ClaimsProfile:
    """Return a profile that comes with the mock; a `KeyError` says which there are."""
    return built_in_profiles()[name]


def profile_names() -> tuple[str, ...]:
    """Return the names of the profiles that come with the mock."""
    return tuple(built_in_profiles())


def _taken(file: str, name: str) -> Problem:
    message = f"There is a claims profile {name!r} already."
    return Problem(file=file, key="name", message=message, hint="Give this one another name.")
