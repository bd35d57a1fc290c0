# SPDX-License-Identifier: MIT
"""What the map shows, as arrays: colours of the areas, places of labels, packed points.

All functions take one value per area of a map view (`unit_territory` and so on) or per account,
and know nothing of the plan or of the page.
"""

from app.services.map_layers.area_colors import (
    AreaColors,
    LegendLine,
    Rgba,
    class_ramp,
    deviation_colors,
    measure_colors,
    over_land,
    shaded,
    territory_colors,
    territory_fill,
)
from app.services.map_layers.label_units import label_units
from app.services.map_layers.projection import mercator
from app.services.map_layers.value_classes import per_basis

__all__ = [
    "AreaColors",
    "LegendLine",
    "Rgba",
    "class_ramp",
    "deviation_colors",
    "label_units",
    "measure_colors",
    "mercator",
    "over_land",
    "per_basis",
    "shaded",
    "territory_colors",
    "territory_fill",
]
