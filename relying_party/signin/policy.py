"""Guards and rules together: everything that makes this application sound, or wrong in exactly one way."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from relying_party.signin.guards import GUARDS, Guard
from relying_party.signin.keeping import KEPT, Keeping
from relying_party.signin.rules import SOUND, Rules

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What one sign-in is judged by."""

    guards: tuple[Guard, ...] = GUARDS
    rules: Rules = SOUND
    keeping: Keeping = KEPT

    def replacing(self, sound: Callable[..., Any], other: Callable[..., Any]) -> Policy:
        """Return a policy in which `other` stands in the place of one guard or rule.

        Raises:
            LookupError: when `sound` is neither a guard nor a rule of this policy.
        """
        if any(guard.holds is sound for guard in self.guards):
            guards = tuple(replace(guard, holds=other) if guard.holds is sound else guard for guard in self.guards)
            return replace(self, guards=guards)
        for rule in fields(self.rules):
            if getattr(self.rules, rule.name) is sound:
                return replace(self, rules=replace(self.rules, **{rule.name: other}))
        for kept in fields(self.keeping):
            if getattr(self.keeping, kept.name) is sound:
                return replace(self, keeping=replace(self.keeping, **{kept.name: other}))
        raise LookupError(f"{sound.__name__} is neither a guard nor a rule")
