"""What the parts of a network must keep together; the view of antennas that are given by place alone."""

from __future__ import annotations

from dataclasses import replace

from fakel.load.elements import check_elements
from fakel.model.antenna import Antenna, Antennas
from fakel.model.errors import InputError
from fakel.model.place import Network
from fakel.physics.blockage import Body, free_view


def check_network(network: Network, where: str) -> None:
    """InputError for an id used twice or an element line that is torn."""
    ids = [*(site.id for site in network.ground), *(relay.id for relay in network.relays)]
    twice = [name for name in ids if ids.count(name) > 1]
    if twice:
        raise InputError(f"{where} {twice[0]} is the id of two stations or relays; give each its own")
    for relay in network.relays:
        if relay.elements:
            check_elements(relay.elements[0], relay.elements[1], f"{where} relay {relay.id}")


def with_views(antennas: Antennas) -> Antennas:
    """Antennas without a table of their view get the one that the craft's solids leave free."""
    parts = antennas.structure.solids if antennas.structure else ()
    bodies = [Body(s.centre_lvlh_m, s.half_m, s.along) for s in (*parts, *antennas.solids)]

    def seen(a: Antenna) -> Antenna:
        if a.field_of_view_rad:
            return a
        table = free_view(a.position_lvlh_m, a.axis_lvlh, a.zero_lvlh, a.reach_rad, bodies)
        return replace(a, field_of_view_rad=tuple((float(turn), float(free)) for turn, free in table))
    return replace(antennas, antennas=tuple(seen(a) for a in antennas.antennas))
