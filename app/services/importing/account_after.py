# SPDX-License-Identifier: MIT
"""The accounts as the next table of the same import sees them."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from app.models.measure import Measure
from app.services.importing.current import CurrentPlan
from app.services.importing.table import TextColumn, text_column
from app.services.importing.writes import RowBlock

_DEFAULTS = {"status": "customer", "extra": "{}"}


def accounts_after(
    current: CurrentPlan,
    new: RowBlock,
    updates: Sequence[RowBlock],
    new_measures: Sequence[Measure],
) -> CurrentPlan:
    """The plan with the accounts of a draft.

    Args:
        new: Rows that are added; their ids are larger than all others.
        updates: Rows that change, led by their ids.
        new_measures: Measures that the draft brings; their values are not taken over, as no
            other table reads them.
    """
    count = len(new)
    text = {
        name: np.concatenate((_updated(current, column, name, updates), _added(new, name, count)))
        for name, column in current.text.items()
    }
    added = np.array(list(new.column("id")) if count else [], dtype=np.int64)
    nowhere = np.full(count, np.nan)
    ids = np.concatenate((current.account_ids, added))
    values = {
        measure: np.concatenate((column, nowhere))
        for measure, column in current.measure_values.items()
    }
    values |= {measure.id: np.full(len(ids), np.nan) for measure in new_measures}
    return replace(
        current,
        account_ids=ids,
        text=text,
        lon=np.concatenate((current.lon, _numbers(new, "lon", count))),
        lat=np.concatenate((current.lat, _numbers(new, "lat", count))),
        placed_by=np.concatenate((current.placed_by, _added(new, "placed_by", count))),
        measures=(*current.measures, *new_measures),
        measure_values=values,
        next_ids=current.next_ids_after(account=count, measure=len(new_measures)),
    )


def _updated(
    current: CurrentPlan, column: TextColumn, name: str, updates: Sequence[RowBlock]
) -> TextColumn:
    for block in updates:
        if name in block.names:
            rows = np.searchsorted(current.account_ids, np.array(block.column("id"), np.int64))
            column = column.copy()
            column[rows] = text_column([str(cell) for cell in block.column(name)])
    return column


def _added(new: RowBlock, name: str, count: int) -> TextColumn:
    if name in new.names:
        return text_column([str(cell) for cell in new.column(name)])
    return text_column([_DEFAULTS.get(name, "")] * count)


def _numbers(new: RowBlock, name: str, count: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    cells = new.column(name) if count else ()
    return np.array([np.nan if cell is None else cell for cell in cells], dtype=np.float64)
