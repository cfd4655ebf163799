"""The page in a browser: links, keys, both languages, help for everybody, and what it says when things are missing."""

from __future__ import annotations

import pytest

from browsing import AXE, DRAWN, FLAT, Visit

HANDED_OVER = "t=2013-11-09T15:20:00Z"
SMALL = (900, 600)


@pytest.fixture
def visit(visit):
    """Small and without 3D, which most of these tests do not look at."""
    def go(query: str, size: tuple[int, int] = SMALL, flags: tuple[str, ...] = FLAT) -> Visit:
        return visit(query, size, flags)
    return go


def test_a_link_holds_the_moment(visit):
    seen = visit(f"freeze=1&lang=en&{HANDED_OVER}&view=station&rate=10&layers=labels,corridor", flags=DRAWN)
    assert (seen.utc, seen.view, seen.page.input_value(".rate select")) == ("15:20:00", "station", "10")
    seen.press("ArrowRight", "2")
    seen.wait("location.search.includes('15:20:10Z')")
    link = seen.page.evaluate("location.search")
    assert all(part in link for part in ("view=", "lang=en", "rate=10", "layers=corridor,labels", "freeze=1"))


def test_the_keyboard_alone_runs_the_page(visit):
    seen = visit(f"lang=en&{HANDED_OVER}", flags=DRAWN)
    seen.press("ArrowRight")
    assert seen.utc == "15:20:10"
    seen.press("Shift+ArrowLeft")
    assert seen.utc == "15:19:10"
    seen.press("]")
    assert seen.utc == "15:20:00" and "torch" in seen.page.inner_text(".caption")
    seen.press("]")
    assert seen.utc == "15:40:00"
    seen.press("[")
    assert seen.utc == "15:20:00"
    seen.press("c")
    assert not seen.shows(".caption")
    seen.press("2")
    assert seen.view == seen.page.evaluate("document.querySelectorAll('.cameras button')[1].dataset.view")
    seen.press("m")
    assert seen.view == "map"
    seen.press("m", ".")
    assert seen.page.input_value(".rate select") == "2"
    seen.press("?")
    assert seen.shows("dialog.help")
    seen.press("Escape")
    assert not seen.shows("dialog.help")
    before = seen.utc
    seen.press("Space")
    seen.wait(f"document.querySelector('.clock.main b').innerText > '{before}'")
    seen.press("Space")
    assert seen.utc > before


def test_tab_reaches_every_control_and_the_skip_link_comes_first(visit):
    seen = visit(f"freeze=1&lang=en&{HANDED_OVER}", size=(1280, 720))
    seen.page.keyboard.press("Tab")
    assert seen.page.evaluate("document.activeElement.className") == "skip"
    wanted = seen.page.evaluate("""[...document.querySelectorAll('button, select, input, a, [tabindex="0"]')]
        .filter(e => e.checkVisibility() && !e.disabled).length""")
    reached = 1
    while reached < wanted and seen.page.evaluate("document.activeElement !== document.body"):
        seen.page.keyboard.press("Tab")
        reached += 1
    assert reached >= wanted


def test_single_letters_can_be_switched_off(visit):
    seen = visit(f"freeze=1&lang=en&{HANDED_OVER}")
    seen.press("?")
    seen.page.get_by_label("Keys of one character work").uncheck()
    seen.press("Escape", "]")
    assert seen.utc == "15:20:00"
    seen.press("ArrowRight")
    assert seen.utc == "15:20:10"


@pytest.mark.parametrize(("asked", "utc", "said"), [
    ("2031-01-01T00:00:00Z", "16:05:00", "outside this flight"),
    ("1999-01-01T00:00:00Z", None, "outside this flight"),
    ("soon", None, "cannot be read"),
])
def test_a_link_outside_the_flight_is_said_and_the_nearest_instant_shown(visit, asked, utc, said):
    seen = visit(f"freeze=1&lang=en&t={asked}&view=nowhere")
    assert said in seen.told
    assert utc is None or seen.utc == utc


def test_russian_is_whole_and_has_its_own_numbers(visit):
    seen = visit(f"freeze=1&lang=ru&{HANDED_OVER}", size=(1280, 720))
    assert seen.page.evaluate("document.documentElement.lang") == "ru"
    words = seen.page.inner_text(".left") + seen.page.inner_text(".transport")
    assert "Котов" in words and not any(word in words for word in ("Now", "Next", "since", "torch"))
    figures = seen.page.inner_text(".right")
    assert any(a.isdigit() and comma == "," and b.isdigit() for a, comma, b in zip(figures, figures[1:], figures[2:]))
    seen.page.click(".language")
    assert seen.page.evaluate("document.documentElement.lang") == "en" and "Now" in seen.page.inner_text(".left")


def test_a_rule_opens_its_evidence(visit):
    seen = visit(f"freeze=1&lang=en&{HANDED_OVER}", size=(1280, 720))
    seen.page.click("[data-side=rules]")
    seen.page.get_by_role("button", name="Mean effort").click()
    told = seen.page.inner_text(".evidence")
    assert all(word in told for word in ("372", "WALK-EFFORT", "source"))


def test_without_webgl_the_flight_is_drawn_flat(visit):
    seen = visit(f"freeze=1&lang=en&{HANDED_OVER}")
    assert "no 3D" in seen.told and seen.shows(".flat")
    assert not seen.shows("#picture > canvas")


def test_a_lost_graphics_card_is_said_and_forgiven(visit):
    seen = visit(f"freeze=1&lang=en&{HANDED_OVER}", size=(480, 320), flags=DRAWN)
    seen.page.evaluate("""window.card = document.querySelector('#picture canvas').getContext('webgl2')
        .getExtension('WEBGL_lose_context'); card.loseContext()""")
    seen.page.wait_for_selector(".messages p")
    assert "graphics card" in seen.told
    seen.page.evaluate("card.restoreContext()")
    seen.page.wait_for_selector(".messages p", state="detached")


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed in web/node_modules")
@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize(("size", "more"), [
    ((1280, 720), ""), ((1440, 900), "&theme=light"), ((390, 844), ""), ((320, 640), ""),
    ((1920, 1080), "&layout=wall"),
], ids=["desktop", "light", "phone", "narrow", "wall"])
def test_axe_finds_nothing_and_nothing_runs_off_sideways(visit, lang, size, more):
    seen = visit(f"freeze=1&lang={lang}&{HANDED_OVER}{more}", size=size)
    for button in seen.page.query_selector_all(".tabs button:not(.thumb), .choice button"):
        if button.is_visible():
            button.click()
            seen.page.wait_for_timeout(100)
        assert seen.violations() == []
        assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed in web/node_modules")
def test_axe_finds_nothing_over_any_picture(visit):
    seen = visit(f"freeze=1&lang=en&{HANDED_OVER}", flags=DRAWN)
    for name in seen.page.evaluate("[...document.querySelectorAll('[data-view]')].map(e => e.dataset.view)"):
        seen.page.evaluate(f"fakel.view('{name}')")
        seen.page.wait_for_timeout(300)
        assert (name, seen.violations()) == (name, [])
