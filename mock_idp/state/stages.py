"""Stages: named situations that run side by side on one mock, each with its own armed faults and circumstances."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

if TYPE_CHECKING:
    from mock_idp.domain.clock import Clock
    from mock_idp.state.store import Record, Store

COOKIE_NAME: Final = "leerid_stage"
DEFAULT_STAGE: Final = "default"
_KIND: Final = "stage"


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A situation of the provider. `created_at` is ISO 8601; `calendar_offset_days` moves the registers, no token.

    `clock_ahead_s`: how far ahead tokens are dated. `issuer`: the sibling whose discovery and keys are bent; the main
    issuer's when there is none. `cast`: the label of the people who play the personas; None: the personas themselves.
    """

    id: str
    created_at: str
    label: str | None = None
    faults: tuple[str, ...] = ()
    circumstances: tuple[str, ...] = ()
    persona: str | None = None
    calendar_offset_days: int = 0
    clock_ahead_s: int = 0
    claims_profile: str | None = None
    issuer: str | None = None
    cast: str | None = None

    @property
    def armed(self) -> tuple[str, ...]:
        """The ids of everything armed: faults, then circumstances."""
        return self.faults + self.circumstances

    @property
    def is_default(self) -> bool:
        """Whether this is the stage of those who carry no cookie."""
        return self.id == DEFAULT_STAGE

    def arms(self, *seams: str) -> bool:
        """Return whether something is armed at one of these seams, or at the endpoint of that name."""
        return any(place_of(each) in seams for each in self.armed)


def place_of(armed: str) -> str:
    """Return the seam of something armed; at the seam `transport` its endpoint: `jwks` for `transport.jwks-slow`."""
    seam, _, name = armed.partition(".")
    return name.partition("-")[0] if seam == "transport" else seam


class UnknownStageError(LookupError):
    """No stage has this id."""


class DefaultStageError(ValueError):
    """The default stage can be changed, never closed."""


class Stages:
    """Opens, finds, changes and closes stages. Changing one never touches another.

    `circumstances`: what the default stage arms from the start, and again after a reset.
    """

    def __init__(self, store: Store, clock: Clock, circumstances: tuple[str, ...] = ()) -> None:
        self._store = store
        self._clock = clock
        self._at_start = Stage(id=DEFAULT_STAGE, created_at=self._now(), circumstances=circumstances)

    def open(self, **members: Any) -> Stage:
        """Open a stage with these members of `Stage`."""
        return self._keep(Stage(id=uuid4().hex[:16], created_at=self._now(), **members))

    def find(self, stage_id: str) -> Stage | None:
        """Return the stage, or None when it is unknown. The default stage is always known."""
        record = self._store.get(_KIND, stage_id)
        if record is not None:
            return _from_record(record)
        return self._at_start if stage_id == DEFAULT_STAGE else None

    def get(self, stage_id: str | None) -> Stage:
        """Return the stage; the default stage for no id and for an unknown one."""
        return (self.find(stage_id) if stage_id else None) or self.default

    @property
    def default(self) -> Stage:
        """The stage of those who carry no cookie: as the mock was started, until somebody changes it."""
        return self.find(DEFAULT_STAGE) or self._at_start

    def change(self, stage_id: str, **members: Any) -> Stage:
        """Change only the members given; raise `UnknownStageError` when there is no such stage."""
        return self._keep(replace(self._known(stage_id), **members))

    def close(self, stage_id: str) -> None:
        """Close a stage; raise `DefaultStageError` or `UnknownStageError`."""
        if self._known(stage_id).is_default:
            raise DefaultStageError("The default stage cannot be closed; change it, or reset the mock.")
        self._store.delete(_KIND, stage_id)

    def all(self) -> list[Stage]:
        """Return every stage: the default one first, then oldest first."""
        others = (_from_record(record) for _, record in self._store.items(_KIND))
        return [self.default, *(stage for stage in others if not stage.is_default)]

    def arming(self, *seams: str) -> list[Stage]:
        """Return the stages that arm something at one of these seams."""
        return [stage for stage in self.all() if stage.arms(*seams)]

    def _known(self, stage_id: str) -> Stage:
        stage = self.find(stage_id)
        if stage is None:
            raise UnknownStageError(f"There is no stage {stage_id!r}; open one, or list the stages.")
        return stage

    def _keep(self, stage: Stage) -> Stage:
        self._store.put(_KIND, stage.id, asdict(stage))
        return stage

    def _now(self) -> str:
        return self._clock.now().isoformat()


def _from_record(record: Record) -> Stage:
    lists = {name: tuple(record[name]) for name in ("faults", "circumstances")}
    return Stage(**{**record, **lists})
