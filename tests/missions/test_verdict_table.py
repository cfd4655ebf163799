"""The verdicts of the reference flight, written down before these rules were run on it, rule by rule with the reason.

Written from the facts and by hand arithmetic. Known of the flight by then: its channels, studies and events, with their
least and greatest values; of the verdicts nothing. What came out otherwise stands in ``SURPRISES`` with its
explanation: the prediction stays as it was, and no limit was moved. (HATCH-SHUT was split off HATCH-PRESSURE after the
run: the channel falls to zero in the sample of the opening itself, and the event's own fact knows the pressure better.
The air's channels came later still; its lines were written before they were flown, as "with them" beside "unknown".)
"""

from __future__ import annotations

import time

import pytest

from fakel.load.folder import read_flight
from fakel.rules import judge, load_rules
from fakel.rules.spoilt import spoilt
from flights import fakel, reference_flight

TABLE = """\
LAUNCH-WINDOW|pass|the planner takes the instant that brings the pad into the station's plane, on a chosen day
ASCENT-LOAD|pass|thin: the published 4.3 g is what this rocket reaches just before the boosters part
ASCENT-Q|unknown|no public limit
ORBIT-LOW|pass|guidance aims at the published orbit, lowest point above 190 km
ORBIT-INCLINATION|pass|guidance steers into the station's plane, 51.66 deg at cut-off
ASCENT-PROPELLANT|pass|a nominal third stage is cut off with some hundred kilograms left
ESCAPE-LOAD|pass|the tower pulls with 11 to 13 g; ballistic ends from 170 km at 4 km/s press with some 16 g, lift up
ESCAPE-CANOPY|pass|from the pad the tower lifts to a kilometre or two, and the main canopy needs 8 s
ESCAPE-LAND|pass|only the last 15 s lead beyond the coast of Asia, 3 % of the climb
DRIFT-FAR|pass|every burn aims below and behind, so a missed one leaves the ship below
DRIFT-ZONE|pass|the aim and its closing rate were chosen for it
DRIFT-ZONE-3S|pass|700 m are left to the ellipsoid, errors of the last burns are tens of metres
KEEP-OUT|pass|the aim point is 2.9 km away
BURNS-DONE|pass|perfect engines
DRIFT-NEAR|pass|hops are laid so that drifting misses the station by 300 m; thin: three sigma take 100 m of that
CORRIDOR|pass|the way in is the corridor's own middle
ABORT-CLEARS|pass|a push of a metre a second is 17 km an orbit later
CONTACT-RATE-MAX|pass|a value of the profile, 0.12 m/s
CONTACT-RATE-MIN|pass|the same
CONTACT-LATERAL|pass|nothing pushes the ship aside
DOCKED-PROPELLANT|pass|880 kg less some 300 kg for 130 m/s; 320 kg are asked for
SEATS|pass|nine people, three ships of three seats: none to spare, none short
FLAME|pass|the torch is carried without fuel
TORCH-UNLIT|pass|every hand-over says unlit
RELAY-COVERAGE|pass|several relays with nothing in the way: all but the whole time
GROUND-PASSES|pass|unsure: the source's two and a half hours are of the same stations, but masks here are assumed
BETA|unknown|no public limit
AIR-CO2|pass|unsure: nine people near 4 mmHg, but the first day's mean begins low
AIR-O2-LOW|pass|generators follow the crew
AIR-O2-HIGH|pass|a fifth of the air
AIR-PRESSURE|pass|the cabin is at sea level's pressure
AIR-CO|pass|nothing burns
AIR-CO-DAY|pass|nothing burns
WALK-TETHERS|pass|at work two tethers; on ways a hook and a hand
WALK-HANDS|unknown|no channel of free hands
WALK-ANCHOR|unknown|no channel of anchors
ITEM-TETHERED|pass|the taker hooks the torch before the giver unhooks it
WALK-PAIR|pass|two walkers
WALK-AUTONOMY|pass|six hours of the suit's seven
WALK-OXYGEN|pass|half a kilogram of one used in six hours, so hours are left
WALK-RESERVE|pass|nothing goes wrong, nobody touches it
WALK-CO2|unknown|the absorber's capacity is not public for Orlan-MK
WALK-WATER|pass|thin: 3.6 kg were made for seven hours, six are used
WALK-BATTERY|unknown|the battery is not public for Orlan-MK
WALK-HEAT|pass|tasks ask for 430 W at most, 600 W are carried off
WALK-EFFORT|pass|tasks of 170 to 430 W, mean below 372 W
SUIT-PRESSURE|unknown|no channel
PREBREATHE|pass|exactly the 30 min of the plan: met to the last bit
TISSUE-RATIO|pass|30 min of mask and 20 min of venting on oxygen: 1.89 * 2 ** (-20 / 360) = 1.82, 1.85 allowed
HATCH-PRESSURE|pass|the planner waits until the valve has let out enough
HATCH-SHUT|pass|the pressure only falls after the opening, and filling begins when the hatch is shut
WALK-TV|pass|the hour was chosen for light and link
WALK-ITEM-FITS|pass|0.145 m through a hatch of 1 m
WALK-DAY|pass|preparation of 4 h, an hour of oxygen and venting, six hours outside: about 14 of 15.5 h
WALK-COMPLETE|pass|nothing goes wrong
WALK-FILMED|pass|unsure: the worksite puts the two face to face, and a tenth is allowed for coming to the place
WALK-HOURS-48|pass|one walk of six hours
WALK-HOURS-WEEK|pass|the same
ONE-HOLDER|pass|the planner writes no gap
HANDED-IN-PLACE|pass|each hand-over is at one worksite, or between open volumes
RETURN-CARGO|pass|the torch alone comes home, 1.8 of 50 kg
LEAVING-CLEAR|pass|the separation burns send the ship ahead and below for good
DEORBIT-RANGE|pass|two hours of drifting apart: tens of kilometres
DEORBIT-PROPELLANT|pass|510 kg less 300 kg for 128 m/s
BURN-ON-TIME|pass|the clock of a nominal flight is the plan's
ENTRY-LOAD|pass|guided: 4 to 5 g; the parachute's jerk about the same
ENTRY-LOAD-NOMINAL|pass|4 to 5 g are planned, 5 allowed
PARACHUTE-HEIGHT|pass|a value of the vehicle, 10.7 km
TOUCHDOWN-SPEED|pass|a value of the vehicle, 1.4 m/s with the engines
BRAKED|pass|the burn is whole
LANDING-PLACE|pass|guidance ends where it aims
LANDING-LIGHT|pass|this mission does not ask for daylight
LANDING-WIND|pass|no wind is given, so none blows
LANDING-DRY|pass|the zone is steppe; the nearest large lake is Tengiz, 300 km off
LANDING-TOWN|pass|the zone lies 140 km from Zhezkazgan
RESCUE-TIME|pass|helicopters wait over the zone; crews are out after 10 to 30 min
WALK-SAFETY-TETHER|unknown|no reel: Orlan hooks from rail to rail
SUIT-LEAK-CHECK|unknown|not in the plan of a walk
HELMET-WATER|unknown|no channel
SUIT-FIT|unknown|nobody's height is in the mission
AIR-BREAK|unknown|not in the plan
SUIT-PURGE|unknown|not in the events
HATCH-LEAK-TEST|unknown|not in the events
HATCH-CYCLES|unknown|not in the events
JETTISON|unknown|nothing is thrown away
REACH-OWN-SHIP|unknown|no study of who is behind which hatch
ATTITUDE|unknown|the station's attitude is not a channel
GROUND-ELEVATION|unknown|no public mask
SMOKE|unknown|no channel of smoke
"""
SURPRISES = {
    "GROUND-PASSES": (
        "fail",
        "166 min of a day, and 150 are allowed. What the antennas see is counted down to masks of 5 deg that are "
        "assumed, of nine stations of which one is confirmed for 2013; the 2.5 h of the source are what the segment "
        "really had. So the plan counts on 16 min a day too many: the network's file is too hopeful, and the rule says "
        "so. Nothing is bent: limit and signal are those of the prediction. (It began as a mean over what there was "
        "where less than a day was known, which blamed stays of some hours too; now it waits for a whole day.)"),
}
"""Rule to (what came out, why)."""
MEASURED_SINCE = {
    "WALK-HANDS": (
        "pass", "channels of hooks and free hands came later: at work both tethers are hooked. Their first run said "
        "fail: of p or q, both just at their limits, the one was heard that is false there. Mended in rules"),
    "WALK-ANCHOR": ("pass", "judged by the study of ways, which was there all the time: rails are planned so"),
    "SUIT-PRESSURE": ("pass", "the channel came later: nothing leaks more than the bottles feed"),
}
"""Rules that were unknown as the table was written, for want of a channel: what came out since, and why."""


def predicted():
    return {rule: (status, why) for rule, status, why in (row.split("|") for row in TABLE.splitlines())}


def test_every_rule_has_its_line_and_reason():
    assert list(predicted()) == [rule.id for rule in load_rules()]
    assert all(why for _, why in predicted().values())


@pytest.fixture(scope="module")
def flown():
    return read_flight(reference_flight())[0]


def test_the_flight_is_judged_as_it_was_written_down(flown):
    verdicts = {v.rule: v for v in judge(flown, load_rules())}
    wanted = {rule: (SURPRISES | MEASURED_SINCE).get(rule, line)[0] for rule, line in predicted().items()}
    assert {rule: v.status.value for rule, v in verdicts.items()} == wanted


def test_the_antennas_see_more_than_there_was(flown):
    """166 min in the worst 24 hours; the four hours after the walk are no day, and are not blamed."""
    seen = next(v for v in judge(flown, load_rules()) if v.rule == "GROUND-PASSES")
    assert seen.value == pytest.approx(166, abs=5) and (seen.limit, seen.unit) == (150.0, "min")
    visit = next(leg for leg in flown.legs if leg.step == "visit")
    day_s = 86_400.0
    assert all(visit.before.epoch + day_s <= w.start and w.stop <= visit.after.epoch for w in seen.violations)


def test_all_rules_over_five_days_take_less_than_two_seconds(flown):
    rules = load_rules()
    start = time.process_time()
    judge(flown, rules)
    assert time.process_time() - start < 2.0              # measured: 0.16 s


def test_every_rule_that_is_kept_can_be_broken_by_one_change(flown):
    rules = {rule.id: rule for rule in load_rules()}
    kept = [v.rule for v in judge(flown, rules.values()) if v.status.value == "pass"]
    assert [rule for rule in kept if spoilt(flown, rules[rule]) is None] == []


def test_there_is_a_page_for_every_rule(flown, tmp_path):
    folder = tmp_path / "pages"
    run = fakel("rules", "--out", folder, "--flight", reference_flight())
    assert run.code == 0, run.err
    pages = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    assert set(pages) == {rule.id for rule in load_rules()} | {"README"}
    assert "Sources differ" in pages["TISSUE-RATIO"] and "1.89" in pages["TISSUE-RATIO"]
    assert "with one thing changed: relative.range_m" in pages["KEEP-OUT"]
    assert "can be judged**: no channel eva.reel_m.*" in pages["WALK-SAFETY-TETHER"]
    assert "added: eva.reel_m.kotov = 14.9" in pages["WALK-SAFETY-TETHER"]
    # Each has a flight that keeps it and one that breaks it, but for those without a limit.
    assert {name for name, page in pages.items() if page.count("\nFound: ") != 2} == {
        "README", "ASCENT-Q", "BETA", "GROUND-ELEVATION"}


def test_a_verdict_says_when_where_and_how_long(flown):
    load = next(v for v in judge(flown, load_rules()) if v.rule == "ENTRY-LOAD-NOMINAL")
    assert load.channel == "entry.load_g" and load.violations == ()
    peak = max((v, t, c.start) for c in flown.channels if c.name == "entry.load_g"
               for v, t in zip(c.values, c.t_s, strict=True))
    assert (load.value, load.at) == (peak[0], peak[2] + float(peak[1]))
