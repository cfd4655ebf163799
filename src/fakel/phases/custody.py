"""Who holds what: a ledger in which each item has exactly one holder at every instant."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.flight import Transfer


def hand_over(holders: Mapping[str, str], transfer: Transfer) -> dict[str, str]:
    """The holders after one transfer. Raises InputError when the giver does not hold the item."""
    holder = holders.get(transfer.item)
    if holder is None:
        raise InputError(f"{transfer.item} is held by nobody; name its holder where the mission starts")
    if holder != transfer.giver:
        raise InputError(f"{transfer.item} is held by {holder}, not by {transfer.giver} "
                         f"({transfer.why}); mend the order of the transfers")
    if not transfer.taker:
        raise InputError(f"{transfer.item} is given to nobody ({transfer.why}); name who takes it")
    return {**holders, transfer.item: transfer.taker}


def hand_all(holders: Mapping[str, str], transfers: Iterable[Transfer]) -> dict[str, str]:
    """The holders after transfers in order of time. Raises InputError as ``hand_over`` does."""
    now = dict(holders)
    for transfer in sorted(transfers, key=lambda t: t.epoch):
        now = hand_over(now, transfer)
    return now


def require_holders(items: Iterable[str], holders: Mapping[str, str]) -> None:
    """Raises InputError for an item that nobody holds."""
    for item in items:
        if not holders.get(item):
            raise InputError(f"{item} is held by nobody; name its holder where the mission starts")


def require_given(item: str, giver: str, holders: Mapping[str, str], remedy: str) -> None:
    """Raises InputError when an item is not held by who is to give it."""
    require_holders((item,), holders)
    if holders[item] != giver:
        raise InputError(f"{item} is held by {holders[item]}, not by {giver}, who {remedy}")


def require_together(transfer: Transfer, places: Mapping[str, str], near: Collection[str]) -> None:
    """Raises InputError when giver and taker are not together. near: places that open on one another."""
    giver, taker = (places.get(who, who) for who in (transfer.giver, transfer.taker))
    if giver == taker or (giver in near and taker in near):
        return
    away, other = (transfer.giver, transfer.taker) if giver not in near else (transfer.taker, transfer.giver)
    raise InputError(f"{transfer.item} cannot go from {transfer.giver} to {transfer.taker}: {away} is elsewhere, in "
                     f"{places.get(away, away)}; bring {away} to {other} first")


def entrust(epoch: Epoch, holders: Mapping[str, str], item: str, taker: str, why: str) -> Transfer:
    """The transfer that moves an item from whoever holds it. Raises InputError when nobody does."""
    require_holders((item,), holders)
    return Transfer(epoch, item, holders[item], taker, why)
