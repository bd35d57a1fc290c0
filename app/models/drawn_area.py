# SPDX-License-Identifier: MIT
"""Areas that the user draws: a free polygon that serves the accounts in it."""

from dataclasses import dataclass

from app.models.ids import TerritoryId

Corner = tuple[float, float]
"""Longitude and latitude in WGS 84 degrees."""
Rings = tuple[tuple[Corner, ...], ...]
"""Closed rings; what an odd number of them surrounds is inside."""


@dataclass(frozen=True, slots=True)
class DrawnArea:
    """One drawn area of a territory.

    Attributes:
        name: As shown, for example "Airport".
        rings: Its outline.
    """

    id: int
    territory_id: TerritoryId
    name: str
    rings: Rings
