"""What can be told of a formula before any flight is read: units that do not fit, events and windows that cannot be."""

from __future__ import annotations

import ast
import difflib
import math
from fnmatch import fnmatchcase
from inspect import signature

from fakel.model.errors import InputError
from fakel.model.flight import EVENT_NAMES
from fakel.rules.formula import constant, parse
from fakel.rules.time_words import SECONDS, window
from fakel.rules.units import Unit, unit, unit_of_name
from fakel.rules.words import WORDS

_NAMED = {"channel": 0, "facts": 1, "fact": 1, "column": 1, "suit": 1, "mission": 0, "plan": 0}
_KEEPS = {"max", "min", "last", "mean", "total", "at", "before", "after", "between", "abs", "hypot"}
_EVENTS = {"fact": (0,), "facts": (0,), "count": (0,), "happened": (0,), "late": (0,), "seconds": (0, 1),
           "during": (0, 1), "before": (1,), "after": (1,), "at": (1,), "between": (1, 2)}
_WINDOWED = {"always": 1, "eventually": 1, "historically": 1, "once": 1, "until": 2, "since": 2}
_PLAIN = unit("")


def check_formula(text: str) -> None:
    """Raises InputError for an event that no flight has, and for a window that ends before it begins or begins before
    now."""
    for call in (n for n in ast.walk(parse(text)) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)):
        word = call.func.id                                                   # type: ignore[attr-defined]
        _check_number(word, len(call.args), text)
        for place in _EVENTS.get(word, ()):
            name = _text(call, place)
            if name is not None and not any(fnmatchcase(known, name) for known in EVENT_NAMES):
                near = difflib.get_close_matches(name, sorted(EVENT_NAMES), 1)
                raise InputError(f"formula {text!r}: no flight has an event {name}"
                                 + (f"; did you mean {near[0]}?" if near else ""))
        ends = [constant(arg) for arg in call.args[_WINDOWED.get(word, len(call.args)):]]
        if ends and None not in ends:
            try:
                window(word, tuple(ends))
            except InputError as error:
                raise InputError(f"formula {text!r}: {error}") from error


def _check_number(word: str, given: int, text: str) -> None:
    """Raises InputError when a word is given too few or too many things."""
    takes = list(signature(WORDS[word]).parameters.values())[1:]                 # the first is the reading
    most = math.inf if any(p.kind is p.VAR_POSITIONAL for p in takes) else len(takes)
    least = max(sum(p.default is p.empty and p.kind is not p.VAR_POSITIONAL for p in takes), 1)
    if not least <= given <= most:
        wanted = f"{least} or more" if most > least else f"{least}"
        raise InputError(f"formula {text!r}: {word}() takes {wanted} in its brackets, not {given}")


def check_unit(text: str, wanted: str) -> None:
    """That a formula of a number gives what the row's unit says, as far as the names in it have units.

    Multiplying by a plain number is taken for a conversion. Raises InputError.
    """
    try:
        found, scaled = _unit(parse(text))
    except InputError as error:
        raise InputError(f"formula {text!r}: {error}") from error
    asked = unit(wanted)
    if found is None or (not found.powers and not asked.powers):
        return
    if not found.like(asked):
        raise InputError(f"formula {text!r} gives {found.text or 'a plain number'}, and unit = {wanted!r} measures "
                         "something else")
    if not scaled and not math.isclose(found.factor, asked.factor):
        raise InputError(f"formula {text!r} gives {found.text}, not {wanted}; write unit = {found.text!r}, or divide "
                         f"by {asked.factor / found.factor:g}")


def _text(call: ast.Call, place: int) -> str | None:
    arg = call.args[place] if place < len(call.args) else None
    return arg.value if isinstance(arg, ast.Constant) and isinstance(arg.value, str) else None


def _unit(node: ast.expr) -> tuple[Unit | None, bool]:
    """The unit of what a node gives (None: not known), and whether plain numbers have scaled it."""
    match node:
        case ast.Constant():
            return _PLAIN, False
        case ast.UnaryOp(operand=inner):
            return _unit(inner)
        case ast.Call(func=ast.Name(id=word)):
            return _unit_of_word(node, word)
        case ast.BinOp(left=left, op=op, right=right):
            return _unit_of_two(_unit(left), op, _unit(right), constant(left), constant(right))
    return None, False


def _unit_of_word(call: ast.Call, word: str) -> tuple[Unit | None, bool]:
    if word in ("seconds", "late"):
        return SECONDS, False
    if word in _NAMED:
        name = _text(call, _NAMED[word])
        return (unit_of_name(name) if name else None), False
    if word in _KEEPS and call.args:
        return _unit(call.args[0])
    return None, False


def _unit_of_two(one: tuple[Unit | None, bool], op: ast.operator, other: tuple[Unit | None, bool], left: object,
                 right: object) -> tuple[Unit | None, bool]:
    (a, scaled_a), (b, scaled_b) = one, other
    scaled = scaled_a or scaled_b or ((left is None) != (right is None) and isinstance(op, (ast.Mult, ast.Div)))
    if a is None or b is None:
        return None, scaled
    if isinstance(op, (ast.Mult, ast.Div)):
        return a.times(b, 1 if isinstance(op, ast.Mult) else -1), scaled
    if isinstance(op, (ast.Add, ast.Sub)):
        if left is None and right is None and not a.like(b):
            raise InputError(f"{a.text or 'a plain number'} and {b.text or 'a plain number'} do not add up")
        return (a if left is None else b), scaled
    return None, scaled
