"""Flights that are not as they should be: the page says so in a sentence and goes on."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from browsing import FLAT, Visit

HANDED_OVER = "t=2013-11-09T15:20:00Z"


@pytest.fixture
def visit(visit):
    """Without 3D, which these tests do not look at."""
    def go(query: str, **more) -> Visit:
        return visit(query, flags=FLAT, **more)
    return go


def edited(change):
    """Hand the page a scene that was changed on its way."""
    return lambda page: page.route("**/scene.json", lambda route: route.fulfill(json=change(route.fetch().json())))


@pytest.mark.parametrize(("change", "said"), [
    ({"format": 2}, "another version"),
    ({"legs": []}, "no paths yet"),
    ({"legs": "torn"}, "half written or damaged"),
])
def test_a_flight_that_cannot_be_shown_is_said(visit, change, said):
    seen = visit("lang=en", prepare=edited(lambda scene: scene | change), ready=False)
    seen.wait("!!window.fakel && fakel.error !== null")
    assert said in seen.told and said in seen.page.evaluate("fakel.error")


def test_a_flight_that_grows_is_said_and_can_be_followed(visit):
    seen = visit(f"lang=en&{HANDED_OVER}", prepare=edited(lambda scene: scene | {"complete": False}))
    assert "half written" in seen.told
    seen.press("l")
    assert seen.page.get_attribute(".live", "aria-pressed") == "true" and "16:04:50" <= seen.utc <= "16:05:00"
    seen.press("ArrowLeft")
    assert seen.page.get_attribute(".live", "aria-pressed") == "false"


def test_a_complete_flight_has_nothing_live(visit):
    seen = visit(f"freeze=1&lang=en&{HANDED_OVER}")
    seen.press("l")
    assert "complete" in seen.told and seen.utc == "15:20:00" and not seen.shows(".live")


def test_a_craft_without_a_drawing_is_said(visit):
    ark = {"id": "ark", "name": {"en": "Ark", "ru": "Ковчег"}, "kind": "ship", "model": "ark"}
    seen = visit(f"freeze=1&lang=en&{HANDED_OVER}",
                 prepare=edited(lambda scene: scene | {"craft": [*scene["craft"], ark]}))
    assert "ark" in seen.told


def test_a_leap_second_is_the_sixty_first(visit):
    at_s = 0.0

    def leaping(scene):
        nonlocal at_s
        start = datetime.fromisoformat(scene["start_utc"].replace("Z", "+00:00"))
        at_s = (datetime(2013, 11, 9, 15, 20, tzinfo=UTC) - start).total_seconds() + 1.0
        return scene | {"leaps": [{"t_s": at_s, "by_s": 1}]}
    seen = visit("freeze=1&lang=en&t=2013-11-09T15:20:00Z", prepare=edited(leaping))
    told = [seen.utc]
    for before_s in (1.5, 0.5, 0.0, -1.0):
        seen.page.evaluate("t_s => fakel.at(t_s)", at_s - before_s)
        seen.page.wait_for_timeout(350)
        told.append(seen.utc)
    assert told == ["15:20:00", "15:19:59", "15:19:60", "15:20:00", "15:20:01"]
