"""Fly the reference mission's climb a thousand times with errors and write the table of docs/dispersed-flights.md.

    python benchmarks/dispersed.py [RUNS [WORKERS]]

Says how long it took and how busy the machine was; a campaign of 1,000 is to take under 120 s on two cores.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[1] / "docs" / "dispersed-flights.md"
BEGIN, END = "<!-- table -->\n", "<!-- /table -->"


def main(runs: int, workers: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        since, load = time.monotonic(), os.getloadavg()[0]
        words = ["rendezvous", "disperse", "sochi-torch", "--runs", str(runs), "--workers", str(workers)]
        told = subprocess.run([sys.executable, "-m", "fakel", *words, "--out", folder, "--json"],
                              check=True, capture_output=True, text=True).stdout
        took_s, used = time.monotonic() - since, resource.getrusage(resource.RUSAGE_CHILDREN)
    result = json.loads(told)
    text = PAGE.read_text(encoding="utf-8")
    table = "\n".join(rows(result, took_s, used.ru_utime + used.ru_stime, load)) + "\n"
    PAGE.write_text(text[:text.index(BEGIN) + len(BEGIN)] + table + text[text.index(END):], encoding="utf-8")
    print(table)


def rows(result: dict[str, Any], took_s: float, busy_s: float, load: float) -> list[str]:
    """The result as Markdown."""
    endings = ", ".join(f"{name} {row['flights']}" for name, row in result["endings"].items())
    more, used, touch = result["dv_more_m_s"], result["propellant_kg"], result["contact"]
    within = result["docked_within_12_m_s"]
    out = ["| figure | value |", "|---|---|",
           f"| flights, seed | {result['runs']}, {result['seed']} |",
           f"| endings | {endings} |",
           f"| docked for at most 12 m/s more than without errors ({result['nominal_dv_m_s']:.1f} m/s to contact) | "
           f"{100 * within['value']:.1f} % ({100 * within['low']:.1f} to {100 * within['high']:.1f}) |",
           f"| delta-v more: mean, 99 %, most | {more['mean']['value']:.2f}, {more['p99']['value']:.2f} "
           f"({more['p99']['low']:.2f} to {more['p99']['high']:.2f}), {more['max']:.2f} m/s |",
           f"| propellant: mean, 99 %, most; least left | {used['mean']['value']:.0f}, {used['p99']['value']:.0f}, "
           f"{used['max']:.0f} kg; {result['left_kg_least']:.0f} kg |",
           f"| contact | {touch['closing_rate_m_s']['least']:.3f} to {touch['closing_rate_m_s']['most']:.3f} m/s, at "
           f"most {touch['lateral_m']['most']:.2f} m off the axis |",
           f"| in the 200 m sphere outside the corridor | {result['outside_corridor']} |",
           f"| farthest that covariance and flights are apart | {100 * result['worst_apart']:.1f} % |",
           f"| time, whole command | {took_s:.0f} s with {result['workers']} processes, {busy_s:.0f} s of processor; "
           f"load of the two shared cores when it began: {load:.1f} |", "",
           "| one sigma | linear covariance | flown | apart |", "|---|---|---|---|"]
    for table in ("burns", "aim"):
        out += [f"| {row['name'].replace('_m', '')}{', m/s' if table == 'burns' else ' at the aim point, m'} | "
                f"{row['covariance']:.3g} | {row['flown']:.3g} | {100 * row['apart']:+.1f} % |"
                for row in result["covariance"][table] if row.get("judged")]
    return [*out, ""]


if __name__ == "__main__":
    main(*(int(word) for word in [*sys.argv[1:], *("1000", "2")[len(sys.argv) - 1:]]))
