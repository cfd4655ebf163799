"""What the command line says of forces."""

from __future__ import annotations

import argparse
from dataclasses import replace

from fakel.api.forces import Forces


def with_options(forces: Forces, args: argparse.Namespace) -> Forces:
    """The forces, with what the command line says."""
    given = {"degree": args.degree, "mass_kg": args.mass, "drag_area_m2": args.area, "drag_coefficient": args.cd,
             "radiation_area_m2": args.sun_area, "radiation_coefficient": args.cr}
    return replace(forces, **{name: value for name, value in given.items() if value is not None})
