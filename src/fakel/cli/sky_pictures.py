"""``fakel sightings --html --chart --card``: what is seen, as pictures and as a page."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from math import isfinite
from pathlib import Path

from fakel.api.sightings import SightingReport, sky
from fakel.cli.given import refuse_written
from fakel.load.gazetteer import gazetteer
from fakel.load.sky import star_map
from fakel.model.errors import InputError
from fakel.model.sighting import Place, Sighting
from fakel.reports.png import as_png
from fakel.reports.sightings import local
from fakel.reports.sightings_page import Sky, render
from fakel.reports.sky_card import WIDTH, card, table_card
from fakel.reports.sky_chart import chart
from fakel.reports.words import craft as craft_name

CHART_PX, PNG_PX = 900, 1800
MOST_PLACES = 100
TOGETHER_S = 900.0
Write = Callable[[str, bytes, bool], None]


def draw(args: argparse.Namespace, report: SightingReport, zones: Mapping[Place, tzinfo], write: Write) -> list[str]:
    """Write what was asked for; returns the paths of the files. InputError for more places than anybody looks at."""
    if args.most < 0:
        raise InputError(f"--most = {args.most}; how many passes of a place to draw, 0 or more")
    if len(report.places) > MOST_PLACES:
        raise InputError(f"--html, --chart and --card draw {MOST_PLACES} places at most, not {len(report.places)}; "
                         "choose some, or take --json or --csv")
    table = _by_place(report)
    skies = [Sky(s, sky(report, s), _others(args, report, seen, s))
             for seen in table.values() for s in brightest(report, seen, args.most)]
    files: dict[str, bytes] = {}
    if args.html:
        files[args.html] = render([s for seen in table.values() for _, s in seen], report.places, zones,
                                  _names(args, report, table), skies, star_map(), language=args.language,
                                  countries=gazetteer().country_names(args.language),
                                  notes=report.warnings if args.language == "en" else ())
    for folder, look, make in ((args.chart, "day", _chart), (args.card, "night", _card)):
        if folder:
            for one in skies:
                zone = zones[one.sighting.place]
                svg = make(args, report, one, zone, args.look or look)
                files |= _pictures(args, Path(folder) / _name(one.sighting, zone), svg)
    if args.card:
        for place, seen in table.items():
            svg = table_card([s for _, s in seen], place, zones[place], _names(args, report, table), args.language,
                             look=args.look or "night")
            files |= _pictures(args, Path(args.card) / f"{_slug(place.id)}-table", svg)
    refuse_written(files, args.replace)
    for folder in {Path(file).parent for file in files}:
        folder.mkdir(parents=True, exist_ok=True)
    for file, data in files.items():
        write(file, data, args.replace)
    return list(files)


def _by_place(report: SightingReport) -> dict[Place, list[tuple[int, Sighting]]]:
    """Sightings of each place with their numbers, without their paths where they can be had so."""
    found = report.sightings
    table: dict[Place, list[tuple[int, Sighting]]] = {place: [] for place in report.places}
    for k in range(len(found)):
        s = found.record(k, False) if hasattr(found, "record") else found[k]
        table[s.place].append((k, s))
    return table


def brightest(report: SightingReport, seen: Sequence[tuple[int, Sighting]], most: int) -> list[Sighting]:
    """The brightest of passes, by time, with their paths; what has no magnitude by height, before all others."""
    ranked = sorted(seen, key=lambda each: (isfinite(each[1].magnitude), each[1].magnitude
                                            if isfinite(each[1].magnitude) else -each[1].peak.elevation_rad))
    return [report.sightings[k] for k, _ in sorted(ranked[:most], key=lambda each: each[1].start.epoch)]


def _names(args: argparse.Namespace, report: SightingReport, table: Mapping[Place, Sequence[tuple[int, Sighting]]]
           ) -> dict[str, str]:
    """Of the craft that are seen, or of all."""
    craft = list(dict.fromkeys(s.craft for seen in table.values() for _, s in seen)) or list(report.names)
    return {name: craft_name(report.names.get(name, name), args.language) for name in craft}


def _told(args: argparse.Namespace, report: SightingReport, s: Sighting) -> str:
    return craft_name(report.names.get(s.craft, s.craft), args.language)


def _others(args: argparse.Namespace, report: SightingReport, seen: Sequence[tuple[int, Sighting]], s: Sighting
            ) -> tuple[tuple[Sighting, str], ...]:
    """Other craft that pass within a quarter of an hour."""
    near = [k for k, other in seen if other.craft != s.craft and abs(other.peak.epoch - s.peak.epoch) < TOGETHER_S]
    return tuple((other, _told(args, report, other)) for other in (report.sightings[k] for k in near))


def _chart(args: argparse.Namespace, report: SightingReport, one: Sky, zone: tzinfo, look: str) -> str:
    return chart(one.sighting, one.above, star_map(), zone, _told(args, report, one.sighting), args.language, look=look,
                 width=CHART_PX, others=one.others)


def _card(args: argparse.Namespace, report: SightingReport, one: Sky, zone: tzinfo, look: str) -> str:
    return card(one.sighting, one.above, star_map(), zone, _told(args, report, one.sighting), args.language, look=look,
                others=one.others)


def _pictures(args: argparse.Namespace, path: Path, svg: str) -> dict[str, bytes]:
    """SVG, and PNG where asked for."""
    files = {f"{path}.svg": svg.encode()}
    if args.png:
        files[f"{path}.png"] = as_png(svg, WIDTH if f'viewBox="0 0 {WIDTH} ' in svg else PNG_PX)
    return files


def _name(s: Sighting, zone: tzinfo) -> str:
    return f"{_slug(s.place.id)}-{_slug(s.craft)}-{local(s.start.epoch, zone):%Y-%m-%d-%H%M}"


def _slug(text: str) -> str:
    return re.sub(r"[^\w.,+-]+", "-", text).strip("-").lower()
