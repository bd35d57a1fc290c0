# SPDX-License-Identifier: MIT
"""Whitespace as a measure of accounts, so that maps, tables and balance can show it."""

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt

from app.models.ids import MeasureId
from app.models.measure import SALES_OF_A_YEAR, WHITESPACE, Measure, MeasureKind
from app.services.coverage.meanings import potential_measure, revenue_measure
from app.services.coverage.report import whitespace

FloatArray = npt.NDArray[np.float64]


def whitespace_columns(
    stored: tuple[Measure, ...],
    chosen: tuple[MeasureId | None, MeasureId | None],
    values: Callable[[MeasureId], FloatArray],
    sales: Callable[[], FloatArray],
) -> tuple[tuple[Measure, ...], Mapping[MeasureId, Callable[[], FloatArray]]]:
    """The measure "Whitespace" of accounts and what computes it, where the plan has both sides.

    Args:
        stored: The measures of the plan file.
        chosen: What the user said counts as potential and as revenue.
        values: The values of a stored measure, one per account.
        sales: The sales of the last twelve months, one per account.
    """
    potential = potential_measure(stored, chosen[0])
    revenue = revenue_measure(stored, chosen[1])
    is_sold = chosen[1] == SALES_OF_A_YEAR
    if potential is None or (revenue is None and not is_sold) or potential == revenue:
        return (), {}
    taken = {measure.name.casefold() for measure in stored}
    name = "Whitespace" if "whitespace" not in taken else "Whitespace (computed)"
    measure = Measure(WHITESPACE, name, MeasureKind.MONEY)
    one = potential.id

    def earned() -> FloatArray:
        return sales() if revenue is None else values(revenue.id)

    return (measure,), {WHITESPACE: lambda: whitespace(values(one), earned())}
