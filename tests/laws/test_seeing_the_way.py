"""Pictures of the way to a station: what they must show, whatever the numbers are."""

from __future__ import annotations

import re
from types import SimpleNamespace
from xml.etree import ElementTree

import numpy as np
import pytest

from fakel.reports.charts.plane import Path, Point, Ring, Sheet, _around, plane
from fakel.reports.charts.way import cone, ellipse, phasing, sigma_panels
from fakel.reports.picture import stacked
from fakel.reports.sections.climb import _drift
from fakel.reports.svg import WIDE, Svg, text_width

ANGLE = np.linspace(38.0, 0.0, 200)
BELOW = 230.0 * (ANGLE / 38.0) ** 0.5


def test_every_burn_stands_on_one_of_both_sheets():
    points = [Point(x, 230.0 * (x / 38.0) ** 0.5, name) for x, name in
              ((38.0, "Separation"), (31.0, "DV1"), (0.6, "M2"), (0.05, "M3"), (0.02, "brake"))]
    whole, end = phasing(ANGLE, BELOW, points, (20.0, 42.0, "the profile's window"))
    shown = str(plane(WIDE, "", "a", whole)) + str(plane(310.0, "", "b", end))
    for point in points:
        assert f">{point.name}</text>" in shown, point.name
    assert "the profile&#x27;s window" in shown or "the profile's window" in shown


def test_a_window_beyond_the_path_widens_the_sheet():
    whole, _ = phasing(ANGLE, BELOW, (), (30.0, 60.0, "window"))
    assert whole.x_span is not None and whole.x_span[1] >= 60.0


def test_an_ellipse_is_that_of_its_covariance():
    """Its points lie three sigma off, in the metric of the covariance, to round-off."""
    along, down, tied = 400.0, 90.0, -0.7
    x, y = _around(ellipse(10.0, -5.0, along, down, tied, "spread"))
    covariance = np.array([[along**2, tied * along * down], [tied * along * down, down**2]])
    off = np.stack([x - 10.0, y + 5.0])
    assert np.sqrt(np.sum(off * np.linalg.solve(covariance, off), axis=0)) == pytest.approx(3.0, rel=1e-9)


def test_a_corridor_opens_away_from_its_port_and_is_not_drawn_from_its_end():
    handover = {"contact_m": [[-15.0, -11.0, 0.0]], "axis": [[-1.0, 0.0, 0.0]], "offset_m": [5.0],
                "half_angle_deg": [10.0], "reach_m": [280.0]}
    one, other = cone(handover)
    assert np.hypot(one.x - other.x, one.y - other.y) == pytest.approx([10.0, 10.0 + 560.0 * np.tan(np.radians(10.0))])
    assert one.y[1] - one.y[0] == pytest.approx(280.0)             # the Earth is below, where the port looks
    assert cone(handover, "normal") == ()


def test_names_at_the_ends_of_lines_stay_beside_their_panel():
    columns = {f"{kind}_{axis}_m": np.array([100.0, 5.0]) for kind in ("known", "plan")
               for axis in ("radial", "along_track", "normal")}
    from fakel.reports.charts.axis import Plain
    from fakel.reports.charts.panels import panels
    shown = sigma_panels(np.array([0.0, 1.0]), columns)
    drawn, _ = panels(WIDE, "", Plain(0.0, 1.0, "h"), shown[:1])
    found = [float(y) for y, name in re.findall(r'<text x="[\d.]+" y="([\d.]+)"[^>]*>([a-z ]+)</text>', str(drawn))
             if name in ("radial", "along track", "across")]
    assert len(found) == 3 and max(found) <= 30.0 + shown[0].height + 4.1


def test_a_row_of_charts_fits_the_picture_and_is_xml():
    charts = [(("one", Svg(560.0, 100.0, "a")), ("two", Svg(310.0, 120.0, "b"))), ("three", Svg(900.0, 50.0, "c"))]
    root = ElementTree.fromstring(stacked("title & more", "told", charts))
    places = [g.attrib["transform"] for g in root.iter() if g.tag.endswith("}g") and "transform" in g.attrib]
    assert places == ["translate(26 94)", "translate(616 94)", "translate(26 264)"]


def test_a_label_at_the_upper_edge_finds_a_place():
    sheet = Sheet("x", "y", (Path(np.array([0.0, 1.0]), np.array([0.0, 1.0]), "ship"),), (Point(0.02, 0.0, "brake"),),
                  (Ring(0.0, 0.0, 0.1, 0.1, ""),), y_down=True, x_span=(0.0, 1.0), y_span=(0.0, 1.0))
    assert text_width("brake") > 0 and ">brake</text>" in str(plane(310.0, "", "edge", sheet))


def test_a_study_of_an_older_version_is_left_out():
    """Folders that were flown before the columns had their names still have a report."""
    leg = SimpleNamespace(studies={"free_drift": {"burn": ["DV1"], "case": ["missed"], "closest_m": [1.0]}})
    assert _drift(SimpleNamespace(legs=lambda *phases: [leg])) == []
