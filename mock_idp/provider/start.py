"""What the mock is started with: files and names that are read and checked as a whole, every problem told at once."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mock_idp.domain.claims import ClaimsProfiles, built_in_profiles
from mock_idp.domain.clients import clients_in
from mock_idp.domain.problems import Problem, ProblemsError, did_you_mean
from mock_idp.faults import Kind, Seam, catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mock_idp.domain.clients import Client
    from mock_idp.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Gathering:
    """Gathers the problems of several parts, so that somebody who mends one file is not told of the next one then."""

    problems: list[Problem] = field(default_factory=list)

    @contextmanager
    def part(self) -> Iterator[None]:
        """Keep the problems of what is read in this block."""
        try:
            yield
        except ProblemsError as error:
            self.problems.extend(error.problems)

    def check(self) -> None:
        """Raise `ProblemsError` with everything that was gathered."""
        if self.problems:
            raise ProblemsError(self.problems)


def read_profiles(settings: Settings) -> ClaimsProfiles:
    """Return the claims profiles that come with the mock and those of files; raise `ProblemsError`."""
    gathering = Gathering()
    texts: dict[str, str] = {}
    for path in dict.fromkeys(settings.claims_profile_files):
        with gathering.part():
            texts[str(path)] = text_of(path)
    profiles = built_in_profiles()
    with gathering.part():
        profiles = profiles.with_files(texts)
    gathering.check()
    return profiles


def read_clients(settings: Settings, profiles: ClaimsProfiles) -> tuple[Client, ...]:
    """Return the clients of the clients file, none without one; raise `ProblemsError`."""
    path = settings.clients_file
    return () if path is None else clients_in(text_of(path), str(path), profiles)


def checked_circumstances(settings: Settings) -> tuple[str, ...]:
    """Return what the default stage arms from the start, each once; raise `ProblemsError`."""
    ids = tuple(dict.fromkeys(settings.circumstances))
    problems = [problem for each in ids for problem in _wrong(each)]
    forging = [each for each in ids if each.startswith(f"{Seam.SIGNATURE}.")]
    if len(forging) > 1:
        message = f"An ID token has one signature; choose one of: {', '.join(forging)}."
        problems.append(Problem(file="--circumstance", key="", message=message))
    if problems:
        raise ProblemsError(problems)
    return ids


def text_of(path: Path) -> str:
    """Return the text of a file; raise `ProblemsError` when it cannot be read."""
    try:
        return path.read_text("utf-8")
    except OSError as error:
        problem = Problem(file=str(path), key="", message=f"This file cannot be read: {error.strerror}.")
    except UnicodeDecodeError:
        problem = Problem(file=str(path), key="", message="This is no text in UTF-8.")
    raise ProblemsError([problem])


def check_default_profile(settings: Settings, profiles: ClaimsProfiles) -> None:
    """Raise `ProblemsError` when there is no such profile for applications that are not registered."""
    name = settings.default_profile
    if name is not None and name not in profiles:
        raise ProblemsError([Problem(file="--profile", key="", message=profiles.missing(name))])


def _wrong(circumstance: str) -> Iterator[Problem]:
    found = catalogue().get(circumstance)
    known = [each.id for each in catalogue().values() if each.kind == Kind.CIRCUMSTANCE]
    if found is None:
        message, hint = f"There is no circumstance {circumstance!r}.", did_you_mean(circumstance, known)
        yield Problem(file="--circumstance", key="", message=message, hint=hint)
    elif found.kind != Kind.CIRCUMSTANCE:
        message = f"{circumstance!r} is a {found.kind}: the provider would break a rule at every sign-in."
        yield Problem(file="--circumstance", key="", message=message, hint="Arm it on a stage.")
