# SPDX-License-Identifier: MIT
"""Figures that the map writes: in labels, in tooltips, per area, in circles and pies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from app.models.geounit import GeoLevel
from app.models.ids import MeasureId, TerritoryId
from app.models.map_look import AreaBasis
from app.models.measure import ACCOUNT_COUNT, VISIT_HOURS, Measure
from app.services.analysis.abc import AbcClass, abc_classes
from app.services.map_layers import per_basis
from app.services.map_layers.account_marks import MOST_SYMBOLS, TextClasses, text_classes
from app.services.workspace import Workspace

FloatArray = npt.NDArray[np.float64]

ABC_COLUMN = "abc"
"""Stands for the ABC class of an account where a text column is asked for."""


class FigureKind(Enum):
    """What a figure says of a territory or an area."""

    ACCOUNTS = "accounts"
    TOTAL = "total"
    SHARE = "share"
    DEVIATION = "deviation"
    WORKLOAD = "workload"
    UTILISATION = "utilisation"

    @property
    def is_of_territories(self) -> bool:
        """Whether it has no meaning for a single area."""
        return self in (FigureKind.DEVIATION, *WORK_KINDS)

    @property
    def is_of_a_measure(self) -> bool:
        """Whether each measure has one of its own."""
        return self is not FigureKind.ACCOUNTS and self not in WORK_KINDS


WORK_KINDS = (FigureKind.WORKLOAD, FigureKind.UTILISATION)
"""Figures of the work of territories, travel included."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure that labels and tooltips can show."""

    kind: FigureKind
    measure: Measure

    @property
    def key(self) -> str:
        """How the look of a map names it."""
        if not self.kind.is_of_a_measure:
            return self.kind.value
        return f"{self.kind.value}:{self.measure.id}"


def possible_figures(measures: Sequence[Measure]) -> list[Figure]:
    """Everything that can be chosen, the account count first."""
    found: list[Figure] = []
    for measure in measures:
        is_count = measure.id == ACCOUNT_COUNT
        found.append(Figure(FigureKind.ACCOUNTS if is_count else FigureKind.TOTAL, measure))
        found += [Figure(kind, measure) for kind in (FigureKind.SHARE, FigureKind.DEVIATION)]
        if measure.id == VISIT_HOURS:
            found += [Figure(kind, measure) for kind in WORK_KINDS]
    return found


def chosen_figures(measures: Sequence[Measure], keys: Sequence[str]) -> list[Figure]:
    """The figures with these keys, in their order; those of measures that are gone left out."""
    by_key = {figure.key: figure for figure in possible_figures(measures)}
    return [by_key[key] for key in keys if key in by_key]


def territory_figures(
    workspace: Workspace, figures: Sequence[Figure]
) -> list[Mapping[TerritoryId, float | None]]:
    """Per figure its value of every territory that is compared; None where it has no meaning."""
    reports = {
        measure: workspace.balance(measure)
        for measure in dict.fromkeys(
            figure.measure.id for figure in figures if figure.kind not in WORK_KINDS
        )
    }
    result: list[Mapping[TerritoryId, float | None]] = []
    for figure in figures:
        if figure.kind in WORK_KINDS:
            result.append(_work_figures(workspace, figure.kind))
            continue
        rows = [row for row in reports[figure.measure.id].rows if row.territory_id is not None]
        values = {
            FigureKind.ACCOUNTS: [float(row.account_count) for row in rows],
            FigureKind.TOTAL: [row.total for row in rows],
            FigureKind.SHARE: [row.share_fraction for row in rows],
            FigureKind.DEVIATION: [row.deviation_fraction for row in rows],
        }[figure.kind]
        ids = [row.territory_id for row in rows if row.territory_id is not None]
        result.append(dict(zip(ids, values, strict=True)))
    return result


def _work_figures(workspace: Workspace, kind: FigureKind) -> Mapping[TerritoryId, float | None]:
    lines = workspace.work.report().lines
    return {
        line.territory_id: line.workload_hours
        if kind is FigureKind.WORKLOAD
        else line.utilisation_fraction
        for line in lines
        if line.territory_id is not None
    }


def area_figure(workspace: Workspace, view: GeoLevel | str, number: int, figure: Figure) -> float:
    """The value of a figure in one unit of a view; nan where it has none.

    A share is of all areas of the view. Deviation, workload and utilisation belong to territories,
    so that those of an area are nan.
    """
    if figure.kind.is_of_territories:
        return float("nan")
    values = workspace.unit_values(view, figure.measure.id)
    value = float(values[number])
    if figure.kind is not FigureKind.SHARE:
        return value
    whole = float(np.nansum(values))
    return value / whole if whole else float("nan")


def area_values(
    workspace: Workspace, view: GeoLevel | str, measure: MeasureId, basis: AreaBasis
) -> FloatArray:
    """A measure per unit of a view, as a sum, per account or per km²; nan where it has none."""
    values = workspace.unit_values(view, measure)
    if basis is AreaBasis.PER_ACCOUNT:
        return per_basis(values, workspace.unit_values(view, ACCOUNT_COUNT))
    if basis is AreaBasis.PER_KM2:
        geography = workspace.geography
        areas = geography.view(view).summed(
            lambda level: geography.layer(level).area_km2.astype(np.float64)
        )
        return per_basis(values, areas)
    return values


def area_places(workspace: Workspace, view: GeoLevel | str) -> tuple[FloatArray, FloatArray]:
    """Longitude and latitude of a point in each unit of a view; the middle of a group's members."""
    geography = workspace.geography
    shown = geography.view(view)
    nowhere = np.array([np.nan])
    lon = shown.units.pick(lambda level: geography.layer(level).lon, nowhere)
    lat = shown.units.pick(lambda level: geography.layer(level).lat, nowhere)
    if shown.group_of is None:
        return lon, lat
    layer, member = geography.layer(shown.level), shown.group_of >= 0
    number, count = shown.group_of[member], len(lon)
    sizes = np.bincount(number, minlength=count)
    group = (shown.units.depth < 0) & (sizes > 0)
    for place, of_members in ((lon, layer.lon), (lat, layer.lat)):
        sums = np.bincount(number, weights=of_members[member], minlength=count)
        place[group] = sums[group] / sizes[group]
    return lon, lat


def account_classes(workspace: Workspace, column: str, weight: MeasureId) -> TextClasses:
    """The accounts by a text column, or by their ABC class.

    Args:
        workspace: The open plan.
        column: Of the account table, or `ABC_COLUMN`.
        weight: The measure that ABC classes rank by.
    """
    accounts = workspace.accounts
    if column != ABC_COLUMN:
        return text_classes(accounts.text(column))
    found = abc_classes(accounts.measure(weight)).classes
    names = {AbcClass.A: "A", AbcClass.B: "B", AbcClass.C: "C"}
    codes = np.full(len(found), MOST_SYMBOLS, np.uint8)
    for position, each in enumerate(names):
        codes[found == each] = position
    counts = [int((codes == position).sum()) for position in range(len(names))]
    return TextClasses(tuple(names.values()), codes, tuple(counts))
