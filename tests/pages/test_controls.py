"""Every control of the page is used and does what it says, in every state that the page can be in.

The page is asked what it offers: a control that no check here knows fails the test, so none can be forgotten.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from browsing import DRAWN, FLAT, Visit

APPROACH, WALK = "2013-11-07T10:26:00Z", "2013-11-09T15:13:00Z"
DESKTOP, PHONE = (1100, 700), (390, 844)
OFFERED = "button, a[href], input, select, summary, [tabindex='0']"
AT_MOST = 4
"""Of controls of one kind (events, rules, tasks) the first ones and the last are used."""
AGAIN_S = 10.0
"""So long a control that was offered may take to be offered again; pages redraw five times a second."""
Check = Callable[[Visit, Any], None]


def flips(of: Callable[[Visit, Any], Any]) -> Check:
    """Once there, once back."""
    def check(seen: Visit, one: Any) -> None:
        before = of(seen, one)
        one.click()
        seen.settle()
        assert of(seen, one) != before
        one.click()
        seen.settle()
        assert of(seen, one) == before
    return check


def opens(selector: str) -> Check:
    """A dialog or menu, which Escape closes; the focus comes back to where it was."""
    def check(seen: Visit, one: Any) -> None:
        one.click()
        seen.page.wait_for_selector(selector, state="visible")
        seen.page.keyboard.press("Escape")
        seen.page.wait_for_selector(selector, state="hidden")
        assert one.evaluate("e => document.activeElement === e"), "the focus comes back"
    return check


def closes(selector: str) -> Check:
    def check(seen: Visit, one: Any) -> None:
        one.click()
        seen.page.wait_for_selector(selector, state="hidden")
    return check


def moves(seconds: float) -> Check:
    def check(seen: Visit, one: Any) -> None:
        before = seen.instant_s
        one.click()
        seen.settle()
        assert seen.instant_s - before == pytest.approx(seconds, abs=1.0)
        seen.back()
    return check


def goes_to_its_time(seen: Visit, one: Any) -> None:
    """What has a time takes the clock there."""
    told = re.search(r"\d\d:\d\d(:\d\d)?", one.locator("time").text_content())[0]
    one.click()
    seen.settle()
    assert seen.utc.startswith(told)
    seen.back()


def goes(direction: int) -> Check:
    """Somewhere before or after."""
    def check(seen: Visit, one: Any) -> None:
        before = seen.instant_s
        one.click()
        seen.settle()
        assert (seen.instant_s - before) * direction > 0.5
        seen.back()
    return check


def is_pressed(seen: Visit, one: Any) -> None:
    """One of several; the one that was pressed before is pressed again."""
    before = one.evaluate("e => [...e.parentElement.children].findIndex(c => c.ariaPressed === 'true')")
    one.click()
    seen.settle()
    assert one.get_attribute("aria-pressed") == "true"
    one.evaluate("(e, before) => e.parentElement.children[before].click()", before)
    seen.settle()


def chooses(seen: Visit, one: Any) -> None:
    """Every option of a list can be chosen, and stays chosen when the page has answered."""
    before = one.input_value()
    left = one.evaluate("""async e => {
        const left = [], later = ms => new Promise(done => setTimeout(done, ms));
        for (const value of [...e.options].map(o => o.value)) {
            e.value = value;
            for (const what of ['input', 'change']) e.dispatchEvent(new Event(what, {bubbles: true}));
            await Promise.race([new Promise(requestAnimationFrame).then(() => later(10)), later(230)]);
            if (e.value !== value) left.push(value);
        }
        return left }""")
    assert left == []
    for value in {one.evaluate("e => e.options[0].value"), one.evaluate("e => e.options[e.options.length - 1].value")}:
        one.select_option(value)
        seen.settle()
        assert one.input_value() == value
    one.select_option(before)
    seen.settle()


def shows_channel(seen: Visit, one: Any) -> None:
    value = one.locator("b").text_content()
    one.click()
    seen.page.wait_for_selector("dialog.bigplot canvas")
    assert value.split()[0] in seen.page.inner_text(".bigplot footer span:first-child")
    seen.page.keyboard.press("Escape")
    seen.page.wait_for_selector("dialog.bigplot", state="detached")


def saves(seen: Visit, one: Any) -> None:
    with seen.page.expect_download(timeout=90_000) as kept:
        one.click()
    assert re.fullmatch(r"fakel-\d{4}-\d\d-\d\dT\d{6}Z-[\w-]+\.png", kept.value.suggested_filename)


def saves_all(seen: Visit, one: Any) -> None:
    """One file after the other, until the gallery is closed."""
    saves(seen, one)
    seen.page.keyboard.press("Escape")
    seen.page.wait_for_timeout(1500)


def leads_to_a_file(seen: Visit, one: Any) -> None:
    """Of the page's own folder, in another tab or as a download."""
    assert seen.page.evaluate("href => fetch(href).then(r => r.ok)", one.get_attribute("href"))


def searches(seen: Visit, one: Any) -> None:
    every = seen.page.locator(".events li").count()
    one.fill("torch")
    assert 0 < seen.page.locator(".events li").count() < every
    one.fill("no such thing")
    assert seen.page.locator(".events li").count() == 0
    one.fill("")
    assert seen.page.locator(".events li").count() == every


def shares(seen: Visit, one: Any) -> None:
    """Says so in words of its own, which are taken away again; what else is told stays."""
    before = seen.page.locator(".messages p").count()
    one.click()
    told = seen.page.locator(".messages p", has_text=re.compile(r"clipboard|\?"))
    told.last.wait_for()
    told.last.locator("button").click()
    seen.settle()
    assert seen.page.locator(".messages p").count() == before


def looks_from(seen: Visit, one: Any) -> None:
    """The form takes a place, and the browser's own is asked for (and refused here)."""
    fields = seen.page.locator(".observer form input")
    fields.nth(0).fill("45.9")
    fields.nth(1).fill("63.3")
    one.click()
    seen.settle()
    assert seen.page.locator(".observer [role=alert]").count() == (0 if one.get_attribute("type") == "submit" else 1)


def jumps_to_touched(seen: Visit, one: Any) -> None:
    """A click into the timeline takes the clock to that place."""
    box = one.bounding_box()
    for part, direction in ((0.35, -1), (0.9, 1)):
        seen.page.mouse.click(box["x"] + part * box["width"], box["y"] + min(box["height"], 120) / 2)
        seen.settle()
        if direction < 0:
            early = seen.instant_s
    assert seen.instant_s > early
    seen.back()


def clears(seen: Visit, one: Any) -> None:
    count = seen.page.locator(".messages p").count()
    one.click()
    assert seen.page.locator(".messages p").count() == count - 1


def zooms(seen: Visit, one: Any) -> None:
    before = seen.page.text_content(".tl-plan")
    one.click()
    seen.settle()
    assert one.get_attribute("aria-pressed") == "true" or seen.page.text_content(".tl-plan") != before


def opens_evidence(seen: Visit, one: Any) -> None:
    """A verdict's evidence; its clock goes to where the rule was judged, where others are listed."""
    flips(expanded)(seen, one)
    seen.back()


def pressed(_: Visit, one: Any) -> str | None:
    return one.get_attribute("aria-pressed")


def expanded(_: Visit, one: Any) -> str | None:
    return one.get_attribute("aria-expanded")


def root(name: str) -> Callable[[Visit, Any], str]:
    return lambda seen, one: seen.page.evaluate(f"document.documentElement.{name}")


def rate(seen: Visit, one: Any) -> str:
    return seen.page.input_value(".rate select")


def changes_rate(seen: Visit, one: Any) -> None:
    before = float(rate(seen, one))
    one.click()
    assert float(rate(seen, one)) != before
    seen.page.select_option(".rate select", str(int(before)))


def takes_focus(seen: Visit, one: Any) -> None:
    """Something that can be scrolled by keys."""
    one.focus()
    assert one.evaluate("e => document.activeElement === e")


def skips(seen: Visit, one: Any) -> None:
    one.focus()
    seen.page.keyboard.press("Enter")
    assert seen.page.evaluate("document.activeElement.id") == "picture"


def plays(seen: Visit, one: Any) -> None:
    before = one.inner_text()
    one.click()
    seen.settle()
    assert one.inner_text() != before
    one.click()
    seen.settle()
    assert one.inner_text() == before


def full(seen: Visit, one: Any) -> None:
    flips(lambda seen, one: seen.page.evaluate("document.fullscreenElement !== null"))(seen, one)


def another_language(seen: Visit, one: Any) -> None:
    """The button is named in the language that it leads to."""
    for lang in ("ru", "en"):
        one.click()
        seen.settle()
        assert seen.page.evaluate("document.documentElement.lang") == lang


CHECKS: dict[str, Check] = {
    ".skip": skips,
    ".language": another_language,
    ".tool-gallery": opens("dialog.gallery"),
    ".tool-help": opens("dialog.help"),
    ".tool-theme": flips(root("dataset.theme")),
    ".tool-full": full,
    ".tool-share": shares,
    ".cameras button": is_pressed,
    ".layers .opener": opens("#layer-menu"),
    "#layer-menu button": flips(pressed),
    ".shutter": saves,
    ".observer summary": flips(lambda seen, one: one.evaluate("e => e.parentElement.open")),
    ".observer select": chooses,
    ".observer form button": looks_from,
    ".observer form input": takes_focus,
    ".transport > button:nth-of-type(1)": goes(-1),
    ".transport > button:nth-of-type(2)": moves(-60),
    ".transport > button:nth-of-type(3)": moves(-10),
    ".transport .play": plays,
    ".transport > button:nth-of-type(5)": moves(10),
    ".transport > button:nth-of-type(6)": moves(60),
    ".transport > button:nth-of-type(7)": goes(1),
    ".transport .next": goes(1),
    ".rate button": changes_rate,
    ".rate select": chooses,
    ".tl-zoom button": zooms,
    ".tl-rows": jumps_to_touched,
    ".custody .holder": goes(-1),
    ".steps button": goes_to_its_time,
    ".choice button": is_pressed,
    ".telemetry .channel": shows_channel,
    ".telemetry .more": opens("dialog.bigplot"),
    ".lvlh header button": flips(pressed),
    ".verdicts li button": opens_evidence,
    ".verdicts .all": flips(expanded),
    ".events input": searches,
    ".events select": chooses,
    ".events ol": takes_focus,
    ".events li button": goes_to_its_time,
    ".flat": takes_focus,
    ".bigplot select": chooses,
    ".bigplot .stretch button": is_pressed,
    ".bigplot .close": closes("dialog.bigplot"),
    ".help .switch input": flips(lambda seen, one: one.is_checked()),
    ".help .actions button[lang]": another_language,
    ".help .actions button:nth-of-type(2)": closes("dialog.help"),
    ".help .actions button:nth-of-type(3)": flips(root("dataset.theme")),
    ".help .actions button:nth-of-type(4)": full,
    ".help .actions button:nth-of-type(5)": shares,
    ".help a": leads_to_a_file,
    ".help .dialog-head button": closes("dialog.help"),
    ".gallery header button:nth-of-type(1)": saves_all,
    ".gallery header button:nth-of-type(2)": closes("dialog.gallery"),
    ".gallery li button": closes("dialog.gallery"),
    ".tabs button:not(.thumb)": is_pressed,
    ".tabs .thumb": plays,
    ".messages button": clears,
}

@pytest.fixture(scope="module")
def used() -> Iterator[dict[str, set[str]]]:
    """Which checks each state has used. One whose control is no more on the page would prove nothing."""
    found: dict[str, set[str]] = {}
    yield found
    if len(found) == len(STATES):
        assert set(CHECKS) - set().union(*found.values()) == set()


# Name, query, window, flags, what to press first, and where to look.
STATES: dict[str, tuple[str, tuple[int, int], tuple[str, ...], tuple[str, ...], str]] = {
    "picture": (f"t={APPROACH}&view=director", DESKTOP, DRAWN, (), "main, header"),
    "lines": (f"t={APPROACH}&view=chase", DESKTOP, DRAWN, (".layers .opener",), "#layer-menu"),
    "observer": (f"t={APPROACH}&view=ground", DESKTOP, DRAWN, (".observer summary",), ".observer details"),
    "gallery": (f"t={WALK}&view=chase", (900, 600), DRAWN, (".tool-gallery",), "dialog.gallery"),
    "beside": (f"t={APPROACH}&view=chase", DESKTOP, DRAWN, (), ".lvlh"),
    "sides": (f"t={APPROACH}", DESKTOP, FLAT, (), "body"),
    "wide": (f"t={APPROACH}", (1600, 900), FLAT, (), ".transport"),
    "told": ("t=2031-01-01T00:00:00Z", DESKTOP, FLAT, (), ".messages"),
    "walk": (f"t={WALK}", DESKTOP, FLAT, (), ".left, .right"),
    "rules": (f"t={WALK}", DESKTOP, FLAT, ("[data-side=rules]",), ".right"),
    "events": (f"t={WALK}", DESKTOP, FLAT, ("[data-side=events]",), ".right"),
    "plot": (f"t={WALK}", DESKTOP, FLAT, (".telemetry .more",), "dialog.bigplot"),
    "help": (f"t={WALK}", DESKTOP, FLAT, (".tool-help",), "dialog.help"),
    "phone": (f"t={WALK}", PHONE, FLAT, (), "body"),
    "phone data": (f"t={WALK}", PHONE, FLAT, (".tabs button:nth-of-type(2)",), "body"),
    "phone time": (f"t={WALK}", PHONE, FLAT, (".tabs button:nth-of-type(3)",), "body"),
}


def offered(seen: Visit, where: str) -> list[tuple[str | None, str]]:
    """Every visible control of a place on the page: the last check whose selector fits, and how to find it."""
    return seen.page.evaluate("""([offered, where, kinds]) => {
        const boxes = [...document.querySelectorAll(where)];
        const all = [...document.querySelectorAll(offered)].filter(e => !e.disabled && e.checkVisibility()
            && e.getClientRects().length && boxes.some(box => box.contains(e)));
        document.querySelectorAll('[data-control]').forEach(e => delete e.dataset.control);
        return all.map((e, k) => {
            e.dataset.control = String(k);
            return [kinds.filter(kind => e.matches(kind)).pop() ?? null, `[data-control="${k}"]`] }) }""",
                              [OFFERED, where, list(CHECKS)])


# What shows that a state is entered, where it is not simply the place to look in.
ENTERED = {
    "lines": "#layer-menu button",
    "observer": ".observer details[open] form",
    "gallery": "dialog.gallery li button",
    "told": ".messages button",
    "rules": ".right .verdicts li button",
    "events": ".right .events li button",
    "plot": "dialog.bigplot canvas",
    "help": "dialog.help .actions button",
}


PASSING = {".messages button": "told"}
"""Messages go by themselves after some seconds: their button is used once, in the state where one stays."""


def at(seen: Visit, where: str, kind: str, place: int) -> str:
    """How to find one of a kind, as soon as the page offers it. Fails when it never does."""
    end_s = time.monotonic() + AGAIN_S
    while place >= len(like := [control for other, control in offered(seen, where) if other == kind]):
        assert time.monotonic() < end_s, f"{kind}: number {place + 1} is no more on the page; {len(like)} are"
        seen.page.wait_for_timeout(100)
    return like[place]


def to_use(kinds: list[str]) -> list[tuple[str, int]]:
    """All of a kind, or of many some: kind and place among its like."""
    found = []
    for kind in dict.fromkeys(kinds):
        count = 1 if kind in PASSING else kinds.count(kind)
        found += [(kind, k) for k in (range(count) if count <= 12 else (*range(AT_MOST), count - 1))]
    return found


@pytest.mark.parametrize("state", STATES)
def test_every_control_does_what_it_says(visit, used, state):
    query, size, flags, first, where = STATES[state]
    seen = visit(f"freeze=1&lang=en&{query}", size, flags, flown="sochi-torch")
    seen.whole()

    def enter(again: bool) -> None:
        """A dialog, a menu, or an open box, which some of its controls close. It is waited for: what is not there yet
        would be passed over in silence."""
        shown = seen.page.locator(ENTERED.get(state, where)).first
        dialog = state in ("gallery", "plot", "help", "lines")
        for selector in first if not again or (dialog and not shown.is_visible()) else ():
            seen.page.locator(selector).dispatch_event("click")
            seen.settle()
        shown.wait_for(timeout=60_000)          # the gallery draws its first picture before it shows it
    enter(again=False)
    known = offered(seen, where)
    assert known, f"nothing to use in {where}"
    unknown = [seen.page.locator(control).evaluate("e => e.outerHTML.slice(0, 120)")
               for kind, control in known if not kind]
    assert not unknown, "no check knows these controls"
    kinds = [kind for kind, _ in known if PASSING.get(kind, state) == state]
    for kind, place in to_use(kinds):
        enter(again=True)
        one = seen.page.locator(at(seen, where, kind, place))
        said = one.evaluate("e => e.outerHTML.slice(0, 160)")
        try:
            CHECKS[kind](seen, one)
        except Exception as fault:
            raise AssertionError(f"{kind}: {said}: {fault}") from fault
        used.setdefault(state, set()).add(kind)
