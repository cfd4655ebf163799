"""One Chromium of each kind and one flight of each kind for all tests of the page in a process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from browsing import DRAWN, Visit, chromium, served
from flights import reference_flight, shipped_folder

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


def renderer(browser: Any) -> str:
    """What draws, as WebGL says it; nothing where nothing does."""
    page = browser.new_page()
    name = page.evaluate("""() => {
        const gl = document.createElement('canvas').getContext('webgl2');
        const more = gl?.getExtension('WEBGL_debug_renderer_info');
        return gl ? String(gl.getParameter(more ? more.UNMASKED_RENDERER_WEBGL : gl.RENDERER)) : '' }""")
    page.close()
    return name


@pytest.fixture(scope="session")
def drawer(launch: Any) -> str:
    return renderer(launch(DRAWN))


@pytest.fixture(scope="session")
def launch() -> Iterator[Callable[[tuple[str, ...]], Any]]:
    """The browser with some flags, started when first asked for."""
    path = chromium()
    from playwright.sync_api import sync_playwright
    with sync_playwright() as playwright:
        running: dict[tuple[str, ...], Any] = {}
        told: list[str] = []

        def launched(flags: tuple[str, ...]) -> Any:
            if flags not in running:
                running[flags] = playwright.chromium.launch(executable_path=path, args=list(flags))
                if flags == DRAWN:
                    told.append(renderer(running[flags]))
            if flags == DRAWN and not told[0]:
                pytest.skip("Chromium draws nothing in 3D here: apt-get install libegl1 libgl1-mesa-dri libgles2")
            return running[flags]
        yield launched
        for browser in running.values():
            browser.close()


@pytest.fixture(scope="session")
def addresses(launch: Any) -> Iterator[Callable[[str], str]]:
    """Where a shipped mission's show is served."""
    shows: dict[str, Any] = {}

    def address(mission: str) -> str:
        if mission not in shows:
            show = served(shipped_folder(mission))
            shows[mission] = (show, show.__enter__())
        return shows[mission][1]
    yield address
    for show, _ in shows.values():
        show.__exit__(None, None, None)


@pytest.fixture(scope="session")
def walk(launch: Any) -> Path:
    """An hour outside with the torch: the shortest flight that has people, light and night."""
    return shipped_folder("torch-walk")


@pytest.fixture(scope="session")
def mission(launch: Any) -> Path:
    """The reference mission, from the pad to the landing."""
    return reference_flight()


@pytest.fixture
def visit(launch: Any, addresses: Callable[[str], str]) -> Iterator[Callable[..., Visit]]:
    """Opens pages; each is closed after its test, and must not have complained."""
    opened: list[Visit] = []

    def go(query: str, size: tuple[int, int] = (1000, 700), flags: tuple[str, ...] = DRAWN,
           flown: str = "torch-walk", **more: Any) -> Visit:
        opened.append(Visit(launch(flags), addresses(flown), query, size, **more))
        return opened[-1]
    yield go
    for one in opened:
        one.close()
        assert one.errors == []


@pytest.fixture(scope="module")
def standing(launch: Any, addresses: Callable[[str], str]) -> Iterator[Callable[..., Visit]]:
    """Pages that all tests of a file share, one for each flight, kind and size: they go from instant to instant."""
    opened: dict[tuple[Any, ...], Visit] = {}

    def go(query: str, size: tuple[int, int], flown: str) -> Visit:
        key = (query, size, flown)
        if key not in opened:
            opened[key] = Visit(launch(DRAWN), addresses(flown), query, size)
        return opened[key]
    yield go
    for one in opened.values():
        one.close()
        assert one.errors == []
