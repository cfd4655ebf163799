"""What the parts of a network must keep together: ids of their own, whole element lines."""

from __future__ import annotations

from fakel.load.elements import check_elements
from fakel.model.errors import InputError
from fakel.model.place import Network


def check_network(network: Network, where: str) -> None:
    """InputError for an id used twice or an element line that is torn."""
    ids = [end.id for end in (*network.ground, *network.relays)]
    twice = [name for name in ids if ids.count(name) > 1]
    if twice:
        raise InputError(f"{where} {twice[0]} is the id of two stations or relays; give each its own")
    for relay in network.relays:
        if relay.elements:
            check_elements(relay.elements[0], relay.elements[1], f"{where} relay {relay.id}")
