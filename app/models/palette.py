# SPDX-License-Identifier: MIT
"""The nine territory colours, in the order in which `Territory.color_index` counts them.

Source: Paul Tol's "muted" scheme; told apart with every common form of colour blindness.
"""

from dataclasses import dataclass

from app.models.territory import PALETTE_SIZE


@dataclass(frozen=True, slots=True)
class TerritoryColor:
    """A colour with the word that a screen reader says for it.

    Attributes:
        rgb: ``#RRGGBB``.
    """

    name: str
    rgb: str


TERRITORY_COLORS: tuple[TerritoryColor, ...] = (
    TerritoryColor("Rose", "#CC6677"),
    TerritoryColor("Indigo", "#332288"),
    TerritoryColor("Sand", "#DDCC77"),
    TerritoryColor("Green", "#117733"),
    TerritoryColor("Cyan", "#88CCEE"),
    TerritoryColor("Wine", "#882255"),
    TerritoryColor("Teal", "#44AA99"),
    TerritoryColor("Olive", "#999933"),
    TerritoryColor("Purple", "#AA4499"),
)


def territory_color(color_index: int) -> TerritoryColor:
    """The colour with this index; indices beyond the last start over."""
    return TERRITORY_COLORS[color_index % PALETTE_SIZE]
