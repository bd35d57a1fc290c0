# SPDX-License-Identifier: MIT
"""Columns and keys of the tables, and the statements built from them.

Names of tables and columns are only ever taken from the database's own schema, after `check`
has compared them with it; values always travel as parameters.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from typing import TypeVar

from app.models.rows import Cell
from app.services.store.schema import UNDOABLE_TABLES

Row = tuple[Cell, ...]
_Item = TypeVar("_Item")

_PARAMETERS_PER_STATEMENT = 200
"""Measured: a third of the time of single rows; more brings nothing."""


@dataclass(frozen=True, slots=True)
class TableShape:
    """One table.

    Attributes:
        columns: All columns in their order.
        key: Columns of the primary key in their order.
    """

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]

    def check(self, columns: Sequence[str]) -> None:
        """Make sure that these are columns of this table, the whole key among them.

        Raises:
            ValueError: They are not.
        """
        if len(set(columns)) != len(columns) or not set(self.key) <= set(columns):
            message = f"{self.name} needs each column once, and its key {self.key}: {columns}"
            raise ValueError(message)
        if not set(columns) <= set(self.columns):
            message = f"{self.name} has no columns {set(columns) - set(self.columns)}"
            raise ValueError(message)

    def insert_sql(self, columns: Sequence[str], count: int) -> str:
        """Parameters: `count` rows, one after the other."""
        names = ", ".join(columns)
        return f"INSERT INTO {self.name} ({names}) VALUES {_marks(len(columns), count)}"  # noqa: S608  see module

    def update_sql(self, columns: Sequence[str]) -> str:
        """Parameters: the columns that are no key, then the key."""
        values = ", ".join(f"{column} = ?" for column in columns if column not in self.key)
        tests = " AND ".join(f"{column} = ?" for column in self.key)
        return f"UPDATE {self.name} SET {values} WHERE {tests}"  # noqa: S608  see module

    def delete_sql(self, count: int) -> str:
        """Parameters: `count` keys; gives the whole rows that were deleted."""
        columns = ", ".join(self.columns)
        return f"DELETE FROM {self.name} WHERE {self._among(count)} RETURNING {columns}"  # noqa: S608  see module

    def select_sql(self, count: int) -> str:
        """Parameters: `count` keys; gives whole rows."""
        return f"SELECT {', '.join(self.columns)} FROM {self.name} WHERE {self._among(count)}"  # noqa: S608  see module

    def _among(self, count: int) -> str:
        if len(self.key) == 1:
            return f"{self.key[0]} IN ({', '.join('?' * count)})"
        # Not "(a, b) IN (VALUES ...)", for which the planner reads the whole table.
        test = " AND ".join(f"{column} = ?" for column in self.key)
        return " OR ".join([f"({test})"] * count)


def _marks(width: int, count: int) -> str:
    return ", ".join([f"({', '.join('?' * width)})"] * count)


def read_shapes(connection: sqlite3.Connection) -> dict[str, TableShape]:
    """The shapes of all tables that commands may change, by name."""
    shapes: dict[str, TableShape] = {}
    for table in sorted(UNDOABLE_TABLES):
        rows = connection.execute("SELECT name, pk FROM pragma_table_info(?)", (table,)).fetchall()
        columns = tuple(str(name) for name, _ in rows)
        key = tuple(str(name) for name, place in sorted(rows, key=lambda row: row[1]) if place)
        shapes[table] = TableShape(table, columns, key)
    return shapes


def keys_of(rows: Iterable[Sequence[Cell]], places: Sequence[int]) -> Iterable[Row]:
    """The key of each row."""
    if len(places) == 1:
        place = places[0]
        return ((row[place],) for row in rows)
    return map(itemgetter(*places), rows)


def chunks_of(rows: Sequence[_Item], width: int) -> Iterator[Sequence[_Item]]:
    """The rows in groups that fit one statement, then what is left one by one."""
    size = max(1, _PARAMETERS_PER_STATEMENT // width)
    whole = len(rows) - len(rows) % size
    for start in range(0, whole, size):
        yield rows[start : start + size]
    for start in range(whole, len(rows)):
        yield rows[start : start + 1]


def flat(rows: Iterable[Sequence[Cell]]) -> Row:
    """All cells of the rows, one after the other."""
    return tuple(chain.from_iterable(rows))
