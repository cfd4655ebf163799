"""Ways over a graph of places: nodes 0 to n - 1, edges with a cost each. Plain numbers.

Source: Dijkstra 1959, A note on two problems in connexion with graphs; the widest way is the same search with the
least width kept in place of the sum.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fakel.model.arrays import FloatArray


class Graph(NamedTuple):
    """neighbours[i]: the nodes that i leads to; costs[i]: what each of these steps costs, 0 or more."""

    neighbours: tuple[tuple[int, ...], ...]
    costs: tuple[tuple[float, ...], ...]


def graph(n: int, pairs: NDArray[np.int64], cost: FloatArray) -> Graph:
    """The graph of n nodes with edges (m, 2), both ways, of cost (m,)."""
    near: list[list[int]] = [[] for _ in range(n)]
    paid: list[list[float]] = [[] for _ in range(n)]
    for (a, b), c in zip(pairs.tolist(), cost.tolist()):
        for one, other in ((a, b), (b, a)):
            near[one].append(other)
            paid[one].append(c)
    return Graph(tuple(map(tuple, near)), tuple(map(tuple, paid)))


def shortest(over: Graph, start: int, allowed: Sequence[bool] | None = None) -> tuple[FloatArray, list[int]]:
    """Cost of the cheapest way from start to each node (n,), infinite where none leads; and the node before each (-1).

    allowed (n,): nodes that may be used.
    """
    cost, before, done = [np.inf] * len(over.neighbours), [-1] * len(over.neighbours), set()
    cost[start] = 0.0
    queue = [(0.0, start)]
    while queue:
        sofar, here = heapq.heappop(queue)
        if here in done:
            continue
        done.add(here)
        for there, step in zip(over.neighbours[here], over.costs[here]):
            if sofar + step < cost[there] and (allowed is None or allowed[there]):
                cost[there], before[there] = sofar + step, here
                heapq.heappush(queue, (cost[there], there))
    return np.array(cost), before


def widest(over: Graph, start: int, width: FloatArray) -> FloatArray:
    """The least width (of nodes) met on the way from start to each node that keeps it greatest (n,); -inf: no way."""
    best = [-np.inf] * len(width)
    best[start] = float(width[start])
    queue, done = [(-best[start], start)], set()
    while queue:
        _, here = heapq.heappop(queue)
        if here in done:
            continue
        done.add(here)
        for there in over.neighbours[here]:
            least = min(best[here], float(width[there]))
            if least > best[there]:
                best[there] = least
                heapq.heappush(queue, (-least, there))
    return np.array(best)


def way(before: Sequence[int], goal: int) -> tuple[int, ...]:
    """The nodes from the start of a search to goal, by the node before each."""
    nodes = [goal]
    while before[nodes[-1]] >= 0:
        nodes.append(before[nodes[-1]])
    return tuple(reversed(nodes))
