"""A leak that is searched by hatches: on which side the ships are, and who reaches them."""

from fakel.api.air import cabin_of
from fakel.api.retreat import leak_ships
from fakel.plan.cabin_leak import leak
from flights import fakel

STATION = cabin_of("iss-2013-11")


def ways(room, hole_m=0.02):
    found = leak(STATION, room, hole_m, 9, 900.0)
    return found, leak_ships(found, "sochi-torch")


def test_a_leak_far_from_the_ships_has_none_on_its_side():
    found, told = ways("kibo")
    assert found.tests[0].hatch == "unity-destiny" and told.falling == ((),) * len(found.tests)
    assert told.given_up[1:] == (("kibo-store",),)                  # Kibo's store hangs on Kibo alone


def test_a_leak_in_zvezda_parts_the_crews():
    found, told = ways("zvezda")
    by_hatch = dict(zip([t.hatch for t in found.tests], told.falling, strict=True))
    assert set(by_hatch["unity-destiny"]) == {"soyuz-tma-09m", "soyuz-tma-10m", "soyuz-tma-11m"}
    assert set(by_hatch["zvezda-zarya"]) == {"soyuz-tma-09m", "soyuz-tma-10m"}     # Rassvet's ship is on the other side
    assert told.falling[-1] == ("soyuz-tma-09m",)                   # on Zvezda's aft port
    assert {frozenset(part) for part in told.given_up[1:]} == {
        frozenset({"poisk", "soyuz-tma-10m"}), frozenset({"pirs"}), frozenset({"soyuz-tma-09m"})}


def test_the_longest_way_by_hand():
    """Half of Kibo's store, Kibo, Harmony, Destiny, Unity, Zarya, Rassvet and the ship: 2.1 + 11.2 + 6.7 + 8.5 + 7.3 +
    13 + 6 + 4 = 58.8 m at 0.5 m/s, 15 s to hear of it, 120 s for the hatch."""
    _, told = ways("kibo")
    room, seconds = told.farthest["soyuz-tma-11m"]
    assert room == "kibo-store" and abs(seconds - (58.8 / 0.5 + 15.0 + 120.0)) < 0.1
    assert told.evacuate_s == max(s for _, s in told.farthest.values())


def test_the_command_says_it():
    said = " ".join(fakel("air", "leak", "--hole", "20", "--room", "zvezda").out.split())
    assert "everybody in a ship 4.58 min: in time" in said
    assert "Once zvezda-zarya is shut" not in said                  # its two ships were told of at the first hatch
    assert "With Zvezda given up, Soyuz TMA-09M is cut off from the rest." in said
    said = " ".join(fakel("air", "leak", "--room", "kibo").out.split())
    assert "Once unity-destiny is shut, no ship is on the falling side" in said
    assert "With Kibo given up, Kibo's store is cut off from the rest, without a ship." in said
    assert "Ships" not in fakel("air", "leak", "--cabin", "soyuz-tma-m", "--people", "3").out
