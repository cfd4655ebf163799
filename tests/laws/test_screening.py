"""Screening against a catalogue: nothing is lost in the sieves, known encounters are found, messages can be read."""

import gzip
import json
from xml.etree import ElementTree

import ccsds_ndm
import numpy as np
import pytest
from sgp4.api import WGS72, Satrec

import climbs
from fakel.load.catalogue import read_catalogue
from fakel.load.library import Library
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.screening import CatalogueErrors, Listed
from fakel.physics.conjunction import encounter_plane
from fakel.plan.screening import Body, Way, screen
from fakel.reports.cdm import kvn, message_id, xml
from fakel.reports.screening import data, lines

ERRORS: CatalogueErrors = Library().find(CatalogueErrors, "element-sets", "test")
ISS = ("1 25544U 98067A   13310.51604167  .00016717  00000-0  10270-3 0  9037",
       "2 25544 051.6510 009.3600 0001600 110.0000 250.1000 15.50500000856070")


def way():
    legs = climbs.climb(30.0)
    arcs = [arc for leg in legs for arc in leg.arcs if arc.craft == climbs.SHIP.id]
    return Way("courier", arcs, climbs.world(), climbs.VEHICLE.navigation)


def satellite(number, days, anomaly_deg, node_deg, inclination_deg, height_km, eccentricity=0.002):
    made, n = Satrec(), np.sqrt(398600.8 / (6378.135 + height_km) ** 3) * 60.0
    made.sgp4init(WGS72, "i", number, days, 1e-5, 0.0, 0.0, eccentricity, 1.0, np.radians(inclination_deg),
                  np.radians(anomaly_deg), n, np.radians(node_deg))
    return Listed(str(number), f"object {number}", "2010-001A", Epoch.utc(climbs.DAY), "", ""), made


def catalogue(n=60):
    """Objects at the ship's heights and above them, all around."""
    dice = np.random.default_rng(5)
    days = Epoch.utc(climbs.DAY).mjd_utc[0] - 33281.0                   # sgp4init counts from 1949-12-31
    return [satellite(90_000 + i, days, dice.uniform(0, 360), dice.uniform(0, 360), dice.uniform(40, 100),
                      dice.uniform(200, 600)) for i in range(n)]


def test_the_sieves_lose_nothing():
    """Every passing within 800 km that half-second sampling of all objects finds, and no other."""
    ship, objects, near_m = way(), catalogue(), 800e3
    found = screen(ship, objects, (), near_m, ERRORS)
    low, high = ship.span_s
    t_s = np.arange(low, high, 0.5)
    own = ship.teme(t_s)[:, :3]
    wanted = []
    for listed, made in objects:
        day = made.jdsatepochF + (t_s + (ship.world.epoch - listed.epoch)) / 86_400
        _, place, _ = made.sgp4_array(np.full(len(t_s), made.jdsatepoch), day)
        away = np.linalg.norm(place * 1000.0 - own, axis=1)
        inner = np.flatnonzero((away[1:-1] <= away[:-2]) & (away[1:-1] < away[2:]) & (away[1:-1] < near_m)) + 1
        wanted += [(listed.number, away[i], t_s[i]) for i in inner]
    assert len(wanted) > 3 and found.counts[0] == 60 and found.counts[1] <= 60
    got = {(p.number, round(ship.world.seconds(p.epoch))): p.miss_m for p in found.passings}
    got = {key: miss for key, miss in got.items() if low + 1.0 < key[1] < high - 1.0}     # at the ends they only part
    assert len(got) == len(wanted)
    for number, away, t in wanted:
        miss = next(m for (n, at), m in got.items() if n == number and abs(at - t) < 2.0)
        # half a sample at 15 km/s is 4 km along the way; across it the two agree: away^2 = miss^2 + (v dt)^2
        assert miss <= away + 1.0 and away**2 - miss**2 < (15e3 * 0.3) ** 2


def straight(ship, at_s, miss_m):
    """An object that crosses the ship's way at at_s with 10 km/s, miss_m across: its path in TEME, straight."""
    now = ship.teme(np.array([at_s]))[0]
    velocity = now[3:] + np.array([3e3, -7e3, 6.48e3])
    off = miss_m * encounter_plane(np.array([1.0, 2.0, 3.0]), velocity - now[3:])[0]

    def path(t_s):
        own = ship.teme(t_s)                             # beside the ship's own bent way, so that the nearest is known
        return np.concatenate([own[:, :3] + off + (t_s - at_s)[:, None] * (velocity - now[3:]),
                               own[:, 3:] + velocity - now[3:]], axis=1)
    return Body(Listed("99999", "MADE UP", "2015-001A", Epoch.utc(climbs.DAY), "", ""), path, 0.0)


@pytest.mark.parametrize("miss_m", [0.5, 120.0, 4_000.0])
def test_a_known_encounter_is_found_where_it_was_put(miss_m):
    ship = way()
    at_s = ship.span_s[0] + 7_777.7
    found = screen(ship, (), (straight(ship, at_s, miss_m),), 5_000.0, ERRORS)
    (one,) = found.passings
    assert one.miss_m == pytest.approx(miss_m, abs=0.2)                   # frames turn while it passes
    assert ship.world.seconds(one.epoch) == pytest.approx(at_s, abs=1e-3)
    assert one.speed_m_s == pytest.approx(9_995.0, rel=1e-3)
    assert np.linalg.norm(one.miss_rtn_m) == pytest.approx(one.miss_m)
    assert (one.probability > 1e-7) == (miss_m < 1_000.0)
    assert "MADE UP" in "\n".join(lines(found, 120)) and json.dumps(data(found))


def message():
    ship = way()
    found = screen(ship, (), (straight(ship, ship.span_s[0] + 4_000.0, 250.0),), 5_000.0, ERRORS)
    return found, found.passings[0], Epoch.utc("2015-03-02")


def test_a_message_says_the_same_as_text_and_as_xml():
    found, one, made = message()
    rows = [line.split(" = ") for line in kvn(found, one, made).splitlines() if " = " in line]
    pairs = [(key, value.split(" [")[0]) for key, value in rows if not key.startswith("COMMENT")]
    root = ElementTree.fromstring(xml(found, one, made))
    tags = [(item.tag, item.text) for item in root.iter() if item.text and item.text.strip() and len(item) == 0
            and item.tag != "COMMENT"]
    assert sorted(pairs[1:]) == sorted(tags) and pairs[0] == ("CCSDS_CDM_VERS", "1.0")
    told = dict(pairs[:20])
    assert told["MESSAGE_ID"] == message_id(found, one)
    assert float(told["MISS_DISTANCE"]) == pytest.approx(250.0, abs=0.2)
    assert [value for key, value in pairs if key == "OBJECT"] == ["OBJECT1", "OBJECT2"]
    cells = [key for key, _ in pairs if key[:2] in ("CR", "CT", "CN") and key != "CREATION_DATE"]
    assert len(cells) == 2 * 21


def test_another_library_reads_both_forms():
    """ccsds-ndm-py (MPL 2.0, extra ``test``). Tolerances: half of the last digit that the message writes."""
    found, one, made = message()
    for text in (kvn(found, one, made), xml(found, one, made)):
        told = ccsds_ndm.from_str(text)
        assert type(told).__name__ == "Cdm"
        said = told.body.relative_metadata_data
        assert Epoch.utc(said.tca + "Z") - one.epoch == pytest.approx(0.0, abs=5.1e-4)
        assert (said.miss_distance, said.relative_speed) == pytest.approx((one.miss_m, one.speed_m_s), abs=5.1e-4)
        assert said.collision_probability == pytest.approx(one.probability, rel=1e-5)
        for part, state, covariance in zip(told.body.segments, (one.ship, one.other),
                                           (one.ship_covariance, one.other_covariance), strict=True):
            assert part.data.state_vector_numpy * 1000.0 == pytest.approx(state, abs=5.1e-4)
            assert part.data.covariance_matrix_numpy[:6, :6] == pytest.approx(covariance, rel=1e-9, abs=2e-12)


def test_catalogues_of_two_and_three_lines_zipped_too(tmp_path):
    from fakel.load.elements import checksum
    sets = [line[:68] + str(checksum(line)) for line in ISS]
    later = [sets[0][:18] + "13311.51604167" + sets[0][32:68], sets[1]]
    later[0] += str(checksum(later[0]))
    text = "\n".join(["0 ISS (ZARYA)", *sets, *later, "0 BROKEN", sets[0][:68] + "x", sets[1]])
    for name, content in (("a.3le", text.encode()), ("a.3le.gz", gzip.compress(text.encode()))):
        (tmp_path / name).write_bytes(content)
        objects, others, told = read_catalogue(tmp_path / name)
        assert [(o.number, o.name, o.designator) for o in objects] == [("25544", "object 25544", "1998-067A")]
        assert objects[0].epoch > Epoch.utc("2013-11-07") and not others and "1 sets are left out" in told[0]


def test_what_is_no_catalogue_is_refused(tmp_path):
    (tmp_path / "x.txt").write_text("nothing here")
    with pytest.raises(InputError, match="holds no element set"):
        read_catalogue(tmp_path / "x.txt")
    with pytest.raises(InputError, match="cannot be read"):
        read_catalogue(tmp_path / "absent.tle")
