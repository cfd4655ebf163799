"""Landing opportunities against flown returns and published sensitivities. Nothing here is fitted to a flight."""

import csv
from pathlib import Path

import numpy as np
import pytest

from fakel.api.land import landings
from fakel.model.epoch import Epoch
from fakel.reports.compare import flown_flights
from fakel.reports.landings import as_data
from fakel.reports.validation import apart_km, off_s
from landing_sets import CENTRE, ROWS, found

SETS = Path(__file__).parents[1] / "authorities/launch_geometry.csv"


@pytest.mark.parametrize("k", range(len(ROWS)), ids=[f"{r['flight']}-{r['line1'][18:23]}" for r in ROWS])
def test_flown_returns_from_an_element_set_alone(k):
    # Asked of the program: landing within 40 s, burn within 30 s, miss under 15 km, no per-flight input. Found: 16 s,
    # 11 s, 13.2 km (the flown spread about the zone's centre is 3 to 15 km, facts/missions rule 8).
    best = min(found(k).opportunities, key=lambda one: abs(one.crossrange_m))
    flown = next(flight for flight in flown_flights() if flight.name == ROWS[k]["flight"])
    assert abs(off_s(best.landing, flown.events["landing"])) < 40.0
    if "deorbit_burn_start" in flown.events:                # of TMA-11M it was not published
        assert abs(off_s(best.burn_start, flown.events["deorbit_burn_start"])) < 30.0
    assert best.miss_m < 15_000.0
    if flown.landing_deg is not None:
        assert apart_km((np.degrees(best.latitude_rad), np.degrees(best.longitude_rad)), flown.landing_deg) < 15.0
    assert 3.5 < best.peak_load_g < 5.0                     # the plan of MS-11: 4 to 5
    assert 340e3 < best.ballistic.short_m < 600e3           # flown ballistic ones and RSC Energia's limit
    assert 8.0 < best.ballistic.peak_load_g < 9.3


def test_a_flown_ballistic_return_is_met_where_it_fell(tmp_path):
    # TMA-10, 2007: aimed at Arkalyk's zone of its time (that of data/sites), fell ballistically 340 km short of it. Of
    # three such returns the mean shortfall, 410 km, is in the fit of lift to drag, but neither this orbit, the burn's
    # minute, nor the place. The set (NORAD's, quoted in a public program's tests) is three days younger.
    file = tmp_path / "station.tle"
    file.write_text("1 25544U 98067A   07297.39694683  .00020000  00000-0  20000-3 0  9002\n"
                    "2 25544  51.6382 157.5777 0002396 120.7477 239.3923 15.75924388 31168\n")
    flown = next(flight for flight in flown_flights() if flight.name == "Soyuz TMA-10")
    first = Epoch.utc("2007-10-21")
    told = landings(["arkalyk"], tle=file, spacecraft="soyuz-tma-m", start=first, stop=first + 43_200.0)
    best = min(told.opportunities, key=lambda one: abs(off_s(one.burn_start, flown.events["deorbit_burn_start"])))
    assert abs(off_s(best.burn_start, flown.events["deorbit_burn_start"])) < 30.0
    fell = np.degrees(best.ballistic.latitude_rad), np.degrees(best.ballistic.longitude_rad)
    assert apart_km(fell, flown.landing_deg) < 60.0         # found: 34 km; half the spread of the three flown ones
    assert 8.0 < best.ballistic.peak_load_g < 9.5           # 8.5 or 9, as sources differ


def test_what_a_landing_hangs_on_is_what_was_published():
    told = {effect.changed: effect for effect in found(1, effects=True).effects}
    # facts/ascent_entry 3.4: burn to separation 4.3 s per km of height, 3.5 s per m/s radial, computed by others;
    # 0.3 s: their last digit and another orbit. Theirs for a tangential m/s is 10.6 from 433 km, here 8.2 from 418 km.
    assert told["orbit 1 km higher"].separation_s == pytest.approx(4.3, abs=0.3)
    assert told["1 m/s upwards at ignition"].separation_s == pytest.approx(3.5, abs=0.3)
    assert -10.6 < told["delta-v 1 m/s more"].separation_s < -7.0
    # facts/missions rule 14: the burn start answers with +16 s per m/s, -5.4 s per km, -43 s for the local vertical.
    assert told["delta-v 1 m/s more"].burn_s == pytest.approx(16.0, abs=1.5)
    assert told["orbit 1 km higher"].burn_s == pytest.approx(-5.4, abs=0.3)
    assert told["attitude held to the local vertical"].burn_s == pytest.approx(-43.0, abs=3.0)
    # The same rule: 1 % of delta-v (1.28 m/s) is 146 km open loop. RSC Energia: 1 s of burn time about 8 km; the ground
    # under an orbit passes at 7.2 to 7.4 km/s (rule 14: 7.4), to which 8 is rounded up.
    assert told["delta-v 1 m/s more"].along_m * 1.28 == pytest.approx(-146e3, rel=0.06)
    assert 6.8e3 < told["burn begins 1 s late"].along_m < 8.0e3


def test_the_shift_of_a_late_burn_is_told_with_every_landing():
    one = found(1, effects=True).opportunities[0]
    late = next(e for e in found(1, effects=True).effects if e.changed == "burn begins 1 s late")
    assert one.shift_m_s == pytest.approx(late.along_m, rel=0.01)
    assert as_data(one)["shift_km_per_s"] == round(one.shift_m_s / 1000, 3)


def test_entry_angle_of_a_soyuz():
    # Commonly about 1.4 to 1.7 deg at 100 to 122 km from 420 km; MS-11's plan falls from 99.7 to 80.4 km in 89 s at
    # about 7.6 km/s, 1.6 deg on the mean.
    assert 1.4 < np.degrees(found(1).opportunities[0].entry_angle_rad) < 1.9


OLD = [("Soyuz TMA-11M", "Soyuz TMA-13M", -10.2), ("Soyuz TMA-10M", "Soyuz TMA-12M", -14.0),
       ("Soyuz TMA-08M", "Soyuz TMA-10M", -20.7)]


@pytest.mark.parametrize(("flight", "launch", "older_d"), OLD)
def test_what_an_old_set_may_be_off_is_told(flight, launch, older_d, tmp_path):
    # Sets made for other flights, days and burns away: +28, -114 and -66 s off, 177, 337 and 733 s told (49, 93, 203 if
    # no burn changed the orbit). 20 s: what landings are off with sets of the day (16 s at most).
    own = next(f for f in flown_flights() if f.name == flight)
    rows = csv.DictReader(line for line in SETS.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    row = next(row for row in rows if row["flight"].startswith(launch))
    (tmp_path / "old.tle").write_text(f"{row['line1']}\n{row['line2']}\n")
    day = Epoch.utc(str(own.events["landing"].epoch.day))
    told = landings([CENTRE], tle=tmp_path / "old.tle", start=day, stop=day + 86_400.0)
    one = min(told.opportunities, key=lambda one: abs(one.crossrange_m))
    assert abs(off_s(one.landing, own.events["landing"])) < one.error_s + 20.0
    assert one.calm_s == pytest.approx((1000.0 + 3600.0 * older_d**2) / 7380.0, rel=0.05)     # docs/orbits.md
    assert one.error_s > 3 * one.calm_s
    assert as_data(one)["orbit_error_without_burns_s"] == round(one.calm_s, 1)
