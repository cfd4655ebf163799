"""Every rule of a walk can be broken, and then it is that rule that says so."""

import pytest

from fakel.model.errors import InputError
from fakel.model.verdict import Status
from fakel.rules import judge, load_rules
from walks import flight, flown, tasks, unchanged

LAMP = {"name": "Lamp", "mass_kg": 2.0, "length_m": 0.4, "width_m": 0.2, "depth_m": 0.2, "hazards": [],
        "source": "test"}


def failed(edit):
    leg = flown(edit)
    return {v.rule for v in judge(flight(leg, edit), load_rules()) if v.status is Status.FAIL}


def walk(**values):
    return lambda table: table["steps"]["walk"].update(values)


def task(name, **values):
    return lambda table: tasks(table)[name].update(values)


def torch(**values):
    return lambda table: table["items"].update(torch={**LAMP, "holder": "station", **values})


def everyone(**values):
    def edit(table):
        for one in tasks(table).values():
            one.update(values)
    return edit


def alone(table):
    table["steps"]["walk"]["walkers"] = ["kotov"]
    for one in tasks(table).values():
        one["who"] = ["kotov"]
        one["gives"] = []


def worn_out(table):
    """EMUs, whose battery is made for 7 h, on a walk of longer."""
    table["suits"] = dict.fromkeys(table["suits"], "emu")
    table["steps"]["walk"].update(prebreathe_min=240, between_w=150, crew_day={"start_h": 0.0, "stop_h": 23.9})
    for one in tasks(table).values():
        one.update(metabolic_w=150, must=[])
    tasks(table)["scene-kotov"].update(duration_min=360)


def behind(table):
    """Scenes in a corner of the small and the large section, where neither finds a place to film the other from."""
    for name in ("torch-out", "scene-kotov", "scene-ryazansky"):
        tasks(table)[name].update(place="zvezda-antenna")


def apart(table):
    """Kotov passes the torch on from the aft end while Ryazansky waits at the ring."""
    tasks(table)["scene-kotov"].update(who=["kotov"], place="zvezda-aft")


@pytest.mark.parametrize(("edit", "rules"), [
    (task("scene-kotov", tethers=1), {"WALK-TETHERS", "WALK-HANDS"}),
    (walk(leaks=[{"who": "kotov", "from_min": 30, "leak_kg_h": 3.0}]),
     {"SUIT-PRESSURE", "WALK-OXYGEN", "WALK-COMPLETE"}),      # 2 kg/h are fed at most; the bottles are soon empty
    (walk(prebreathe_min=20), {"PREBREATHE", "TISSUE-RATIO"}),
    (walk(inner_hatch_leak_kg_h=2), {"HATCH-PRESSURE"}),
    (alone, {"WALK-PAIR"}),
    (torch(hazards=["flame"]), {"FLAME", "TORCH-UNLIT"}),
    (torch(width_m=1.1, length_m=1.2), {"WALK-ITEM-FITS"}),
    (task("scene-kotov", metabolic_w=650), {"WALK-HEAT"}),
    (everyone(metabolic_w=450), {"WALK-EFFORT"}),
    (walk(hatch_open="2013-11-09T20:47:00Z"), {"WALK-DAY"}),
    (walk(hatch_open="2013-11-09T15:20:00Z"), {"WALK-TV"}),
    (task("scene-kotov", duration_min=370, metabolic_w=200, must=[]), {"WALK-AUTONOMY"}),
    (task("scene-kotov", duration_min=330, metabolic_w=450, must=[]), {"WALK-WATER", "WALK-EFFORT"}),
    (behind, {"WALK-FILMED", "HANDED-IN-PLACE"}),             # the station hands things out at its hatch
    (worn_out, {"WALK-BATTERY", "WALK-AUTONOMY", "WALK-DAY"}),
    (walk(terminate_after_min=30), {"WALK-COMPLETE"}),
])
def test_a_rule_that_is_broken_says_so(edit, rules):
    assert failed(edit) == rules


def test_a_hand_over_to_somebody_elsewhere_is_refused_before_it_is_flown():
    with pytest.raises(InputError, match="cannot give or take torch, being elsewhere"):
        failed(apart)


def test_the_unspoilt_walk_breaks_none():
    assert failed(unchanged) == set()
