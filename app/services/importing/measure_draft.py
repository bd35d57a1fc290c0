# SPDX-License-Identifier: MIT
"""The measures of an import of accounts."""

import numpy as np
import numpy.typing as npt

from app.services.importing.account_columns import AccountColumns
from app.services.importing.current import CurrentPlan
from app.services.importing.draft import MeasureDraft
from app.services.importing.mapping import measure_label
from app.services.importing.row_choice import ChosenRows


def draft_measures(
    columns: AccountColumns,
    current: CurrentPlan,
    chosen: ChosenRows,
    changed_fields: dict[str, int],
) -> tuple[tuple[MeasureDraft, ...], npt.NDArray[np.bool_]]:
    """The values to write, and per row of `chosen.known` whether one of them changes.

    A measure of the plan with the same name takes the values; an empty cell changes nothing.

    Args:
        changed_fields: Takes the number of changed values per measure.
    """
    by_name = {measure.name.casefold(): measure for measure in current.measures}
    is_changed = np.zeros(len(chosen.known), dtype=bool)
    drafts: list[MeasureDraft] = []
    used: set[str] = set()
    for column, numbers in columns.measures:
        name = _free_name(column.measure_name or measure_label(column.header), used)
        measure = by_name.get(name.casefold())
        values = numbers.values[chosen.known]
        if measure is None:
            old = np.full(len(values), np.nan)
        else:
            old = current.measure_values[measure.id][chosen.known_at]
        differs = ~np.isnan(values) & ~(values == old)
        is_changed |= differs
        if differs.any():
            changed_fields[name] = int(differs.sum())
        drafts.append(
            MeasureDraft(
                name=measure.name if measure else name,
                kind=measure.kind if measure else column.measure_kind,
                source=column.header,
                measure_id=measure.id if measure else None,
                new_values=numbers.values[chosen.new],
                account_ids=current.account_ids[chosen.known_at][differs],
                values=values[differs],
            )
        )
    return tuple(drafts), is_changed


def _free_name(name: str, used: set[str]) -> str:
    candidate, count = name, 1
    while candidate.casefold() in used:
        count += 1
        candidate = f"{name} ({count})"
    used.add(candidate.casefold())
    return candidate
