"""What goes wrong, said in one line: where, what, what to do.

FakelError
├── InputError       a file, option or value that a person can mend (exit code 2)
│   └── NoWindow     no opportunity where one was asked for; says when the next one is
└── FlightError      physics left its stated range in mid-flight
"""

from __future__ import annotations

from collections.abc import Collection


class FakelError(ValueError):
    """Base of all errors that fakel raises on purpose."""


class InputError(FakelError):
    """A person's input cannot be used; the message names file, place and remedy."""


class NoWindow(InputError):
    """There is no opportunity within what was asked; the message names the next one."""


class FlightError(FakelError):
    """A model was asked for something outside its stated range."""


def require_known(what: str, name: str, known: Collection[str]) -> None:
    """Raises InputError, listing what is known, when name is not in it. what: place and key."""
    if name not in known:
        raise InputError(f"{what} = {name!r} is not known; write one of: {', '.join(sorted(known))}")
