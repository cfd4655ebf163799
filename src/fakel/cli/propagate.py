"""``fakel propagate``: an orbit from an element set, an ephemeris or a state."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from fakel.api.arc import Arc
from fakel.api.flight import propagate
from fakel.api.forces import Forces, as_epoch
from fakel.api.start import Start, from_elements, from_ephemeris, from_text
from fakel.cli.options import with_options
from fakel.cli.progress import Silent, spinner
from fakel.model.errors import InputError
from fakel.model.frame import GCRF_FROM_EME2000


def run(args: argparse.Namespace) -> int:
    """Returns 0."""
    until = as_epoch(args.until, "--until")
    out = Path(args.out) if args.out else None
    if out is not None and out.exists() and not args.replace:
        raise InputError(f"--out: {out} is there already; give another name or --replace")
    with spinner("start, world, flight (the first time: compiling)", args.json):
        start = _start(args)
        arc = propagate(start.state, until, start.forces, step_s=args.step, world=start.world,
                        events=[name.strip() for name in args.events.split(",") if name.strip()])
    warnings = (*start.told, *arc.warnings)
    Silent().warned(warnings)
    if out is not None:
        _write(out, start, arc)
    if args.json:
        print(json.dumps(as_data(start, arc, warnings)))
    else:
        print("\n".join(lines(start, arc)))
        if out is not None:
            print(f"written     {out}")
    return 0


def _start(args: argparse.Namespace) -> Start:
    at = as_epoch(args.start, "--from") if args.start else None
    drag_given = args.area is not None or args.mass is not None or args.cd is not None
    if args.state and drag_given and None in (args.area, args.mass):
        raise InputError("--state: drag needs both --area and --mass; give both, or neither to fly without air")

    def forces(usual: Forces) -> Forces:
        return with_options(usual, args)
    if args.tle:
        return from_elements(Path(args.tle), at, as_epoch(args.until, "--until"), forces, drag_given)
    if args.oem:
        return from_ephemeris(Path(args.oem), at, as_epoch(args.until, "--until"), forces)
    return from_text(args.state, forces)


def as_data(start: Start, arc: Arc, warnings: tuple[str, ...]) -> dict[str, Any]:
    """All states, in GCRF, m and m/s."""
    return {"object": start.name, "source": start.state.source, "frame": "GCRF", "epoch": arc.epoch.iso(6),
            "until": arc.stop.iso(6), "t_s": arc.t_s.tolist(), "position_m": arc.states[:, :3].tolist(),
            "velocity_m_s": arc.states[:, 3:].tolist(),
            "events": [{"name": m.name, "epoch": m.epoch.iso(6), "position_m": m.state[:3].tolist(),
                        "velocity_m_s": m.state[3:].tolist()} for m in arc.events],
            "forces": {name: getattr(start.forces, name) for name in Forces.__slots__}, "warnings": list(warnings),
            "data": dict(arc.world.ages)}


def lines(start: Start, arc: Arc) -> list[str]:
    """Begin, end and events for people."""
    out = [f"{start.name}  {start.state.source}", f"states      {len(arc.t_s)} in GCRF"]
    for what, i in (("begins", 0), ("ends", -1)):
        out += [f"{what:11} {arc.epochs[i].iso(3)}",
                "            " + " ".join(f"{x:.3f}" for x in arc.states[i, :3]) + " m",
                "            " + " ".join(f"{v:.6f}" for v in arc.states[i, 3:]) + " m/s"]
    return out + [f"{m.name:17} {m.epoch.iso(3)}" for m in arc.events]


def _write(out: Path, start: Start, arc: Arc) -> None:
    from fakel.reports.oem import Stretch, path_message  # brings all reports with it, which takes its time

    rows, epochs = arc.states, arc.epochs
    if arc.t_s[-1] < 0.0:
        rows, epochs = rows[::-1], epochs[::-1]
    stretch = Stretch(tuple(epochs), np.asarray(rows[:, :3] @ GCRF_FROM_EME2000), rows[:, 3:] @ GCRF_FROM_EME2000)
    try:
        out.write_text(path_message(start.name, stretch, (f"From {start.state.source}",)) + "\n", encoding="ascii",
                       errors="replace")
    except OSError as error:
        raise InputError(f"--out: {out} cannot be written ({error.__class__.__name__}); give another place") from error
