"""PNG with and without its extra; options that cannot be."""

from __future__ import annotations

import sys

import pytest

from fakel.cli.main import main
from fakel.load.library import shipped
from fakel.load.sky import star_map
from fakel.model.errors import InputError
from fakel.reports.png import as_png
from fakel.reports.sky_chart import chart
from skies import place, sighting, sky

SETS = str(shipped("..", "missions", "iss-2013-11-06.tle"))
SEEN = ["sightings", "--tle", SETS, "--place", "Sochi", "--from", "2013-11-12T00:00:00Z", "--to",
        "2013-11-13T12:00:00Z", "--rules", "eye", "--quiet"]


def test_without_the_extra_it_says_which(monkeypatch):
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(InputError, match=r"^PNG needs resvg-py; pip install 'fakel\[png\]', or ask for SVG$"):
        as_png("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>", 9)


def test_png_has_the_letters_of_both_languages():
    pytest.importorskip("resvg_py")
    drawn = {letter: as_png("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 20'><text y='16' font-size='16' "
                            f"font-family='Fakel Sans'>{letter}</text></svg>", 20)
             for letter in "ЖЮёґAłếßÅ°−–·№\u2fff"}
    assert len(set(drawn.values())) == len(drawn), "each letter looks its own way; none is the empty box"


def test_png_is_as_wide_as_asked():
    pytest.importorskip("resvg_py")
    s = sighting(place())
    from zoneinfo import ZoneInfo
    data = as_png(chart(s, sky(s), star_map(), ZoneInfo("Europe/Moscow"), "МКС", "ru"), 640)
    assert data[:8] == b"\x89PNG\r\n\x1a\n" and int.from_bytes(data[16:20], "big") == 640


def test_the_command_draws(tmp_path, capsys):
    out = [str(tmp_path / name) for name in ("page.html", "charts", "cards")]
    assert main([*SEEN, "--language", "ru", "--html", out[0], "--chart", out[1], "--card", out[2], "--most", "1"]) == 0
    files = capsys.readouterr().out.split()
    assert [file.rsplit("/", 1)[-1] for file in files] == [
        "page.html", "sochi-ru-iss-2013-11-12-0713.svg", "sochi-ru-iss-2013-11-12-0713.svg", "sochi-ru-table.svg"]
    assert "Сочи, Россия" in (tmp_path / "page.html").read_text(encoding="utf-8")
    assert main([*SEEN, "--html", out[0]]) == 2
    assert "is there already; give another name or --replace" in capsys.readouterr().err


def test_fewer_than_none(tmp_path, capsys):
    assert main([*SEEN, "--chart", str(tmp_path / "c"), "--most", "-1"]) == 2
    assert "--most = -1; how many passes of a place to draw, 0 or more" in capsys.readouterr().err


def test_more_places_than_anybody_looks_at(tmp_path, capsys):
    table = tmp_path / "many.csv"
    table.write_text("latitude,longitude,time_zone\n" + "".join(f"{k / 3},{k},UTC\n" for k in range(101)), "utf-8")
    asked = [*SEEN[:3], "--places", str(table), *SEEN[5:], "--card", str(tmp_path / "c")]
    assert main(asked) == 2
    assert ("--html, --chart and --card draw 100 places at most, not 101; choose some, or take --json or --csv"
            in capsys.readouterr().err)
