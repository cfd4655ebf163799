"""One leg as the page reads it: an index, and a file of numbers that never changes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch
from fakel.model.flight import Arc, Channel, Leg
from fakel.model.frame import Frame
from fakel.show.binary import Packer
from fakel.show.words import Words

SKY = ("earth.", "sun.", "moon.")
STEPS = ("sunlit", "link", "relay", "ground", "tethers", "hooks", "hands_free")
"""Words in the names of channels that jump: between samples the earlier value holds."""
ASTRONOMICAL_UNIT_KM = 149_597_870.7


def pack(leg: Leg, start: Epoch, words: Words) -> tuple[dict[str, Any], bytes]:
    """The index of a leg and its file."""
    packer = Packer()
    arcs = [arc_index(arc, start, packer) for arc in (*leg.arcs, *leg.outside)]
    told = [channel_index(c, leg.before.epoch, packer, words) for c in leg.channels if not c.name.startswith(SKY)]
    sky = packer.add(sky_table(leg, start))
    data = packer.bytes()
    name = f"{leg.step}-{hashlib.sha256(data).hexdigest()[:12]}.bin"
    return {"step": leg.step, "phase": leg.phase, "title": words.phase(leg.phase),
            "from_s": leg.before.epoch - start, "to_s": leg.after.epoch - start, "ending": leg.ending,
            "file": name, "bytes": len(data), "arcs": arcs, "channels": told, "sky": sky}, data


def arc_index(arc: Arc, start: Epoch, packer: Packer) -> dict[str, Any]:
    """Paths keep their doubles; attitudes and masses are good enough in single precision (1e-7 rad)."""
    path = np.column_stack([arc.t_s + (arc.start - start), arc.position_m, arc.velocity_m_s])
    return {"who": arc.craft, "frame": "station" if arc.frame is Frame.LVLH else "gcrf", "path": packer.add(path),
            "attitude": packer.add(arc.attitude, "f32"), "mass_kg": packer.add(arc.mass_kg, "f32")}


def channel_index(channel: Channel, begins: Epoch, packer: Packer, words: Words) -> dict[str, Any]:
    """A channel in single precision, its times after the leg's beginning; of one that jumps only where it does."""
    jumps = any(word in channel.name.split(".", 1)[-1] for word in STEPS)
    t_s, values = channel.t_s + (channel.start - begins), channel.values
    if jumps and len(values) > 2:
        kept = np.r_[True, np.diff(values) != 0.0]
        kept[-1] = True
        t_s, values = t_s[kept], values[kept]
    return {"name": channel.name, "unit": channel.unit, "label": words.channel(channel.name),
            "times": packer.add(t_s, "f32"), "values": packer.add(values, "f32"), "step": jumps}


def sky_table(leg: Leg, start: Epoch) -> FloatArray:
    """t_s, quaternion ITRF to GCRF, Sun and Moon in km: (n, 11), no rows for a leg without arcs.

    A flight of an older program knows the angle of the Earth and the Sun's direction only: its pole stands still, and
    its Moon, in the middle of the Earth, is not to be drawn.
    """
    found = {c.name: c for c in leg.channels if c.name.startswith(SKY)}
    if "earth.turn_w" in found:
        turn = _columns(found, *(f"earth.turn_{part}" for part in "wxyz"))
        sun, moon = (_columns(found, *(f"{body}.{axis}_m" for axis in "xyz")) / 1000.0 for body in ("sun", "moon"))
        clock = found["earth.turn_w"]
    elif "earth.angle_rad" in found:
        clock = found["earth.angle_rad"]
        half_rad = clock.values / 2.0
        still = np.zeros_like(half_rad)
        turn = np.column_stack([np.cos(half_rad), still, still, np.sin(half_rad)])
        sun = ASTRONOMICAL_UNIT_KM * _columns(found, *(f"sun.direction_{axis}" for axis in "xyz"))
        moon = np.zeros_like(sun)
    else:
        return np.zeros((0, 11))
    return np.column_stack([clock.t_s + (clock.start - start), turn, sun, moon])


def _columns(found: Mapping[str, Channel], *names: str) -> FloatArray:
    return np.column_stack([found[name].values for name in names])
