"""What the command line says of craft: their forces, and burns. ``NAME=VALUE`` is for one of several craft, a bare
value for all."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace

from fakel.api.forces import Burn, Forces
from fakel.model.errors import InputError

FORCES = {"degree": ("degree", int), "mass": ("mass_kg", float), "area": ("drag_area_m2", float),
          "cd": ("drag_coefficient", float), "sun_area": ("radiation_area_m2", float),
          "cr": ("radiation_coefficient", float), "air": ("air", str)}
"""Options, what they are in ``Forces``, and how they are read."""
WRITE_BURN = "write 'UTC SECONDS NEWTONS ISP X Y Z FRAME', FRAME being RTN or GCRF"


def with_options(forces: Forces, args: argparse.Namespace, name: str = "") -> Forces:
    """The forces of a craft, with what the command line says of it. InputError that names the option."""
    given = {field: _said(getattr(args, option), option, kind, name) for option, (field, kind) in FORCES.items()}
    return replace(forces, **{field: value for field, value in given.items() if value is not None})


def says(args: argparse.Namespace, option: str, name: str) -> bool:
    """Whether an option is given for a craft."""
    kind = FORCES[option][1]
    return _said(getattr(args, option), option, kind, name) is not None


def _said(value: object, option: str, kind: type, name: str) -> float | str | None:
    """What an option says of a craft: its own value before the one for all."""
    if not isinstance(value, list):
        return value                                                                    # type: ignore[return-value]
    found: str | None = None
    for text in value:
        who, what = split_name(text)
        if who == name or (who == "" and found is None):
            found = what
    try:
        return None if found is None else kind(found)
    except ValueError:
        raise InputError(f"--{option.replace('_', '-')} = {found} is not a number; write it like "
                         f"{'20' if kind is int else '12.5'}, or NAME=12.5 for one of several craft") from None


def split_name(text: str) -> tuple[str, str]:
    """``NAME=rest``, or ``rest`` with an empty name."""
    name, found, rest = text.partition("=")
    return (name.strip(), rest) if found and name.strip().replace("-", "").replace("_", "").isalnum() else ("", text)


def require_names(args: argparse.Namespace, names: Sequence[str]) -> None:
    """InputError for a NAME=VALUE of a craft that is not flown."""
    for option in (*FORCES, "burn"):
        for text in getattr(args, option) or ():
            who = split_name(text)[0]
            if who and who not in names:
                known = f"they are: {', '.join(names)}" if names else "the only one has no name, leave it out"
                raise InputError(f"--{option.replace('_', '-')}: no craft is called {who!r}; {known}")


def burns_of(args: argparse.Namespace, names: Sequence[str]) -> dict[str, list[Burn]]:
    """Burns by craft. InputError that says how to write one."""
    out: dict[str, list[Burn]] = {}
    for text in args.burn:
        who, rest = split_name(text)
        if not who and len(names) > 1:
            raise InputError(f"--burn: several craft are flown; say whose it is, such as '{names[0]}={rest}'")
        words = rest.replace(",", " ").split()
        if len(words) not in (7, 8):
            raise InputError(f"--burn has {len(words)} words; {WRITE_BURN}")
        try:
            duration, thrust, isp, x, y, z = (float(word) for word in words[1:7])
            burn = Burn(words[0], duration, thrust, isp, (x, y, z), *words[7:])
        except InputError as error:
            raise InputError(f"--burn: {error}") from None
        except ValueError as error:
            raise InputError(f"--burn: {error}; {WRITE_BURN}") from None
        out.setdefault(who or names[0], []).append(burn)
    return out
