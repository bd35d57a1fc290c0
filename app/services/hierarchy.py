# SPDX-License-Identifier: MIT
"""Territories above territories: districts and regions."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from app.models.ids import TerritoryId
from app.models.territory import Territory


def children_by_parent(
    territories: Sequence[Territory],
) -> Mapping[TerritoryId | None, list[Territory]]:
    """The territories directly below each one; those at the top are below None.

    A parent that is not among the territories, or that lies below its own child, counts as none,
    so that every territory is found from the top exactly once.
    """
    parent_by_id = {t.id: t.parent_id for t in territories}
    children: dict[TerritoryId | None, list[Territory]] = defaultdict(list)
    for territory in territories:
        parent = territory.parent_id
        if parent not in parent_by_id or _is_above_itself(territory.id, parent_by_id):
            parent = None
        children[parent].append(territory)
    return children


def _is_above_itself(
    territory: TerritoryId, parent_by_id: Mapping[TerritoryId, TerritoryId | None]
) -> bool:
    seen: set[TerritoryId] = set()
    above = parent_by_id[territory]
    while above is not None and above not in seen:
        if above == territory:
            return True
        seen.add(above)
        above = parent_by_id.get(above)
    return False


def leaf_territories(
    territories: Sequence[Territory], holders: AbstractSet[TerritoryId]
) -> tuple[Territory, ...]:
    """The territories that are compared with each other.

    These are the ones with none below them, and any that holds something itself; a region that
    only unites others is no territory to balance.

    Args:
        territories: All of a scenario, in any order; the order is kept.
        holders: Territories to which an area or an account is assigned, or that have a drawn area.
    """
    above = {parent for parent in children_by_parent(territories) if parent is not None}
    return tuple(t for t in territories if t.id not in above or t.id in holders)


def leaves_below(
    territory: TerritoryId, territories: Sequence[Territory], leaves: Sequence[Territory]
) -> tuple[TerritoryId, ...]:
    """The leaf territories that make up a territory, itself among them where it is one."""
    children = children_by_parent(territories)
    inside: set[TerritoryId] = set()
    waiting = [territory]
    while waiting:
        each = waiting.pop()
        inside.add(each)
        waiting.extend(child.id for child in children.get(each, ()))
    return tuple(leaf.id for leaf in leaves if leaf.id in inside)
