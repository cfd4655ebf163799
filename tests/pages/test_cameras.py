"""Cameras and what lies over the picture, in a browser: pixels, the observer's sky, pictures to keep, the gallery."""

from __future__ import annotations

import json
import math
from datetime import datetime
from pathlib import Path

import erfa
import numpy as np
import pytest

from browsing import Visit
from fakel.load.folder import read_flight
from fakel.model.epoch import Epoch

SKYFIELD = Path(__file__).parent.parent / "authorities" / "skyfield_observers.json"
PICTURE = (1280, 720)
AU_M = 149597870700.0
WAIT_MS = 300
NORTH = np.array([0.0, 0.0, 1.0])
AIM_M = 7e5 * NORTH
"""What the orbit camera looks at; north is up."""


def station(folder: Path, utc: str) -> tuple[np.ndarray, np.ndarray]:
    """Position and velocity (3,) of the station, GCRF, by a cubic through the flight's samples on both sides."""
    flight, at = read_flight(folder)[0], Epoch.utc(utc)
    arc = next(arc for leg in flight.legs for arc in leg.arcs
               if arc.craft == "station" and 0.0 <= at - arc.start <= arc.t_s[-1])
    t_s = at - arc.start
    k = min(max(int(np.searchsorted(arc.t_s, t_s, side="right")) - 1, 0), len(arc.t_s) - 2)
    h = arc.t_s[k + 1] - arc.t_s[k]
    u = (t_s - arc.t_s[k]) / h
    p0, p1, v0, v1 = *arc.position_m[k:k + 2], *arc.velocity_m_s[k:k + 2]
    place = ((1 + 2 * u) * p0 + u * h * v0) * (1 - u) ** 2 + ((3 - 2 * u) * p1 + (u - 1) * h * v1) * u ** 2
    return place, v0 + u * (v1 - v0)


def sun(utc: str) -> np.ndarray:
    """From the middle of the Earth (3,), by the series of ERFA."""
    day = Epoch.utc(utc).mjd_tt
    return -np.asarray(erfa.epv00(2400000.5 + day[0], day[1])[0]["p"]) * AU_M


def pixel(eye: np.ndarray, towards: np.ndarray, up: np.ndarray, field_deg: float, target: np.ndarray) -> np.ndarray:
    """Pixel (2,) of a pinhole camera that looks at a point."""
    back = (eye - towards) / np.linalg.norm(eye - towards)
    right = np.cross(up, back) / np.linalg.norm(np.cross(up, back))
    x, y, z = np.array([right, np.cross(back, right), back]) @ (target - eye)
    scale = PICTURE[1] / 2 / math.tan(math.radians(field_deg) / 2)
    return np.array([PICTURE[0] / 2 - scale * x / z, PICTURE[1] / 2 + scale * y / z])


def whole_earth(place: np.ndarray, sun_m: np.ndarray) -> np.ndarray:
    """Eye of the orbit camera: 24000 km out, off the zenith by 0.55 of the way to the Sun, 58 deg at most."""
    up = place / np.linalg.norm(place)
    axis = np.cross(up, sun_m) / np.linalg.norm(np.cross(up, sun_m))
    lean = min(0.55 * math.acos(up @ sun_m / np.linalg.norm(sun_m)), math.radians(58.0))
    return 2.4e7 * (math.cos(lean) * up + math.sin(lean) * np.cross(axis, up))


def sized(seen: Visit) -> Visit:
    """The window grows until the picture in it has the size that the pixels are for."""
    for _ in range(3):
        box = seen.page.locator("#picture").bounding_box()
        window = seen.page.viewport_size
        seen.page.set_viewport_size({"width": round(window["width"] + PICTURE[0] - box["width"]),
                                     "height": round(window["height"] + PICTURE[1] - box["height"])})
        seen.page.wait_for_timeout(WAIT_MS)
    return seen


@pytest.mark.parametrize("utc", ["2013-11-09T14:45:00Z", "2013-11-09T15:20:00Z", "2013-11-09T15:40:30Z"])
def test_station_and_sun_fall_on_their_pixels(visit, walk, utc):
    seen = sized(visit(f"freeze=1&lang=en&view=orbit&t={utc}"))
    seen.page.evaluate("utc => window.fakel.utc(utc)", utc)
    (place, _), sun_m = station(walk, utc), sun(utc)
    eye = whole_earth(place, sun_m)
    for what, target in (("station", place), ("sun", sun_m)):
        spot = seen.page.evaluate("what => window.fakel.project(what)", what)
        expected = pixel(eye, AIM_M, NORTH, 42, target)
        if what == "station" or spot["visible"]:
            # the page's own sky is a straight line between samples ten minutes apart: far below a pixel
            assert np.hypot(*(expected - [spot["x"], spot["y"]])) < 0.1


def seen_sky(seen: Visit) -> tuple[float, float, float]:
    row = seen.page.locator(".observer dt[data-azimuth]").first
    return tuple(float(row.get_attribute(f"data-{part}")) for part in ("azimuth", "elevation", "range"))


def test_the_observers_sky_agrees_with_skyfield(visit, walk):
    seen = visit("freeze=1&lang=en&view=ground&t=2013-11-09T14:45:00Z", (1200, 800))
    for row in json.loads(SKYFIELD.read_text(encoding="utf-8"))["rows"]:
        look_from(seen, str(row["latitude_deg"]), str(row["longitude_deg"]).replace("-", "\u2212"))
        seen.page.evaluate("utc => window.fakel.utc(utc)", row["utc"])
        seen.page.wait_for_timeout(WAIT_MS)
        north, east, up = np.array(row["horizon"]) @ (station(walk, row["utc"])[0] - row["place_m"])
        azimuth_deg, elevation_deg, range_m = seen_sky(seen)
        # wanted: 0.05 deg; the Earth's turn of both agrees to 1e-4 deg, so a hundredth would already be a fault
        level = math.hypot(north, east)
        assert (azimuth_deg - math.degrees(math.atan2(east, north)) + 180) % 360 - 180 == pytest.approx(0, abs=0.01)
        assert elevation_deg == pytest.approx(math.degrees(math.atan2(up, level)), abs=0.01)
        assert range_m == pytest.approx(math.hypot(level, up), abs=50.0)


def look_from(seen: Visit, latitude: str, longitude: str) -> None:
    seen.page.evaluate("document.querySelector('.observer details').open = true")
    fields = seen.page.locator(".observer form input")
    fields.nth(0).fill(latitude)
    fields.nth(1).fill(longitude)
    seen.page.locator(".observer form button[type=submit]").click()


def test_a_place_that_is_none_is_told(visit):
    seen = visit("freeze=1&lang=en&view=ground&t=2013-11-09T15:20:00Z", (1200, 800))
    look_from(seen, "91", "10")
    assert "from −90 to 90" in seen.page.inner_text(".observer [role=alert]")
    look_from(seen, "45,5", "10")                             # a decimal comma is as good
    assert seen.page.locator(".observer [role=alert]").count() == 0


def test_a_camera_that_sees_nothing_says_so(visit):
    seen = visit("freeze=1&lang=en&view=docking&t=2013-11-09T15:20:00Z")
    assert "No ship is near" in seen.page.inner_text(".live-camera")
    assert seen.view == "docking"


def test_the_same_instant_gives_the_same_picture(visit):
    seen = visit("freeze=1&lang=en&view=director&t=2013-11-09T15:20:00Z")
    first = seen.page.evaluate("[window.fakel.utc('2013-11-09T15:20:00Z'), window.fakel.project('station')]")[1]
    seen.page.evaluate("window.fakel.utc('2013-11-09T14:45:00Z')")
    again = seen.page.evaluate("[window.fakel.utc('2013-11-09T15:20:00Z'), window.fakel.project('station')]")[1]
    assert first == again


def test_a_picture_is_kept_with_its_instant_in_the_name(visit, tmp_path):
    seen = visit("freeze=1&lang=en&view=station&t=2013-11-09T15:20:00Z")
    with seen.page.expect_download() as kept:
        seen.page.keyboard.press("p")
    assert kept.value.suggested_filename == "fakel-2013-11-09T152000Z-station.png"
    kept.value.save_as(tmp_path / "kept.png")
    assert (tmp_path / "kept.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    seen.wait("document.querySelector('.messages').textContent.includes('Saved')")


def test_the_gallery_works_by_keyboard(visit):
    seen = visit("freeze=1&lang=en&view=chase&t=2013-11-09T15:20:00Z")
    seen.press("g")
    seen.wait("document.querySelectorAll('.gallery img').length > 0", 60.0)
    assert seen.violations() == []
    shown = seen.page.inner_text(".gallery li:first-child figcaption span")
    seen.page.locator(".gallery li button").first.focus()
    seen.press("Enter")
    assert not seen.shows(".gallery")
    assert seen.utc == datetime.strptime(shown, "%d %b %Y, %H:%M:%S UTC").strftime("%H:%M:%S")


def test_lines_are_switched_by_keyboard_and_kept_in_the_link(visit):
    seen = visit("freeze=1&lang=en&view=chase&t=2013-11-09T15:20:00Z")
    seen.page.locator(".layers .opener").focus()
    seen.press("Enter")
    seen.page.locator("[data-layer=corridor]").focus()
    seen.press("Enter")
    assert seen.page.get_attribute("[data-layer=corridor]", "aria-pressed") == "true"
    seen.wait("location.search.includes('corridor')")
    assert seen.violations() == []
    seen.press("Escape")
    assert not seen.shows("#layer-menu")
