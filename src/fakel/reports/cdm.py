"""Conjunction data messages (CCSDS 508.0-B-1), one for each passing, as KEY = value and as XML. Frame GCRF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch
from fakel.model.screening import Passing, Screening

AXES = ("R", "T", "N", "RDOT", "TDOT", "NDOT")
Row = tuple[str, str, str]
"""Keyword, value, unit."""


def message_id(screening: Screening, passing: Passing) -> str:
    """Such as FAKEL-soyuz-31141-20131107T051530."""
    stamp = passing.epoch.iso().replace("-", "").replace(":", "").rstrip("Z")
    return re.sub(r"[^A-Za-z0-9.-]+", "_", f"FAKEL-{screening.ship}-{passing.number}-{stamp}")


def kvn(screening: Screening, passing: Passing, made: Epoch) -> str:
    """The message as text. made: when it was written."""
    lines = ["CCSDS_CDM_VERS = 1.0", *(_line(row) for row in _header(screening, passing, made))]
    lines += [f"COMMENT {text}" for text in _comments(screening)]
    lines += [_line(row) for row in _relative(screening, passing)]
    for number in (1, 2):
        meta, state, spread = _object(screening, passing, number)
        lines += [_line(row) for row in (*meta, *state, *spread)]
    return "\n".join(lines) + "\n"


def xml(screening: Screening, passing: Passing, made: Epoch) -> str:
    """The message as XML."""
    out = ['<?xml version="1.0" encoding="UTF-8"?>', '<cdm id="CCSDS_CDM_VERS" version="1.0">', "<header>",
           *(_tag(row) for row in _header(screening, passing, made)), "</header>", "<body>",
           "<relativeMetadataData>", *(f"<COMMENT>{escape(text)}</COMMENT>" for text in _comments(screening))]
    rows = list(_relative(screening, passing))
    inner = [row for row in rows if row[0].startswith("RELATIVE_POSITION") or row[0].startswith("RELATIVE_VELOCITY")]
    for row in rows:
        if row is inner[0]:
            out += ["<relativeStateVector>", *(_tag(r) for r in inner), "</relativeStateVector>"]
        elif row not in inner:
            out.append(_tag(row))
    out.append("</relativeMetadataData>")
    for number in (1, 2):
        meta, state, spread = _object(screening, passing, number)
        out += ["<segment>", "<metadata>", *(_tag(r) for r in meta), "</metadata>", "<data>", "<stateVector>",
                *(_tag(r) for r in state), "</stateVector>", "<covarianceMatrix>", *(_tag(r) for r in spread),
                "</covarianceMatrix>", "</data>", "</segment>"]
    return "\n".join([*out, "</body>", "</cdm>"]) + "\n"


def _line(row: Row) -> str:
    key, value, unit = row
    return f"{key} = {value}" + (f" [{unit}]" if unit else "")


def _tag(row: Row) -> str:
    key, value, unit = row
    return f"<{key}" + (f' units="{unit}"' if unit else "") + f">{escape(value)}</{key}>"


def _time(epoch: Epoch) -> str:
    return epoch.iso(3).rstrip("Z")


def _header(screening: Screening, passing: Passing, made: Epoch) -> tuple[Row, ...]:
    return (("CREATION_DATE", _time(made), ""), ("ORIGINATOR", "FAKEL", ""),
            ("MESSAGE_ID", message_id(screening, passing), ""))


def _comments(screening: Screening) -> tuple[str, ...]:
    e = screening.errors
    return (f"Planning aid of the program fakel. Covariance of OBJECT2 is assumed: {e.name}, {e.confidence}",
            f"HBR = {e.radius_m + e.own_radius_m:g} [m]")


def _relative(screening: Screening, passing: Passing) -> Iterator[Row]:
    yield "TCA", _time(passing.epoch), ""
    yield "MISS_DISTANCE", f"{passing.miss_m:.3f}", "m"
    yield "RELATIVE_SPEED", f"{passing.speed_m_s:.3f}", "m/s"
    for name, unit, vector in (("POSITION", "m", passing.miss_rtn_m), ("VELOCITY", "m/s", passing.velocity_rtn_m_s)):
        for axis, value in zip("RTN", vector, strict=True):
            yield f"RELATIVE_{name}_{axis}", f"{value:z.3f}", unit
    yield "START_SCREEN_PERIOD", _time(screening.start), ""
    yield "STOP_SCREEN_PERIOD", _time(screening.stop), ""
    yield "COLLISION_PROBABILITY", f"{passing.probability:.6e}", ""
    yield "COLLISION_PROBABILITY_METHOD", "FOSTER-1992", ""


def _object(screening: Screening, passing: Passing, number: int) -> tuple[list[Row], list[Row], list[Row]]:
    """Metadata, state and covariance of the ship (1) or of the other (2)."""
    own = number == 1
    name, state = (screening.ship, passing.ship) if own else (passing.name, passing.other)
    meta = [("OBJECT", f"OBJECT{number}", ""), ("OBJECT_DESIGNATOR", screening.ship if own else passing.number, ""),
            ("CATALOG_NAME", "NONE" if own else "SATCAT", ""), ("OBJECT_NAME", name, ""),
            ("INTERNATIONAL_DESIGNATOR", "UNKNOWN" if own else passing.designator, ""),
            ("EPHEMERIS_NAME", "FAKEL" if own else "NONE", ""), ("COVARIANCE_METHOD", "DEFAULT", ""),
            ("MANEUVERABLE", "YES" if own else "N/A", ""), ("REF_FRAME", "GCRF", "")]
    places = [(axis, f"{value / 1000:z.6f}", "km") for axis, value in zip("XYZ", state[:3], strict=True)]
    rates = [(f"{axis}_DOT", f"{value / 1000:z.9f}", "km/s") for axis, value in zip("XYZ", state[3:], strict=True)]
    return meta, places + rates, _covariance(passing.ship_covariance if own else passing.other_covariance)


def _covariance(matrix: FloatArray) -> list[Row]:
    """The lower triangle, row by row."""
    units = {0: "m**2", 1: "m**2/s", 2: "m**2/s**2"}
    safe = matrix + np.diag(np.full(6, 1e-12))                     # readers ask for one that can be inverted
    return [(f"C{AXES[i]}_{AXES[j]}", f"{safe[i, j]:.9e}", units[(i > 2) + (j > 2)])
            for i in range(6) for j in range(i + 1)]
