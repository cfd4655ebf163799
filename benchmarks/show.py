"""The show in figures: its first picture, what its scenes take, and how much has to be carried to a viewer.

    make page && pip install playwright && python benchmarks/show.py [FLIGHT]

FLIGHT is a folder of the reference mission (one is flown otherwise). Needs Debian's chromium with Mesa's software
drawing. "First picture" runs from the start of the navigation until the page says that a whole picture stands, less the
time that the page has spent inside calls of WebGL; browsers start cold. On a busy machine all of these grow; the
processor time of the page's own thread does not, and the drawing is done by another thread.
"""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import mkdtemp
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "src")]

from browsing import DRAWN, Visit, fly, served  # noqa: E402
from fakel.load.folder import read_flight  # noqa: E402
from fakel.show.export import site_files  # noqa: E402
from fakel.show.site import page_files, scene_of  # noqa: E402
from moments import moments  # noqa: E402

ROUNDS = 5
SIZE = (1280, 720)
MB, KB = 1e6, 1e3
TIMED = """(() => {
    const started = performance.now.bind(performance);
    window.timed = { gl_ms: 0, ready_ms: 0 };
    for (const [name, of] of Object.entries(Object.getOwnPropertyDescriptors(WebGL2RenderingContext.prototype))) {
        if (typeof of.value !== 'function') continue;
        WebGL2RenderingContext.prototype[name] = function (...given) {
            const from = started();
            try { return of.value.apply(this, given) } finally { timed.gl_ms += started() - from }
        };
    }
    const look = () => { if (window.fakel?.ready) timed.ready_ms ||= started(); else setTimeout(look, 2) };
    look();
})()"""


def main() -> None:
    from playwright.sync_api import sync_playwright
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else fly("sochi-torch", Path(mkdtemp()) / "flight")
    with sync_playwright() as playwright, served(folder) as address:
        def launch() -> Any:
            return playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(DRAWN))
        firsts = [first_picture(launch, address) for _ in range(ROUNDS)]
        rows = scenes(launch(), address, folder)
    print_firsts(firsts)
    print_scenes(rows)
    print_sizes(folder)


def first_picture(launch: Any, address: str) -> dict[str, float]:
    """Milliseconds from navigation: words on the screen, the picture, and what of it was WebGL."""
    browser, tools = launch(), []

    def prepare(page: Any) -> None:
        page.add_init_script(TIMED)
        tools.append(page.context.new_cdp_session(page))
        tools[0].send("Performance.enable", {"timeDomain": "threadTicks"})
    seen = Visit(browser, address, "lang=en&freeze=1&t=2013-11-09T15:11:00Z&view=chase", SIZE, prepare=prepare)
    own = next(one["value"] for one in tools[0].send("Performance.getMetrics")["metrics"]
               if one["name"] == "TaskDuration")
    told = seen.page.evaluate("""({ ...timed, words_ms: performance.getEntriesByName('first-contentful-paint')[0]
        ?.startTime ?? NaN })""")
    browser.close()
    return told | {"own_ms": own * 1000}


def scenes(browser: Any, address: str, folder: Path) -> list[tuple[str, str, dict[str, Any]]]:
    """What each instant takes, in all passes and shadows."""
    seen = Visit(browser, address, "lang=en&freeze=1&view=chase", SIZE)
    seen.whole()
    seen.only_picture(SIZE)
    rows = []
    for moment in moments(read_flight(folder)[0]):
        seen.at(moment.utc, moment.view)
        rows.append((moment.name, moment.view, seen.page.evaluate("fakel.stat()")))
    browser.close()
    return rows


def print_firsts(firsts: list[dict[str, float]]) -> None:
    def middle(of: Any) -> float:
        return median(of(one) for one in firsts) / 1000
    print("| first picture, from a cold browser on loopback | median s |\n|---|---|")
    print(f"| words on the screen | {middle(lambda one: one['words_ms']):.2f} |")
    print(f"| whole picture, 1280x720, low quality, by software | {middle(lambda one: one['ready_ms']):.2f} |")
    print(f"| of that inside calls of WebGL | {middle(lambda one: one['gl_ms']):.2f} |")
    rest = middle(lambda one: one["ready_ms"] - one["gl_ms"])
    print(f"| the rest, by the clock on the wall (limit 3) | {rest:.2f} |")
    print(f"| **processor time of the page's own thread, drawing not in it** "
          f"| **{middle(lambda one: one['own_ms']):.2f}** |\n")


def print_scenes(rows: list[tuple[str, str, dict[str, Any]]]) -> None:
    print("| instant | camera | triangles (limit 400,000) | draw calls (limit 300) |\n|---|---|---|---|")
    for name, view, stat in rows:
        print(f"| {name.replace('-', ' ')} | {view} | {stat['triangles']:,} | {stat['calls']} |")
    print(f"| **most** | | **{max(stat['triangles'] for *_, stat in rows):,}** "
          f"| **{max(stat['calls'] for *_, stat in rows)}** |\n")


def print_sizes(folder: Path) -> None:
    page = page_files()
    scripts = [path.read_bytes() for name, path in page.items() if name.endswith(".js")]
    made, legs, _ = scene_of(folder)
    site = sum(map(len, site_files(made, legs).values()))
    print("| what is carried | size | limit |\n|---|---|---|")
    print(f"| scripts, gzip | {sum(len(gzip.compress(data, 9)) for data in scripts) / KB:.0f} kB | 400 kB |")
    data = sum(map(len, legs.values())) + len(json.dumps(made))
    print(f"| the flight: index and {len(legs)} legs | {data / MB:.2f} MB | |")
    print(f"| static site of the reference mission | {site / MB:.2f} MB | 12 MB |")
    print(f"| wheel with the page | {wheel_bytes() / MB:.2f} MB | |")


def wheel_bytes() -> float:
    out = mkdtemp()
    run = subprocess.run([sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", out, str(ROOT)],
                         capture_output=True, text=True)
    wheels = [path for path in Path(out).iterdir() if re.search(r"\.whl$", path.name)]
    if run.returncode or not wheels:
        print(run.stderr, file=sys.stderr)
        return float("nan")
    return wheels[0].stat().st_size


if __name__ == "__main__":
    main()
