"""Stays that cannot be, and the one line that says so."""

from datetime import date

import pytest

from fakel.model.errors import InputError
from fakel.phases import stay
from fakel.plan.start import first_situation
from walks import mission, world


def visit(ships=False, **values):
    """The hour outside with a stay before it."""
    def edit(table):
        table["first"] = "rest"
        table["steps"]["rest"] = {"phase": "stay", "then": {"done": "walk"}, "duration_h": 6, **values}
        if values.get("until"):
            del table["steps"]["rest"]["duration_h"]
        if ships:
            table["ships"] = {"guest": {"vehicle": "soyuz-tma-m", "docked": "poisk-zenith"},
                              "free": {"vehicle": "soyuz-tma-m"}}
    return mission(edit)


def refused(**values):
    with pytest.raises(InputError) as told:
        made = visit(**values)
        plan, situation = made.steps["rest"].plan, first_situation(made, world())
        stay.fly(situation, stay.fill(plan, situation, world()), world())
    said = str(told.value)
    assert "\n" not in said
    return said.split("[steps.rest]: ")[-1]


def move(**values):
    return [{"item": "torch", "from": "station", "to": "kotov", "after_h": 1, **values}]


@pytest.mark.parametrize(("values", "said"), [
    ({"duration_h": 0}, "a stay cannot last 0 h; make it more than zero"),
    ({"until": date(2013, 11, 9)},
     "a stay until 2013-11-09 would end before it begins (2013-11-09T00:00:00Z); write a later date, or let it slip "
     "with slip_days"),
    ({"moves": move(item="bell")}, "moves: item = 'bell' is not known; write one of: torch"),
    ({"moves": move(to="moon")},
     "moves of torch: to = 'moon' is not known; write one of: kotov, pirs, poisk, quest, ryazansky, station"),
    ({"moves": move(**{"from": "pirs"})},
     "torch is held by station, not by pirs (moved between vehicles); mend the order of the transfers"),
    ({"moves": move(after_h=7)}, "something moves 7 h into a stay of 6.00 h; move it earlier"),
    ({"crew": [{"who": ["nobody"], "to": "pirs", "after_h": 1}]},
     "crew: who = 'nobody' is not known; write one of: kotov, ryazansky"),
    ({"ships": True, "crew": [{"who": ["kotov"], "to": "free", "after_h": 1}]},
     "a stay moves somebody or something to free, which is not docked; move them to one of: station, "
     "pirs, poisk, quest, guest"),
    ({"ships": True, "moves": move(to="free")},
     "a stay moves somebody or something to free, which is not docked; move them to one of: station, "
     "pirs, poisk, quest, guest"),
])
def test_a_stay_that_cannot_be(values, said):
    assert refused(**values) == said


def test_two_moves_in_the_wrong_order_of_time():
    late_first = [*move(**{"from": "kotov"}, to="pirs", after_h=1), *move(after_h=2)]
    assert refused(moves=late_first) == (
        "torch is held by station, not by kotov (moved between vehicles); mend the order of the transfers")


def test_a_stay_that_slips_lasts_until_everything_is_moved():
    made = visit(until=date(2013, 11, 9), slip_days=3, moves=move(after_h=30))
    plan = stay.fill(made.steps["rest"].plan, first_situation(made, world()), world())
    assert plan.until == date(2013, 11, 11)


def test_a_good_stay_moves_people_and_things():
    made = visit(ships=True, moves=move(to="guest"), crew=[{"who": ["kotov"], "to": "guest", "after_h": 2}])
    situation = first_situation(made, world())
    leg = stay.fly(situation, stay.fill(made.steps["rest"].plan, situation, world()), world())
    assert leg.after.holders == {"torch": "guest"}
    assert leg.after.places == {"kotov": "guest", "ryazansky": "station"}
    assert leg.studies["lifeboats"] == {"ships": ["guest"], "seats": [3], "people": [2], "spare": [1]}


def test_somebody_who_is_elsewhere_gives_nothing():
    def edit(table):
        table["first"] = "rest"
        table["steps"]["rest"] = {"phase": "stay", "then": {"done": "walk"}, "duration_h": 6,
                                  "moves": move(**{"from": "anna"})}
        table["ships"] = {"free": {"vehicle": "soyuz-tma-m"}}
        table["people"]["anna"] = {"name": "Anna", "place": "free"}
        table["items"]["torch"]["holder"] = "anna"
    made = mission(edit)
    said = "^torch cannot go from anna to kotov: anna is elsewhere, in free; bring anna to kotov first$"
    with pytest.raises(InputError, match=said):
        stay.fly(first_situation(made, world()), made.steps["rest"].plan, world())
