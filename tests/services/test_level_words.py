# SPDX-License-Identifier: MIT
"""What the levels of territories are called."""

import pytest

from app.models.ids import TerritoryId
from app.models.territory import Territory
from app.services.level_words import TerritoryLevels, region_word, words_from_top


def _territories(*pairs: tuple[int, int | None]) -> list[Territory]:
    return [
        Territory(TerritoryId(id_), f"T{id_}", parent_id=None if up is None else TerritoryId(up))
        for id_, up in pairs
    ]


@pytest.mark.parametrize(
    ("levels", "words"),
    [
        (1, ("Territory",)),
        (2, ("Region", "Territory")),
        (3, ("Region", "District", "Territory")),
        (4, ("Area", "Region", "District", "Territory")),
        (5, ("Area", "Region", "District", "Level 4", "Territory")),
    ],
)
def test_the_usual_words_of_the_field(levels: int, words: tuple[str, ...]) -> None:
    assert words_from_top((), levels) == words


@pytest.mark.parametrize(
    ("levels", "words"),
    [
        (1, ("Patch",)),
        (2, ("Zone", "Patch")),
        (3, ("Zone", "Cluster", "Patch")),
        (4, ("Zone", "Cluster", "Level 3", "Patch")),
    ],
)
def test_own_words_come_first_and_the_last_one_stays_at_the_bottom(
    levels: int, words: tuple[str, ...]
) -> None:
    assert words_from_top(("Zone", "Cluster", "Patch"), levels) == words


def test_a_new_region_is_called_by_its_level() -> None:
    assert [region_word((), depth) for depth in (0, 1, 2)] == ["Region", "District", "District"]
    assert [region_word(("Patch",), depth) for depth in (0, 1)] == ["Region", "District"]
    own = ("Zone", "Cluster", "Patch")
    assert [region_word(own, depth) for depth in (0, 1, 2)] == ["Zone", "Cluster", "Cluster"]


def test_a_territory_is_a_territory_however_high_it_lies() -> None:
    levels = TerritoryLevels(_territories((1, None), (2, 1), (3, 2), (4, None)))
    words = {each: levels.word(TerritoryId(each)) for each in (1, 2, 3, 4)}
    assert words == {1: "Region", 2: "District", 3: "Territory", 4: "Territory"}
    assert dict(levels.depth) == {1: 0, 2: 1, 3: 2, 4: 0}


def test_a_plan_without_territories_has_one_level() -> None:
    assert TerritoryLevels([]).words == ("Territory",)
