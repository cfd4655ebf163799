"""Ways, rails and hooks that cannot be are refused in one line."""

from dataclasses import replace

import numpy as np
import pytest

from fakel.cli.main import main
from fakel.load.library import Library
from fakel.model.errors import InputError
from fakel.model.place import Station
from fakel.model.structure import Spot
from fakel.plan import tethers
from fakel.plan.rails import rails_of, require_way

STRUCTURE = Library().find(Station, "iss-2013-11", "station").structure
RAILS = rails_of(STRUCTURE)
HOOKS = tethers.Tethers(RAILS, 1.0, 3.0)


def said(call):
    with pytest.raises(InputError) as error:
        call()
    assert "\n" not in str(error.value)
    return str(error.value)


def with_site(name, at_m):
    return replace(STRUCTURE, worksites={name: Spot(name, np.array(at_m), "", "")})


@pytest.mark.parametrize(("call", "message"), [
    (lambda: RAILS.index("pirs-9-9"), "place = 'pirs-9-9' is neither a worksite nor a handrail of iss-2013-11; "
     "did you mean 'pirs-5-9'?"),
    (lambda: require_way(RAILS, ("pirs-3-2", "pirs-1-2"), "via"),
     "via: pirs-1-2 is 1.6 m from pirs-3-2, beyond the reach of 1.5 m; name a handrail between"),
    (lambda: require_way(RAILS, ("zvezda_a-2-4", "zvezda_a-4-3"), "via"),
     "via: the way from zvezda_a-2-4 to zvezda_a-4-3 leads through the keep-out zvezda-nadir-antenna; go around it, or "
     "leave the way to the planner"),
    (lambda: require_way(RAILS, ("pirs-2-2", "pirs-2-6"), "via"),
     "via: the way from pirs-2-2 to pirs-2-6 leads through the hull pirs; go around it, or leave the way to the "
     "planner"),
    (lambda: rails_of(with_site("engine", [-36.0, 0.0, 4.1])),
     "iss-2013-11: engine lies in the keep-out zvezda-engines; move it"),
    (lambda: rails_of(with_site("far", [-30.0, 0.0, 12.0])),
     "iss-2013-11: far is 5.4 m from the nearest handrail, beyond the reach of 1.5 m; move it onto a hull"),
    (lambda: HOOKS.let_go(tethers.Held(0, True, 0, None)),
     "tethers: letting go with both hands at destiny-0-0 would leave 1 point; hold at 2"),
    (lambda: HOOKS.unhook(tethers.Held(0, False, 0, 0), "long"),
     "tethers: unhooking the long tether at destiny-0-0 would leave 1 point; hold at 2"),
    (lambda: HOOKS.unhook(tethers.Held(0, True, None, 0), "short"),
     "tethers: the short tether is not hooked; hook it first"),
    (lambda: HOOKS.hook(tethers.Held(0, True, 0, 0), "short"),
     "tethers: the short tether is hooked at destiny-0-0; unhook it first"),
    (lambda: HOOKS.move(tethers.Held(0, False, 0, 0), 1),
     "tethers: nobody moves from destiny-0-0 with both hands free; grab the rail"),
    (lambda: HOOKS.move(tethers.Held(0, True, 0, 0), 5),
     "tethers: destiny-0-5 is not within reach of destiny-0-0; go by rails between"),
    (lambda: tethers.Leash("torch", frozenset({"kotov"})).unhook("kotov"),
     "tethers: unhooking torch from kotov would leave it loose; hook it to somebody first"),
])
def test_what_cannot_be_is_refused(call, message):
    assert said(call) == message


def test_a_tether_is_not_stretched_beyond_its_length():
    start = RAILS.index("pirs-3-2")
    far = max(RAILS.over.neighbours[start], key=lambda n: HOOKS.stretch_m(start, n))
    assert HOOKS.stretch_m(start, far) > 1.0
    assert said(lambda: HOOKS.move(tethers.start(start), far)) == (
        f"tethers: the short tether of 1 m does not reach from pirs-3-2 to {RAILS.names[far]}; hook it again before")


@pytest.mark.parametrize(("words", "code", "text"), [
    (["pirs", "pirs-ring"], 0, "2 swaps of the short tether, 0 of the long; never fewer than 2 points"),
    ([], 0, "zvezda-workstation    Zvezda, workstation     zvezda_a-6-0     9.1               151"),
    (["pirs", "moon"], 2, "place = 'moon' is neither a worksite nor a handrail of iss-2013-11; write a worksite: "),
    (["pirs-2-2", "pirs-2-6", "pirs"], 2, "way: the way from pirs-2-2 to pirs-2-6 leads through the hull pirs; "),
    (["pirs", "poisk", "--station", "mir"], 2, "--station = 'mir' is not known; "),
])
def test_the_command_tells_a_way_or_why_there_is_none(words, code, text, capsys):
    assert main(["eva", "way", *words]) == code
    told = capsys.readouterr()
    assert text in (told.out if code == 0 else told.err)


def test_a_way_is_drawn_on_the_station_and_not_over_another_picture(tmp_path, capsys):
    path = tmp_path / "way.svg"
    assert main(["eva", "way", "pirs", "zvezda-workstation", "--svg", str(path)]) == 0
    text = path.read_text()
    assert text.count('class="way"') == 2 and "from above" in text and "zvezda-workstation" in text
    steps = len(RAILS.way("pirs", "zvezda-workstation"))
    line = text.split('class="way" d="M')[1].split('"')[0]
    assert len(line.split("L")) == steps
    assert main(["eva", "way", "pirs", "poisk", "--svg", str(path)]) == 2
    assert "is there already; give another name or --replace" in capsys.readouterr().err
    assert path.read_text() == text
