"""The formula language of the rules: arithmetic over the channels, events and studies of a flight.

A formula is one Python expression of numbers, names in quotes, comparisons, ``and``/``or``/``not`` and the
functions in ``words.WORDS``; it can do nothing else. Data that the flight lacks raises ``Missing`` and the verdict
becomes UNKNOWN.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Sequence
from typing import Any

from fakel.model.errors import InputError
from fakel.rules.words import WORDS, Reading, Samples

_BINARY = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
           ast.Pow: operator.pow}
_COMPARE = {ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge,
            ast.Eq: operator.eq, ast.NotEq: operator.ne}
_PARTS = (ast.Call, ast.Name, ast.Constant, ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare)
_SIGNS = (*_BINARY, *_COMPARE, ast.UAdd, ast.USub, ast.Not, ast.And, ast.Or)


def parse(text: str) -> ast.expr:
    """The tree of a formula. Raises InputError that names what the language does not know."""
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError) as error:
        raise InputError(f"formula {text!r} cannot be read ({error}); write one expression") from error
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        _check(node, text, id(node) in called)
    return tree


def _check(node: ast.AST, text: str, called: bool) -> None:
    if isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else ast.unparse(node.func)
        if name not in WORDS or node.keywords:
            raise InputError(f"formula {text!r}: {name}() is not known; use one of: {', '.join(sorted(WORDS))}")
    elif isinstance(node, ast.Name) and not called:
        raise InputError(f"formula {text!r}: the name {node.id} is not known; names of channels stand in quotes")
    elif isinstance(node, ast.Constant) and not isinstance(node.value, (int, float, str)):
        raise InputError(f"formula {text!r}: {node.value!r} is not a number or a name in quotes")
    elif isinstance(node, ast.expr) and not isinstance(node, _PARTS):
        raise InputError(f"formula {text!r}: {ast.unparse(node)} is not part of the formula language")
    elif isinstance(node, (ast.operator, ast.cmpop, ast.unaryop)) and not isinstance(node, _SIGNS):
        raise InputError(f"formula {text!r}: {type(node).__name__} is not an operator of the formula language")


def evaluate(text: str, read: Reading) -> float:
    """The number a formula gives for a flight (truth is 1, falsehood 0). Raises Missing, InputError."""
    tree = parse(text)
    try:
        value = _value(tree, read)
        if not isinstance(value, Samples):
            return float(value)
    except (TypeError, ArithmeticError) as error:
        raise InputError(f"formula {text!r} cannot be worked out: {error}") from error
    raise InputError(f"formula {text!r} gives many numbers; take min(), max(), mean(), last() or total()")


def _value(node: ast.expr, read: Reading) -> Any:
    match node:
        case ast.Constant(value=value):
            return value if isinstance(value, str) else float(value)
        case ast.Call(func=ast.Name(id=name), args=args):
            return WORDS[name](read, *(_value(a, read) for a in args))
        case ast.BinOp(left=left, op=op, right=right):
            return _combine(_BINARY[type(op)], _value(left, read), _value(right, read))
        case ast.UnaryOp(op=op, operand=operand):
            return _unary(op, _value(operand, read))
        case ast.BoolOp(op=op, values=values):
            return (all if isinstance(op, ast.And) else any)([bool(_value(v, read)) for v in values])
        case ast.Compare(left=left, ops=ops, comparators=others):
            return _chain([_value(n, read) for n in (left, *others)], ops)
    raise InputError(f"{ast.unparse(node)} is not part of the formula language")


def _unary(op: ast.unaryop, inner: Any) -> Any:
    if isinstance(op, ast.Not):
        return not inner
    if isinstance(inner, Samples):
        return inner.with_values(-inner.values) if isinstance(op, ast.USub) else inner
    return -inner if isinstance(op, ast.USub) else inner


def _combine(op: Callable[[Any, Any], Any], left: Any, right: Any) -> Any:
    """Samples and a number: sample by sample. Samples and as many samples: row by row. Otherwise plain numbers."""
    if isinstance(left, Samples) and isinstance(right, Samples):
        if len(left.values) != len(right.values):
            raise InputError(f"{left.sources[0]} has {len(left.values)} samples, {right.sources[0]} has "
                             f"{len(right.values)}; take min(), max(), mean(), last() or total() first")
        return left.with_values(op(left.values, right.values))
    if isinstance(left, Samples):
        return left.with_values(op(left.values, right))
    if isinstance(right, Samples):
        return right.with_values(op(left, right.values))
    return op(left, right)


def _chain(values: Sequence[Any], ops: Sequence[ast.cmpop]) -> Any:
    """Truth of a chain of comparisons; of samples, 1 or 0 for each (one comparison only)."""
    if len(ops) == 1:
        return _combine(_COMPARE[type(ops[0])], values[0], values[1])
    return all(_COMPARE[type(op)](a, b) for a, op, b in zip(values, ops, values[1:], strict=True))
