# SPDX-License-Identifier: MIT
"""The measures of an import of accounts."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.ids import MeasureId
from app.models.measure import Measure, MeasureKind
from app.services.duplicates.merging import MeasureRule, merged_value
from app.services.importing.account_columns import AccountColumns
from app.services.importing.current import CurrentPlan
from app.services.importing.mapping import measure_label
from app.services.importing.row_choice import ChosenRows
from app.services.importing.writes import PutRows, RowBlock, Write

MEASURE_COLUMNS = ("id", "name", "kind", "source", "level")
_VALUE_COLUMNS = ("measure_id", "account_id", "value")
_Ids = npt.NDArray[np.int64]
_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class DraftedMeasures:
    """What an import does to measures.

    Attributes:
        new: Measures that the plan does not have yet.
        names: Of all that it fills.
    """

    writes: tuple[Write, ...] = ()
    new: tuple[Measure, ...] = ()
    names: tuple[str, ...] = ()


def draft_measures(
    columns: AccountColumns,
    current: CurrentPlan,
    chosen: ChosenRows,
    changed_fields: dict[str, int],
) -> tuple[DraftedMeasures, npt.NDArray[np.bool_]]:
    """The values to write, and per row of `chosen.known` whether one of them changes.

    A measure of the plan with the same name takes the values; an empty cell changes nothing.

    Args:
        changed_fields: Takes the number of changed values per measure.
    """
    used: set[str] = set()
    is_changed = np.zeros(len(chosen.known), dtype=bool)
    new: list[Measure] = []
    names: list[str] = []
    writes: list[Write] = []
    first_account = current.next_id("account")
    for column, numbers in columns.measures:
        name = free_name(column.measure_name or measure_label(column.header), used)
        measure = measure_called(current.account_measures(), name)
        if measure is None:
            id_ = MeasureId(current.next_id("measure") + len(new))
            measure = Measure(id_, name, column.measure_kind, column.header)
            new.append(measure)
        names.append(measure.name)
        old = current.measure_values.get(measure.id, np.full(len(current), np.nan))
        values = _with_merged(numbers.values, chosen, measure)
        differs = ~np.isnan(values) & ~(values == old[chosen.known_at])
        is_changed |= differs
        if differs.any():
            changed_fields[name] = int(differs.sum())
        added = numbers.values[chosen.new]
        filled = np.flatnonzero(~np.isnan(added))
        writes.append(value_write(measure.id, filled + first_account, added[filled], is_new=True))
        accounts = current.account_ids[chosen.known_at][differs]
        # A value that the plan has not yet is new too, but one write may hold both kinds.
        writes.append(value_write(measure.id, accounts, values[differs]))
    return DraftedMeasures((*measure_writes(new), *writes), tuple(new), tuple(names)), is_changed


def _with_merged(read: _Floats, chosen: ChosenRows, measure: Measure) -> _Floats:
    """Values of the known rows, each with those of the accounts that were merged into its own.

    As in a merge: money adds up, of anything else the largest counts.
    """
    values = read[chosen.known]
    if not len(chosen.merged):
        return values
    place_by_account = {at: place for place, at in enumerate(chosen.known_at.tolist())}
    rule = MeasureRule.SUM if measure.kind is MeasureKind.MONEY else MeasureRule.LARGEST
    for row, at in zip(chosen.merged.tolist(), chosen.merged_at.tolist(), strict=True):
        place = place_by_account[at]
        pair = [None if np.isnan(value) else float(value) for value in (values[place], read[row])]
        merged = merged_value(pair, rule)
        values[place] = np.nan if merged is None else merged
    return values


def measure_called(measures: Sequence[Measure], name: str) -> Measure | None:
    """The measure with a name; case does not count."""
    return next((m for m in measures if m.name.casefold() == name.casefold()), None)


def measure_writes(new: Sequence[Measure]) -> tuple[Write, ...]:
    """The rows of new measures."""
    rows = [(int(m.id), m.name, m.kind.value, m.source, m.level.value if m.level else "")
            for m in new]  # fmt: skip
    cells = tuple(zip(*rows, strict=True)) if rows else ((),) * len(MEASURE_COLUMNS)
    return (PutRows("measure", RowBlock(MEASURE_COLUMNS, cells), is_new=True),)


def value_write(
    measure: MeasureId, accounts: _Ids, values: _Floats, *, is_new: bool = False
) -> PutRows:
    """Values of one measure on accounts."""
    ids = np.full(len(values), int(measure), dtype=np.int64)
    block = RowBlock(_VALUE_COLUMNS, (ids, accounts, values))
    return PutRows("account_measure", block, is_new)


def free_name(name: str, used: set[str]) -> str:
    """A name that no other column of the table has taken."""
    candidate, count = name, 1
    while candidate.casefold() in used:
        count += 1
        candidate = f"{name} ({count})"
    used.add(candidate.casefold())
    return candidate
