"""``fakel fit``: an orbit through an ephemeris, and how well it goes on."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from fakel.api.fit import FitReport, fit, forces_for, read_ephemeris
from fakel.api.forces import Forces
from fakel.cli.options import with_options
from fakel.cli.progress import Silent, spinner
from fakel.estimate.empirical import NAMES
from fakel.model.errors import InputError

HOUR_S = 3600.0


def run(args: argparse.Namespace) -> int:
    """Returns 0."""
    if args.plot and Path(args.plot).exists() and not args.replace:
        raise InputError(f"{args.plot}: exists; give --replace or another --plot")
    kind = "sp3" if args.sp3 else "oem"
    ephemeris = read_ephemeris(args.sp3 or args.oem, kind, allow_gaps=args.allow_gaps, satellite=args.satellite)
    if args.drag_hours is not None and not 0.25 <= args.drag_hours < 1e6:
        raise InputError(f"--drag-hours = {args.drag_hours:g}; a scale needs a quarter of an hour or more")
    with spinner("world, least squares, forecast (the first time: compiling)", args.json):
        report = fit(ephemeris, args.start, args.stop, predict=args.predict, burns=args.burns,
                     empirical=False if args.no_empirical else None,
                     forces=with_options(forces_for(ephemeris), args),
                     drag_each_s=None if args.drag_hours is None else args.drag_hours * HOUR_S)
    Silent().warned(report.warnings)
    if args.plot:
        from fakel.reports.fit_plot import picture
        orbit, compared = report.orbit, report.compared
        Path(args.plot).write_text(picture(
            f"{ephemeris.name}: {ephemeris.source}", report.window.start, orbit.t_s - orbit.t0_s, orbit.residual_rtn_m,
            orbit.used, *((compared.hours_h, compared.off_rtn_m, compared.sigma_rtn_m) if compared else (None,) * 3)),
            encoding="utf-8")
    print(json.dumps(as_data(report), indent=1) if args.json else "\n".join(lines(report)))
    return 0


def as_data(report: FitReport) -> dict[str, Any]:
    """All figures of a fit; lengths in metres, times in UTC, states in GCRF."""
    orbit, unknowns = report.orbit, report.orbit.unknowns
    drag, drag_sigma = orbit.drag_forecast
    out: dict[str, Any] = {
        "file": report.ephemeris.source, "object": report.ephemeris.name,
        "from": report.window.start.iso(3), "to": report.window.stop.iso(3), "places": len(orbit.t_s),
        "outliers": int(np.sum(~orbit.used)), "rounds": orbit.rounds, "rms_m": orbit.rms_m,
        "rms_with_outliers_m": float(np.sqrt(np.mean(np.sum(orbit.residual_rtn_m**2, axis=1)))),
        "rms_rtn_m": orbit.rms_rtn_m.tolist(),
        "drag_scale": None if not unknowns.drag else unknowns.drag_scales[0] if len(unknowns.drag_scales) == 1 else
        list(unknowns.drag_scales),
        "drag_starts": [(report.world.epoch + t).iso(3) for t in unknowns.drag_starts_s],
        "drag_scale_forecast": drag, "drag_scale_sigma": drag_sigma,
        "radiation_scale": unknowns.radiation_scale if unknowns.radiation else None,
        "pushes": [{"from": (report.world.epoch + a).iso(3), "to": (report.world.epoch + b).iso(3), "rtn_m_s": list(dv)}
                   for (a, b), dv in zip(unknowns.pushes_s, unknowns.pushes_m_s)],
        "each_revolution_m_s2": dict(zip(NAMES, unknowns.empirical_m_s2)),
        "state": {"epoch": report.epoch.iso(6), "frame": "GCRF", "position_m": orbit.y[:3].tolist(),
                  "velocity_m_s": orbit.y[3:6].tolist()},
        "covariance": {"of": list(unknowns.names), "values": orbit.covariance.tolist()},
        "forces": {name: getattr(report.forces, name) for name in Forces.__slots__},
        "burns": [{"name": b.name, "from": b.epoch.iso(3), "to": b.stop.iso(3), "dv_m_s": b.dv_m_s}
                  for b in report.burns],
        "coasting": [{"from": w.start.iso(3), "to": w.stop.iso(3)} for w in report.ephemeris.coasting()],
        "forecast_error_m": {}, "forecast_along_track_m": {}, "forecast_sigma_m": {}, "forecast_rms_m": None,
        "warnings": list(report.warnings), "data": dict(report.world.ages)}
    if report.compared is not None:
        rows = report.compared.by_hour()
        out["forecast_error_m"] = {str(h): rms for h, rms, _, _ in rows}
        out["forecast_along_track_m"] = {str(h): along for h, _, along, _ in rows}
        out["forecast_sigma_m"] = {str(h): sigma for h, _, _, sigma in rows}
        out["forecast_rms_m"] = float(np.sqrt(np.mean(np.sum(report.compared.off_rtn_m**2, axis=1))))
    if report.predicted is not None:
        epoch, state, covariance = report.predicted
        out["predicted"] = {"epoch": epoch.iso(3), "frame": "GCRF", "position_m": state[:3].tolist(),
                            "velocity_m_s": state[3:].tolist(), "covariance": covariance.tolist(),
                            "sigma_m": float(np.sqrt(np.trace(covariance[:3, :3])))}
    return out


def lines(report: FitReport) -> list[str]:
    """The same for people."""
    data, orbit = as_data(report), report.orbit
    r, t, n = data["rms_rtn_m"]
    span = f"{report.window.start.iso()} to {report.window.stop.iso()}"
    sides = f"radial {_metres(r)}, along track {_metres(t)}, across {_metres(n)}"
    light, waves = orbit.unknowns.radiation_scale, orbit.unknowns.empirical_m_s2
    out = [f"{data['object']}  {data['file']}",
           f"fitted      {span}, {data['places']} places, {data['outliers']} left out",
           f"left        {_metres(orbit.rms_m)} rms ({sides})",
           f"drag        {_drag(report)}",
           *([f"sunlight    {light:.2f} times Cr A/m = {_per_mass(report.forces, 'radiation'):.5f} m2/kg"]
             if orbit.unknowns.radiation else []),
           *([f"revolving   along track {_nano(waves[:2])}, across {_nano(waves[2:])} nm/s2"] if waves else []),
           *(f"push        {p['from']}  radial {p['rtn_m_s'][0]:z.3f}, along track {p['rtn_m_s'][1]:z.3f}, across "
             f"{p['rtn_m_s'][2]:z.3f} m/s" for p in data["pushes"]),
           f"state       {data['state']['epoch']} GCRF",
           "            " + " ".join(f"{x:z.3f}" for x in data["state"]["position_m"]) + " m",
           "            " + " ".join(f"{v:z.6f}" for v in data["state"]["velocity_m_s"]) + " m/s",
           *(f"burn        {b['from']} to {b['to']}  {b['name']}" + (f", {b['dv_m_s']:g} m/s" if b["dv_m_s"] else "")
             for b in data["burns"])]
    if report.compared is not None:
        out += ["forecast against the rest of the file (no burn between):",
                "  hour   rms off   along track   as foretold"]
        rows = report.compared.by_hour()
        out += [f"  {h:4d} {_metres(rms):>9} {_metres(along):>13} {'± ' + _metres(sigma):>13}"
                for h, rms, along, sigma in rows if h in _shown(rows[-1][0])]
    if report.predicted is not None:
        at = data["predicted"]
        out += [f"predicted   {at['epoch']} GCRF, ± {_metres(at['sigma_m'])}",
                "            " + " ".join(f"{x:z.1f}" for x in at["position_m"]) + " m"]
    return out


def _shown(last: int) -> set[int]:
    """Hours that people want to see."""
    return {1, 2, 3, 4, 5, 6, 12, 24, 36, 48, 60, 72, last}


def _metres(value: float) -> str:
    return f"{value / 1000:.2f} km" if abs(value) >= 1000 else f"{value:.2f} m" if abs(value) < 10 else f"{value:.0f} m"


def _nano(cos_sin_m_s2: tuple[float, ...]) -> str:
    """Size of a wave."""
    return f"{1e9 * float(np.hypot(*cos_sin_m_s2)):.0f}"


def _drag(report: FitReport) -> str:
    orbit = report.orbit
    if not orbit.unknowns.drag:
        return "none"
    scales = ", ".join(f"{s:.3f} ± {e:.3f}" for s, e in zip(orbit.unknowns.drag_scales, orbit.sigmas[6:]))
    return f"{scales} times Cd A/m = {_per_mass(report.forces, 'drag'):.5f} m2/kg"


def _per_mass(forces: Forces, push: str) -> float:
    """Coefficient times area by mass, m2/kg, of ``drag`` or ``radiation``."""
    return float(getattr(forces, f"{push}_coefficient") * getattr(forces, f"{push}_area_m2") / forces.mass_kg)
