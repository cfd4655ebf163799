"""What ``fakel show`` will not do, told in one line; and a server that gives away nothing but the show."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

import fakel as package
from fakel.cli import show_server
from fakel.cli.show_server import Source, server
from fakel.load.folder import begin, finish, write_leg
from fakel.model.errors import InputError
from fakel.model.plain import plain
from fakel.show import export as exporting
from fakel.show import site
from fakel.show.export import LISTED
from fakel.show.offline import BITS, FIRST
from flights import fakel
from make_flight import make_flight, make_verdicts, mission

HTML = '<html><head>\n  <script type="module" crossorigin src="./assets/index-1.js"></script>\n</head></html>\n'
PAGE = {"index.html": HTML, "assets/index-1.js": 'import"./other-2.js";console.log(import.meta.url)',
        "assets/other-2.js": "export{}", "sky/day.jpg": "L" * 9000, "sky/day-small.jpg": "S" * 90}
REAL = Path(package.__file__).parent / "show" / "page"


@pytest.fixture
def folder(tmp_path):
    """A flight made by hand, in a folder."""
    where = tmp_path / "flight"
    begin(where, mission(), {"program": "fakel by hand"}, replace=False)
    for leg in make_flight().legs:
        write_leg(where, leg)
    finish(where, plain(make_verdicts()), {}, complete=True)
    return where


@pytest.fixture
def page(tmp_path, monkeypatch):
    """A small page in place of the built one."""
    files = {}
    for name, text in PAGE.items():
        files[name] = tmp_path / "page" / name
        files[name].parent.mkdir(parents=True, exist_ok=True)
        files[name].write_text(text)
    monkeypatch.setattr(site, "page_files", lambda: files)
    monkeypatch.setattr(exporting, "page_files", lambda: files)
    return files


@contextmanager
def served(folder, page):
    with server(Source(folder, page), "127.0.0.1", 0) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        try:
            yield httpd.server_address[1]
        finally:
            httpd.shutdown()


def ask(port, path, method="GET", **headers):
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    link.putrequest(method, path, skip_host=False)
    for name, value in headers.items():
        link.putheader(name.replace("_", "-"), value)
    link.endheaders()
    answer = link.getresponse()
    body = answer.read()
    link.close()
    return answer, body


def refused(run, text):
    assert (run.code, run.out) == (2, "") and run.err == f"fakel: {text}\n", run.err


# ---------------------------------------------------------------- refusals

def test_folders_that_hold_no_flight(tmp_path, folder):
    refused(fakel("show", tmp_path / "no"),
            f"{tmp_path}/no: holds no flight (no flight.json); give a folder that fakel fly wrote")
    index = folder / "flight.json"
    whole = index.read_text()
    index.write_text(whole[:900])
    told = fakel("show", folder, "--export", tmp_path / "site")
    assert told.code == 2 and told.err.count("\n") == 1 and "flight.json: is torn" in told.err
    index.write_text(whole.replace('"format": 1', '"format": 7'))
    refused(fakel("show", folder), f"{index}: has format 7, this program reads format 1; fly the mission again")


def test_a_flight_without_arcs(tmp_path):
    begin(tmp_path / "f", mission(), {}, replace=False)
    refused(fakel("show", tmp_path / "f", "--export", tmp_path / "site"),
            "the flight holds no arcs: nothing can be shown; fly the mission, or wait for its first leg")


def test_no_flight_at_all(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    refused(fakel("show"), "flights: holds no flight; fly one (fakel fly sochi-torch), or give the folder of a flight")


def test_the_newest_of_several_flights_is_named(tmp_path, monkeypatch, folder, page):
    monkeypatch.chdir(tmp_path)
    for age, name in enumerate(("new", "old")):
        shutil.copytree(folder, tmp_path / "flights" / name)
        os.utime(tmp_path / "flights" / name / "flight.json", (1e9 - age, 1e9 - age))
    run = fakel("show", "--export", tmp_path / "site")
    assert run.code == 0 and run.err == "fakel: flights/new is the newest of 2 flights\n"
    again = fakel("show", tmp_path / "flights", "--export", tmp_path / "site", "--lang", "ru")
    assert f"{tmp_path}/flights/new is the newest" in again.err and again.out.endswith("index.html?lang=ru\n")


def test_a_checkout_without_the_page_says_how_to_build_it(folder, monkeypatch, tmp_path):
    (tmp_path / "show").mkdir()
    monkeypatch.setattr(site.resources, "files", lambda name: tmp_path / "show")
    with pytest.raises(InputError, match="not built here; run make show in a checkout, or install the wheel"):
        site.page_files()


def test_ports_that_cannot_be_had(folder, page):
    with pytest.raises(InputError, match=r"^--port 70000: ports go from 1 to 65535; give another one$"):
        server(Source(folder, page), "127.0.0.1", 70000)
    with served(folder, page) as port, pytest.raises(InputError, match=f"^--port {port}: cannot serve there"):
        server(Source(folder, page), "127.0.0.1", port)


def test_a_torn_leg_is_told_and_the_others_are_shown(folder, page, tmp_path):
    leg = sorted((folder / "legs").glob("*.npz"))[1]
    leg.write_bytes(leg.read_bytes()[:500])
    run = fakel("show", folder, "--export", tmp_path / "site", "--json")
    assert run.code == 0 and run.err.count("\n") == 1 and "the other legs are used" in run.err
    assert json.loads(run.out)["complete"] is False
    assert fakel("show", folder, "--export", tmp_path / "site").out.endswith("; the flight is not complete\n")


def test_a_flight_whose_legs_are_all_torn(folder, page, tmp_path):
    for leg in (folder / "legs").glob("*.npz"):
        leg.write_bytes(leg.read_bytes()[:500])
    refused(fakel("show", folder, "--export", tmp_path / "site"),
            f"{folder}: none of its legs can be read, their files are torn; fly the mission again")


# ---------------------------------------------------------------- the server

def test_only_the_show_is_given_away(folder, page):
    with served(folder, page) as port:
        for path, status in (("/", 200), ("/assets/index-1.js", 200), ("/data/scene.json", 200), ("/nothing", 404),
                             ("/data/../flight.json", 404), ("/%2e%2e/%2e%2e/etc/passwd", 404), ("//etc/passwd", 404),
                             ("/assets/../index.html", 404), ("/data/", 404), ("/data/%00", 404)):
            assert ask(port, path)[0].status == status, path
        assert ask(port, "/data/scene.json", "HEAD")[1] == b""
        assert ask(port, "/data/scene.json", "POST")[0].status == 501


def test_an_unchanged_scene_is_not_sent_again_and_legs_never_are(folder, page):
    with served(folder, page) as port:
        first, body = ask(port, "/data/scene.json")
        assert first.getheader("Cache-Control") == "no-cache"
        again, nothing = ask(port, "/data/scene.json", If_None_Match=first.getheader("ETag"))
        assert (again.status, nothing) == (304, b"")
        leg, data = ask(port, f"/data/{json.loads(body)['legs'][0]['file']}")
        assert "immutable" in leg.getheader("Cache-Control")
        assert len(data) == json.loads(body)["legs"][0]["bytes"]


def test_a_growing_flight_is_followed(tmp_path, page):
    where, legs = tmp_path / "growing", make_flight().legs
    begin(where, mission(), {}, replace=False)
    write_leg(where, legs[0])
    with served(where, page) as port:
        before = json.loads(ask(port, "/data/scene.json")[1])
        write_leg(where, legs[1])
        after = json.loads(ask(port, "/data/scene.json")[1])
        assert (len(before["legs"]), len(after["legs"]), after["complete"]) == (1, 2, False)
        assert before["legs"][0] == after["legs"][0], "a leg that is written never changes"
        (where / "flight.json").unlink()
        assert len(json.loads(ask(port, "/data/scene.json")[1])["legs"]) == 2, "what was read stands"


def test_ctrl_c_ends_the_server(folder, tmp_path):
    if not (REAL / "index.html").is_file():
        pytest.skip("the page is not built: make page")
    here = dict(os.environ, PYTHONPATH=str(Path(package.__file__).parents[1]))
    run = subprocess.Popen([sys.executable, "-m", "fakel", "show", str(folder), "--no-browser", "--json"],
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=here)
    assert json.loads(run.stdout.readline())["url"].startswith("http://127.0.0.1:")
    run.send_signal(signal.SIGINT)
    out, err = run.communicate(timeout=20)
    assert run.returncode == 130 and "Traceback" not in err and out == ""


# ---------------------------------------------------------------- the static site

def unpacked(script):
    """The files that the offline script carries, read as its own code reads them."""
    import gzip
    text = script.decode("utf-16")
    told = json.loads(text[len("const PACKED = "):text.index(";\nconst ENTRY")])
    bits = "".join(f"{ord(c) - FIRST:0{BITS}b}" for c in told["text"])[:8 * told["size"]]
    whole = gzip.decompress(bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8)))
    return {path: whole[at:at + size] for path, at, size in told["files"]}


def test_a_site_holds_the_page_the_data_and_the_same_once_more_for_a_disk(folder, page, tmp_path):
    run = fakel("show", folder, "--export", tmp_path / "site")
    assert run.code == 0, run.err
    place = tmp_path / "site"
    scene = json.loads((place / "data" / "scene.json").read_text(encoding="utf-8"))
    html = (place / "index.html").read_text()
    assert "./start.js" in html and "module" not in html and "crossorigin" not in html
    assert '"./assets/index-1.js"' in (place / "start.js").read_text()
    carried = unpacked((place / "offline.js").read_bytes())
    assert carried["data/scene.json"] == (place / "data" / "scene.json").read_bytes()
    for leg in scene["legs"]:
        assert carried[f"data/{leg['file']}"] == (place / "data" / leg["file"]).read_bytes()
    assert carried["sky/day.jpg"] == carried["sky/day-small.jpg"] == b"S" * 90, "the small picture stands for the large"
    assert carried["assets/index-1.js"] == b'import"fakel/other-2.js";console.log(globalThis.fakelModuleBase)'


def test_a_site_is_written_over_its_older_self_and_over_nothing_else(folder, page, tmp_path):
    place = tmp_path / "site"
    assert fakel("show", folder, "--export", place).code == 0
    (place / "data" / "scene.json").write_text("old")
    (place / "mine.txt").write_text("mine")
    assert fakel("show", folder, "--export", place).code == 0
    assert (place / "data" / "scene.json").read_text() != "old" and (place / "mine.txt").read_text() == "mine"
    (place / LISTED).unlink()
    refused(fakel("show", folder, "--export", place),
            f"{place}: is not empty and holds no exported show; give --replace or another folder")
    assert fakel("show", folder, "--export", place, "--replace").code == 0
    refused(fakel("show", folder, "--export", place / "mine.txt"),
            f"{place}/mine.txt: is a file; give a folder to --export")


def test_a_list_of_files_that_leads_outside_takes_nothing_away(folder, page, tmp_path):
    place, outside = tmp_path / "site", tmp_path / "keep.txt"
    outside.write_text("mine")
    place.mkdir()
    (place / LISTED).write_text('["../keep.txt"]')
    assert fakel("show", folder, "--export", place).code == 0
    assert outside.read_text() == "mine"


def test_the_real_site_fits_on_its_budget(folder, tmp_path):
    """12 MB with the reference flight, whose data take 3 MB in both forms; the flight made here is far smaller."""
    if not (REAL / "index.html").is_file():
        pytest.skip("the page is not built: make page")
    run = fakel("show", folder, "--export", tmp_path / "site", "--json")
    assert run.code == 0 and json.loads(run.out)["bytes"] < 9_000_000


def test_the_policy_of_the_page_lets_nothing_in_from_elsewhere():
    assert "http" not in show_server.POLICY and "unsafe-eval" not in show_server.POLICY
