"""Both languages are whole and fit: no English is left in Russian, nothing is cut off."""

from __future__ import annotations

import re

import pytest

from browsing import DRAWN, FLAT, Visit

INSTANTS = ("2013-11-07T04:14:23Z", "2013-11-07T10:26:00Z", "2013-11-09T15:13:00Z", "2013-11-11T02:31:00Z")
# Names, signs and units that are written in Latin letters in Russian too, and English where it is the other language.
LATIN = re.compile(
    r"DV|Enter|Ctrl|WebGL|UTC|MET|PET|English|fakel|g|TORU|DV\d|M\d|CO|Esc|Home|End|Shift|WGS|[WASDRLCGMPF]", re.I)
EVIDENCE = ".evidence dd"
"""Sources are titles of books and papers, and channels are names: both stay as they are."""


def latin_words(seen: Visit) -> list[str]:
    """Latin words in all that is read or heard, but for what is written in the language that it is marked as."""
    texts = seen.page.evaluate("""skip => {
        const said = [];
        const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) {
            const text = walk.currentNode, e = text.parentElement;
            if (e.closest('script, style, [lang=en], ' + skip) || !e.checkVisibility()) continue;
            said.push(text.textContent);
        }
        for (const e of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]'))
            if (!e.closest('[lang=en]') && e.checkVisibility())
                said.push(e.ariaLabel ?? '', e.title ?? '', e.placeholder ?? '', e.alt ?? '');
        return said }""", EVIDENCE)
    found = {word for text in texts for word in re.findall(r"[A-Za-z]{2,}|\b[A-Za-z]\b", text)}
    return sorted(word for word in found if not LATIN.fullmatch(word))


def cut_off(seen: Visit) -> list[str]:
    """Texts that run out of the box that hides what sticks out of it, where it cannot be scrolled. Names of things in
    the picture leave it together with them; the next event's is shortened in a narrow row, and whole in the list."""
    return seen.page.evaluate("""() => {
        const cut = [];
        const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) {
            const text = walk.currentNode, e = text.parentElement;
            if (!text.textContent.trim() || !e.checkVisibility()) continue;
            if (e.closest(".unseen, option, svg, .tl-rows, .mark, .next")) continue;
            const range = document.createRange();
            range.selectNodeContents(text);
            const box = range.getBoundingClientRect();
            for (let up = e; up && up !== document.body; up = up.parentElement) {
                const look = getComputedStyle(up), edge = up.getBoundingClientRect();
                if (look.position === 'fixed') break;
                const hides = value => value === 'hidden' || value === 'clip';
                if (hides(look.overflowX) && (box.right > edge.right + 1.5 || box.left < edge.left - 1.5)
                    || hides(look.overflowY) && box.bottom > edge.bottom + 3) {
                    cut.push(`${text.textContent.trim().slice(0, 60)} in ${up.className || up.tagName}`);
                    break;
                }
                if (['auto', 'scroll'].includes(look.overflowX) || ['auto', 'scroll'].includes(look.overflowY)) break;
            }
        }
        return [...new Set(cut)] }""")


def panels(seen: Visit):
    """The page with each panel in turn, then its dialogs."""
    yield "as it opens"
    for selector in (".tabs button:not(.thumb)", ".choice button"):
        for button in seen.page.query_selector_all(selector):
            if button.is_visible():
                button.click()
                seen.settle()
                yield button.inner_text()
    for opener in (".tool-help", ".telemetry .more"):
        one = seen.page.locator(opener)
        if one.count() and one.is_visible():
            one.click()
            seen.settle()
            yield opener
            seen.page.keyboard.press("Escape")


@pytest.mark.parametrize("size", [(1280, 720), (390, 844)], ids=["desktop", "phone"])
def test_no_english_is_left_in_russian_and_nothing_is_cut_off(visit, size):
    seen = visit("freeze=1&lang=ru&view=chase", size, FLAT, flown="sochi-torch")
    seen.whole()
    for utc in INSTANTS:
        seen.page.evaluate("utc => fakel.utc(utc)", utc)
        seen.settle()
        for panel in panels(seen):
            assert (utc, panel, latin_words(seen)) == (utc, panel, [])
            assert (utc, panel, cut_off(seen)) == (utc, panel, [])


@pytest.mark.parametrize("size", [(1280, 720), (390, 844)], ids=["desktop", "phone"])
def test_english_fits_too(visit, size):
    seen = visit("freeze=1&lang=en&view=chase", size, FLAT, flown="sochi-torch")
    seen.whole()
    for utc in INSTANTS:
        seen.page.evaluate("utc => fakel.utc(utc)", utc)
        seen.settle()
        for panel in panels(seen):
            assert (utc, panel, cut_off(seen)) == (utc, panel, [])


def test_the_picture_speaks_russian_through_every_camera(visit):
    seen = visit("freeze=1&lang=ru&view=chase&layers=labels,people,ports,bodies,places", (1000, 700), DRAWN,
                 flown="sochi-torch")
    seen.whole()
    views = seen.page.evaluate("[...document.querySelectorAll('[data-view]')].map(e => e.dataset.view)")
    for utc in INSTANTS[1:3]:
        for view in views:
            seen.at(utc, view)
            seen.settle()
            assert (utc, view, latin_words(seen)) == (utc, view, [])
            assert (utc, view, cut_off(seen)) == (utc, view, [])


def test_the_sites_own_texts_are_in_both_languages(visit):
    """Every text of the flight's index has both languages, and Russian is not the English once more."""
    seen = visit("freeze=1&lang=ru", (900, 600), FLAT, flown="sochi-torch")
    pairs = seen.page.evaluate("""async () => {
        const found = [], look = (x, path) => {
            if (!x || typeof x !== 'object') return;
            if ('en' in x && 'ru' in x) found.push([path, x.en, x.ru]);
            else for (const [key, y] of Object.entries(x)) look(y, Array.isArray(x) ? path : `${path}.${key}`);
        };
        look(await (await fetch('data/scene.json')).json(), 'scene');
        return found }""")
    assert len(pairs) > 500
    same = sorted({(path, en) for path, en, ru in pairs
                   if en == ru and any(not LATIN.fullmatch(word) for word in re.findall(r"[A-Za-z]{2,}", en))})
    assert same == []
