# SPDX-License-Identifier: MIT
"""Figures of all measures for a territory, an area, or any set of accounts."""

import numpy as np

from app.models.ids import GeoUnitId, TerritoryId
from app.services.roll_up import roll_up
from app.services.workspace import Workspace
from app.ui.formats import measure_value, percent
from app.ui.widgets.deviation_bar import Deviation
from app.ui.widgets.figure_grid import Figure


def territory_figures(workspace: Workspace, territory: TerritoryId) -> list[Figure]:
    """Total, share and deviation of every measure, the main one first; of a region the sums."""
    figures: list[Figure] = []
    main = workspace.main_measure
    for measure in sorted(workspace.measures, key=lambda m: m.id != main.id):
        report = workspace.balance(measure.id)
        lines = roll_up(report, workspace.territories)
        line = next(each for each in lines if each.territory.id == territory)
        share = ""
        if line.share_fraction is not None:
            share = f"{percent(line.share_fraction, 1)} of the plan"
        deviation = Deviation(line.deviation_fraction, report.tolerance_fraction)
        value = measure_value(line.total, measure.kind)
        figures.append(Figure(measure.name, value, share, deviation))
    return figures


def account_figures(workspace: Workspace, rows: np.ndarray) -> list[Figure]:
    """Total and share of every measure over some accounts."""
    figures: list[Figure] = []
    for measure in workspace.account_measures:
        values = workspace.accounts.measure(measure.id)
        total, whole = float(values[rows].sum()), float(values.sum())
        share = f"{percent(total / whole, 1)} of the plan" if whole else ""
        figures.append(Figure(measure.name, measure_value(total, measure.kind), share))
    return figures


def area_figures(workspace: Workspace, geounit: GeoUnitId) -> list[Figure]:
    """Figures of the accounts in an area, then its market data."""
    figures = account_figures(workspace, workspace.holdings.accounts_in(geounit))
    for measure in workspace.measures:
        if measure.level is not None:
            value = workspace.figures.area_value(workspace.accounts, geounit, measure)
            text = "no data" if np.isnan(value) else measure_value(value, measure.kind)
            figures.append(Figure(measure.name, text, "market data"))
    return figures
