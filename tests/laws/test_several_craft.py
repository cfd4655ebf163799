"""fakel.propagate with several craft, burns, loads and stops, for programs and on the command line."""

import json
import re
import shlex
import shutil
import time
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import fakel
from fakel.api.reach import AIR_FORECAST_S, observed_until, require_air_known
from fakel.cli import progress
from fakel.cli.main import main
from fakel.physics.propagate import RTN, coast
from fakel.physics.propagate import burn as burnt

EPOCH, UNTIL = "2013-11-20", "2013-11-20T06:00Z"
STATION = np.array([6.8e6, 0.0, 0.0, 0.0, 4.75e3, 6.0e3])
SHIP = np.array([6.79e6, 0.0, 0.0, 0.0, 4.755e3, 6.005e3])
FORCES = {"station": fakel.Forces(degree=8, mass_kg=420e3, drag_area_m2=1500.0),
          "ship": fakel.Forces(degree=8, mass_kg=7e3, drag_area_m2=10.0)}
BURN = fakel.Burn("2013-11-20T01:00Z", 120.0, 3000.0, 302.0)


@cache
def both(*events: str) -> fakel.Arc:
    return fakel.propagate({"station": STATION, "ship": SHIP}, UNTIL, FORCES, epoch=EPOCH, events=events,
                           burns={"ship": [BURN]}, world=world())


@cache
def world():
    return FORCES["station"].world(fakel.Epoch.utc(EPOCH), fakel.Epoch.utc(UNTIL))


def test_each_craft_flies_with_its_own_forces_and_burns():
    """Bit for bit as it flies alone; the burn gives what the rocket equation says."""
    arc = both("nearest")
    assert arc.names == ("station", "ship") and arc.states.shape == (2, 361, 6)
    for name, state in (("station", STATION), ("ship", SHIP)):
        alone = fakel.propagate(state, UNTIL, FORCES[name], epoch=EPOCH, world=world(),
                                burns=[BURN] if name == "ship" else [])
        np.testing.assert_array_equal(arc.of(name), alone.states)
    start, end = arc.paths[1].at(3600.0)[0], arc.paths[1].at(3720.0)[0]
    assert end[6] == pytest.approx(7e3 - 3000.0 * 120.0 / (302.0 * 9.80665), abs=1e-6)
    t0 = start[None, :][0]
    by_hand = burnt(t0, 3600.0, 120.0, 3000.0, 302.0, np.array([0.0, 1.0, 0.0]), RTN, FORCES["ship"].numbers,
                    world().field)
    np.testing.assert_allclose(end[:3], by_hand[:3], atol=1e-6)


def test_events_of_two_craft_say_both_and_lie_where_the_distance_has_its_least():
    arc = both("nearest", "farthest", "distance:1e6", "closing_speed:100")
    assert {m.name for m in arc.events} >= {"nearest", "distance:1e6"}
    for met in arc.events:
        assert (met.index, met.other) == (0, 1)
        after_s = met.epoch - arc.epoch
        apart = [np.subtract(*arc.at(np.array([after_s + d]))[:, 0, :3]) for d in (-1.0, 0.0, 1.0)]
        away = [np.linalg.norm(d) for d in apart]
        if met.name == "nearest":
            assert away[0] > away[1] < away[2]
        elif met.name == "distance:1e6":
            assert away[1] == pytest.approx(1e6, abs=1e-3)


def test_an_event_that_stops_ends_all_of_them():
    arc = fakel.propagate({"station": STATION, "ship": SHIP}, UNTIL, FORCES, epoch=EPOCH, world=world(),
                          events=["distance:200000:ship:station:stop", "sunset:ship"])
    assert arc.events[-1].name == "distance:200000:ship:station:stop" and arc.events[-1].epoch == arc.stop
    assert (arc.events[-1].index, arc.events[-1].other) == (1, 0)
    assert np.linalg.norm(arc.of("ship")[-1, :3] - arc.of("station")[-1, :3]) == pytest.approx(2e5, abs=1e-3)
    assert arc.stop < fakel.Epoch.utc(UNTIL) and arc.t_s[-1] == pytest.approx(arc.stop - arc.epoch, abs=1e-9)
    one = fakel.propagate(STATION, UNTIL, FORCES["station"], epoch=EPOCH, events=["altitude:415000:stop"],
                          world=world())
    assert len(one.events) == 1 and one.events[0].epoch == one.stop


def test_craft_of_two_epochs_begin_together_at_the_later():
    late = fakel.propagate(SHIP, "2013-11-20T01:30Z", FORCES["ship"], epoch=EPOCH, world=world())
    states = {"station": fakel.StateVector(fakel.Epoch.utc(EPOCH), fakel.Frame.GCRF, STATION[:3], STATION[3:], ""),
              "ship": fakel.StateVector(late.stop, fakel.Frame.GCRF, late.states[-1, :3], late.states[-1, 3:], "")}
    arc = fakel.propagate(states, UNTIL, FORCES, world=world())
    assert arc.epoch == late.stop
    there = coast(np.append(STATION, 420e3), 0.0, 5400.0, FORCES["station"].numbers, world().field)
    np.testing.assert_array_equal(arc.of("station")[0], there[:6])


def test_a_burn_is_met_as_a_load():
    arc = fakel.propagate(SHIP, UNTIL, FORCES["ship"], epoch=EPOCH, burns=[BURN], world=world(),
                          events=["load:0.01", "load:0.04372"])
    began, over = arc.events[:2]
    assert [m.name for m in arc.events].count(over.name) == 2    # up as mass goes, down as the thrust ends
    ended = next(m for m in arc.events[1:] if m.name == began.name)
    assert began.name == "load:0.01"
    assert abs(began.epoch - BURN.begin) < 1e-6 and abs(ended.epoch - BURN.end) < 1e-6
    mass = arc.paths[0].at(over.epoch - arc.epoch)[0, 6]       # 3000 N on 7000 kg, rising, less 4e-8 g of drag
    assert 3000.0 / mass / 9.80665 == pytest.approx(0.04372, abs=1e-7)


def test_a_decaying_orbit_feels_more_and_more():
    """Each perigee deeper: the load of 1e-4 g is met where density times speed squared says so, to a millisecond."""
    low = np.array([6.528e6, 0.0, 0.0, 0.0, 4.86e3, 6.14e3])
    forces = fakel.Forces(degree=8, mass_kg=7e3, drag_area_m2=10.0)
    arc = fakel.propagate(low, "2013-11-20T03:00Z", forces, epoch=EPOCH, events=["load:1e-5"], world=world())
    assert len(arc.events) >= 2
    from fakel.physics.conditions import felt_m_s2
    for met in arc.events:
        t = np.array([-1e-3, 1e-3]) + (met.epoch - arc.epoch)
        felt = np.linalg.norm(felt_m_s2(t, arc.paths[0].at(t), forces.numbers, world().field), axis=1)
        assert (felt[0] - 1e-5 * 9.80665) * (felt[1] - 1e-5 * 9.80665) < 0


def test_ends_alone_are_those_of_each_alone_on_any_number_of_cores():
    """Thirty states, only begin and end: bit for bit what each gives alone, and what a coast gives."""
    states = STATION + np.outer(np.arange(30.0), [50.0, 0, 0, 0, 0.5, 0])
    forces = FORCES["station"]
    many = fakel.propagate(states, UNTIL, forces, epoch=EPOCH, step_s=None, world=world())
    assert many.states.shape == (30, 2, 6) and many.t_s.tolist() == [0.0, 6 * 3600.0]
    for i in (0, 17, 29):
        alone = fakel.propagate(states[i], UNTIL, forces, epoch=EPOCH, step_s=None, world=world())
        np.testing.assert_array_equal(many.states[i], alone.states)
        end = coast(np.append(states[i], 420e3), 0.0, 6 * 3600.0, forces.numbers, world().field)
        np.testing.assert_array_equal(alone.states[-1], end[:6])
        looked = fakel.propagate(states[i], UNTIL, forces, epoch=EPOCH, step_s=None, world=world(), events=["perigee"])
        np.testing.assert_array_equal(looked.states[-1], end[:6])
    with pytest.raises(fakel.FlightError, match="holds begin and end alone"):
        many.at(60.0)


def test_a_light_world_gives_the_same_orbit():
    """Air for one orbit alone against air for any flight: within what a table may differ, 1 % of drag's own effect
    (400 m in six hours here)."""
    alone = fakel.propagate(STATION, UNTIL, FORCES["station"], epoch=EPOCH)
    full = fakel.propagate(STATION, UNTIL, FORCES["station"], epoch=EPOCH, world=world())
    assert np.linalg.norm(alone.states[-1, :3] - full.states[-1, :3]) < 4.0
    # An orbit that the start does not foretell is flown all the same: air for any flight is made then.
    climbing = fakel.propagate(STATION, "2013-11-20T04:00Z", FORCES["ship"], epoch=EPOCH, step_s=600.0,
                               burns=[fakel.Burn("2013-11-20T00:10Z", 100.0, 6e3, 302.0)])
    assert np.linalg.norm(climbing.states[-1, :3]) > 6.5e6


ORBITS = {"station": list(STATION), "ship": list(SHIP)}


@pytest.mark.parametrize("change, part", [
    ({"state": {}}, "state holds no craft"),
    ({"state": {"a:b": STATION}}, "'a:b' is no name for a craft"),
    ({"state": {"stop": STATION}}, "'stop' is no name for a craft"),
    ({"state": {"ship": STATION[:5]}}, r"state 'ship' has shape \(5,\)"),
    ({"state": {"ship": [*STATION[:5], np.nan]}}, "state 'ship' holds nan"),
    ({"state": {"ship": [6e6, *STATION[1:]]}}, "state 'ship' is at -378.1 km, below ground"),
    ({"forces": {"station": FORCES["station"]}}, "forces: 'ship' is missing; give one for each of: station, ship"),
    ({"forces": [FORCES["ship"]] * 3}, "forces: 3 given for 2 states"),
    ({"forces": [FORCES["ship"], fakel.Forces(degree=2)]}, "forces: degree 2 beside 8; craft of one flight share it"),
    ({"burns": {"tug": [BURN]}}, "burns: 'tug' is no craft of this flight; they are: station, ship"),
    ({"burns": {"ship": [BURN, BURN]}}, "put them one after the other"),
    ({"burns": {"ship": [BURN]}, "until": "2013-11-19T20:00Z"}, "burns are flown forward only"),
    ({"burns": ["now"]}, "burns: give fakel.Burn records"),
    ({"events": ["distance:10:ship"]}, "needs two craft; fly several by name and name two of them, such as "
                                       "distance:METRES:station:ship"),
    ({"events": ["distance:10:ship:ship"]}, "needs two craft"),
    ({"events": ["nearest:ship:tug"]}, "no craft is called 'tug'; they are: station, ship"),
    ({"events": ["sunset:ship:station"]}, "is of one craft and names 2"),
    ({"events": ["load"]}, "has no number; write it like load:G"),
    ({"events": ["elevation:1:2"]}, "has no three numbers; write it like elevation:LAT_DEG:LON_DEG:MASK_DEG"),
    ({"events": ["elevation:95:2:5"]}, "has the latitude 95"),
    ({"step_s": 1e-4}, "step_s = 0.0001 gives more than 2e"),
])
def test_what_cannot_be_flown_together(change, part):
    given = {"state": ORBITS, "until": UNTIL, "forces": FORCES["ship"], "epoch": EPOCH, **change}
    with pytest.raises(fakel.InputError, match=part) as error:
        fakel.propagate(given.pop("state"), given.pop("until"), given.pop("forces"), **given)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("change, part", [
    ({"duration_s": 0.0}, "burn.duration_s = 0; it must be above zero"), ({"thrust_n": np.nan}, "burn.thrust_n = nan"),
    ({"isp_s": -1.0}, "burn.isp_s = -1"), ({"direction": (0, 0, 0)}, "three numbers that are not all zero"),
    ({"direction": (1, 0)}, "burn.direction"), ({"frame": "LVLH"}, "burn.frame = 'LVLH' is not known"),
    ({"start": "noon"}, "burn.start: 'noon' is not a UTC instant"),
])
def test_a_burn_that_cannot_be(change, part):
    with pytest.raises(fakel.InputError, match=part):
        fakel.Burn(**{"start": EPOCH, "duration_s": 60.0, "thrust_n": 1e3, "isp_s": 300.0, **change})


def test_a_burn_outside_the_flight_is_told():
    arc = fakel.propagate(SHIP, "2013-11-20T00:30Z", FORCES["ship"], epoch=EPOCH, burns=[BURN], world=world())
    assert any("2013-11-20T01:00:00" in line and "left out" in line for line in arc.warnings)


def test_years_of_air_that_is_only_forecast_are_refused_at_once():
    start = observed_until()
    require_air_known(start, start + (AIR_FORECAST_S - 1.0), "until", "fly without air")
    require_air_known(fakel.Epoch.utc("2001-01-01"), fakel.Epoch.utc("2005-01-01"), "until", "fly without air")
    began = time.perf_counter()
    with pytest.raises(fakel.InputError, match=r"until = .*days of air that is only forecast; after 180 a craft may be "
                                               r"anywhere on its orbit. End by .*, or fly without air"):
        fakel.propagate(STATION, start + 2 * AIR_FORECAST_S, FORCES["station"], epoch=start)
    assert time.perf_counter() - began < 1.0
    free = fakel.propagate(STATION, start + 300 * 86_400.0, fakel.Forces(degree=4), epoch=start, step_s=86_400.0)
    assert len(free.t_s) == 301


WORDS = ("propagate", "--degree", "8", "--until", UNTIL)


def test_two_craft_on_the_command_line(tmp_path, capsys):
    states = [f"{name}={EPOCH} GCRF " + " ".join(map(str, y)) for name, y in (("station", STATION), ("ship", SHIP))]
    words = [*WORDS, "--state", states[0], "--state", states[1], "--mass", "station=420e3", "--mass", "ship=7e3",
             "--area", "10", "--area", "station=1500", "--burn", "ship=2013-11-20T01:00Z 120 3000 302 0 1 0 RTN",
             "--events", "nearest,sunset:ship", "--out", str(tmp_path / "both.oem")]
    assert main([*words, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    for name in ("station", "ship"):
        np.testing.assert_allclose(data["craft"][name]["position_m"], both("nearest").of(name)[:, :3], atol=20.0)
        assert (tmp_path / f"both-{name}.oem").read_text().startswith("CCSDS_OEM_VERS")
    assert {tuple(e["craft"]) for e in data["events"]} == {("station", "ship"), ("ship",)}
    assert main([*words, "--replace"]) == 0
    out = capsys.readouterr().out
    assert "station: craft" in out and "nearest" in out and "station ship" in out


@pytest.mark.parametrize("words, part", [
    (("--state", f"{EPOCH} GCRF 1 2 3 4 5 6", "--state", f"{EPOCH} GCRF 1 2 3 4 5 6"), "give each a name of its own"),
    ((), "needs a start; give --tle, --oem or --state"),
    (("--state", f"ship={EPOCH} GCRF 6.8e6 0 0 0 7.6e3 0", "--mass", "tug=5"), "--mass: no craft is called 'tug'; they "
                                                                               "are: ship"),
    (("--state", f"{EPOCH} GCRF 6.8e6 0 0 0 7.6e3 0", "--mass", "tug=5"), "the only one has no name, leave it out"),
    (("--state", f"{EPOCH} GCRF 6.8e6 0 0 0 7.6e3 0", "--mass", "much", "--area", "1"), "--mass = much is not"),
    (("--state", f"{EPOCH} GCRF 6.8e6 0 0 0 7.6e3 0", "--burn", "1 2 3"), "--burn has 3 words; write"),
    (("--state", f"{EPOCH} GCRF 6.8e6 0 0 0 7.6e3 0", "--burn", f"{EPOCH} 1 2 3 4 5 x"), "could not convert"),
    (("--state", f"{EPOCH} GCRF 6.8e6 0 0 0 7.6e3 0", "--burn", f"{EPOCH} 1 2 3 4 5 6 ECI"), "frame = 'ECI'"),
    (("--state", f"{EPOCH} GCRF 6.8e6 0 0 0 nan 0"), "state holds nan"),
    (("--state", f"{EPOCH} GCRF 6.8e6 0 0 0 17.6e3 0"), "state is hyperbolic"),
    (("--state", "2026-11-01 GCRF 6.8e6 0 0 0 7.6e3 0", "--mass", "1e3", "--area", "1", "--until", "2031-01-01"),
     "days of air that is only forecast"),
])
def test_a_command_that_cannot_be(capsys, words, part):
    until = () if "--until" in words else ("--until", UNTIL)
    assert main(["propagate", *words, *until]) == 2
    out = capsys.readouterr()
    assert out.out == "" and out.err.count("\n") == 1 and part in out.err


def test_long_work_says_what_it_does(capsys, monkeypatch):
    """Beyond a second on a terminal, a display with the time; where there is none, a line before minutes of work."""
    progress.told_of_long_work(1826.0, False)
    assert capsys.readouterr().err == "fakel: 1826 days of air are tabled first, 3 min or so\n"
    progress.told_of_long_work(30.0, False)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.setattr(progress, "PATIENCE_S", 0.05)
    with progress.spinner("world, flight"):
        time.sleep(0.4)
    assert "world, flight" in capsys.readouterr().err
    with pytest.raises(KeyboardInterrupt), progress.spinner("world, flight"):
        raise KeyboardInterrupt
    assert capsys.readouterr().err == ""


def test_what_the_page_shows_is_so(tmp_path, monkeypatch, capsys):
    """Python of docs/propagate.md and docs/orbits.md runs; its command flies the element set that ships."""
    house = Path(__file__).parents[2]
    monkeypatch.chdir(tmp_path)
    shutil.copy(house / "src/fakel/missions/iss-2013-11-06.tle", "iss.tle")
    for page in ("propagate.md", "orbits.md"):
        for code in re.findall(r"(?ms)^```python\n(.*?)^```", (house / "docs" / page).read_text(encoding="utf-8")):
            seen: dict = {}
            exec(code, seen)
            if "arc" in seen and seen["arc"].names:
                apart = seen["arc"].of("ship")[-1] - seen["arc"].of("station")[-1]
                assert np.linalg.norm(apart[:3]) == pytest.approx(1e5, abs=1e-3)
    (line,) = re.findall(r"(?m)^fakel propagate .*$", (house / "docs" / "propagate.md").read_text(encoding="utf-8"))
    assert main(shlex.split(line)[1:]) == 0
    assert "nearest" in capsys.readouterr().out


def test_ctrl_c_leaves_nothing_behind(tmp_path, monkeypatch, capsys):
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt
    monkeypatch.setattr("fakel.api.flight.light_world", interrupted)
    file = tmp_path / "path.oem"
    assert main([*WORDS, "--state", f"{EPOCH} GCRF 6.8e6 0 0 0 4750 6000", "--out", str(file)]) == 130
    assert capsys.readouterr().err == "fakel: stopped\n" and not file.exists()
