"""A climb told: tables for people, JSON and CSV for programs, beside what is published of that launcher."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from fakel.model.abort import Abort
from fakel.model.climb import Ascent, Limit, Moment
from fakel.reports.aborts import clock
from fakel.reports.compare import flown_ascents
from fakel.reports.null_guess import Published
from fakel.reports.rows_csv import rows_csv
from fakel.reports.table import heading, signed, table
from fakel.reports.timeline import TITLES

ENDINGS = {"inserted": "inserted", "low_orbit": "propellant ran out in a low orbit", "short": "does not reach an orbit"}
LIMITS = {"q_pa": ("dynamic pressure", "kPa", 1e-3), "alpha_rad": ("angle of attack in the air", "deg", 180 / np.pi),
          "q_alpha_pa_rad": ("its product with dynamic pressure", "kPa deg", 0.18 / np.pi),
          "turn_rad_s": ("turning rate", "deg/s", 180 / np.pi), "load_g": ("load", "g", 1.0),
          "heat_w_m2": ("heating of the nose", "kW/m2", 1e-3)}
FIELDS = {"t_s": "t_s", "altitude_km": "height_m", "downrange_km": "downrange_m", "speed_air_m_s": "air_m_s",
          "speed_inertial_m_s": "speed_m_s", "load_g": "load_g"}
SHOWN = {"t_s": ("time", "s", 1), "altitude_km": ("height", "km", 1), "downrange_km": ("from the pad", "km", 0),
         "speed_air_m_s": ("speed over ground", "m/s", 0), "speed_inertial_m_s": ("inertial speed", "m/s", 0),
         "load_g": ("load", "g", 2)}
CURVE = {"altitude_km": ("altitude_m", 1e-3), "downrange_km": ("downrange_m", 1e-3),
         "speed_air_m_s": ("speed_air_m_s", 1.0), "speed_inertial_m_s": ("speed_inertial_m_s", 1.0),
         "load_g": ("load_g", 1.0)}


@dataclass(frozen=True, slots=True)
class Beside:
    """A published value and the same of this climb. put_in: the launcher's file says it."""

    published: Published
    here: float
    put_in: bool

    @property
    def difference(self) -> float:
        return self.here - self.published.value


def title(event: str) -> str:
    """For people; a second after liftoff is one."""
    return f"at {event} s" if event.isdigit() else TITLES.get(event, event.replace("_", " ").capitalize())


def beside(found: Ascent) -> tuple[Beside, ...]:
    """All that is published of this launcher and that this climb has, too."""
    moments = {m.name: m for m in found.moments}
    rows = []
    for known in flown_ascents(found.launcher_id):
        here = _here(known, found, moments)
        if here is not None:
            rows.append(Beside(known, here, known.quantity == "t_s" and known.event in found.staged))
    return tuple(rows)


def _here(known: Published, found: Ascent, moments: dict[str, Moment]) -> float | None:
    if known.event == "insertion":
        if found.ending != "inserted":
            return None
        if known.quantity == "t_s":
            return found.cutoff_s + found.coast_s
    if known.event.isdigit():
        name, factor = CURVE[known.quantity]
        at_s = float(known.event)
        return float(np.interp(at_s, found.t_s, found.curves[name])) * factor if at_s <= found.cutoff_s else None
    moment = moments.get("cutoff" if known.event == "insertion" else known.event)
    if moment is None or (known.event == "cutoff" and found.ending != "inserted"):
        return None
    value = float(getattr(moment, FIELDS[known.quantity]))
    return value / 1000 if known.quantity.endswith("_km") else value


# ---------------------------------------------------------------- programs

def as_data(found: Ascent) -> dict[str, Any]:
    """UTC, s, km, m/s, deg, kg; what is not known is null."""
    return {
        "launcher": found.launcher, "vehicle": found.vehicle, "pad": found.pad.id,
        "liftoff_utc": None if found.liftoff is None else found.liftoff.iso(3), "mass_kg": found.mass_kg,
        "ending": found.ending, "trouble": found.trouble or None, "flown_with": list(found.flown_with),
        "cutoff_s": round(found.cutoff_s, 3), "separation_s": round(found.cutoff_s + found.coast_s, 3),
        "propellant_left_kg": round(found.propellant_left_kg, 2),
        "payload_limit_kg": found.reaches_kg,
        "orbit": {**_orbit(found.orbit), "off_plane_deg": round(_deg(found.off_plane_rad), 6)},
        "aim": _orbit(found.aim), "events": [moment_data(m) for m in found.moments],
        "limits": [{"name": x.name, "unit": LIMITS[x.name][1], "highest": round(x.value * LIMITS[x.name][2], 4),
                    "at_s": round(x.at_s, 2),
                    "bound": None if x.bound is None else round(x.bound * LIMITS[x.name][2], 4)}
                   for x in found.limits],
        "falls": [{"part": f.part, "dropped_s": f.dropped_s, "impact_s": round(f.impact_s, 1),
                   "mass_kg": round(f.mass_kg, 1), "lat_deg": round(_deg(f.latitude_rad), 4),
                   "lon_deg": round(_deg(f.longitude_rad), 4), "downrange_km": round(f.downrange_m / 1000, 2),
                   "speed_m_s": round(f.speed_m_s, 1)} for f in found.falls],
        "beside": [{**asdict(b.published), "here": round(b.here, 3), "difference": round(b.difference, 3),
                    "put_in": b.put_in} for b in beside(found)],
        "abort": None if found.flown_to is None else abort_data(found.flown_to)}


def _orbit(orbit: Any) -> dict[str, float]:
    return {"perigee_km": round(orbit.perigee_m / 1000, 4), "apogee_km": round(orbit.apogee_m / 1000, 4),
            "inclination_deg": round(_deg(orbit.inclination_rad), 6)}


def moment_data(m: Moment) -> dict[str, Any]:
    return {"event": m.name, "t_s": round(m.t_s, 3), "altitude_km": round(m.height_m / 1000, 3),
            "downrange_km": round(m.downrange_m / 1000, 3), "speed_air_m_s": round(m.air_m_s, 2),
            "speed_inertial_m_s": round(m.speed_m_s, 2), "q_kpa": round(m.q_pa / 1000, 4),
            "load_g": round(m.load_g, 4), "mass_kg": round(m.mass_kg, 2)}


def abort_data(row: Abort) -> dict[str, Any]:
    """The way down of a climb that failed."""
    return {"failure_s": round(row.failure_s, 2), "way": row.way, "peak_g": round(row.peak_g, 2),
            "apogee_km": round(row.apogee_m / 1000, 2), "lat_deg": round(_deg(row.latitude_rad), 4),
            "lon_deg": round(_deg(row.longitude_rad), 4), "from_pad_km": round(row.from_pad_m / 1000, 2),
            "landing_s": round(row.landing_s, 1), "place": row.country[0], "water": row.water, "zone": row.zone}


def as_csv(found: Ascent) -> str:
    """The curves, one row a sample (angles deg)."""
    columns = {"t_s": found.t_s}
    for name, values in found.curves.items():
        factor, shown = (180 / np.pi, name.replace("rad", "deg")) if "rad" in name else (1.0, name)
        columns[shown] = values * factor
    columns["lat_deg"], columns["lon_deg"] = np.degrees(found.track).T
    return rows_csv([{name: f"{values[k]:.7g}" for name, values in columns.items()} for k in range(len(found.t_s))])


def _deg(angle_rad: float) -> float:
    return float(np.degrees(angle_rad))


# ---------------------------------------------------------------- people

def lines(found: Ascent, width: int = 110) -> list[str]:
    """Ending, orbit, events, what is published, limits, and where parts come down."""
    when = "" if found.liftoff is None else f", liftoff {found.liftoff.iso(1)}"
    told = [f"{found.vehicle} on {found.launcher} from {found.pad.name}, {found.mass_kg:.0f} kg{when}"]
    told += [f"with       {what}" for what in found.flown_with]
    told += [f"ending     {ENDINGS[found.ending]}; engines {'cut off' if found.ending == 'inserted' else 'out'} at "
             f"{found.cutoff_s:.1f} s, {max(found.propellant_left_kg, 0.0):.0f} kg of propellant left"]
    told += [f"guidance   {found.trouble}"] if found.trouble else []
    told += _too_much(found) + _orbit_lines(found) + _abort_lines(found)
    told += heading("Events", width) + _events(found, width)
    rows = beside(found)
    if rows:
        told += heading("Beside what is published", width) + _beside_table(rows, width)
        told += ["put in: the launcher's file says it"] if any(row.put_in for row in rows) else []
    told += heading("Highest on the way", width) + _limits(found.limits, width)
    if found.falls:
        told += heading("Where parts come down", width) + _falls(found, width)
    return told


def _too_much(found: Ascent) -> list[str]:
    if found.reaches_kg is None:
        return []
    if found.reaches_kg == 0.0:
        return ["payload    no ship reaches the aim from there"]
    return [f"payload    {found.reaches_kg:.0f} kg would reach it; {found.mass_kg - found.reaches_kg:.0f} kg too much"]


def _orbit_lines(found: Ascent) -> list[str]:
    orbit, aim = found.orbit, found.aim
    if found.ending == "short":
        return [] if orbit.apogee_m < 0.0 else [
            f"arc        up to {orbit.apogee_m / 1000:.0f} km above the equatorial radius; it comes down at once"]
    off = (f"{signed((orbit.perigee_m - aim.perigee_m) / 1000, 3)} km, "
           f"{signed((orbit.apogee_m - aim.apogee_m) / 1000, 3)} km, "
           f"{signed(_deg(orbit.inclination_rad - aim.inclination_rad), 5)} deg; planes "
           f"{_deg(found.off_plane_rad):.5f} deg "
           "apart")
    return [f"orbit      {orbit.perigee_m / 1000:.1f} x {orbit.apogee_m / 1000:.1f} km above the equatorial radius, "
            f"inclined {_deg(orbit.inclination_rad):.3f} deg", f"off aim    {off}"]


def _abort_lines(found: Ascent) -> list[str]:
    row = found.flown_to
    if row is None:
        return []
    where = f"{row.water}, {row.country[0]}" if row.water and row.water != "sea" else row.country[0]
    return [f"abort      by {row.way.replace('_', ' ')} from {row.failure_s:.1f} s: {row.peak_g:.1f} g, up to "
            f"{row.apogee_m / 1000:.0f} km, lands {_deg(row.latitude_rad):.2f}, {_deg(row.longitude_rad):.2f} ({where}"
            f"{', ' + row.zone if row.zone else ''}), {row.from_pad_m / 1000:.0f} km from the pad, "
            f"{clock(row.landing_s)} after liftoff"]


def _events(found: Ascent, width: int) -> list[str]:
    rows = [[title(m.name), f"{m.t_s:.1f}", f"{m.height_m / 1000:.1f}", f"{m.downrange_m / 1000:.0f}",
             f"{m.air_m_s:.0f}", f"{m.speed_m_s:.0f}", f"{m.q_pa / 1000:.1f}", f"{m.load_g:.2f}",
             f"{m.mass_kg / 1000:.1f}"] for m in found.moments]
    return table(["", "s", "km", "from pad km", "ground m/s", "inertial m/s", "q kPa", "g", "t"], rows, "lrrrrrrrr",
                 width)


def _beside_table(rows: tuple[Beside, ...], width: int) -> list[str]:
    out = []
    for row in rows:
        name, unit, digits = SHOWN[row.published.quantity]
        out.append([title(row.published.event), f"{name}, {unit}", f"{row.here:.{digits}f}",
                    f"{row.published.value:g}", "put in" if row.put_in else f"{row.difference:+.{digits}f}",
                    row.published.note])
    return table(["", "", "here", "published", "apart", ""], out, "llrrrl", width)


def _limits(limits: tuple[Limit, ...], width: int) -> list[str]:
    rows = []
    for x in limits:
        name, unit, factor = LIMITS[x.name]
        bound = "" if x.bound is None else f"{x.bound * factor:.3g}"
        rows.append([f"{name}, {unit}", f"{x.value * factor:.3g}", f"{x.at_s:.1f}", bound])
    return table(["", "highest", "at s", "kept to"], rows, "lrrr", width)


def _falls(found: Ascent, width: int) -> list[str]:
    rows = [[part_name(f.part), f"{f.dropped_s:.1f}", f"{_deg(f.latitude_rad):.2f}, {_deg(f.longitude_rad):.2f}",
             f"{f.downrange_m / 1000:.0f}", f"{f.impact_s:.0f}", f"{f.speed_m_s:.0f}"] for f in found.falls]
    return table(["", "dropped s", "N, E", "from pad km", "down s", "m/s"], rows, "lrrrrr", width)


def part_name(part: str) -> str:
    """A stage by its id, a part by what its event drops."""
    return part.removesuffix("_jettison").replace("_", " ")
