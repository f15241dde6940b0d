"""Routes are compiled once for all applications of this process: a test makes one of its own, with the same routes.

Werkzeug writes two functions for every rule, which put its address together. They are told the rule, and so serve all
rules that read alike.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

from werkzeug.routing import Rule

Builder: TypeAlias = Callable[..., tuple[str, str]]

KEPT: dict[Any, Builder] = {}
written = Rule._compile_builder


def _kept(rule: Rule, append_unknown: bool = True) -> Builder:  # noqa: FBT001, FBT002  as in Werkzeug
    """Return the function of a rule. Only defaults are written into it together with what converters make of them."""
    if rule.defaults:
        return written(rule, append_unknown)
    key = (rule.rule, *rule._trace, append_unknown)
    if key not in KEPT:
        KEPT[key] = written(rule, append_unknown)
    return KEPT[key]


Rule._compile_builder = _kept  # type: ignore[method-assign]
