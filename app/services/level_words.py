# SPDX-License-Identifier: MIT
"""What the levels of territories are called: region, district, territory, or the user's words."""

from collections.abc import Mapping, Sequence

from app.models.ids import TerritoryId
from app.models.territory import Territory
from app.services.hierarchy import children_by_parent

USUAL_WORDS: tuple[tuple[str, ...], ...] = (
    ("Territory",),
    ("Region", "Territory"),
    ("Region", "District", "Territory"),
    ("Area", "Region", "District", "Territory"),
)
"""By number of levels, from the top: the usual words of the field."""


def words_from_top(own: Sequence[str], levels: int) -> tuple[str, ...]:
    """One word for each level, from the top.

    The last of the user's words stands for territories at the bottom, the others for what is
    above, from the top. Where there are too few of them, a level is called by its number.

    Args:
        own: The user's words from the top, empty for the usual ones.
        levels: How many levels there are, at least 1.
    """
    levels = max(levels, 1)
    chosen = tuple(own) or USUAL_WORDS[min(levels, len(USUAL_WORDS)) - 1]
    *above, bottom = chosen
    numbered = [f"Level {place + 1}" for place in range(len(above), levels - 1)]
    return (*above[: levels - 1], *numbered, bottom)


def region_word(own: Sequence[str], depth: int = 0) -> str:
    """What a region is called that has `depth` others above it.

    Args:
        own: The user's words from the top, empty for the usual ones.
        depth: 0 at the top.
    """
    if len(own) > 1:
        return own[min(depth, len(own) - 2)]
    return "District" if depth else "Region"


class TerritoryLevels:
    """How many levels the territories of a sales force have, and what each is called.

    Args:
        territories: All of a sales force.
        own_words: The sales force's words, from the top; empty for the usual ones.

    Attributes:
        depth: Per territory, how many others are above it.
        words: From the top, one per level.
    """

    def __init__(self, territories: Sequence[Territory], own_words: Sequence[str] = ()) -> None:
        self._children = children_by_parent(territories)
        self._region_of = {
            each.id: region for region, inside in self._children.items() for each in inside
        }
        self.depth: Mapping[TerritoryId, int] = self._depths()
        self.words = words_from_top(own_words, max(self.depth.values(), default=0) + 1)

    def is_above_others(self, territory: TerritoryId) -> bool:
        """Whether other territories lie below it."""
        return bool(self._children.get(territory))

    def word(self, territory: TerritoryId) -> str:
        """What the territory is: the lowest level's word unless others lie below it."""
        if not self.is_above_others(territory):
            return self.words[-1]
        return self.words[self.depth[territory]]

    def above(self, territory: TerritoryId) -> tuple[TerritoryId, ...]:
        """The regions above a territory, the topmost first."""
        found: list[TerritoryId] = []
        region = self._region_of.get(territory)
        while region is not None:
            found.insert(0, region)
            region = self._region_of.get(region)
        return tuple(found)

    def _depths(self) -> dict[TerritoryId, int]:
        depths: dict[TerritoryId, int] = {}
        waiting = [(each.id, 0) for each in self._children.get(None, ())]
        while waiting:
            territory, depth = waiting.pop()
            depths[territory] = depth
            waiting.extend((each.id, depth + 1) for each in self._children.get(territory, ()))
        return depths
