# SPDX-License-Identifier: MIT
"""The words for what can be chosen about the look of a map."""

from collections.abc import Sequence

from app.models.map_look import AccountStyle, AreaBasis, ChartStyle, ClassMethod, MapLayer
from app.models.measure import MeasureKind
from app.services.map_figures import ABC_COLUMN, Figure, FigureKind
from app.ui.formats import compact, hours, percent, plural, signed_percent

LAYER_TITLES: dict[MapLayer, str] = {
    MapLayer.FILL: "Colours of the areas",
    MapLayer.UNIT_BORDERS: "Borders of areas",
    MapLayer.TERRITORY_BORDERS: "Borders of territories",
    MapLayer.WATER: "Rivers and lakes",
    MapLayer.BASE_LINES: "State and country lines",
    MapLayer.CIRCLES: "Circles of areas",
    MapLayer.ACCOUNTS: "Accounts",
    MapLayer.DRAWN_AREAS: "Drawn areas",
    MapLayer.LINKS: "Links between areas",
    MapLayer.RINGS: "Distance rings",
    MapLayer.CHARTS: "Pies",
    MapLayer.HOMES: "Homes of reps",
    MapLayer.CITIES: "Cities and states",
    MapLayer.LABELS: "Names of territories",
}
ACCOUNT_STYLES: dict[AccountStyle, str] = {
    AccountStyle.DOTS: "Dots",
    AccountStyle.SYMBOLS: "Symbols by a column",
    AccountStyle.SIZED: "Circles by a measure",
    AccountStyle.HEAT: "Heat",
    AccountStyle.CLUSTERS: "Clusters with counts",
}
CHART_STYLES: dict[ChartStyle, str] = {
    ChartStyle.NONE: "Nothing more",
    ChartStyle.AREA_CIRCLES: "Circles on areas",
    ChartStyle.TERRITORY_CIRCLES: "Circles on territories",
    ChartStyle.PIES: "Pies on territories",
}
CLASS_METHODS: dict[ClassMethod, str] = {
    ClassMethod.QUANTILE: "Equally many areas",
    ClassMethod.EQUAL: "Equal steps",
    ClassMethod.NATURAL: "Natural breaks",
    ClassMethod.OWN: "My own limits",
}
AREA_BASES: dict[AreaBasis, str] = {
    AreaBasis.TOTAL: "Total of the area",
    AreaBasis.PER_ACCOUNT: "Per account",
    AreaBasis.PER_KM2: "Per km²",
}
TEXT_COLUMNS: dict[str, str] = {
    "segment": "Segment",
    "status": "Status",
    "industry": "Industry",
    "owner": "Owner today",
    "family": "Family",
    "city": "City",
    "region": "State",
    "country_name": "Country",
}
PIE_COLUMNS: dict[str, str] = {**TEXT_COLUMNS, ABC_COLUMN: "ABC class"}


def column_title(column: str) -> str:
    """The words for a column of accounts."""
    return PIE_COLUMNS.get(column, column)


def figure_title(figure: Figure) -> str:
    """What a list of figures calls it."""
    name = figure.measure.name
    return {
        FigureKind.ACCOUNTS: "Number of accounts",
        FigureKind.TOTAL: name,
        FigureKind.SHARE: f"{name}: share of all",
        FigureKind.DEVIATION: f"{name}: deviation from ideal",
        FigureKind.WORKLOAD: "Workload with travel (hours a year)",
        FigureKind.UTILISATION: "Utilisation of capacity",
    }[figure.kind]


def figure_text(figure: Figure, value: float | None) -> str:
    """A figure in few letters; empty where it has no value."""
    if value is None or value != value:  # noqa: PLR0124 nan alone differs from itself
        return ""
    name = figure.measure.name
    return {
        FigureKind.ACCOUNTS: lambda: plural(round(value), "account", "accounts"),
        FigureKind.TOTAL: lambda: f"{name} {compact(value)}",
        FigureKind.SHARE: lambda: f"{percent(value)} of {name}",
        FigureKind.DEVIATION: lambda: f"{name} {signed_percent(value)} to ideal",
        FigureKind.WORKLOAD: lambda: f"Workload ≈\u202f{hours(value)}",
        FigureKind.UTILISATION: lambda: f"Utilisation {percent(value)}",
    }[figure.kind]()


def short_figure(figure: Figure, value: float | None) -> str:
    """The same for a name on the map, which stands for itself: the measure is not named."""
    if value is None or value != value:  # noqa: PLR0124 nan alone differs from itself
        return ""
    return {
        FigureKind.ACCOUNTS: lambda: plural(round(value), "account", "accounts"),
        FigureKind.TOTAL: lambda: hours(value) if _is_hours(figure) else compact(value),
        FigureKind.SHARE: lambda: f"{percent(value)} share",
        FigureKind.DEVIATION: lambda: signed_percent(value),
        FigureKind.WORKLOAD: lambda: f"≈\u202f{hours(value)}",
        FigureKind.UTILISATION: lambda: f"{percent(value)} used",
    }[figure.kind]()


def joined(texts: Sequence[str], longest: int = 26) -> tuple[str, ...]:
    """Short texts together on few lines."""
    lines: list[str] = []
    for text in filter(None, texts):
        if lines and len(lines[-1]) + len(text) + 3 <= longest:
            lines[-1] += f" · {text}"
        else:
            lines.append(text)
    return tuple(lines)


def _is_hours(figure: Figure) -> bool:
    return figure.measure.kind is MeasureKind.HOURS
