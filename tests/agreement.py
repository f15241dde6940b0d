"""Which scenarios a defect of the reference application can change at all, found without letting it meet each of them.

A defect is one function in another's place. While the sound application meets a scenario, every guard, rule and
decision is watched: what a defect puts in its place is asked the same question beside it, and its answer is thrown
away. Where both have answered alike each time, the application with the defect would have done the same, step by step,
so its verdict is that of the sound one. Where they have not, or where the question is not made of plain values, so that
nobody can tell what asking it twice would do, the defect has to meet the scenario.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date, timedelta
from functools import wraps
from threading import local
from types import FunctionType, NoneType
from typing import TYPE_CHECKING, Any

from joserfc.jwk import RSAKey
from pydantic import BaseModel

from relying_party.defects import Defect, catalogue

if TYPE_CHECKING:
    from relying_party.signin.policy import Policy

Asked = Callable[..., Any]

SIMPLE = (NoneType, bool, int, float, str, bytes, date, timedelta, BaseModel, RSAKey)
BETWEEN, AT_START = "between", "at-start"
"""Where no scenario asks."""
REACHES_OUT = ("socket.connect", "socket.getaddrinfo", "socket.sendto", "subprocess.Popen", "open")
"""What the interpreter reports (PEP 578) when a function does more than answer."""

_here = local()


class NotPlainError(TypeError):
    """A value that cannot be copied and compared."""


def _stop_reaching_out(event: str, _arguments: tuple[Any, ...]) -> None:
    if event in REACHES_OUT and getattr(_here, "is_asking", False):
        _here.has_reached_out = True
        raise PermissionError(f"{event}: not while it is only asked")


sys.addaudithook(_stop_reaching_out)


def copied(value: Any) -> Any:
    """A value of the same kind that shares nothing that could be changed.

    Raises:
        NotPlainError: when it is, or holds, something else than data.
    """
    if isinstance(value, SIMPLE) or (isinstance(value, FunctionType) and not value.__closure__):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        told = {each.name: copied(getattr(value, each.name)) for each in fields(value) if each.init}
        return replace(value, **told)
    if isinstance(value, dict):
        return {copied(name): copied(each) for name, each in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)) and type(value) in {list, tuple, set, frozenset}:
        return type(value)(copied(each) for each in value)
    raise NotPlainError(type(value).__name__)


def alike(one: Any, other: Any) -> bool:
    """Whether two answers are the same in value and in type: a text that is markup is another one."""
    return bool(one is other or _spelled(one) == _spelled(other))


def _spelled(value: Any) -> tuple[Any, ...]:
    if isinstance(value, RSAKey):
        return RSAKey, value.as_dict()
    if isinstance(value, BaseException):
        return type(value), _spelled(value.args), _spelled(vars(value))
    if is_dataclass(value):
        return type(value), *(_spelled(getattr(value, each.name)) for each in fields(value))
    if isinstance(value, dict):
        return type(value), *((name, _spelled(each)) for name, each in value.items())
    if isinstance(value, (list, tuple)):
        return type(value), *map(_spelled, value)
    return type(value), value


@dataclass(frozen=True)
class _Answer:
    """What a function returned or raised."""

    value: Any = None
    error: BaseException | None = None

    def given(self) -> Any:
        if self.error is not None:
            raise self.error
        return self.value


def _answer(function: Asked, arguments: tuple[Any, ...], named: Mapping[str, Any]) -> _Answer:
    try:
        return _Answer(value=function(*arguments, **named))
    except Exception as error:  # noqa: BLE001  an answer like any other; the sound one is raised again
        return _Answer(error=error)


@contextmanager
def _only_asking() -> Iterator[None]:
    _here.is_asking, _here.has_reached_out = True, False
    try:
        yield
    finally:
        _here.is_asking = False


def _agrees(wrong: Asked, question: tuple[tuple[Any, ...], dict[str, Any]], sound: _Answer) -> bool:
    with _only_asking():
        told = _answer(wrong, *copied(question))
    return not _here.has_reached_out and alike(told.error, sound.error) and alike(told.value, sound.value)


@dataclass(kw_only=True)
class Watch:
    """Looks on while the sound application meets one scenario after the other.

    `differing`: the defects that answered otherwise, by the id of the scenario. `BETWEEN` are the honest sign-ins by
    which a run knows that the application works: each run of a defect has its own. `AT_START` is what the application
    asks while it is put together, and of that everything later may depend.
    """

    defects: Mapping[str, Defect] = field(default_factory=catalogue)
    scenario: str = BETWEEN
    differing: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @contextmanager
    def during(self, scenario: str) -> Iterator[None]:
        """From here to the end of the block, what is asked is asked by this scenario."""
        before, self.scenario = self.scenario, scenario
        try:
            yield
        finally:
            self.scenario = before

    def policy(self, sound: Policy) -> Policy:
        """The same policy with somebody who looks on at everything that a defect replaces."""
        instead: dict[Asked, dict[str, Asked]] = defaultdict(dict)
        for name, defect in self.defects.items():
            for replaced, wrong in ((defect.sound, defect.wrong), *defect.beside.items()):
                instead[replaced][name] = wrong
        for replaced, wrongs in instead.items():
            sound = sound.replacing(replaced, self._watched(replaced, wrongs))
        return sound

    def _watched(self, sound: Asked, wrongs: Mapping[str, Asked]) -> Asked:
        @wraps(sound)
        def asked(*arguments: Any, **named: Any) -> Any:
            told = self.differing[self.scenario]
            waiting = {name: wrong for name, wrong in wrongs.items() if name not in told}
            try:
                question = copied((arguments, named))
            except NotPlainError:
                told.update(waiting)
                return sound(*arguments, **named)
            answer = _answer(sound, arguments, named)
            told.update(name for name, wrong in waiting.items() if not _agrees(wrong, question, answer))
            return answer.given()

        return asked
