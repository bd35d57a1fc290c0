# SPDX-License-Identifier: MIT
"""How well a rep fits a territory: what is looked at, and how much each part counts."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast


class MatchPart(enum.Enum):
    """What the fit of a rep and a territory is made of; the values are keys of the setting."""

    DISTANCE = "distance"
    FAMILIARITY = "familiarity"
    CAPACITY = "capacity"
    SKILLS = "skills"
    LANGUAGES = "languages"
    PRODUCT_LINES = "product_lines"
    SEGMENTS = "segments"


DEFAULT_WEIGHTS: Mapping[MatchPart, float] = {
    MatchPart.DISTANCE: 3.0,
    MatchPart.FAMILIARITY: 3.0,
    MatchPart.CAPACITY: 2.0,
    MatchPart.SKILLS: 2.0,
    MatchPart.LANGUAGES: 2.0,
    MatchPart.PRODUCT_LINES: 1.0,
    MatchPart.SEGMENTS: 1.0,
}
"""Who is near and known counts most (ours; the user changes them)."""

MOST_WEIGHT = 10.0


@dataclass(frozen=True, slots=True)
class MatchWeights:
    """How much each part counts; only how they compare matters.

    Attributes:
        by_part: From 0, which leaves the part out, to `MOST_WEIGHT`.
    """

    by_part: Mapping[MatchPart, float] = field(default_factory=lambda: dict(DEFAULT_WEIGHTS))

    def of(self, part: MatchPart) -> float:
        """The weight of a part."""
        return self.by_part.get(part, 0.0)

    def as_setting(self) -> dict[str, float]:
        """What the plan's setting keeps."""
        return {part.value: self.of(part) for part in MatchPart}


def match_weights_of(setting: object) -> MatchWeights:
    """The weights that a setting holds; the usual one for a part that it does not tell.

    A plan from a stranger may hold anything there: only numbers from 0 to `MOST_WEIGHT` count.
    """
    told: Mapping[object, object] = {}
    if isinstance(setting, dict):
        told = cast("Mapping[object, object]", setting)
    by_part = dict(DEFAULT_WEIGHTS)
    for part in MatchPart:
        value = told.get(part.value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            by_part[part] = float(value) if 0 <= value <= MOST_WEIGHT else by_part[part]
    return MatchWeights(by_part)
