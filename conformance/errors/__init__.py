"""What was wrong with the input: all problems at once, each with file, key, sentence and hint."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that is wrong: where it stands, what it is, what to do."""

    message: str
    file: str | None = None
    key: str | None = None
    hint: str | None = None

    @property
    def line(self) -> str:
        """The problem in one line: `file: key: message (hint)`."""
        sentence = ": ".join(part for part in (self.file, self.key, self.message) if part)
        return f"{sentence} ({self.hint})" if self.hint else sentence


class InputError(Exception):
    """The caller's fault: a target, scenario, option or surrounding that cannot be used. Exit code 2, no traceback."""

    def __init__(self, *problems: Problem) -> None:
        """Take all problems at once, so that nobody has to mend them one by one."""
        self.problems = problems
        super().__init__("\n".join(problem.line for problem in problems))


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """The hint that names the known word nearest to a mistyped one, or None."""
    close = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.5)
    return f"did you mean {close[0]!r}?" if close else None
