"""Spacewalks that cannot be, and the one line that says so before anything flies."""

from dataclasses import replace
from datetime import date

import pytest

from fakel.model.errors import InputError, NoWindow
from fakel.plan.start import first_situation
from walks import flown, mission, planned, tasks, world

HERE = "torch-walk.toml: [steps.walk]"


def refused(edit, **changes):
    """What is said when the mission is read, or else when the walk is planned."""
    with pytest.raises(InputError) as told:
        planned(edit, **changes)
    said = str(told.value)
    assert "\n" not in said
    return said[said.index(HERE):] if HERE in said else said


def at_load(edit):
    with pytest.raises(InputError) as told:
        mission(edit)
    said = str(told.value)
    assert "\n" not in said and HERE in said
    return said[said.index(HERE) + len(HERE) + 2:]


def task(name, **values):
    def edit(table):
        tasks(table)[name].update(values)
    return edit


def walk(**values):
    def edit(table):
        table["steps"]["walk"].update(values)
    return edit


def test_a_walk_longer_than_the_oxygen():
    # By hand: 250 W for 950 min of scenes and airlock, 350 W for 16, 300 W for 4 and 340 W for 15 min take 1.0571 kg
    # at 14.156 MJ/kg. 1 kg less half an hour at 250 W is 0.9682 kg: gone 3211 s of scene before the last 25 min.
    assert at_load(task("scene-kotov", duration_min=900)) == (
        "kotov is 16.42 h on the suit's own oxygen, whose 1 kg last 15.11 h at these rates with 30 min in hand; "
        "shorten the tasks or lower their watts")


def test_a_walk_longer_than_the_oxygen_left_in_the_suit():
    half = {"kotov": {"oxygen_kg": 0.1, "oxygen_reserve_kg": 1.0, "co2_kg": 0.0, "water_kg": 3.6}}
    said = refused(walk(recharged=False), suits=half)
    assert said.startswith("kotov is 1.75 h on the suit's own oxygen, whose 0.1 kg last 0.9")
    assert said.endswith(" min in hand; shorten the tasks or lower their watts")


@pytest.mark.parametrize(("edit", "said"), [
    (task("torch-out", after=["scene-ryazansky"]),
     "tasks, task torch-out: it waits for scene-ryazansky, which in turn waits for it; break the circle"),
    (task("torch-out", after=["torch-out"]),
     "tasks, task torch-out: it waits for torch-out, which in turn waits for it; break the circle"),
    (task("torch-out", after=["in"]),
     "tasks, task torch-out: it waits for in, which in turn waits for it; break the circle"),
    (task("torch-out", after=["breakfast"]),
     "tasks, task torch-out: after = 'breakfast' is not known; write one of: in, out, scene-kotov, scene-ryazansky, "
     "torch-out"),
    (task("torch-out", place="moon"),
     "tasks, task torch-out: place = 'moon' is not known; write one of: pirs, pirs-ring, poisk, quest, "
     "zarya, zvezda-aft, zvezda-antenna, zvezda-small-section, zvezda-workstation"),
    (task("scene-kotov", via=["pirs-1-99"]),
     "task scene-kotov: via = 'pirs-1-99' is neither a worksite nor a handrail of iss-2013-11; did you mean "
     "'pirs-1-9'?"),
    (task("scene-kotov", via=["pirs-2-2", "pirs-2-6"]),
     "task scene-kotov: via: the way from pirs-2-2 to pirs-2-6 leads through the hull pirs; go around it, or leave the "
     "way to the planner"),
    (task("scene-kotov", place="zvezda-aft", duration_min=1),
     "tasks, task scene-kotov: it lasts 1 min, but the way from pirs-ring to zvezda-aft takes kotov 2.1 min; make it "
     "longer"),
    (task("torch-out", who=["kotov", "hopkins"]),
     "tasks, task torch-out: who = 'hopkins' is not a walker; write one of: kotov, ryazansky, or add them to walkers"),
    (task("torch-out", who=[]), "tasks, task torch-out: nobody does it; name one or more of: kotov, ryazansky"),
    (task("torch-out", must=["applause"]),
     "tasks, task torch-out: must = 'applause' is not known; write one of: dark, ground, light, link, relay, tv"),
    (task("torch-out", duration_min=0), "tasks, task torch-out: it cannot last 0 min; make it longer"),
    (task("torch-out", metabolic_w=-5),
     "tasks, task torch-out: metabolic_w = -5 cannot be; flown walks have 116 to 581"),
    (task("torch-out", id="out"), "tasks, task out: the id is used twice; give each task its own"),
    (task("scene-kotov", gives=[{"item": "torch", "from": "ryazansky", "to": "kotov"}]),
     "task scene-kotov: torch is held by kotov, not by ryazansky; mend its gives"),
    (task("scene-kotov", gives=[{"item": "bell", "from": "kotov", "to": "ryazansky"}]),
     "task scene-kotov gives: item = 'bell' is not known; write one of: torch"),
    (task("in", gives=[{"item": "torch", "from": "ryazansky", "to": "mir"}]),
     "task in gives: to = 'mir' is not known; write one of: kotov, pirs, poisk, quest, ryazansky, station"),
    (walk(walkers=["kotov", "nobody"]), "walkers = 'nobody' is not known; write one of: kotov, ryazansky"),
    (walk(walkers=["kotov", "kotov"]), "walkers: kotov is named twice; name each walker once"),
    (walk(walkers=[]), "walkers: nobody goes out; name one or more people"),
    (walk(tasks=[]), "tasks: a walk needs at least one task"),
    (walk(leaks=[{"who": "hopkins", "from_min": 1, "leak_g_h": 3}]),
     "leaks: who = 'hopkins' is not known; write one of: kotov, ryazansky"),
])
def test_what_cannot_be_is_refused_when_the_mission_is_read(edit, said):
    assert at_load(edit) == said


def test_a_pre_breathe_too_short():
    # 10 min and 20 min of venting on oxygen leave 1.889; 1.855 is reached 10 min later.
    assert at_load(walk(prebreathe_min=10)) == (
        "prebreathe: 10 min are too short for Orlan-MK: tissue nitrogen would be 1.89 times the suit's pressure, and "
        "may be 1.85; breathe oxygen 10 min longer")


def test_a_hatch_opened_under_pressure():
    plan = mission().steps["walk"].plan
    with pytest.raises(InputError) as told:
        replace(plan, airlock=replace(plan.airlock, depress_s=600.0))
    assert str(told.value) == ("airlock Pirs: after 10 min of venting 4308 Pa are left, and its hatch opens at 250 Pa "
                               "or less; vent it 19.0 min")


def test_a_walker_without_a_suit():
    def edit(table):
        del table["suits"]["ryazansky"]
    assert at_load(edit) == "walkers: ryazansky has no suit; write ryazansky = a suit's id under [suits]"


def test_a_task_that_stands_before_the_one_it_comes_after():
    def edit(table):
        own = table["steps"]["walk"]["tasks"]
        tasks(table)["torch-out"]["after"] = []
        own.insert(0, own.pop(1))
        own[0]["after"] = ["out"]
    assert at_load(edit) == ("tasks, task torch-out: it comes after out, which stands later in the list; "
                             "move out up")


def test_an_item_that_somebody_else_holds():
    assert refused(lambda table: None, holders={"torch": "ryazansky"}) == (
        "torch is held by ryazansky, not by station, who gives it first; move it there in a stay before the walk")


def test_an_item_that_nobody_holds():
    assert refused(lambda table: None, holders={}) == (
        "torch is held by nobody; name its holder where the mission starts")


def test_a_walker_who_is_not_aboard():
    assert refused(lambda table: None, places={"kotov": "soyuz-tma-10m", "ryazansky": "station"}) == (
        "walkers: kotov is in soyuz-tma-10m, not aboard the station; move them with crew = [...] in a stay before the "
        "walk")


def test_a_day_too_short_for_the_tasks():
    with pytest.raises(NoWindow) as told:
        planned(walk(crew_day={"start_h": 6.0, "stop_h": 11.0}))
    assert str(told.value) == (
        "no hatch opening between 2013-11-09T10:50:00Z and 2013-11-09T10:50:00Z leaves time for the tasks; shorten "
        "them, mark some optional, or lengthen the crew's day")


def test_a_hatch_that_opens_before_the_masks_are_on():
    said = refused(walk(hatch_open="2013-11-09T00:10:00Z"))
    assert said == ("hatch_open = 2013-11-09T00:10:00Z leaves no time for 50 min of oxygen and depressurisation after "
                    "2013-11-09T00:00:00Z; open it later")


def test_a_hatch_on_another_day():
    said = refused(walk(hatch_open="2013-11-08T15:00:00Z", date=date(2013, 11, 9)))
    assert said == "hatch_open = 2013-11-08T15:00:00Z lies before the walk's date 2013-11-09; mend one of them"


def test_a_given_start_that_is_too_early():
    assert at_load(task("torch-out", start_min=10)) == (
        "task torch-out: start_min = 10 is before its people and the tasks it comes after are ready (16 min); "
        "start it later")


def test_a_walk_on_a_day_that_is_over():
    made = mission()
    late = replace(first_situation(made, world()), epoch=first_situation(made, world()).epoch + 86_400.0)
    from fakel.phases import eva
    with pytest.raises(NoWindow, match=r"^the walk's day 2013-11-09 is over when the walk could begin"):
        eva.fill(made.steps["walk"].plan, late, world())


def test_a_walk_is_not_flown_before_it_is_planned():
    made = mission()
    from fakel.phases import eva
    with pytest.raises(InputError, match="fill the plan first"):
        eva.fly(first_situation(made, world()), made.steps["walk"].plan, world())


def test_the_shipped_walk_is_not_refused():
    assert flown().ending == "done"
