"""The stars that ship (data/sky)."""

from __future__ import annotations

import csv
import json
from functools import cache

import numpy as np

from fakel.load.library import shipped
from fakel.model.arrays import FloatArray
from fakel.model.sky import Constellation, StarMap


@cache
def star_map() -> StarMap:
    """Stars to magnitude 5 and the 88 constellations."""
    with shipped("sky", "stars.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    ra, dec, magnitude, colour = (np.array([float(row[key]) for row in rows]) for key in (
        "right_ascension_deg", "declination_deg", "magnitude", "colour_b_v"))
    names = {k: (("en", row["name"]), ("ru", row["name_ru"] or row["name"]))
             for k, row in enumerate(rows) if row["name"]}
    figures = json.loads(shipped("sky", "constellations.json").read_text(encoding="utf-8"))
    return StarMap(_directions(ra, dec), magnitude, colour, names, tuple(
        Constellation(f["id"], (("en", f["la"]), ("ru", f["ru"])), f["rank"], _directions(*np.array(f["at"])),
                      tuple(_directions(*np.reshape(line, (-1, 2)).T) for line in f["lines"])) for f in figures))


def _directions(ra_deg: FloatArray, dec_deg: FloatArray) -> FloatArray:
    ra, dec = np.radians(ra_deg), np.radians(dec_deg)
    return np.stack([np.cos(dec) * np.cos(ra), np.cos(dec) * np.sin(ra), np.sin(dec)], axis=-1)
