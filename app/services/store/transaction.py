# SPDX-License-Identifier: MIT
"""Writing to the plan: every change remembers the rows as they were before."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from app.models.rows import Cell, RowsPatch, TablePatch
from app.services.store.schema import TABLES
from app.services.store.shapes import Row, TableShape, chunks_of, flat, keys_of

_LET_GO_AT_ONCE = 50_000
_WIDE = 10
"""Rows of more columns gain nothing from sharing a statement."""


def utc_now() -> str:
    """The time now as the plan file writes it."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _fits(columns: Sequence[str], shape: TableShape) -> bool:
    """Whether rows of these columns can be put back; a step of an older version lacks the new."""
    return set(shape.key) <= set(columns) <= set(shape.columns)


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One geounit or named account that changed hands; None for nobody."""

    scenario_id: int
    geounit_id: str | None = None
    account_id: int | None = None
    from_territory: int | None = None
    to_territory: int | None = None


class _TableImages:
    """What a transaction found in one table before it changed it."""

    def __init__(self) -> None:
        self.before: dict[Row, Row | None] = {}
        """Row by key; None where there was none."""
        self.added: list[Row] = []
        """Keys that were added without a look, in bulk."""


class Transaction:
    """All changes of one edit; `Store.transaction` opens and ends it.

    Args:
        connection: An open database in an open transaction.
        shapes: The tables that commands may change, by name.
        author: Written into the log.
    """

    def __init__(
        self, connection: sqlite3.Connection, shapes: Mapping[str, TableShape], author: str
    ) -> None:
        self._connection = connection
        self._shapes = shapes
        self.author = author
        self._images: dict[str, _TableImages] = {}
        self.label = ""
        """Label of the step that log entries are written under."""
        self.has_written = False
        self.first_log_id = 1
        self.last_log_id = 0

    def rows(self, sql: str, parameters: Sequence[Cell] = ()) -> list[Row]:
        """All rows of a query."""
        return self._connection.execute(sql, tuple(parameters)).fetchall()

    def next_id(self, table: str) -> int:
        """An id that no row of the table has now."""
        shape = self._shapes[table]
        found = self.rows(f"SELECT max({shape.key[0]}) FROM {shape.name}")  # noqa: S608  from the schema
        return int(cast("int", found[0][0] or 0)) + 1

    def key_width(self, table: str) -> int:
        """Columns in the primary key, 0 where commands cannot change such a table."""
        shape = self._shapes.get(table)
        return len(shape.key) if shape else 0

    def put(
        self,
        table: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        *,
        all_new: bool = False,
    ) -> None:
        """Add rows, or change those whose primary key exists.

        Args:
            table: A table of the plan.
            columns: The primary key and any other columns; those left out keep their value, or
                take their default in a new row.
            rows: One value for each column. Of two rows with the same key the last one counts.
            all_new: The caller knows that no such key exists; saves looking them up.

        Raises:
            ValueError: The table has no such columns.
        """
        shape = self._shapes[table]
        shape.check(columns)
        if not rows:
            return
        places = [columns.index(column) for column in shape.key]
        images = self._images.setdefault(table, _TableImages())
        if all_new and not images.before:
            images.added.extend(keys_of(rows, places))
            self._insert(shape, columns, rows)
            return
        self._upsert(shape, columns, dict(zip(keys_of(rows, places), rows, strict=True)))

    def delete(self, table: str, keys: Sequence[Sequence[Cell]]) -> None:
        """Remove the rows with these primary keys; keys that do not exist are passed over."""
        shape = self._shapes[table]
        images = self._images.setdefault(table, _TableImages())
        places = [shape.columns.index(column) for column in shape.key]
        unique = list(dict.fromkeys(tuple(key) for key in keys))
        for chunk in chunks_of(unique, len(shape.key)):
            gone = self.rows(shape.delete_sql(len(chunk)), flat(chunk))
            for key, row in zip(keys_of(gone, places), gone, strict=True):
                if images.before.setdefault(key, row) is None:
                    del images.before[key]  # added before in this edit
                self.has_written = True

    def log(self, entries: Sequence[LogEntry]) -> None:
        """Add entries to the audit trail; undo and redo mirror them by themselves."""
        if not entries:
            return
        found = self.rows("SELECT coalesce(max(id), 0) FROM edit_log")
        first = int(cast("int", found[0][0])) + 1
        if self.last_log_id < self.first_log_id:
            self.first_log_id = first
        self.last_log_id = first + len(entries) - 1
        now = utc_now()
        self.record(
            "INSERT INTO edit_log VALUES (?, ?, ?, 'do', ?, ?, ?, ?, ?, ?)",
            [
                (
                    first + place,
                    now,
                    self.author,
                    self.label,
                    entry.scenario_id,
                    entry.geounit_id,
                    entry.account_id,
                    entry.from_territory,
                    entry.to_territory,
                )
                for place, entry in enumerate(entries)
            ],
        )

    def record(self, sql: str, rows: Iterable[Sequence[Cell | bytes]]) -> None:
        """Write what is no part of undo: the history itself, the log, facts about the file."""
        self.has_written = True
        self._connection.executemany(sql, rows)

    def patch(self) -> RowsPatch:
        """What takes back all that was put and deleted so far."""
        return RowsPatch(
            tuple(
                self._table_patch(self._shapes[table], images)
                for table, images in self._images.items()
                if images.before or images.added
            )
        )

    def let_go(self) -> None:
        """Forget all before-images, some at a time.

        Letting go of a million at once would keep other threads, the window's among them, waiting
        for a fifth of a second.
        """
        for images in self._images.values():
            while images.added:
                del images.added[-_LET_GO_AT_ONCE:]
            while images.before:
                images.before.popitem()
        self._images = {}

    def take_patch(self) -> RowsPatch:
        """Like `patch`, and what follows is remembered afresh."""
        patch = self.patch()
        self._images = {}
        return patch

    def apply_patch(self, patch: RowsPatch) -> None:
        """Put the rows of a patch back and delete its keys.

        Raises:
            ValueError: The patch does not fit the tables.
        """
        for table in patch.tables:
            shape = self._shapes.get(table.table)
            if shape is None or not _fits(table.columns, shape):
                message = f"a patch for {table.table} {table.columns}"
                raise ValueError(message)
        place_by_table = {table: place for place, table in enumerate(TABLES)}
        parents_first = sorted(patch.tables, key=lambda table: place_by_table[table.table])
        # Deleting all first lets two rows swap a value that must be unique, and children before
        # parents spares the database counting the references that dangle in between.
        for table in reversed(parents_first):
            self.delete(table.table, [*table.delete_keys, *self._put_keys(table)])
        for table in parents_first:
            shape = self._shapes[table.table]
            deleted = set(table.delete_keys)
            row_by_key = dict(zip(self._put_keys(table), table.put_rows, strict=True))
            kept = {key: row for key, row in row_by_key.items() if key not in deleted}
            images = self._images[table.table]
            for key in kept:
                images.before.setdefault(key, None)
            self._insert(shape, table.columns, list(kept.values()))

    def _put_keys(self, table: TablePatch) -> Iterable[Row]:
        shape = self._shapes[table.table]
        return keys_of(table.put_rows, [table.columns.index(column) for column in shape.key])

    def _select(self, shape: TableShape, keys: list[Row]) -> dict[Row, Row]:
        """The whole rows that exist now, by key."""
        places = [shape.columns.index(column) for column in shape.key]
        found: list[Row] = []
        for chunk in chunks_of(keys, len(shape.key)):
            found.extend(self.rows(shape.select_sql(len(chunk)), flat(chunk)))
        return dict(zip(keys_of(found, places), found, strict=True))

    def _upsert(
        self, shape: TableShape, columns: Sequence[str], row_by_key: Mapping[Row, Sequence[Cell]]
    ) -> None:
        before = self._images[shape.name].before
        found = self._select(shape, list(row_by_key))
        new_keys = [key for key in row_by_key if key not in found]
        is_whole = tuple(columns) == shape.columns
        for key in new_keys:
            if is_whole and before.get(key) == tuple(row_by_key[key]):
                del before[key]  # deleted before in this edit: all as it was
            else:
                before.setdefault(key, None)
        self._insert(shape, columns, [row_by_key[key] for key in new_keys])
        self._update(shape, columns, row_by_key, found)

    def _insert(
        self, shape: TableShape, columns: Sequence[str], rows: Sequence[Sequence[Cell]]
    ) -> None:
        if not rows:
            return
        self.has_written = True
        if len(columns) > _WIDE:
            self._connection.executemany(shape.insert_sql(columns, 1), rows)
            return
        sql_by_count: dict[int, str] = {}
        for chunk in chunks_of(rows, len(columns)):
            count = len(chunk)
            if count not in sql_by_count:
                sql_by_count[count] = shape.insert_sql(columns, count)
            self._connection.execute(sql_by_count[count], flat(chunk))

    def _update(
        self,
        shape: TableShape,
        columns: Sequence[str],
        row_by_key: Mapping[Row, Sequence[Cell]],
        found: Mapping[Row, Row],
    ) -> None:
        """Change the rows that exist and differ; remember them as they were."""
        places = [shape.columns.index(column) for column in columns]
        value_places = [place for place, name in enumerate(columns) if name not in shape.key]
        changed: list[Row] = []
        before = self._images[shape.name].before
        for key, old in found.items():
            new = row_by_key[key]
            if all(old[place] == cell for place, cell in zip(places, new, strict=True)):
                continue
            before.setdefault(key, old)
            changed.append((*(new[place] for place in value_places), *key))
        if changed:
            self._connection.executemany(shape.update_sql(columns), changed)
            self.has_written = True

    @staticmethod
    def _table_patch(shape: TableShape, images: _TableImages) -> TablePatch:
        if not images.before:
            return TablePatch(shape.name, shape.columns, (), tuple(images.added))
        added = set(images.added)
        before = [(key, row) for key, row in images.before.items() if key not in added]
        return TablePatch(
            shape.name,
            shape.columns,
            tuple(row for _, row in before if row is not None),
            (*images.added, *(key for key, row in before if row is None)),
        )
