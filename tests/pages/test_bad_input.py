"""Folders that are half written or of another version, craft that nobody drew, connections that fail: the page says so
in a sentence and goes on."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from browsing import DRAWN, FLAT, Visit

WHEN = "t=2013-11-09T15:20:00Z"
SMALL = (900, 600)
Change = Callable[[dict[str, Any]], Any]


def changed(change: Change) -> Callable[[Any], None]:
    """The index of the flight, changed on its way to the page."""
    def prepare(page: Any) -> None:
        def answer(route: Any) -> None:
            scene = route.fetch().json()
            told = change(scene)
            route.fulfill(body=told if isinstance(told, str) else json.dumps(scene), content_type="application/json")
        page.route("**/data/scene.json", answer)
    return prepare


def half_written(scene: dict[str, Any]) -> None:
    scene["complete"] = False
    scene["end_s"] -= 1200.0


def another_version(scene: dict[str, Any]) -> None:
    scene["format"] = 7


def no_arcs(scene: dict[str, Any]) -> None:
    for leg in scene["legs"]:
        leg["arcs"] = []


def torn(scene: dict[str, Any]) -> str:
    return json.dumps(scene)[:5000]


@pytest.mark.parametrize(("change", "english", "russian"), [
    (another_version, "another version of the page (format 7)", "другой версии страницы (формат 7)"),
    (no_arcs, "no paths yet", "ещё нет траекторий"),
    (torn, "only half written or damaged", "записан не полностью или повреждён"),
])
def test_a_flight_that_cannot_be_shown_is_said_in_one_sentence(visit, change, english, russian):
    for lang, words in (("en", english), ("ru", russian)):
        seen = visit(f"lang={lang}&{WHEN}", SMALL, FLAT, prepare=changed(change), ready=False)
        seen.wait("document.querySelectorAll('.messages p').length === 1 && !!fakel.error")
        assert words in seen.told
        assert seen.shows("header") and seen.page.inner_text("html")


def test_a_half_written_flight_is_shown_as_far_as_it_goes_and_can_be_followed(visit):
    seen = visit(f"freeze=1&lang=en&{WHEN}", SMALL, FLAT, prepare=changed(half_written))
    assert "half written" in seen.told and "More comes" not in seen.told
    seen.page.click("button.live")
    seen.settle()
    assert seen.page.get_attribute("button.live", "aria-pressed") == "true"
    assert seen.utc >= "15:44:45"                         # the flight ends at 16:05, less twenty minutes


def test_a_flight_that_is_not_there_yet_comes_as_soon_as_it_is(visit):
    missing = [True]

    def prepare(page: Any) -> None:
        page.route("**/data/scene.json", lambda route: route.fulfill(status=404) if missing else route.continue_())
    seen = visit(f"freeze=1&lang=en&{WHEN}", SMALL, FLAT, prepare=prepare, ready=False)
    seen.wait("document.querySelector('.messages')?.textContent.includes('no flight here')")
    missing.clear()
    seen.wait("!!fakel.ready && fakel.error === null", 30.0)
    assert seen.utc == "15:20:00"
    seen.forgive("404", "/data/")


def test_a_lost_connection_is_said_and_tried_again(visit):
    lost = [True]

    def prepare(page: Any) -> None:
        page.route("**/data/*.bin", lambda route: route.abort() if lost else route.continue_())
    seen = visit(f"freeze=1&lang=en&{WHEN}", SMALL, FLAT, prepare=prepare, ready=False)
    seen.wait("document.querySelector('.messages')?.textContent.includes('connection is lost')")
    lost.clear()
    seen.wait("!document.querySelector('.messages').textContent.includes('connection')", 40.0)
    seen.forgive("ERR_FAILED", "/data/")


def test_a_part_that_is_missing_is_said_and_the_rest_is_shown(visit):
    def prepare(page: Any) -> None:
        page.route("**/data/approach-*.bin", lambda route: route.fulfill(status=404))
    seen = visit("freeze=1&lang=en&t=2013-11-09T15:20:00Z", SMALL, FLAT, flown="sochi-torch", prepare=prepare)
    seen.wait("document.querySelector('.messages').textContent.includes('part of the flight is missing')", 30.0)
    assert "approach-" in seen.told and seen.utc == "15:20:00" and "km" in seen.page.inner_text(".telemetry .readings")
    seen.forgive("404", "/data/")


def test_a_slow_connection_is_said(visit):
    held: list[Any] = []

    def prepare(page: Any) -> None:
        page.route("**/data/*.bin", lambda route: held.append(route))
    seen = visit(f"freeze=1&lang=en&{WHEN}", SMALL, FLAT, prepare=prepare, ready=False)
    seen.wait("document.querySelector('.messages')?.textContent.includes('connection is slow')", 20.0)
    for route in held:
        route.continue_()
    seen.wait("!document.querySelector('.messages').textContent.includes('slow')", 20.0)


def test_a_craft_that_nobody_drew_is_a_box_with_its_name(visit):
    """Each side of the box says it; here the box stands where the ship would: the picture changes only there."""
    def strange(scene: dict[str, Any]) -> None:
        for one in scene["craft"]:
            if one["kind"] == "ship":
                one["model"] = "kliper"
    query = "freeze=1&lang=en&t=2013-11-10T23:26:55Z&view=chase"
    boxed, usual = (visit(query, SMALL, DRAWN, flown="sochi-torch", **more) for more in (
        {"prepare": changed(strange)}, {}))
    assert "kliper" in boxed.told and "labelled box" in boxed.told
    pictures = []
    for seen in (boxed, usual):
        seen.whole()
        seen.only_picture((480, 270))
        seen.at("2013-11-10T23:26:55Z", "chase")
        pictures.append(seen.drawn((480, 270)).astype(int))
    unlike = abs(pictures[0] - pictures[1]).max(axis=-1) > 24
    assert 0.002 < unlike.mean() < 0.3
    assert boxed.page.evaluate("fakel.project('soyuz-tma-09m').visible")


def test_nonsense_in_a_link_is_survived(visit):
    seen: Visit = visit("freeze=1&lang=xx&t=2013-02-30&view=%3Cscript%3E&rate=NaN&zoom=-5&layers=,,nothing&theme=pink",
                        SMALL, FLAT)
    assert seen.page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert seen.page.input_value(".rate select") == "1"
