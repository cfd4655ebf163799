"""A visit by keyboard alone, from the first Tab to the gallery and back; the focus is never lost and always seen."""

from __future__ import annotations

from browsing import DRAWN, Visit

WHEN = "t=2013-11-09T15:11:00Z"


def focus(seen: Visit) -> dict:
    """What has the focus: its name, whether it can be seen, and whether the browser marks it."""
    return seen.page.evaluate("""() => {
        const e = document.activeElement, box = e.getBoundingClientRect(), look = getComputedStyle(e);
        const x = Math.min(Math.max(box.x + box.width / 2, 1), innerWidth - 1);
        const y = Math.min(Math.max(box.y + Math.min(box.height / 2, 20), 1), innerHeight - 1);
        const over = document.elementFromPoint(x, y);
        return {
            lost: e === document.body || e === document.documentElement,
            name: (e.ariaLabel || e.textContent || e.id).trim().slice(0, 60), where: e.className,
            seen: box.width > 0 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth
                && !!over && (e.contains(over) || over.contains(e) || !!e.labels?.length),
            marked: look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 1 || look.boxShadow !== 'none',
        } }""")


def press(seen: Visit, *keys: str) -> dict:
    """Keys one by one; after each the focus is somewhere, in sight, and marked."""
    for key in keys:
        seen.page.keyboard.press(key)
        seen.settle()
        found = focus(seen)
        assert not found["lost"], f"{key}: the focus is lost"
        assert found["seen"], f"{key}: the focus is hidden: {found}"
        assert found["marked"], f"{key}: nobody sees where the focus is: {found}"
    return found


def until(seen: Visit, selector: str, key: str = "Tab", most: int = 90) -> None:
    """Press a key until the focus is on something."""
    for _ in range(most):
        press(seen, key)
        if seen.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{key} never reaches {selector}")


def test_a_whole_visit_by_keyboard(visit):
    seen = visit(f"freeze=1&lang=en&{WHEN}&view=chase", (1280, 800), DRAWN, flown="sochi-torch")
    seen.whole()
    assert press(seen, "Tab")["where"] == "skip"
    # another camera, by its button and by its number
    until(seen, ".cameras button[data-view=station]")
    press(seen, "Enter")
    assert seen.view == "station"
    press(seen, "3")
    assert seen.view == seen.page.evaluate("document.querySelectorAll('.cameras button')[2].dataset.view")
    # turning it and coming nearer
    field = seen.page.evaluate("fakel.stat().turn.join()")
    press(seen, "d", "d", "w")
    seen.page.evaluate("fakel.view(document.querySelector('.cameras [aria-pressed=true]').dataset.view)")
    assert seen.page.evaluate("fakel.stat().turn.join()") != field
    # an event, found by a word
    until(seen, "[data-side=events]")
    press(seen, "Enter")
    until(seen, ".events input")
    seen.page.keyboard.type("handed over")
    assert seen.page.locator(".events li").count() == 1
    until(seen, ".events li button")
    press(seen, "Enter")
    assert seen.utc == seen.page.inner_text(".events li time")
    # a mark on the timeline
    until(seen, ".tl-rows")
    before = seen.utc
    press(seen, "ArrowRight", "ArrowRight", "ArrowDown", "ArrowRight")
    told = seen.page.inner_text("[role=option][aria-selected=true]")
    press(seen, "Enter")
    assert seen.utc != before and seen.utc in told
    # the gallery, a picture of it, and back
    until(seen, ".tool-gallery", "Shift+Tab")
    press(seen, "Enter")
    assert seen.shows("dialog.gallery")
    until(seen, ".gallery li button")
    press(seen, "Escape")
    assert not seen.shows("dialog.gallery")
    assert seen.page.evaluate("document.activeElement.matches('.tool-gallery')"), "back where it was opened"
    # help, a setting in it, and back
    press(seen, "?")
    until(seen, ".help input")
    press(seen, "Space", "Space", "Escape")
    assert seen.page.evaluate("document.activeElement.matches('.tool-gallery')")


def test_no_stop_of_the_tab_key_is_hidden_in_either_language_or_on_a_phone(visit):
    for lang, size in (("ru", (1280, 800)), ("en", (390, 844))):
        seen = visit(f"freeze=1&lang={lang}&{WHEN}&view=chase", size, DRAWN, flown="sochi-torch")
        seen.whole()
        count = 0
        while count < 120:
            seen.page.keyboard.press("Tab")
            found = focus(seen)
            if found["lost"]:
                break                                     # beyond the last stop is the browser's own bar
            assert found["seen"] and found["marked"], found
            count += 1
        assert 20 < count < 120
