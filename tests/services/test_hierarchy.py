# SPDX-License-Identifier: MIT
"""Regions above territories: who is compared, and what a region is made of."""

from app.models.ids import TerritoryId
from app.models.territory import Territory
from app.services.hierarchy import children_by_parent, leaf_territories, leaves_below


def _territories(*pairs: tuple[int, int | None]) -> list[Territory]:
    return [
        Territory(TerritoryId(id_), f"T{id_}", parent_id=None if up is None else TerritoryId(up))
        for id_, up in pairs
    ]


REGION_OF_TWO = _territories((1, None), (2, 1), (3, 1), (4, None))


def test_a_region_that_holds_nothing_is_not_compared() -> None:
    assert [t.id for t in leaf_territories(REGION_OF_TWO, set())] == [2, 3, 4]


def test_a_region_that_holds_something_itself_is_compared_too() -> None:
    assert [t.id for t in leaf_territories(REGION_OF_TWO, {TerritoryId(1)})] == [1, 2, 3, 4]


def test_a_region_is_made_of_all_leaves_at_every_level_below() -> None:
    deep = _territories((1, None), (2, 1), (3, 2), (4, 2), (5, None))
    leaves = leaf_territories(deep, set())
    assert leaves_below(TerritoryId(1), deep, leaves) == (3, 4)
    assert leaves_below(TerritoryId(3), deep, leaves) == (3,)


def test_a_circle_of_parents_loses_nobody() -> None:
    circle = _territories((1, 2), (2, 1), (3, 2), (4, 99))
    children = children_by_parent(circle)
    found = {t.id for below in children.values() for t in below}
    assert found == {1, 2, 3, 4}
    assert [t.id for t in children[None]] == [1, 2, 4]
