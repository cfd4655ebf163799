"""The show in a real browser: a short flight, its server, and pages that complain of every error they meet."""

from __future__ import annotations

import shutil
import threading
import time
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

from fakel.cli.show_server import Source, server
from fakel.model.errors import InputError
from fakel.show.site import page_files

AXE = Path(__file__).parent.parent / "web" / "node_modules" / "axe-core" / "axe.min.js"
# Software drawing, the same on every machine; no sandbox, as a test may run as root.
DRAWN = ("--no-sandbox", "--use-gl=angle", "--use-angle=gl-egl", "--ignore-gpu-blocklist", "--disable-gpu-sandbox",
         "--in-process-gpu")
FLAT = ("--no-sandbox", "--disable-3d-apis")
READY_S = 120.0
PATIENCE_MS = 20_000
ROLES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def chromium() -> str:
    """The browser, or a skip that says what is missing."""
    pytest.importorskip("playwright", reason="playwright is not installed: the show is not tried in a browser")
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("no chromium on the path: the show is not tried in a browser")
    try:
        page_files()
    except InputError as told:
        pytest.skip(str(told))
    return found


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a flight's show."""
    with server(Source(folder, page_files()), "127.0.0.1", 0) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_address[1]}/"
        httpd.shutdown()


class Visit:
    """One page of the show, held by its keys and its words."""

    def __init__(self, browser: Any, address: str, query: str, size: tuple[int, int],
                 prepare: Callable[[Any], None] | None = None, ready: bool = True, **context: Any) -> None:
        self.errors: list[str] = []
        self.asked: list[str] = []
        self.address = address
        self.page = browser.new_page(viewport={"width": size[0], "height": size[1]}, **context)
        self.page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("requestfailed", lambda request: self.errors.append(request.url))
        self.page.on("request", lambda request: self.asked.append(request.url))
        if prepare:
            prepare(self.page)
        self.page.set_default_timeout(PATIENCE_MS)
        self.opened = f"{address}?q=low&{query}"
        self.page.goto(self.opened, timeout=READY_S * 1000)
        if ready:
            self.wait("!!window.fakel && window.fakel.ready")

    def close(self) -> None:
        """Nothing was asked of other machines."""
        self.page.close()
        foreign = [url for url in self.asked if not url.startswith((self.address, "data:", "blob:"))]
        assert foreign == []

    def at(self, utc: str, view: str) -> None:
        """Stand at an instant, seen by a camera."""
        self.page.evaluate("([utc, view]) => { window.seenBy = view; fakel.view(view); fakel.utc(utc) }", [utc, view])

    def wait(self, what: str, limit_s: float = READY_S) -> None:
        """Until something is true in the page. Its policy forbids the evaluation that playwright would wait with."""
        end = time.monotonic() + limit_s
        while not self.page.evaluate(what):
            assert time.monotonic() < end, f"waited in vain for {what}; {self.errors}"
            self.page.wait_for_timeout(50)

    def whole(self) -> None:
        """All numbers of the flight are here, so that every instant can be drawn."""
        self.page.evaluate("""async () => {
            const scene = await (await fetch('data/scene.json')).json();
            window.wanted = scene.legs.map(leg => leg.file)}""")
        self.wait("""(here => wanted.every(file => here.some(entry => entry.name.endsWith(file) && entry.responseEnd)))(
            performance.getEntriesByType('resource'))""")
        self.page.wait_for_timeout(200)

    def only_picture(self, size: tuple[int, int]) -> None:
        """The picture alone, in exactly this size."""
        self.page.add_style_tag(content=f"""#picture {{ position: fixed !important; left: 0; top: 0; z-index: 999;
            width: {size[0]}px !important; height: {size[1]}px !important; min-height: 0 !important }}""")
        self.wait(f"""(canvas => canvas.width === {size[0]} && canvas.height === {size[1]})(
            document.querySelector('#picture > canvas'))""")

    def drawn(self, size: tuple[int, int]) -> np.ndarray:
        """The canvas's own pixels (height, width, 3), without what lies over it."""
        from PIL import Image
        data = self.page.evaluate("""() => { fakel.view(window.seenBy);
            return document.querySelector('#picture > canvas').toDataURL('image/png') }""")
        with Image.open(BytesIO(b64decode(data.partition(",")[2]))) as picture:
            assert picture.size == size
            return np.asarray(picture.convert("RGB"))

    def drag(self, selector: str, right_px: float, down_px: float) -> None:
        """Take hold of the middle of something and drag it, beyond the window's edge if need be."""
        box = self.page.locator(selector).bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 3
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + right_px, y + down_px)
        self.page.mouse.up()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
        self.settle()

    def forgive(self, *words: str) -> None:
        """Errors that a test has made by itself."""
        self.errors[:] = [error for error in self.errors if not any(word in error for word in words)]

    def settle(self) -> None:
        """Words have followed the clock, which they do five times a second, and what they change has been drawn; a page
        that draws slowly is given the time of a beat for that."""
        self.page.evaluate("""async () => {
            const later = ms => new Promise(done => setTimeout(done, ms));
            const frames = async count => { while (count--) await new Promise(requestAnimationFrame) };
            while (!fakel.settled()) await later(10);
            await Promise.race([frames(4), later(230)]) }""")

    def back(self) -> None:
        """To the instant that the page was opened with."""
        self.page.evaluate(f"fakel.utc('{self.started}')")
        self.settle()

    @property
    def started(self) -> str:
        """The instant of the link that the page was opened with."""
        return parse_qs(urlsplit(self.opened).query)["t"][0]

    @property
    def instant_s(self) -> float:
        """Seconds since 1970, by the clock on the page."""
        told = f"{self.page.inner_text('.clock.main small')} {self.utc}"
        return datetime.strptime(told, "%d %b %Y %H:%M:%S").timestamp()

    @property
    def utc(self) -> str:
        return self.page.inner_text(".clock.main b")

    @property
    def view(self) -> str:
        return self.page.get_attribute(".cameras [aria-pressed=true]", "data-view")

    @property
    def told(self) -> str:
        return self.page.inner_text(".messages").strip()

    def shows(self, selector: str) -> bool:
        return self.page.is_visible(selector)

    def violations(self) -> list[list[Any]]:
        """What axe finds: rule and places."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        return self.page.evaluate("""roles => axe.run(document, {resultTypes: ['violations'], runOnly: roles})
            .then(found => found.violations.map(v => [v.id, v.nodes.map(n => n.target.join(' '))]))""", list(ROLES))
