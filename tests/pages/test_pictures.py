"""Ten instants of the reference mission, drawn and compared with pictures that are kept: `make pictures` renews them.

The kept pictures were drawn by Mesa's llvmpipe. Another version of it moves edges, so what is in each picture is
compared as well, by numbers that do not care for edges.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from browsing import Visit
from fakel.load.folder import read_flight
from fakel.model.flight import Flight
from moments import moments

KEPT = Path(__file__).parent / "pictures"
NUMBERS = KEPT / "pictures.json"
SIZE = (640, 360)
NAMES = ("liftoff", "staging", "approach-at-sunset", "docking-5-m", "handover-kotov", "handover-ryazansky",
         "night-work", "sunrise", "plasma", "parachute")
UNLIKE = 16
"""Levels of 255 by which a pixel must differ to count."""
SAME_DRAWER, OTHER_DRAWER = 0.005, 0.03
"""Share of pixels that may count: SwiftShader and llvmpipe differ in 0.6 % of them."""
LEVEL = 12
"""Colours are kept in steps of so many levels, which makes the files small and costs 6 of the 16 at most."""
LARGEST_BYTES, ALL_BYTES = 60_000, 600_000


@pytest.fixture(scope="module")
def flight(mission) -> Flight:
    return read_flight(mission)[0]


@pytest.fixture
def seen(standing) -> Visit:
    found = standing("freeze=1&lang=en&view=chase", (900, 600), "sochi-torch")
    found.whole()
    found.only_picture(SIZE)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_the_picture_is_as_it_was(seen, flight, drawer, name, request):
    moment = next(one for one in moments(flight) if one.name == name)
    seen.at(moment.utc, moment.view)
    drawn = seen.drawn(SIZE)
    if request.config.getoption("--renew-pictures"):
        keep(name, drawn, drawer)
    kept, by = kept_picture(name), told()[name]["drawer"]
    for part, (is_now, was) in compared(drawn, told()[name]["parts"]).items():
        assert is_now == pytest.approx(was, abs=0.04), part
    unlike = float((np.abs(drawn.astype(int) - kept).max(axis=-1) > UNLIKE).mean())
    assert unlike < (SAME_DRAWER if by == drawer else OTHER_DRAWER), f"{unlike:.2%} of the pixels differ"


def test_the_kept_pictures_are_small():
    sizes = [path.stat().st_size for path in KEPT.glob("*.webp")]
    assert len(sizes) == len(NAMES) and max(sizes) < LARGEST_BYTES and sum(sizes) < ALL_BYTES


def parts(picture: np.ndarray) -> dict[str, list[float]]:
    """Shares of dark, middle and bright in each third across, and of warm and cold colours in all."""
    light = picture.max(axis=-1).astype(float)
    red, blue = picture[..., 0].astype(int), picture[..., 2].astype(int)
    found = {f"third {k}": [float((third < 40).mean()), float((third >= 160).mean()), float(third.mean() / 255)]
             for k, third in enumerate(np.array_split(light, 3, axis=1), 1)}
    return found | {"colours": [float((red > blue + 24).mean()), float((blue > red + 24).mean())]}


def compared(picture: np.ndarray, were: dict[str, list[float]]) -> dict[str, tuple[list[float], list[float]]]:
    return {name: (values, were[name]) for name, values in parts(picture).items()}


def kept_picture(name: str) -> np.ndarray:
    from PIL import Image
    with Image.open(KEPT / f"{name}.webp") as picture:
        return np.asarray(picture.convert("RGB")).astype(int)


def told() -> dict:
    return json.loads(NUMBERS.read_text(encoding="utf-8")) if NUMBERS.exists() else {}


def keep(name: str, drawn: np.ndarray, drawer: str) -> None:
    """In coarse levels, without any other loss."""
    from PIL import Image
    KEPT.mkdir(exist_ok=True)
    coarse = np.clip(np.round(drawn / LEVEL) * LEVEL, 0, 255).astype(np.uint8)
    Image.fromarray(coarse).save(KEPT / f"{name}.webp", lossless=True, quality=100, method=6)
    numbers = {part: [round(x, 4) for x in values] for part, values in parts(drawn).items()}
    index = told() | {name: {"drawer": drawer, "parts": numbers}}
    NUMBERS.write_text(json.dumps(dict(sorted(index.items())), indent=1) + "\n", encoding="utf-8")
