"""Fly the torch's landing a thousand times with errors, from the burn to touchdown, and say how long that takes.

    python benchmarks/dispersed_returns.py [RUNS]

Three times a whole command, processes and pictures and all, after one that compiles; a thousand returns are to take
under 15 s on two cores. What other programs take of the machine is in the wall clock: the load is told, and the time of
processor, which shared cores lengthen too but much less, says what two free cores need.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SET = """1 25544U 98067A   13310.51629608  .00016717  00000-0  10270-3 0  9002
2 25544  51.6440 123.1754 0001219 117.1504 242.9771 15.49860824 16788
"""
DAYS = ("2013-11-10", "2013-11-12")


def main(runs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        elements = Path(folder) / "iss.tle"
        elements.write_text(SET, encoding="ascii")
        once(20, elements)
        print("| whole command, s | processor, s | load when it began |\n|--:|--:|--:|")
        for _ in range(3):
            load = os.getloadavg()[0]
            took_s, busy_s = once(runs, elements)
            print(f"| {took_s:.1f} | {busy_s:.1f} | {load:.1f} |", flush=True)


def once(runs: int, elements: Path) -> tuple[float, float]:
    """Seconds by the clock and of processor."""
    def busy() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime
    since, before = time.monotonic(), busy()
    words = ["land", "--tle", str(elements), "--from", DAYS[0], "--to", DAYS[1], "--runs", str(runs), "--quiet",
             "--json", "--csv", str(elements.with_suffix(".csv")), "--plot", str(elements.with_suffix(".svg")),
             "--replace"]
    subprocess.run([sys.executable, "-m", "fakel", *words], check=True, capture_output=True)
    return time.monotonic() - since, busy() - before


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:2] or ["1000"]))
