"""A walk's shot list in words: for the terminal, as CSV, as a calendar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fakel.model.epoch import Epoch
from fakel.reports import words
from fakel.reports.calendar import Entry, written
from fakel.reports.rows_csv import rows_csv
from fakel.reports.table import heading, table

Row = Mapping[str, Any]
FRONT_DEG, BACK_DEG = 60.0, 120.0
"""Up to the first the Sun is behind the camera, from the second on before it; between them it is at the side."""
HEADS = ("UTC", "s", "camera", "subject", "moment", "Sun", "m", "below")


def light(sun_deg: float) -> str:
    """``104° side``: the angle at the thing between camera and Sun, and what photographers call it."""
    kind = "front" if sun_deg <= FRONT_DEG else "back" if sun_deg >= BACK_DEG else "side"
    return f"{sun_deg:z.0f}° {kind}"


def moment(row: Row) -> str:
    """The title, and what does not hold."""
    missing = [text for key, text in (("linked", "no link"), ("earth_behind", "Earth not behind"), ("lit", "in shadow"))
               if not row[key]]
    return ", ".join((str(row["title"]), *missing))


def cells(row: Row, names: Mapping[str, str]) -> tuple[str, ...]:
    """One line of the list."""
    start, stop = Epoch.utc(str(row["start_utc"])), Epoch.utc(str(row["stop_utc"]))
    return (start.iso()[11:19], f"{stop - start:.0f}", surname(str(row["by"]), names),
            surname(str(row["subject"]), names), moment(row), light(float(row["sun_deg"])),
            f"{float(row['distance_m']):.1f}", below(row))


def below(row: Row) -> str:
    """The place below, with its coordinates; those alone where the title names it."""
    at = words.place(float(row["latitude_deg"]), float(row["longitude_deg"]), 1)
    return at if str(row["place"]) in str(row["title"]) else f"{row['place']}, {at}"


def surname(person: str, names: Mapping[str, str]) -> str:
    return names.get(person, person).split()[-1]


def lines(title: str, shots: Sequence[Row], filming: Sequence[Row], names: Mapping[str, str], width: int) -> list[str]:
    """The list, and how much of the scenes each camera has."""
    out = heading(f"{title}: {len(shots)} moments for photographs and television", width)
    out += table(HEADS, [cells(row, names) for row in shots], "lrlllrrl", width, caps={4: 34}) if shots else [
        "none: no scene has a thing in somebody's hand, in sunlight, in the picture of the partner's camera"]
    return [*out, "", *told(filming, names)]


def told(filming: Sequence[Row], names: Mapping[str, str]) -> list[str]:
    """Who films whom for how long."""
    out = []
    for by in dict.fromkeys(str(row["by"]) for row in filming):
        mine = [row for row in filming if row["by"] == by]
        subject = surname(str(mine[0]["subject"]), names)
        length, seen, lit = (sum(float(row[key]) for row in mine) for key in ("length_min", "seen_min", "lit_min"))
        item = str(mine[0]["item"])
        out.append(f"{surname(by, names)} films {subject} with the {item}: both in the picture for {seen:.0f} of "
                   f"{length:.0f} min, the {item} itself in sunlight for {lit:.0f}")
    return out


def low_sun(sunrises: Sequence[str], sunsets: Sequence[str], span: tuple[str, str], shots: Sequence[Row]) -> str:
    """Why no sunrise or sunset is in the list, or nothing where one is."""
    if any(row["kind"] in ("sunrise", "sunset") for row in shots):
        return ""
    inside = sorted((text, word) for word, texts in (("sunrise", sunrises), ("sunset", sunsets)) for text in texts
                    if span[0] <= text <= span[1])
    if not inside:
        return "No sunrise or sunset falls into the walk."
    told = ", ".join(f"{word} {text[11:19]}" for text, word in inside)
    return f"No sunrise or sunset falls into a scene with a thing in hand; during the walk: {told}."


def as_csv(shots: Sequence[Row]) -> str:
    return rows_csv([dict(row) for row in shots])


def as_calendar(id: str, title: str, shots: Sequence[Row], names: Mapping[str, str]) -> bytes:
    """The list as a calendar with a reminder a minute before each moment."""
    entries = [Entry(str(row["id"]), f"{row['title']} (camera: {surname(str(row['by']), names)})",
                     Epoch.utc(str(row["start_utc"])), Epoch.utc(str(row["stop_utc"])),
                     f"Sun {light(float(row['sun_deg']))}; {float(row['distance_m']):.1f} m; below: {below(row)}", (1,))
               for row in shots]
    stamp = min((entry.start for entry in entries), default=Epoch(0))
    return written(f"{title}: shots", id, "shot list", stamp, entries)
