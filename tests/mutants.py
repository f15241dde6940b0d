"""Mutants: a module's source with one small thing changed, to see whether the tests notice. In memory only."""

import ast
import itertools
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
}
NUMBER = itertools.count()


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """A module that differs from the original in one place, and what was changed where."""

    change: str
    module: ModuleType


def mutants(original: ModuleType) -> Iterator[Mutant]:
    """Every mutant of a module: conditions that always or never hold, operands left out, comparisons turned round."""
    source = Path(str(original.__file__)).read_text(encoding="utf-8")
    tree = ast.parse(source)
    for node in list(ast.walk(tree)):
        for kind in range(_kinds(node)):
            with _kept(node):
                told = _change(node, kind)
                module = _module(tree, original)
            line = source.splitlines()[node.lineno - 1].strip()  # type: ignore[attr-defined]
            yield Mutant(change=f"{told} in: {line}", module=module)


@contextmanager
def _kept(node: ast.AST) -> Iterator[None]:
    """Give the node back as it was: to copy the whole tree for each change takes longer than all the rest."""
    before = {name: [*value] if isinstance(value, list) else value for name, value in vars(node).items()}
    yield
    vars(node).update(before)


def _kinds(node: ast.AST) -> int:
    """In how many ways a node is changed."""
    match node:
        case ast.If() | ast.IfExp():
            return 2
        case ast.BoolOp(values=values):
            return len(values)
        case ast.Compare(ops=[_]) | ast.UnaryOp(op=ast.Not()):
            return 1
    return 0


def _change(node: Any, kind: int) -> str:
    """Change the node, and say how."""
    match node:
        case ast.If() | ast.IfExp():
            node.test = ast.copy_location(ast.Constant(value=bool(kind)), node.test)
            return f"the condition is always {bool(kind)}"
        case ast.BoolOp():
            left_out = node.values[kind]
            neutral = ast.Constant(value=isinstance(node.op, ast.And))
            node.values[kind] = ast.copy_location(neutral, left_out)
            return f"without {ast.unparse(left_out)}"
        case ast.Compare():
            node.ops = [OPPOSITE[type(node.ops[0])]()]
            return f"turned into {ast.unparse(node)}"
    node.operand = ast.copy_location(ast.UnaryOp(op=ast.Not(), operand=node.operand), node.operand)
    return "without not"


def _module(tree: ast.Module, original: ModuleType) -> ModuleType:
    name = f"{original.__name__}_mutant_{next(NUMBER)}"
    module = ModuleType(name)
    module.__file__ = original.__file__
    sys.modules[name] = module  # dataclasses look their module up
    try:
        exec(compile(tree, name, "exec"), vars(module))  # noqa: S102  our own source
    finally:
        del sys.modules[name]
    return module
