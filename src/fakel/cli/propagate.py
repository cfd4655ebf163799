"""``fakel propagate``: orbits from element sets, ephemerides or states."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from fakel.api.arc import Arc
from fakel.api.flight import propagate
from fakel.api.forces import Forces, as_epoch
from fakel.api.reach import require_air_known
from fakel.api.start import WITHOUT_AIR, Start, from_elements, from_ephemeris, from_text
from fakel.cli.options import burns_of, require_names, says, split_name, with_options
from fakel.cli.progress import Silent, spinner, told_of_long_work
from fakel.model.day import DAY_S
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.frame import GCRF_FROM_EME2000


def run(args: argparse.Namespace) -> int:
    """Returns 0."""
    until = as_epoch(args.until, "--until")
    sources = _sources(args)
    outs = _outs(args, list(sources))
    with spinner("start, world, flight (the first time: compiling)", args.json):
        starts = {name: _start(args, kind, text, name, until) for name, (kind, text) in sources.items()}
        several = list(starts) != [""]
        one = next(iter(starts.values()))
        _tell_long(starts, until, args.json)
        arc = propagate({name: start.state for name, start in starts.items()} if several else one.state, until,
                        {name: start.forces for name, start in starts.items()} if several else one.forces,
                        step_s=args.step, world=None if several else one.world,
                        burns=_burns(args, list(starts), several),
                        events=[name.strip() for name in args.events.split(",") if name.strip()])
    warnings = (*(f"{name}: {line}" if several else line for name, start in starts.items() for line in start.told),
                *arc.warnings)
    Silent().warned(warnings)
    for i, (start, out) in enumerate(zip(starts.values(), outs)):
        _write(out, start, arc, arc.states[i] if several else arc.states)
    if args.json:
        print(json.dumps(as_data_of_all(starts, arc, warnings) if several else as_data(one, arc, warnings)))
    else:
        print("\n".join(lines(starts, arc) + [f"written     {out}" for out in outs]))
    return 0


def _sources(args: argparse.Namespace) -> dict[str, tuple[str, str]]:
    """Craft by name, each with its kind of source and what was given for it. InputError for names that do not do."""
    given = [(kind, *split_name(text)) for kind in ("tle", "oem", "state") for text in getattr(args, kind)]
    if not given:
        raise InputError("fakel propagate needs a start; give --tle, --oem or --state")
    out: dict[str, tuple[str, str]] = {}
    for kind, name, text in given:
        if len(given) > 1 and (not name or name in out):
            raise InputError(f"--{kind}: several craft are flown; give each a name of its own, such as "
                             f"--{kind} {'station' if not name else name + '-2'}={text.split()[0]}")
        out[name] = kind, text
    require_names(args, [name for name in out if name])
    return out


def _start(args: argparse.Namespace, kind: str, text: str, name: str, until: Epoch) -> Start:
    at = as_epoch(args.start, "--from") if args.start else None
    given = [option for option in ("area", "mass", "cd") if says(args, option, name)]
    if kind == "state" and given and not {"area", "mass"} <= {*given} and not (args.burn and given == ["mass"]):
        raise InputError("--state: drag needs both --area and --mass; give both, or neither to fly without air")

    def forces(usual: Forces) -> Forces:
        return with_options(usual, args, name)
    if kind == "tle":
        return from_elements(Path(text), at, until, forces, bool(given),
                             lambda days: told_of_long_work(days, args.json))
    if kind == "oem":
        return from_ephemeris(Path(text), at, until, forces)
    return from_text(text, forces)


def _burns(args: argparse.Namespace, names: list[str], several: bool) -> Any:
    """Burns as ``propagate`` takes them."""
    burns = burns_of(args, names)
    return burns if several else burns.get(names[0], [])


def _tell_long(starts: Mapping[str, Start], until: Epoch, quiet: bool) -> None:
    """Refused, or told, before minutes of work; an element set's world stands already."""
    days = []
    for start in starts.values():
        if start.forces.airy and (start.world is None or len(starts) > 1):
            require_air_known(start.state.epoch, until, "--until", WITHOUT_AIR)
            days.append(abs(until - start.state.epoch) / DAY_S)
    told_of_long_work(max(days, default=0.0), quiet)


def _outs(args: argparse.Namespace, names: list[str]) -> list[Path]:
    """The file of each craft: one of several has its name before the ending. InputError where one is there already."""
    if not args.out:
        return []
    out = Path(args.out)
    files = [out if len(names) == 1 else out.with_name(f"{out.stem}-{name}{out.suffix}") for name in names]
    for file in files:
        if file.exists() and not args.replace:
            raise InputError(f"--out: {file} is there already; give another name or --replace")
    return files


def as_data(start: Start, arc: Arc, warnings: tuple[str, ...]) -> dict[str, Any]:
    """All states of one craft, in GCRF, m and m/s."""
    return {**_craft_data(start, arc.states), "frame": "GCRF", "epoch": arc.epoch.iso(6), "until": arc.stop.iso(6),
            "t_s": arc.t_s.tolist(), "events": _events_data(arc), "warnings": list(warnings),
            "data": dict(arc.world.ages)}


def as_data_of_all(starts: Mapping[str, Start], arc: Arc, warnings: tuple[str, ...]) -> dict[str, Any]:
    """The same for several, by name; each event says which craft it is of."""
    return {"craft": {name: _craft_data(start, arc.of(name)) for name, start in starts.items()}, "frame": "GCRF",
            "epoch": arc.epoch.iso(6), "until": arc.stop.iso(6), "t_s": arc.t_s.tolist(), "events": _events_data(arc),
            "warnings": list(warnings), "data": dict(arc.world.ages)}


def _craft_data(start: Start, states: np.ndarray) -> dict[str, Any]:
    return {"object": start.name, "source": start.state.source, "position_m": states[:, :3].tolist(),
            "velocity_m_s": states[:, 3:].tolist(),
            "forces": {name: getattr(start.forces, name) for name in Forces.__slots__}}


def _events_data(arc: Arc) -> list[dict[str, Any]]:
    out = []
    for met in arc.events:
        who = {"craft": [arc.names[i] for i in (met.index, met.other) if i is not None]} if arc.names else {}
        out.append({"name": met.name, **who, "epoch": met.epoch.iso(6), "position_m": met.state[:3].tolist(),
                    "velocity_m_s": met.state[3:].tolist()})
    return out


def lines(starts: Mapping[str, Start], arc: Arc) -> list[str]:
    """Begin, end and events for people."""
    out = []
    for name, start in starts.items():
        states = arc.of(name) if arc.names else arc.states
        out += [f"{name + ': ' if arc.names else ''}{start.name}  {start.state.source}",
                f"states      {len(arc.t_s)} in GCRF"]
        for what, i in (("begins", 0), ("ends", -1)):
            out += [f"{what:11} {(arc.epoch + float(arc.t_s[i])).iso(3)}",
                    "            " + " ".join(f"{x:z.3f}" for x in states[i, :3]) + " m",
                    "            " + " ".join(f"{v:z.6f}" for v in states[i, 3:]) + " m/s"]
    for met in arc.events:
        who = " ".join(arc.names[i] for i in (met.index, met.other) if i is not None) if arc.names else ""
        out.append(f"{met.name:17} {met.epoch.iso(3)}" + (f"  {who}" if who else ""))
    return out


def _write(out: Path, start: Start, arc: Arc, rows: np.ndarray) -> None:
    from fakel.reports.oem import Stretch, path_message  # brings all reports with it, which takes its time

    epochs = arc.epochs
    if arc.t_s[-1] < 0.0:
        rows, epochs = rows[::-1], epochs[::-1]
    stretch = Stretch(tuple(epochs), np.asarray(rows[:, :3] @ GCRF_FROM_EME2000), rows[:, 3:] @ GCRF_FROM_EME2000)
    try:
        out.write_text(path_message(start.name, stretch, (f"From {start.state.source}",)) + "\n", encoding="ascii",
                       errors="replace")
    except OSError as error:
        raise InputError(f"--out: {out} cannot be written ({error.__class__.__name__}); give another place") from error
