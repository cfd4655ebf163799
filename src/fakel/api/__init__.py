"""The engine for Python programs: fly states, fit orbits. Reached as ``fakel.propagate``, ``fakel.fit`` and so on."""

from fakel.api.arc import Arc, Met
from fakel.api.coverage import coverage
from fakel.api.downlink import downlink, helmet_cameras
from fakel.api.fit import FitReport, fit, read_ephemeris
from fakel.api.flight import Forces, propagate
from fakel.api.link import link_along, link_budget, link_of
from fakel.api.sightings import SightingReport, TransitReport, sightings, transits
from fakel.model.epoch import Epoch
from fakel.model.errors import FakelError, FlightError, InputError
from fakel.model.frame import Frame
from fakel.model.mission import StateVector

__all__ = ["Arc", "Epoch", "FakelError", "FitReport", "FlightError", "Forces", "Frame", "InputError", "Met",
           "SightingReport", "StateVector", "TransitReport", "coverage", "downlink", "fit", "helmet_cameras",
           "link_along", "link_budget", "link_of", "propagate", "read_ephemeris", "sightings", "transits"]
