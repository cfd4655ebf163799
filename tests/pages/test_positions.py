"""Station, ships, Sun and the Earth's day stand where the flight's own states put them, at 1280x720."""

from __future__ import annotations

import numpy as np
import pytest

from browsing import Visit
from eye import axes, ground, pixel, sun_m
from fakel.load.folder import read_flight
from fakel.model.epoch import Epoch
from fakel.model.flight import Flight
from moments import DOWN, UP, between, event, place_of, sunrise

SIZE = (1280, 720)
TURN_A_PIXEL = 0.005
"""Radians by which a drag of a pixel turns the camera."""


@pytest.fixture(scope="module")
def flight(mission) -> Flight:
    return read_flight(mission)[0]


@pytest.fixture
def seen(standing) -> Visit:
    found = standing("freeze=1&lang=en&view=chase", SIZE, "sochi-torch")
    found.whole()
    found.only_picture(SIZE)
    return found


def instants(flight: Flight) -> list[tuple[str, Epoch, str, tuple[str, ...]]]:
    """Name, instant, camera, and who must be in the picture."""
    return [
        ("insertion", event(flight, "insertion") + 6.0, "chase", (UP,)),
        ("aim point", event(flight, "aim_point") + 1.0, "station", (UP,)),
        ("300 m", between(flight, 300.0), "docking", ("station",)),
        ("30 m", between(flight, 30.0), "docking", ("station",)),
        ("30 m", between(flight, 30.0), "station", (UP,)),
        ("30 m", between(flight, 30.0), "orbit", (UP, "station")),
        ("the Sun in a visor", sunrise(flight, "hatch_open") + 600.0, "ryazansky", ("sun",)),
        ("undocking", event(flight, "undocking") + 50.0, "chase", (DOWN,)),
        ("departure", event(flight, "undocking") + 400.0, "station", (DOWN,)),
        ("deorbit", event(flight, "deorbit_burn_start") + 60.0, "orbit", (DOWN,)),
        ("entry", event(flight, "plasma_start") + 90.0, "chase", (DOWN,)),
    ]


def test_station_ships_and_sun_are_on_their_pixels(seen, flight):
    """The camera is the page's, the places are the flight's: within one pixel; the page's Sun is a straight line
    between samples ten minutes apart, ten metres off at most."""
    checked = dict.fromkeys(("station", UP, DOWN, "sun"), 0)
    for name, epoch, view, wanted in instants(flight):
        seen.at(epoch.iso(3), view)
        stat = seen.page.evaluate("fakel.stat()")
        for who in checked:
            try:
                target = sun_m(epoch) if who == "sun" else place_of(flight, who, epoch)[0]
            except StopIteration:
                continue                                   # has no path at this instant
            spot = seen.page.evaluate("who => fakel.project(who)", who)
            expected = pixel(target, stat, *SIZE)
            inside = bool(np.all((expected >= 0) & (expected <= SIZE)))
            if who in wanted:
                assert inside, (name, view, who, expected)
            if inside:
                off = float(np.hypot(*(expected - [spot["x"], spot["y"]])))
                assert off < 1.0, (name, view, who, off)
                checked[who] += 1
    assert sum(checked.values()) >= 12 and all(checked.values()), checked


def test_the_drawn_sun_is_where_it_is_projected(seen, flight):
    """The hand turns the observer's camera to it: the middle of what is white lies at the place, half the Sun's own
    width (8 pixels) away at most."""
    epoch = event(flight, "insertion") + 6.0
    seen.at(epoch.iso(3), "ground")
    x, y, z = axes(seen.page.evaluate("fakel.stat()")) @ sun_m(epoch)
    seen.drag("#picture > canvas", -np.arctan2(x, -z) / TURN_A_PIXEL, np.arctan2(y, np.hypot(x, z)) / TURN_A_PIXEL)
    picture = seen.drawn(SIZE).min(axis=-1)
    column, row = pixel(sun_m(epoch), seen.page.evaluate("fakel.stat()"), *SIZE)
    assert abs(column - SIZE[0] / 2) < 200 and abs(row - SIZE[1] / 2) < 200, "the hand has turned the camera"
    left, top = int(column) - 60, int(row) - 60
    rows, columns = np.nonzero(picture[top:top + 120, left:left + 120] >= 250)
    assert len(rows) > 20
    assert np.hypot(columns.mean() + 0.5 + left - column, rows.mean() + 0.5 + top - row) < 4.0


def test_the_docking_camera_looks_at_the_port_from_30_m(seen, flight):
    """The port comes from the mission's own list of the station's outside, not from the page."""
    seen.at(between(flight, 30.0).iso(3), "docking")
    port = seen.page.evaluate("""fetch('data/scene.json').then(r => r.json()).then(scene => {
        const stay = scene.joined.find(one => one.ship === 'soyuz-tma-11m');
        return scene.station.ports.find(one => one.id === stay.port)})""")
    epoch = between(flight, 30.0)
    (place, velocity), stat = place_of(flight, "station", epoch), seen.page.evaluate("fakel.stat()")
    down = -place / np.linalg.norm(place)
    starboard = np.cross(down, velocity) / np.linalg.norm(np.cross(down, velocity))
    station = np.array([np.cross(starboard, down), starboard, down])
    spot = pixel(place + np.array(port["position_m"]) @ station, stat, *SIZE)
    # the camera stands beside the nose: 0.93 m at 30 m and a field of 18 deg are 70 pixels
    assert np.hypot(*(spot - np.array(SIZE) / 2)) < 100.0


def test_the_drawn_day_is_the_day(seen, flight):
    """What is bright on the drawn Earth is where the Sun is up; clouds and dark seas blur it, a wrong turn of the
    Earth or of the Sun would not pass."""
    for epoch in (event(flight, "insertion") + 6.0, event(flight, "undocking") + 50.0):
        seen.at(epoch.iso(3), "orbit")
        stat = seen.page.evaluate("fakel.stat()")
        picture = seen.drawn(SIZE).astype(float).max(axis=-1)
        hit, height = ground(stat, sun_m(epoch), *SIZE)
        day, night = picture[hit & (height > 0.2)], picture[hit & (height < -0.12)]
        assert len(day) > 5_000 and np.median(day) > 50.0
        if len(night) > 1_000:
            assert np.median(night) < 30.0
        assert np.median(picture[~hit]) < 20.0, "space is dark"
