"""Live television from a craft: the best windows for an audience, and the run-of-show of one of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path as File

from fakel.api.arc import Arc as Propagated
from fakel.api.coverage import chosen_ends, network_of
from fakel.api.forces import as_epoch
from fakel.api.link import link_along, link_of
from fakel.api.track import Track, from_elements, is_oem, track_of
from fakel.load.audience import audience_of, hours_of
from fakel.load.folder import read_flight
from fakel.load.regions import below_of, coasts, regions
from fakel.model.contact import GROUND, RELAY
from fakel.model.epoch import Epoch, Window, Windows, union
from fakel.model.errors import InputError
from fakel.model.flight import STATION, Arc, Flight, Leg
from fakel.model.place import Network
from fakel.model.radio import Link
from fakel.model.region import Below
from fakel.model.television import AUDIENCE, BELOW, LIGHT, LINK, RATE, Group, Rundown, Television
from fakel.plan import contacts as reach
from fakel.plan import television as planner
from fakel.plan.audience import Homes
from fakel.plan.ends import End, scene_of
from fakel.plan.rundown import Show, rundown

DAY_S = 86_400.0
KINDS = {"any": (GROUND, RELAY), "relay": (RELAY,), "ground": (GROUND,)}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a broadcaster asks for.

    audience: ``RU,US:2,JP``, time zones, ``world``, a FILE.csv, or empty; hours: local, when they are at home. over:
    what lies below (``atlantic``, ``RU``, ``Sochi:800``, ``land``), or empty. by: any, relay or ground; only: ids of
    stations and relays. margin_s: kept off sunrise and sunset. min_share: of the audience at home (0 to 1). link and
    min_rate_bit_s: a link whose bit rate must reach that. rehearse_days: how far before the search practice is sought.
    """

    audience: str = ""
    hours: str = "18-23"
    over: str = ""
    by: str = "any"
    only: tuple[str, ...] = ()
    min_minutes: float = 5.0
    margin_s: float = 60.0
    min_share: float = 0.0
    link: str = ""
    min_rate_bit_s: float = 0.0
    most: int = 5
    rehearse_days: float = 3.0

    def __post_init__(self) -> None:
        if self.by not in KINDS:
            raise InputError(f"--by = {self.by!r} is not known; write one of: {', '.join(KINDS)}")
        for where, value, low, high, unit in (
                ("--min-minutes", self.min_minutes, 0.1, 100_000.0, " min"),
                ("--sun-margin", self.margin_s, 0.0, 1800.0, " s"),
                ("--min-share", 100 * self.min_share, 0.0, 100.0, " %"), ("--most", self.most, 1, 1000, ""),
                ("--min-rate", self.min_rate_bit_s / 1e6, 0.0, 1e6, " Mbit/s"),
                ("--rehearse-days", self.rehearse_days, 0.0, 30.0, " days")):
            if not low <= value <= high:
                raise InputError(f"{where} = {value:g}{unit} cannot be; write {low:g} to {high:g}")
        if self.min_rate_bit_s and not self.link:
            raise InputError("--min-rate needs --link; write the id of a link, such as station-ku-return")


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A plan and what its run-of-show takes. walk: it is that of a flight's spacewalk, and tells all of it."""

    found: Television
    usable: Windows
    paths: tuple[planner.Path, ...]
    flight: Flight | None
    walk: bool = False

    def run_of_show(self, rank: int = 1) -> Rundown:
        """Of the window of that rank. InputError when there is none."""
        live = next((w for w in self.found.windows if w.rank == rank), None)
        if live is None:
            raise InputError(f"--show = {rank}: there are windows 1 to {len(self.found.windows)}; write one of them, "
                             "or raise --most")
        path = next(p for p in self.paths if p.scene.window.start <= live.window.start < p.scene.window.stop)
        show = _show(self.flight, live.window, self.walk) if self.flight is not None else None
        return rundown(path, live, self.usable, regions(), coasts(), show)


def television(source: Track | Propagated | Arc | File | str, network: Network | str = "iss-2013", *,
               wanted: Wanted | None = None, start: Epoch | str | None = None, stop: Epoch | str | None = None,
               craft: str = STATION, walk: bool = False, link: Link | None = None, **wishes: object) -> Plan:
    """The best live windows of a craft, ranked by people at home times minutes.

    source: as ``fakel.coverage`` takes. wishes: fields of ``Wanted``, if it is not given. walk: only while the flight's
    spacewalk has its hatch open. link: the record of Wanted.link, if it is not to be read by its
    id. Raises InputError for what cannot be used, NoWindow when no window is long enough.
    """
    want = wanted or Wanted(**wishes)                                                        # type: ignore[arg-type]
    begin, end = (as_epoch(e, where) if e is not None else None for e, where in ((start, "--from"), (stop, "--to")))
    hours = hours_of(want.hours)
    groups = audience_of(want.audience, hours) if want.audience else ()
    below = below_of(want.over) if want.over else None
    net = network_of(network) if isinstance(network, str) else network
    flight = read_flight(File(source))[0] if isinstance(source, File | str) and File(source).is_dir() else None
    if walk:
        begin, end = _walk_of(flight, str(source), begin, end)
    track, searched = _tracked(source, craft, begin, end, want.rehearse_days)
    spec = link or (link_of(want.link) if want.link else None)
    return replace(_planned(track, searched, net, want, groups, below, flight, spec), walk=walk)


def _tracked(source: Track | Propagated | Arc | File | str, craft: str, begin: Epoch | None, end: Epoch | None,
             days: float) -> tuple[Track, tuple[Window, ...]]:
    """The path, also before the search for as far as it is known, and where is searched."""
    if isinstance(source, File | str) and File(source).is_file() and not is_oem(File(source)):
        track = from_elements(File(source), begin, end, earlier_s=DAY_S * days)
        start, stop = _ends(track)
        return track, (Window(start + DAY_S * days, stop),)
    asked = track_of(source, craft, begin, end, None)
    known = track_of(source, craft, None, None, None) if begin or end else asked
    parts = [Window(arc.start + float(arc.t_s[0]), arc.stop) for arc in known.arcs]
    limit = Window(begin or parts[0].start, end or parts[-1].stop)
    return known, tuple(both for p in parts if (both := p & limit) is not None)


def _ends(track: Track) -> tuple[Epoch, Epoch]:
    return track.arcs[0].start + float(track.arcs[0].t_s[0]), track.arcs[-1].stop


def _planned(track: Track, searched: tuple[Window, ...], network: Network, want: Wanted, groups: tuple[Group, ...],
             below: Below | None, flight: Flight | None, link: Link | None) -> Plan:
    homes = Homes(groups, Window(*_ends(track)))
    rate = _rate(track, network, want, link) if link is not None else None
    paths, ends = [], {}
    for arc in track.arcs:
        scene = scene_of(arc, track.world)
        own = tuple(e for e in chosen_ends(network, scene, want.only) if e.kind in KINDS[want.by])
        if not own:
            raise InputError(f"network {network.id!r} has no {want.by} among the ends asked for; mend --by or --only")
        ends |= {e.id: e for e in own}
        paths.append(planner.path_of(scene, reach.passes(scene, network, own), reach.sunlight(scene),
                                     margin_s=want.margin_s, below=below, land=coasts(), rate=rate, homes=homes,
                                     min_share=want.min_share if groups else 0.0))
    return _ranked(track, searched, network, want, groups, flight, homes, tuple(paths), ends)


def _ranked(track: Track, searched: tuple[Window, ...], network: Network, want: Wanted, groups: tuple[Group, ...],
            flight: Flight | None, homes: Homes, paths: tuple[planner.Path, ...], ends: dict[str, End]) -> Plan:
    shortest_s = want.min_minutes * 60.0
    pairs = [(p, both) for p in paths for w in searched if (both := p.scene.window & w) is not None]
    parts = [planner.clipped(p, w) for p, w in pairs]
    labels = {LINK: planner.OF_LINK if want.by == "any" else f"{want.by} link", LIGHT: planner.OF_LIGHT,
              BELOW: f"over {want.over}", RATE: f"{want.min_rate_bit_s / 1e6:g} Mbit/s of {want.link}",
              AUDIENCE: f"{100 * want.min_share:g} % of the audience"}
    told = planner.wishes(parts, labels)
    live = [(p, planner.on_air(granted)) for (p, _), granted in zip(pairs, parts, strict=True)]
    usable = [(p, w) for p, found in live for w in found if w.duration_s >= shortest_s - 1e-6]
    planner.require_some(tuple(w for _, w in usable), union(tuple(w for _, f in live for w in f)), told,
                         sum(w.duration_s for _, w in pairs), shortest_s)
    windows = tuple(w for _, w in usable)
    leg = _walk_leg(flight)
    scenes = union(tuple(w for _, w, _ in _scenes(leg))) if leg is not None else ()
    best = planner.ranked(usable, homes, regions(), coasts(), want.most, scenes)
    best = planner.with_others(best, windows, paths)
    known = tuple(dict.fromkeys((*track.told, *(e.told for e in ends.values() if e.told))))
    found = Television(track.craft, track.source, network.id, network.name, tuple(w for _, w in pairs), groups, told,
                       best, len(usable), shortest_s, want.margin_s, planner.odds(pairs, windows, shortest_s),
                       tuple((e.id, e.name) for e in ends.values()), known)
    return Plan(found, windows, paths, flight)


def _rate(track: Track, network: Network, want: Wanted, link: Link) -> Windows:
    """When a link carries as much as is asked (anything, if no rate is)."""
    _, sent = link_along(link, track, network)
    least = max(want.min_rate_bit_s, 1.0)
    return union(tuple(Window(s.start, s.stop) for s in sent if s.bit_rate_bit_s >= least))


# ---------------------------------------------------------------- a flight's spacewalk

def _walk_leg(flight: Flight | None) -> Leg | None:
    return next((leg for leg in flight.legs if leg.phase == "eva"), None) if flight is not None else None


def _walk_window(leg: Leg) -> Window | None:
    at = {e.name: e.epoch for e in leg.events if e.name in ("hatch_open", "hatch_closed")}
    return Window(at["hatch_open"], at["hatch_closed"]) if len(at) == 2 else None


def _walk_of(flight: Flight | None, source: str, begin: Epoch | None, end: Epoch | None) -> tuple[Epoch, Epoch]:
    """Begin and end of the search for a broadcast from a spacewalk."""
    if flight is None:
        raise InputError("--walk needs a flown mission; give --flight")
    leg = _walk_leg(flight)
    window = _walk_window(leg) if leg is not None else None
    if window is None:
        raise InputError(f"--walk: {source} holds no spacewalk; leave --walk out, or fly a mission that has one")
    both = window & Window(begin or window.start, end or window.stop) if (begin or window.start) < (
        end or window.stop) else None
    if both is None:
        raise InputError(f"--from, --to: the spacewalk is from {window.start.iso()} to {window.stop.iso()}; ask inside "
                         "that")
    return both.start, both.stop


def _show(flight: Flight, window: Window, walk: bool) -> Show:
    """Events, custody and scenes of a flight for a run-of-show."""
    leg = _walk_leg(flight)
    outside = _walk_window(leg) if leg is not None else None
    scenes = tuple(_scenes(leg)) if leg is not None and outside is not None and (outside & window) is not None else ()
    first = dict(flight.legs[0].before.holders) if flight.legs else {}
    return Show(outside if walk else None, flight.events, flight.transfers, first, scenes)


def _scenes(leg: Leg) -> list[tuple[str, Window, str]]:
    """The tasks of a walk that television wants, as they were flown, and what changes hands at their end."""
    done = {e.subject: e.epoch for e in leg.events if e.name == "task_end"}
    given = {t.epoch: f"{t.giver} > {t.taker}" for t in leg.transfers}
    return [(str(e.facts["title"]), Window(e.epoch, done[e.subject]), given.get(done[e.subject], ""))
            for e in leg.events if e.name == "task_start" and e.facts.get("scene") and e.subject in done]
