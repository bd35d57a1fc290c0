# SPDX-License-Identifier: MIT
"""What a field says now and what it will say after an import, row by row."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from app.models.days import date_of
from app.models.rows import Cell
from app.services.importing.draft import ImportDraft
from app.services.importing.fields import TableKind, field_of
from app.services.importing.rep_draft import CHANGED_FIELDS
from app.services.importing.writes import PutRows, RowBlock
from app.services.store.store import Store

MOST_SHOWN = 200

_ROWS_AT_ONCE = 2_000
_PLACE_LABEL, _PLACE_COLUMNS = "Place on the map", ("lat", "lon")
_ACCOUNT_FIELDS = (
    *("name", "street", "city", "region", "postal_code", "country_name", "segment", "industry"),
    *("status", "family", "owner", "phone", "website", "created_on", "last_activity_on"),
    "visit_class",
)
_COLUMN_BY_LABEL: dict[str, dict[str, str]] = {
    "account": {
        **{field_of(TableKind.ACCOUNTS, key).label: key for key in _ACCOUNT_FIELDS},
        "Kept columns": "extra",
    },
    "rep": {label: column for column, label in CHANGED_FIELDS.items()},
    "account_transaction": {
        "Account": "account_id",
        "Date": "day",
        "Product": "product_id",
        "Amount": "amount",
        "Quantity": "quantity",
        "Stage": "stage",
        "Owner (rep)": "owner",
    },
}
_NAME_OF_ROW = {
    "account": "name",
    "rep": "name",
    "account_transaction": (
        "coalesce(nullif(external_id, ''), "
        "(SELECT name FROM account WHERE account.id = account_transaction.account_id))"
    ),
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One row that changes.

    Attributes:
        name: Of the account or rep, or the id of the transaction.
        before, after: As shown; empty for nothing.
    """

    name: str
    before: str
    after: str


def field_changes(
    draft: ImportDraft, store: Store, label: str, most: int = MOST_SHOWN
) -> tuple[FieldChange, ...]:
    """The first rows in which a field changes.

    Args:
        draft: Not yet written.
        store: The plan.
        label: A key of `draft.changed_fields`.
    """
    found: list[FieldChange] = []
    for change in _changes(draft, store, label):
        found.append(change)
        if len(found) == most:
            break
    return tuple(found)


def _changes(draft: ImportDraft, store: Store, label: str) -> Iterator[FieldChange]:
    updates = [w for w in draft.writes if isinstance(w, PutRows) and not w.is_new]
    for write in updates:
        if label == _PLACE_LABEL and set(_PLACE_COLUMNS) <= set(write.block.names):
            yield from _place_changes(store, write.block)
        column = _COLUMN_BY_LABEL.get(write.table, {}).get(label, "")
        if column in write.block.names:
            yield from _column_changes(store, write, column)
    measure = _measure_called(draft, store, label)
    for write in updates:
        if measure and write.table == "account_measure":
            yield from _measure_changes(store, write.block, measure)


def _column_changes(store: Store, write: PutRows, column: str) -> Iterator[FieldChange]:
    shown = _words_of(store, column)
    ids, cells = write.block.column("id"), write.block.column(column)
    sql = (
        f"SELECT id, {_NAME_OF_ROW[write.table]}, {column} FROM {write.table} "  # noqa: S608 names of this module
        "WHERE id IN (SELECT value FROM json_each(?))"
    )
    for part in _parts(len(ids)):
        known = {row: rest for row, *rest in store.rows(sql, (json.dumps(ids[part]),))}
        for row, after in zip(ids[part], cells[part], strict=True):
            if row in known and (known[row][1] or "") != (after or ""):
                name, before = known[row]
                yield FieldChange(str(name or ""), shown(before), shown(after))


def _place_changes(store: Store, block: RowBlock) -> Iterator[FieldChange]:
    ids, lats, lons = (block.column(name) for name in ("id", *_PLACE_COLUMNS))
    sql = "SELECT id, name, lat, lon FROM account WHERE id IN (SELECT value FROM json_each(?))"
    for part in _parts(len(ids)):
        known = {row: rest for row, *rest in store.rows(sql, (json.dumps(ids[part]),))}
        for row, lat, lon in zip(ids[part], lats[part], lons[part], strict=True):
            name, *before = known.get(row, ["", None, None])
            yield FieldChange(str(name), _point(*before), _point(lat, lon))


def _measure_changes(store: Store, block: RowBlock, measure: int) -> Iterator[FieldChange]:
    measures, accounts, values = (
        block.column(name) for name in ("measure_id", "account_id", "value")
    )
    if not len(block) or measures[0] != measure:
        return
    sql = (
        "SELECT account.id, account.name, account_measure.value FROM json_each(?) AS wanted "
        "JOIN account ON account.id = wanted.value LEFT JOIN account_measure "
        "ON account_measure.account_id = account.id AND account_measure.measure_id = ?"
    )
    for part in _parts(len(block)):
        rows = store.rows(sql, (json.dumps(accounts[part]), measure))
        known = {account: rest for account, *rest in rows}
        for account, value in zip(accounts[part], values[part], strict=True):
            if account in known:
                name, before = known[account]
                yield FieldChange(str(name), _number(before), _number(value))


def _measure_called(draft: ImportDraft, store: Store, label: str) -> int:
    """The id of the measure of a name, among those that the import brings too; 0 for none."""
    rows = list(store.rows("SELECT id, name FROM measure"))
    for write in draft.writes:
        if isinstance(write, PutRows) and write.table == "measure":
            block = write.block
            rows += zip(block.column("id"), block.column("name"), strict=True)
    by_name = {str(name).casefold(): int(id_ or 0) for id_, name in rows}
    return by_name.get(label.casefold(), 0)


def _words_of(store: Store, column: str) -> Callable[[Cell], str]:
    """How the cells of a column are shown; ids as the names that they stand for."""
    if column == "day":
        return lambda day: date_of(int(day or 0)).isoformat()
    if column in ("account_id", "product_id"):
        table = column.removesuffix("_id")
        sql = f"SELECT name FROM {table} WHERE id = ?"  # noqa: S608 names of this module

        def name_of(id_: Cell) -> str:
            rows = store.rows(sql, (id_,)) if id_ is not None else ()
            return str(rows[0][0]) if rows else "" if id_ is None else "new"

        return name_of
    return lambda cell: cell if isinstance(cell, str) else _number(cell)


def _number(cell: Cell) -> str:
    return "" if cell is None else f"{float(cell):,.10g}"


def _point(lat: Cell, lon: Cell) -> str:
    if lat is None or lon is None:
        return "not placed"
    return f"{float(lat):.4f}, {float(lon):.4f}"


def _parts(count: int) -> Sequence[slice]:
    return [slice(start, start + _ROWS_AT_ONCE) for start in range(0, count, _ROWS_AT_ONCE)]
