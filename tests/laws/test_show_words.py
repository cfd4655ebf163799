"""The show has a word for everything that a flight can say."""

import json
import string
import tomllib
from pathlib import Path

from fakel.model.flight import EVENT_NAMES
from fakel.phases import PHASES
from fakel.show.story import NAMED, TOLD, events
from fakel.show.words import Words, table
from make_flight import START, make_flight

ROOT = Path(__file__).parents[2]
FIELDS = {"who", "title", "burn", "people", "orbit", "place", *TOLD, *NAMED}


def test_every_event_and_phase_has_a_title_and_a_sentence_in_both_languages():
    words = table()
    assert set(words["events"]) == EVENT_NAMES and set(words["phases"]) == set(PHASES)
    for entry in words["events"].values():
        assert entry["rank"] in (1, 2, 3)
        for both in (entry["title"], entry["say"]):
            assert len(both) == 2 and all(both)


def test_sentences_ask_only_for_what_can_be_told():
    for section in ("events", "ship_hatch", "pulse"):
        for name, entry in table()[section].items():
            for text in (*entry["title"], *entry["say"]):
                asked = {field for _, field, _, _ in string.Formatter().parse(text) if field}
                assert asked <= FIELDS, name


def test_every_rule_that_ships_has_a_russian_title():
    for path in (ROOT / "src/fakel/data/rules").glob("*.toml"):
        for rule in tomllib.loads(path.read_text(encoding="utf-8"))["rule"]:
            assert rule["title"] in table()["names"], rule["id"]


def test_every_unit_of_a_rule_has_its_russian_word_on_the_page():
    """Units of one letter may stay as they are; the browser's own test looks for Latin words of two and more."""
    page = (ROOT / "web/src/page/words.ts").read_text(encoding="utf-8")
    written = page.split("russianUnits", 1)[1].split("};", 1)[0]
    for path in (ROOT / "src/fakel/data/rules").glob("*.toml"):
        for rule in tomllib.loads(path.read_text(encoding="utf-8"))["rule"]:
            unit = rule.get("unit", "")
            if len(unit) > 1 and unit != "deg":
                assert f" {unit}: '" in written or f"'{unit}': '" in written, (rule["id"], unit)


def test_russian_is_written_in_russian_letters():
    latin = set("abcdefghijklmnopqrstuvwxyz")
    for section in ("phases", "facts", "quantities", "tracks", "bars", "where"):
        for key, (english, russian) in table()[section].items():
            assert english and russian and not latin & set(russian.lower().replace("co₂", "")), key


def test_no_event_of_a_flight_is_left_with_braces_or_without_a_sentence():
    flight = make_flight()
    rows = events(flight, START, Words(flight.mission))
    assert len(rows) == len(flight.events)
    for row in rows:
        for lang in ("en", "ru"):
            assert row["sentence"][lang].endswith(".") and "{" not in row["title"][lang] + row["sentence"][lang]
    assert [row["t_s"] for row in rows] == sorted(row["t_s"] for row in rows)


def test_the_lock_file_of_the_page_names_no_registry():
    """Packages come from whichever registry npm is set to."""
    locked = json.loads((ROOT / "web/package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert len(locked) > 20 and not [name for name, package in locked.items() if "resolved" in package]


def test_every_place_of_the_shipped_station_has_a_russian_name():
    for kind in ("stations", "structures"):
        for path in (ROOT / "src/fakel/data" / kind).glob("*.toml"):
            for name in names_in(tomllib.loads(path.read_text(encoding="utf-8"))):
                assert name in table()["names"], (path.name, name)


def names_in(station):
    """Of ports, airlocks, hatches and worksites."""
    return [record["name"] for kind in ("ports", "airlocks", "hatches", "worksites")
            for record in station.get(kind, {}).values() if isinstance(record, dict) and "name" in record]
