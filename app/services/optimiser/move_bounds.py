# SPDX-License-Identifier: MIT
"""What must move at least, whatever the new plan looks like."""

import highspy
import numpy as np

from app.services.optimiser.answers import moved_weight
from app.services.optimiser.kernel_library import Floats
from app.services.optimiser.prepared import Prepared

_SAFE = 1.0 - 1e-9
"""Rounding must not lift a bound above the truth."""


def least_moved(prepared: Prepared, loads: Floats) -> float:
    """The share of the moved weight that any balanced plan moves at least.

    What is above the corridors must leave, whatever the territories' shapes.

    Args:
        prepared: The question.
        loads: Today's, k x m.
    """
    total = _total_moved_weight(prepared)
    if not total:
        return 0.0
    over = np.maximum(loads[:, 0] - prepared.arrays["high"][:, 0], 0.0)
    under = np.maximum(prepared.arrays["low"][:, 0] - loads[:, 0], 0.0)
    ratio = _weight_per_load(prepared)
    leaves = float((over * ratio).sum())
    arrives = float(under.sum()) * float(ratio.min())
    return max(leaves, arrives) / total * _SAFE


def least_moved_to_neighbors(prepared: Prepared, loads: Floats) -> float:
    """The share that must move where loads only pass from a territory to one beside it.

    A linear program over the territories that touch today: the cheapest flow that brings every
    load into its corridor. Each step of a chain counts.

    Args:
        prepared: The question.
        loads: Today's, k x m.

    Returns:
        The share, or infinity where no flow does it.
    """
    total = _total_moved_weight(prepared)
    arrays, today = prepared.arrays, prepared.arrays["today"]
    source = np.repeat(today, np.diff(prepared.graph.first))
    target = today[prepared.graph.neighbor]
    crosses = (source != target) & (source >= 0) & (target >= 0)
    pairs = np.unique(np.stack([source[crosses], target[crosses]], axis=1), axis=0)
    ratio = _weight_per_load(prepared)
    scale = float(loads[:, 0].sum())
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    for cost in ratio[pairs[:, 0]].tolist():
        model.addVar(0.0, highspy.kHighsInf)
        model.changeColCost(model.getNumCol() - 1, cost)
    for territory in range(len(loads)):
        enters, leaves = pairs[:, 1] == territory, pairs[:, 0] == territory
        columns = np.nonzero(enters | leaves)[0].astype(np.int32)
        signs = np.where(enters[columns], 1.0, -1.0)
        low = (float(arrays["low"][territory, 0]) - float(loads[territory, 0])) / scale
        high = (float(arrays["high"][territory, 0]) - float(loads[territory, 0])) / scale
        model.addRow(low, high, len(columns), columns, signs)
    model.run()
    if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return float("inf")
    return float(model.getObjectiveValue()) * scale / total if total else 0.0


def _total_moved_weight(prepared: Prepared) -> float:
    return float(moved_weight(prepared)[prepared.arrays["today"] >= 0].sum())


def _weight_per_load(prepared: Prepared) -> Floats:
    """Least moved weight per load of the first measure among each territory's units today."""
    load, today = prepared.problem.units.loads[:, 0], prepared.arrays["today"]
    ratio = np.full(prepared.problem.wanted.count, np.inf)
    counted = (today >= 0) & (load > 0.0)
    np.minimum.at(ratio, today[counted], moved_weight(prepared)[counted] / load[counted])
    return np.where(np.isfinite(ratio), ratio, 0.0)
