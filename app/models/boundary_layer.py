# SPDX-License-Identifier: MIT
"""Boundary layers: areas that the user brought from a file, kept in the plan."""

from dataclasses import dataclass
from enum import Enum

from app.models.geounit import GeoLevel


class BoundaryRole(Enum):
    """What the areas of a layer are for."""

    REPLACE = "replace"
    """Instead of the shipped areas with the same codes."""
    JOIN = "join"
    """Areas of a level in a country that has none."""
    GROUP = "group"
    """Own regions: they unite the units whose label point lies in them."""


@dataclass(frozen=True, slots=True)
class BoundaryLayerInfo:
    """What a plan knows of a boundary layer besides its areas.

    Attributes:
        name: As shown, for example "ZIP areas of the Census, 2020".
        level: The level of its areas; of a group, of the units that it unites.
        country: ISO code of the country of its areas; empty for a group and for any.
        file_name: The file that it came from, without its folder.
        vintage, attribution: When the areas were so, and who made them, in words.
        code_field, name_field: The columns of the file that held codes and names.
        area_count: Number of areas.
        position: Order in lists.
        report: JSON object: what split, merged, vanished and was new when it came in.
    """

    id: int
    name: str
    role: BoundaryRole
    level: GeoLevel
    country: str = ""
    file_name: str = ""
    vintage: str = ""
    attribution: str = ""
    code_field: str = ""
    name_field: str = ""
    area_count: int = 0
    position: int = 0
    report: str = "{}"
