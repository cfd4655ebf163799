"""``fakel eva way``: along the handrails from one place to another, hook by hook."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from fakel.cli.progress import columns
from fakel.load.library import Library
from fakel.model.errors import InputError
from fakel.model.outfit import Suit
from fakel.model.place import Station
from fakel.plan import tethers
from fakel.plan.rails import Rails, rails_of, require_way
from fakel.reports.station_map import render
from fakel.reports.table import heading, table

NEAR_M = 12.0
"""Worksites so near to a way are drawn with it."""


def run(args: argparse.Namespace) -> int:
    """Returns 0."""
    station: Station = Library().find(Station, args.station, "--station")
    suit: Suit = Library().find(Suit, args.suit, "--suit")
    if station.structure is None:
        raise InputError(f"--station {args.station}: it has no structure, so no handrails; write one in its file")
    rails = rails_of(station.structure)
    if args.places is None or len(args.places) < 2:
        return _places(rails, args.places[0] if args.places else rails.hatches[0], args.json)
    nodes = (require_way(rails, args.places, "way") if len(args.places) > 2
             else rails.way(args.places[0], args.places[1], args.safest))
    held = tethers.go(tethers.Tethers(rails, suit.tether_short_m, suit.tether_long_m), tethers.start(nodes[0]), nodes)
    told = {"rails": [rails.names[n] for n in nodes], "length_m": rails.length_m(nodes),
            "takes_s": rails.takes_s(rails.length_m(nodes)), "keep_out_m": float(rails.clear_m[list(nodes)].min()),
            "short_swaps": held.short_swaps, "long_swaps": held.long_swaps, "least_points": held.points,
            "stretch_m": held.stretch_m}
    if args.svg:
        _draw(rails, nodes, Path(args.svg), args.replace)
    if args.json:
        print(json.dumps(told))
        return 0
    ends = " to ".join(_called(rails, place) for place in (args.places[0], args.places[-1]))
    print("\n".join(heading(f"{ends}: {told['length_m']:.1f} m, {told['takes_s']:.0f} s with settling", columns())))
    rows = [(rails.names[s.at], "hand" if s.hand else "", _rail(rails, s.short), _rail(rails, s.long), str(s.points))
            for s in held.states]
    print("\n".join(table(("at", "hand", "short tether", "long tether", "points"), rows, "llllr", columns())))
    print(f"\n{held.short_swaps} swaps of the short tether, {held.long_swaps} of the long; never fewer than "
          f"{held.points} points; the long one stretches to {held.stretch_m:.1f} m; {told['keep_out_m']:.2f} m from "
          "keep-outs (3 or more is told as 3). Handrails are a stand-in: no public coordinates exist.")
    return 0


def _called(rails: Rails, place: str) -> str:
    return rails.structure.names.get(place, place)


def _draw(rails: Rails, nodes: Sequence[int], path: Path, replace: bool) -> None:
    if path.exists() and not replace:
        raise InputError(f"{path} is there already; give another name or --replace")
    way = rails.at_m[list(nodes)]
    spots = {name: rails.at_m[node] for name, node in rails.spots.items()}
    near = np.array([at for at in spots.values() if np.min(np.linalg.norm(way - at, axis=1)) < NEAR_M])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(render(rails.structure, rails.at_m, spots, way, np.concatenate((way, near))))


def _rail(rails: Rails, node: int | None) -> str:
    return "free" if node is None else rails.names[node]


def _places(rails: Rails, start: str, as_json: bool) -> int:
    away_m = rails.from_m(start)
    rows = sorted(((name, float(away_m[node])) for name, node in rails.spots.items()), key=lambda row: row[1])
    if as_json:
        print(json.dumps({"from": start, "places": [{"place": n, "length_m": m, "takes_s": rails.takes_s(m),
                                                     "rail": rails.names[rails.spots[n]]} for n, m in rows]}))
        return 0
    print("\n".join(heading(f"From {_called(rails, start)}", columns())))
    called, head = rails.structure.names, ("place", "what it is", "handrail", "way, m", "with settling, s")
    cells = [(n, called.get(n, ""), rails.names[rails.spots[n]], f"{m:.1f}", f"{rails.takes_s(m):.0f}")
             for n, m in rows]
    print("\n".join(table(head, cells, "lllrr", columns())))
    return 0
