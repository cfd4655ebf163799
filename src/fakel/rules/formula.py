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
from fakel.model.flight import Flight
from fakel.rules import signals, time_words
from fakel.rules.reading import Reading, Samples
from fakel.rules.signals import Quantity, Signal, Told
from fakel.rules.time_words import TIME_WORDS
from fakel.rules.words import WORDS

_BINARY = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
           ast.Pow: operator.pow}
_COMPARE = {ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge,
            ast.Eq: operator.eq, ast.NotEq: operator.ne}
_LINES = {operator.add: signals.add, operator.sub: lambda a, b: signals.add(a, b, -1.0),
          operator.mul: signals.multiply, operator.truediv: signals.divide}
_SAID = {operator.lt: "<", operator.le: "<=", operator.gt: ">", operator.ge: ">=", operator.eq: "==", operator.ne: "!="}
_STATES = set(TIME_WORDS) - {"signal", "steps", "quantity", "average"}
_NO_FLIGHT = Flight({}, (), {}, False)
LIMIT = "limit"
"""The one name without quotes: the rule's own limit, with its unit."""
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
    elif isinstance(node, ast.Name) and not called and node.id != LIMIT:
        raise InputError(f"formula {text!r}: the name {node.id} is not known; names of channels stand in quotes")
    elif isinstance(node, ast.Constant) and not isinstance(node.value, (int, float, str)):
        raise InputError(f"formula {text!r}: {node.value!r} is not a number or a name in quotes")
    elif isinstance(node, ast.expr) and not isinstance(node, _PARTS):
        raise InputError(f"formula {text!r}: {ast.unparse(node)} is not part of the formula language")
    elif isinstance(node, (ast.operator, ast.cmpop, ast.unaryop)) and not isinstance(node, _SIGNS):
        raise InputError(f"formula {text!r}: {type(node).__name__} is not an operator of the formula language")


def speaks_of_time(tree: ast.expr) -> bool:
    """Whether a formula is a statement of temporal logic (which needs no op) and not a number."""
    if isinstance(tree, ast.BoolOp):
        return all(speaks_of_time(value) for value in tree.values)
    if isinstance(tree, ast.UnaryOp):
        return isinstance(tree.op, ast.Not) and speaks_of_time(tree.operand)
    return isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name) and tree.func.id in _STATES


def words_of(tree: ast.expr) -> set[str]:
    """The words of the language that a formula uses."""
    return {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}


def constant(node: ast.expr) -> Any:
    """The number or quantity that a part of a formula is, whatever the flight; None where it depends on the flight.

    Raises InputError for a quantity without a known unit.
    """
    if not words_of(node) <= {"quantity"} or any(isinstance(n, ast.Name) and n.id == LIMIT for n in ast.walk(node)):
        return None
    try:
        value = _value(node, Reading(_NO_FLIGHT, ()))
    except (TypeError, ArithmeticError):
        return None
    return value if isinstance(value, (float, Quantity)) else None


def names_limit(text: str) -> bool:
    """Whether a formula holds something against the rule's own limit."""
    return any(isinstance(node, ast.Name) and node.id == LIMIT for node in ast.walk(parse(text)))


def evaluate(text: str, read: Reading) -> float:
    """The number a formula gives for a flight (truth is 1, falsehood 0). Raises Missing, InputError."""
    value = work_out(text, read)
    if isinstance(value, float):
        return value
    raise InputError(f"formula {text!r} states something and gives no number")


def work_out(text: str, read: Reading) -> float | Told:
    """What a formula gives for a flight: a number, or statements over time. Raises Missing, InputError."""
    tree = parse(text)
    try:
        value = _value(tree, read)
        if isinstance(value, Told):
            return value
        if not isinstance(value, (Samples, Signal, Quantity)):
            return float(value)
    except InputError as error:
        raise InputError(f"formula {text!r}: {error}") from error
    except (TypeError, ArithmeticError) as error:
        raise InputError(f"formula {text!r} cannot be worked out: {error}") from error
    if isinstance(value, Signal):
        raise InputError(f"formula {text!r} gives a signal; compare it, and say when with always() or eventually()")
    if isinstance(value, Quantity):
        raise InputError(f"formula {text!r} gives a quantity; hold a signal against it")
    raise InputError(f"formula {text!r} gives many numbers; take min(), max(), mean(), last() or total()")


def _value(node: ast.expr, read: Reading) -> Any:
    match node:
        case ast.Constant(value=value):
            return value if isinstance(value, str) else float(value)
        case ast.Name(id=name):
            if read.limit is None:
                raise InputError("limit stands for the rule's limit, and this rule has none")
            return read.limit
        case ast.Call(func=ast.Name(id=name), args=args):
            return WORDS[name](read, *(_value(a, read) for a in args))
        case ast.BinOp(left=left, op=op, right=right):
            return _combine(_BINARY[type(op)], _value(left, read), _value(right, read))
        case ast.UnaryOp(op=op, operand=operand):
            return _unary(op, _value(operand, read))
        case ast.BoolOp(op=op, values=values):
            return _logic(isinstance(op, ast.And), [_value(v, read) for v in values])
        case ast.Compare(left=left, ops=ops, comparators=others):
            return _chain([_value(n, read) for n in (left, *others)], ops)
    raise InputError(f"{ast.unparse(node)} is not part of the formula language")


def _unary(op: ast.unaryop, inner: Any) -> Any:
    if isinstance(inner, Told):
        if not isinstance(op, ast.Not):
            raise InputError("a statement has no sign; write not")
        return time_words.denied(inner)
    if isinstance(inner, (Signal, Quantity)):
        if isinstance(op, ast.Not):
            raise InputError("not takes a statement; compare first")
        return _combine(operator.mul, inner, -1.0 if isinstance(op, ast.USub) else 1.0)
    if isinstance(op, ast.Not):
        return not inner
    if isinstance(inner, Samples):
        return inner.with_values(-inner.values) if isinstance(op, ast.USub) else inner
    return -inner if isinstance(op, ast.USub) else inner


def _combine(op: Callable[[Any, Any], Any], left: Any, right: Any) -> Any:
    """Samples and a number: sample by sample. Samples and as many samples: row by row. Otherwise plain numbers."""
    if isinstance(left, Told) or isinstance(right, Told):
        raise InputError("statements cannot be added or compared; join them with and, or, not, implies()")
    if isinstance(left, Signal) or isinstance(right, Signal):
        return _of_lines(op, left, right)
    if isinstance(left, Quantity) or isinstance(right, Quantity):
        return _of_quantities(op, left, right)
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


def _logic(every: bool, values: list[Any]) -> Any:
    if any(isinstance(value, Told) for value in values):
        return time_words.every(*values) if every else time_words.some(*values)
    return (all if every else any)([bool(value) for value in values])


def _of_lines(op: Callable[[Any, Any], Any], left: Any, right: Any) -> Any:
    """A signal and another, a quantity or a number: a signal, or a statement when they are compared."""
    if any(isinstance(side, (Samples, str)) for side in (left, right)):
        raise InputError("a signal goes with signals and numbers; take min(), max() or last() of samples first")
    if op in _SAID:
        return signals.compare(_SAID[op], left, right)
    if op not in _LINES:
        raise InputError("a signal has no powers; it is made of straight lines")
    return _LINES[op](left, right)


def _of_quantities(op: Callable[[Any, Any], Any], left: Any, right: Any) -> Any:
    """A quantity times a number, or two of one kind added or compared."""
    if isinstance(left, Quantity) and isinstance(right, Quantity):
        if op in (operator.mul, operator.truediv):
            return Quantity(op(left.value, right.value), left.unit.times(right.unit, 1 if op is operator.mul else -1))
        value = op(left.value, right.unit.into(left.unit, right.value, "a quantity"))
        return float(value) if op in _SAID else Quantity(value, left.unit)
    if op is operator.mul or (op is operator.truediv and isinstance(left, Quantity)):
        one, by = (left, right) if isinstance(left, Quantity) else (right, left)
        return Quantity(op(one.value, float(by)), one.unit)
    if any(isinstance(side, Samples) for side in (left, right)):
        raise InputError("samples go with plain numbers; speak of signal() over time, or take max(), min() or last()")
    raise InputError("a quantity and a plain number do not add up; give both a unit")


def _chain(values: Sequence[Any], ops: Sequence[ast.cmpop]) -> Any:
    """Truth of a chain of comparisons; of samples, 1 or 0 for each (one comparison only)."""
    if len(ops) == 1:
        return _combine(_COMPARE[type(ops[0])], values[0], values[1])
    parts = [_combine(_COMPARE[type(op)], a, b) for a, op, b in zip(values, ops, values[1:], strict=True)]
    if any(isinstance(part, Samples) for part in parts):
        raise InputError("samples are compared with one bound at a time")
    return _logic(True, parts)
