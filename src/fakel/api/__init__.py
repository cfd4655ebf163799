"""The engine for Python programs: fly states, fit orbits. Reached as ``fakel.propagate``, ``fakel.fit`` and so on.

Nothing is imported before it is asked for: who flies an orbit does not wait for what links or sightings need.
"""

WHERE = {
    "Abort": "fakel.model.abort", "Aborts": "fakel.model.abort", "aborts": "fakel.api.aborts",
    "Ascent": "fakel.model.climb", "Ascents": "fakel.model.climb",
    "ascent": "fakel.api.ascent", "ascent_cases": "fakel.api.ascent_cases",
    "Arc": "fakel.api.arc", "Met": "fakel.api.arc",
    "burn": "fakel.api.burn", "flame_of": "fakel.api.burn", "retreat": "fakel.api.retreat",
    "cabin_air": "fakel.api.air",
    "coverage": "fakel.api.coverage",
    "custody": "fakel.api.custody", "inventory": "fakel.api.custody", "where": "fakel.api.custody",
    "disperse": "fakel.api.disperse",
    "downlink": "fakel.api.downlink", "helmet_cameras": "fakel.api.downlink",
    "fly_faults": "fakel.api.faults",
    "FitReport": "fakel.api.fit", "fit": "fakel.api.fit", "read_ephemeris": "fakel.api.fit",
    "propagate": "fakel.api.flight",
    "safety": "fakel.api.safety", "screened": "fakel.api.screening",
    "relative_move": "fakel.api.relative_move",
    "Burn": "fakel.api.forces", "Forces": "fakel.api.forces",
    "Landings": "fakel.model.landing", "landings": "fakel.api.land",
    "Cases": "fakel.model.dispersions", "landing_cases": "fakel.api.land_cases",
    "reboost": "fakel.api.reboost", "way_up": "fakel.api.rendezvous",
    "launch_cut_outs": "fakel.api.launch_day", "launch_recycle": "fakel.api.launch_day",
    "launch_slip": "fakel.api.launch_day",
    "link_along": "fakel.api.link", "link_budget": "fakel.api.link", "link_of": "fakel.api.link",
    "SightingReport": "fakel.api.sightings", "TransitReport": "fakel.api.sightings",
    "sightings": "fakel.api.sightings", "transits": "fakel.api.sightings",
    "television": "fakel.api.television",
    "LaunchWindows": "fakel.model.windows", "windows": "fakel.api.windows",
    "Epoch": "fakel.model.epoch", "Frame": "fakel.model.frame", "StateVector": "fakel.model.start",
    "FakelError": "fakel.model.errors", "FlightError": "fakel.model.errors", "InputError": "fakel.model.errors",
}
"""What the package offers under its own name, and the module that has it."""
