# SPDX-License-Identifier: MIT
"""Transactions and visits of a file against those that the plan has."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.rows import Cell
from app.services.importing.current import RecordColumns
from app.services.importing.outcomes import Outcome, OutcomeList
from app.services.importing.table import TextColumn
from app.services.importing.writes import CellColumn, PutRows, RowBlock

Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class RecordRows:
    """The rows of a file that will be records, one entry each.

    Attributes:
        rows: Positions in the table.
        external_ids: Their own ids, empty where they have none.
        numbers, texts: By column of the plan file; nan where there is no number.
    """

    rows: Longs
    external_ids: TextColumn
    account_ids: Longs
    days: Longs
    numbers: Mapping[str, Floats]
    texts: Mapping[str, TextColumn]


@dataclass(frozen=True, slots=True)
class SettledRecords:
    """What becomes of the rows.

    Attributes:
        writes: New rows and changed rows.
        added: Ids of the new records.
        changed: By column, how many known records change.
    """

    writes: tuple[PutRows, ...]
    added: Longs
    changed: Mapping[str, int]


def settle_records(
    table: str, found: RecordRows, existing: RecordColumns, next_id: int, outcomes: OutcomeList
) -> SettledRecords:
    """Which rows are new, which change a record of the plan, and which it has already.

    Rows meet by their ids. Rows without an id are the same record where everything is equal: of
    three equal rows in the file and two in the plan, one is new.

    Args:
        table: The table of the plan file.
        next_id: The id that the next new record takes.
        outcomes: Takes what becomes of every row.
    """
    at = _positions(found, existing)
    is_new = at < 0
    added = np.arange(next_id, next_id + int(is_new.sum()), dtype=np.int64)
    outcomes.set(found.rows[is_new], Outcome.ADDED, added)
    known, places = np.flatnonzero(~is_new), at[~is_new]
    differs, changed = _differences(found, existing, known, places)
    outcomes.set(found.rows[known], Outcome.UNCHANGED, existing.ids[places])
    outcomes.set(found.rows[known[differs]], Outcome.UPDATED)
    new_rows = _block(found, np.flatnonzero(is_new), added)
    kept = _with_kept(found, existing, known[differs], places[differs])
    changed_rows = _block(kept, np.arange(len(kept.rows)), existing.ids[places[differs]])
    writes = (PutRows(table, new_rows, is_new=True), PutRows(table, changed_rows))
    return SettledRecords(writes, added, changed)


def _positions(found: RecordRows, existing: RecordColumns) -> Longs:
    """Per row the position of its record in the plan, -1 for a new one."""
    count = len(found.rows)
    if not len(existing):
        return np.full(count, -1, dtype=np.int64)
    by_id = existing.row_by_external_id
    at = np.fromiter(
        (by_id.get(text, -1) if text else -1 for text in found.external_ids.tolist()),
        dtype=np.int64,
        count=count,
    )
    bare = np.flatnonzero(np.equal(found.external_ids, "").astype(bool))
    if len(bare):
        at[bare] = _equal_positions(found, existing, bare)
    return at


def _equal_positions(found: RecordRows, existing: RecordColumns, bare: Longs) -> Longs:
    """Rows without an id: the n-th equal row of the file is the n-th equal record of the plan."""
    without_id = np.flatnonzero(np.equal(existing.external_ids, "").astype(bool))
    places: dict[tuple[Cell, ...], list[int]] = {}
    keys = _keys(existing.account_ids, existing.days, existing.numbers, without_id)
    for position, key in zip(without_id.tolist(), keys, strict=True):
        places.setdefault(key, []).append(position)
    used: Counter[tuple[Cell, ...]] = Counter()
    at = np.full(len(bare), -1, dtype=np.int64)
    for place, key in enumerate(_keys(found.account_ids, found.days, found.numbers, bare)):
        equal = places.get(key)
        if equal is not None and used[key] < len(equal):
            at[place] = equal[used[key]]
            used[key] += 1
    return at


def _keys(
    account_ids: Longs, days: Longs, numbers: Mapping[str, Floats], rows: Longs
) -> list[tuple[Cell, ...]]:
    columns = [account_ids[rows].tolist(), days[rows].tolist()]
    # nan is not equal to itself, so a missing number counts as a text.
    columns += [
        ["" if value != value else value for value in numbers[name][rows].tolist()]  # noqa: PLR0124 nan
        for name in sorted(numbers)
    ]
    return list(zip(*columns, strict=True))


def _differences(
    found: RecordRows, existing: RecordColumns, known: Longs, places: Longs
) -> tuple[npt.NDArray[np.bool_], dict[str, int]]:
    """Per known row whether its record changes, and by column how many do.

    A number or text that the file does not give changes nothing.
    """
    if not len(known):
        return np.zeros(0, dtype=bool), {}
    pairs: dict[str, npt.NDArray[np.bool_]] = {
        "account_id": found.account_ids[known] != existing.account_ids[places],
        "day": found.days[known] != existing.days[places],
    }
    for name, column in found.numbers.items():
        new, old = column[known], existing.numbers[name][places]
        pairs[name] = ~np.isnan(new) & ~(new == old)
    for name, column in found.texts.items():
        new, old = column[known], existing.texts[name][places]
        pairs[name] = np.not_equal(new, "").astype(bool) & np.not_equal(new, old).astype(bool)
    differs = np.zeros(len(known), dtype=bool)
    for changes in pairs.values():
        differs |= changes
    return differs, {name: int(d.sum()) for name, d in pairs.items() if d.any()}


def _with_kept(
    found: RecordRows, existing: RecordColumns, rows: Longs, places: Longs
) -> RecordRows:
    """Some rows, with what the plan has where the file gives nothing."""
    none = np.empty(0)
    numbers = {
        name: np.where(
            np.isnan(column[rows]), existing.numbers.get(name, none)[places], column[rows]
        )
        for name, column in found.numbers.items()
    }
    texts: dict[str, TextColumn] = {
        name: np.where(
            np.not_equal(column[rows], "").astype(bool),
            column[rows],
            existing.texts.get(name, none)[places],
        )
        for name, column in found.texts.items()
    }
    ids = found.external_ids[rows]
    return RecordRows(
        found.rows[rows], ids, found.account_ids[rows], found.days[rows], numbers, texts
    )


def _block(found: RecordRows, rows: Longs, ids: Longs) -> RowBlock:
    names: list[str] = ["id", "external_id", "account_id", "day"]
    cells: list[CellColumn] = [
        ids,
        found.external_ids[rows],
        found.account_ids[rows],
        found.days[rows],
    ]
    for name, column in found.numbers.items():
        values = column[rows]
        if len(values) and np.isnan(values).all():
            continue
        names.append(name)
        cells.append(_numbers(values, is_whole=name.endswith("_id")))
    for name, texts in found.texts.items():
        names.append(name)
        cells.append(texts[rows])
    return RowBlock(tuple(names), tuple(cells))


def _numbers(values: Floats, *, is_whole: bool) -> CellColumn:
    """The numbers, None where there is none."""
    is_missing = np.isnan(values)
    kept = np.where(is_missing, 0, values).astype(np.int64) if is_whole else values
    if not is_missing.any():
        return kept
    cells = kept.astype(np.object_)
    cells[is_missing] = None
    return cells
