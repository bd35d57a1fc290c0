# SPDX-License-Identifier: MIT
"""Figures of all measures for a territory, or for any set of accounts."""

import numpy as np

from app.models.ids import TerritoryId
from app.services.workspace import Workspace
from app.ui.formats import measure_value, percent
from app.ui.widgets.deviation_bar import Deviation
from app.ui.widgets.figure_grid import Figure


def territory_figures(workspace: Workspace, territory: TerritoryId) -> list[Figure]:
    """Total, share and deviation of every measure, the main one first."""
    figures: list[Figure] = []
    main = workspace.main_measure
    for measure in sorted(workspace.measures, key=lambda m: m.id != main.id):
        report = workspace.balance(measure.id)
        found = next(line for line in report.rows if line.territory_id == territory)
        figures.append(
            Figure(
                measure.name,
                measure_value(found.total, measure.kind),
                f"{percent(found.share_fraction, 1)} of the plan",
                Deviation(found.deviation_fraction, report.tolerance_fraction),
            )
        )
    return figures


def account_figures(workspace: Workspace, rows: np.ndarray) -> list[Figure]:
    """Total and share of every measure over some accounts."""
    figures: list[Figure] = []
    for measure in workspace.measures:
        values = workspace.accounts.measure(measure.id)
        total, whole = float(values[rows].sum()), float(values.sum())
        share = f"{percent(total / whole, 1)} of the plan" if whole else ""
        figures.append(Figure(measure.name, measure_value(total, measure.kind), share))
    return figures
