"""The picture of the sky: things stand on the pixel where the flight has them, and the picture survives its card."""

from __future__ import annotations

import erfa
import numpy as np
import pytest

from browsing import Visit
from fakel.load.folder import read_flight
from fakel.model.epoch import Epoch

SIZE = (1280, 720)
START = "2013-11-09T15:20:00Z"
VIEWS = [(f"2013-11-09T15:{minute}:00Z", view) for minute in (12, 24, 36, 48) for view in ("chase", "kotov", "orbit")]
AU_M = 149_597_870_700.0
MOST_TRIANGLES, MOST_CALLS = 400_000, 300


@pytest.fixture
def seen(standing) -> Visit:
    return standing(f"freeze=1&lang=en&t={START}&view=orbit", SIZE, "torch-walk")


def sun_m(epoch: Epoch) -> np.ndarray:
    """From the middle of the Earth, by ERFA's fit to VSOP2000; aberration is 0.2 pixels here."""
    day, fraction = epoch.mjd_tt
    earth, _ = erfa.epv00(2_400_000.5 + day, fraction)
    return -earth["p"] * AU_M


def station_m(folder, epoch: Epoch) -> np.ndarray:
    flight, _ = read_flight(folder)
    arc = next(arc for leg in flight.legs for arc in leg.arcs
               if arc.craft == "station" and arc.start <= epoch <= arc.stop)
    return arc.at(epoch - arc.start)[0][0]


def pixel(target_m: np.ndarray, stat: dict, size: dict) -> np.ndarray:
    """A pinhole camera, written again in another language."""
    x, y, z, w = stat["turn"]
    across = np.array([1 - 2 * (y * y + z * z), 2 * (x * y + z * w), 2 * (x * z - y * w)])
    upward = np.array([2 * (x * y - z * w), 1 - 2 * (x * x + z * z), 2 * (y * z + x * w)])
    behind = np.array([2 * (x * z + y * w), 2 * (y * z - x * w), 1 - 2 * (x * x + y * y)])
    away = target_m - np.array(stat["eye_m"])
    scale = size["height"] / 2 / np.tan(np.radians(stat["field_deg"]) / 2) / -(away @ behind)
    return np.array([size["width"] / 2 + away @ across * scale, size["height"] / 2 - away @ upward * scale])


def test_station_and_sun_are_on_their_pixels(seen, walk):
    """Within one pixel: the page reads paths in doubles, and its Sun is a sample a minute."""
    size = seen.page.evaluate("(({clientWidth: width, clientHeight: height}) => ({width, height}))("
                               "document.querySelector('#picture canvas'))")
    checked = set()
    for at, view in VIEWS:
        seen.page.evaluate(f"fakel.utc('{at}'), fakel.view('{view}')")
        stat = seen.page.evaluate("fakel.stat()")
        for who, target in (("sun", sun_m(Epoch.utc(at))), ("station", station_m(walk, Epoch.utc(at)))):
            spot = seen.page.evaluate(f"fakel.project('{who}')")
            if spot["x"] is not None and abs(spot["x"]) < 4 * SIZE[0]:
                assert np.hypot(*(pixel(target, stat, size) - [spot["x"], spot["y"]])) < 1.0
                checked.add(who)
    assert checked == {"sun", "station"}


def test_the_picture_keeps_to_its_limits(seen):
    for view in ("chase", "station", "orbit"):
        seen.page.evaluate(f"fakel.utc('{START}'), fakel.view('{view}')")
        stat = seen.page.evaluate("fakel.stat()")
        assert 0 < stat["triangles"] < MOST_TRIANGLES and 0 < stat["calls"] < MOST_CALLS


def test_the_picture_comes_back_after_its_card_was_taken_away(seen):
    seen.page.evaluate(f"fakel.utc('{START}'), fakel.view('station')")
    canvas = seen.page.locator("#picture canvas").first
    before = canvas.screenshot()
    seen.page.evaluate("""window.card = document.querySelector('#picture canvas').getContext('webgl2')
        .getExtension('WEBGL_lose_context'), window.card.loseContext()""")
    seen.page.wait_for_timeout(300)
    assert seen.told
    seen.page.evaluate("window.card.restoreContext()")
    seen.wait("document.querySelector('.messages').innerText.trim() === ''")
    for _ in range(20):                                   # textures come one after the other
        if canvas.screenshot() == before:
            break
        seen.page.wait_for_timeout(250)
    assert not seen.told
    assert canvas.screenshot() == before
