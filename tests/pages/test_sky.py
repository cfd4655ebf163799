"""The picture of the sky: things stand on the pixel where the flight has them, and the picture survives its card."""

from __future__ import annotations

import erfa
import numpy as np
import pytest

from browsing import DRAWN, Visit, chromium, served, walk
from fakel.load.folder import read_flight
from fakel.model.epoch import Epoch

SIZE = (1280, 720)
START = "2013-11-09T15:20:00Z"
VIEWS = [(f"2013-11-09T15:{minute}:00Z", view) for minute in (12, 24, 36, 48) for view in ("chase", "kotov", "orbit")]
AU_M = 149_597_870_700.0
MOST_TRIANGLES, MOST_CALLS = 400_000, 300


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    chromium()
    return walk(tmp_path_factory.mktemp("sky") / "walk")


@pytest.fixture(scope="module")
def visit(folder):
    from playwright.sync_api import sync_playwright
    with sync_playwright() as playwright, served(folder) as url:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(DRAWN))
        seen = Visit(browser, url, f"freeze=1&lang=en&t={START}&view=orbit", SIZE)
        yield seen
        browser.close()
        assert seen.errors == []


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


def test_station_and_sun_are_on_their_pixels(visit, folder):
    """Within one pixel: the page reads paths in doubles, and its Sun is a sample a minute."""
    size = visit.page.evaluate("(({clientWidth: width, clientHeight: height}) => ({width, height}))("
                               "document.querySelector('#picture canvas'))")
    checked = set()
    for at, view in VIEWS:
        visit.page.evaluate(f"fakel.utc('{at}'), fakel.view('{view}')")
        stat = visit.page.evaluate("fakel.stat()")
        for who, target in (("sun", sun_m(Epoch.utc(at))), ("station", station_m(folder, Epoch.utc(at)))):
            seen = visit.page.evaluate(f"fakel.project('{who}')")
            if seen["x"] is not None and abs(seen["x"]) < 4 * SIZE[0]:
                assert np.hypot(*(pixel(target, stat, size) - [seen["x"], seen["y"]])) < 1.0
                checked.add(who)
    assert checked == {"sun", "station"}


def test_the_picture_keeps_to_its_limits(visit):
    for view in ("chase", "station", "orbit"):
        visit.page.evaluate(f"fakel.utc('{START}'), fakel.view('{view}')")
        stat = visit.page.evaluate("fakel.stat()")
        assert 0 < stat["triangles"] < MOST_TRIANGLES and 0 < stat["calls"] < MOST_CALLS


def test_the_picture_comes_back_after_its_card_was_taken_away(visit):
    visit.page.evaluate(f"fakel.utc('{START}'), fakel.view('station')")
    canvas = visit.page.locator("#picture canvas").first
    before = canvas.screenshot()
    visit.page.evaluate("""window.card = document.querySelector('#picture canvas').getContext('webgl2')
        .getExtension('WEBGL_lose_context'), window.card.loseContext()""")
    visit.page.wait_for_timeout(300)
    assert visit.told
    visit.page.evaluate("window.card.restoreContext()")
    visit.page.wait_for_timeout(3000)
    assert not visit.told
    assert canvas.screenshot() == before
