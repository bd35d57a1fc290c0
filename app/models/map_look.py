# SPDX-License-Identifier: MIT
"""How the map of a plan is to look: what the user chose to see, and how."""

from dataclasses import dataclass, replace
from enum import Enum

FEWEST_CLASSES, MOST_CLASSES = 3, 7
MOST_FIGURES = 3
MOST_RINGS = 4


class ClassMethod(Enum):
    """How the classes of a coloured measure are cut."""

    QUANTILE = "quantile"
    EQUAL = "equal"
    NATURAL = "natural"
    OWN = "own"


class AreaBasis(Enum):
    """What the value of an area is divided by before it is coloured."""

    TOTAL = "total"
    PER_ACCOUNT = "account"
    PER_KM2 = "km2"


class AccountStyle(Enum):
    """How accounts are drawn."""

    DOTS = "dots"
    SYMBOLS = "symbols"
    SIZED = "sized"
    HEAT = "heat"
    CLUSTERS = "clusters"


class ChartStyle(Enum):
    """What stands on areas or territories beside their colour."""

    NONE = "none"
    AREA_CIRCLES = "area circles"
    TERRITORY_CIRCLES = "territory circles"
    PIES = "pies"


class MapLayer(Enum):
    """The layers that can be hidden and faded, in the order in which they are painted."""

    FILL = "fill"
    UNIT_BORDERS = "units"
    TERRITORY_BORDERS = "territories"
    WATER = "water"
    BASE_LINES = "lines"
    DRAWN_AREAS = "drawn"
    LINKS = "links"
    CIRCLES = "circles"
    ACCOUNTS = "accounts"
    RINGS = "rings"
    CHARTS = "charts"
    HOMES = "homes"
    CITIES = "cities"
    LABELS = "labels"


ON_GROUND = (MapLayer.WATER, MapLayer.BASE_LINES, MapLayer.CIRCLES, MapLayer.ACCOUNTS)
"""Painted into the areas; these can change places with each other."""
SIGNS = (MapLayer.LINKS, MapLayer.RINGS, MapLayer.CHARTS, MapLayer.HOMES)
"""Stand above all that is on the ground; these can change places with each other."""
MOVABLE = (*ON_GROUND, *SIGNS)


@dataclass(frozen=True, slots=True)
class LayerLook:
    """Whether and how strongly a layer shows.

    Attributes:
        opacity: 0 to 1, times what the layer has of its own.
    """

    layer: MapLayer
    is_shown: bool = True
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class ClassChoice:
    """The classes of a coloured measure.

    Attributes:
        count: Number of classes, 3 to 7; `limits` decide where the method is `OWN`.
        limits: The user's own inner limits, ascending.
    """

    method: ClassMethod = ClassMethod.QUANTILE
    count: int = 5
    basis: AreaBasis = AreaBasis.TOTAL
    limits: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class RingChoice:
    """Rings by distance around the homes of reps.

    Attributes:
        distances: In `unit`, ascending; none where there are no rings.
        unit: ``mi`` or ``km``.
    """

    distances: tuple[float, ...] = ()
    unit: str = "mi"


@dataclass(frozen=True, slots=True)
class MapLook:
    """Everything that the user chose about the look of a plan's map.

    Attributes:
        color_measure: Number of the measure that colours areas; None for the main one.
        is_shaded: Territory colours are stronger in areas with more of the measure.
        symbol_column: Text column whose values have a symbol each.
        weight: Number of the measure of circles, heat and clusters; None for the main one.
        pie_column: What the pies divide: a text column, or ``abc``.
        figures: Keys of up to three figures in labels and tooltips.
        order: The movable layers, the lowest first.
        looks: Only those that are not as usual.
    """

    classes: ClassChoice = ClassChoice()
    color_measure: int | None = None
    is_shaded: bool = False
    accounts: AccountStyle = AccountStyle.DOTS
    symbol_column: str = "segment"
    weight: int | None = None
    charts: ChartStyle = ChartStyle.NONE
    pie_column: str = "segment"
    rings: RingChoice = RingChoice()
    figures: tuple[str, ...] = ()
    order: tuple[MapLayer, ...] = MOVABLE
    looks: tuple[LayerLook, ...] = ()

    def look_of(self, layer: MapLayer) -> LayerLook:
        """Whether and how strongly a layer shows."""
        return next((look for look in self.looks if look.layer is layer), LayerLook(layer))

    def with_look(self, look: LayerLook) -> "MapLook":
        """The same with one layer shown otherwise."""
        kept = tuple(each for each in self.looks if each.layer is not look.layer)
        return replace(self, looks=kept if look == LayerLook(look.layer) else (*kept, look))

    def moved(self, layer: MapLayer, step: int) -> "MapLook":
        """The same with a movable layer so many places higher, at most as high as its kind goes."""
        group = next((each for each in (ON_GROUND, SIGNS) if layer in each), ())
        order = [each for each in self.order if each in group]
        if layer not in order:
            return self
        at = order.index(layer)
        order.remove(layer)
        order.insert(min(max(at + step, 0), len(order)), layer)
        others = [each for each in self.order if each not in group]
        order = [*order, *others] if group is ON_GROUND else [*others, *order]
        return replace(self, order=tuple(order))
