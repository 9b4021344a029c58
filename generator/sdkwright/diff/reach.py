"""Which operations reach a definition, in their requests and in their responses.

Sets of operations are bits of integers. Rings of definitions are found first (Tarjan), so that each edge is
looked at once however the definitions refer to each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sdkwright.diff.facts import Unit
    from sdkwright.diff.levels import Scope


class Reach(NamedTuple):
    """Operations whose requests, and whose responses, hold something; bit n stands for operation n."""

    request: int
    response: int

    def through(self, scope: Scope) -> Reach:
        """What is left of it at the end of a way."""
        request, response = (self.response, self.request) if scope.flip else (self.request, self.response)
        return Reach(request if scope.request else 0, response if scope.response else 0)


def reaches(units: Sequence[Unit]) -> list[Reach]:
    """The reach of every unit."""
    successors = _graph(units)
    masks = [0] * len(successors)
    for unit in units:
        if unit.operation >= 0:
            masks[2 * unit.number] = masks[2 * unit.number + 1] = 1 << unit.operation
    for ring in reversed(_rings(successors)):
        mask = 0
        for node in ring:
            mask |= masks[node]
        for node in ring:
            masks[node] = mask
            for after in successors[node]:
                masks[after] |= mask
    return [Reach(masks[2 * unit.number], masks[2 * unit.number + 1]) for unit in units]


def _graph(units: Sequence[Unit]) -> list[list[int]]:
    """Each unit twice, for requests (even) and for responses (odd)."""
    successors: list[list[int]] = [[] for _ in range(2 * len(units))]
    for unit in units:
        for edge in unit.edges:
            scope = edge.scope
            sources = (1, 0) if scope.flip else (0, 1)
            if scope.request:
                successors[2 * unit.number + sources[0]].append(2 * edge.target)
            if scope.response:
                successors[2 * unit.number + sources[1]].append(2 * edge.target + 1)
    return successors


def _rings(successors: Sequence[Sequence[int]]) -> list[list[int]]:
    """The strongly connected components, every one after all that it leads to."""
    index = [-1] * len(successors)
    low = [0] * len(successors)
    on_path = [False] * len(successors)
    path: list[int] = []
    rings: list[list[int]] = []
    count = 0
    for start in range(len(successors)):
        if index[start] >= 0:
            continue
        work = [(start, 0)]
        while work:
            node, position = work.pop()
            if position == 0:
                index[node] = low[node] = count
                count += 1
                path.append(node)
                on_path[node] = True
            else:
                low[node] = min(low[node], low[successors[node][position - 1]])
            for step in range(position, len(successors[node])):
                after = successors[node][step]
                if index[after] < 0:
                    work += [(node, step + 1), (after, 0)]
                    break
                if on_path[after]:
                    low[node] = min(low[node], index[after])
            else:
                if low[node] == index[node]:
                    ring: list[int] = []
                    while not ring or ring[-1] != node:
                        ring.append(path.pop())
                        on_path[ring[-1]] = False
                    rings.append(ring)
    return rings
