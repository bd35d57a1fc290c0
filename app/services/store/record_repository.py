# SPDX-License-Identifier: MIT
"""Reading transactions, visits, products, goals and the ledger of imports."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from app.models.ids import RepId, TerritoryId
from app.models.product import Goal, Product
from app.models.rows import Cell
from app.services.store.store import Store

_ROWS_AT_ONCE = 100_000
"""A million rows at once would take a gigabyte of small objects."""


class RecordRepository:
    """What happened at accounts, and what was sold."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def numbers(
        self, table: str, columns: Sequence[str], *, where: str = "1"
    ) -> list[npt.NDArray[np.float64]]:
        """Columns of numbers of all rows in the order of their ids, nan where a cell is NULL.

        Args:
            table, columns, where: Names and a condition of our own, never of the user's data.
        """
        parts: list[npt.NDArray[np.float64]] = []
        last = -(2**62)
        names = ", ".join(columns)
        sql = (
            f"SELECT id, {names} FROM {table} WHERE id > ? AND {where}"  # noqa: S608  our own names
            f" ORDER BY id LIMIT {_ROWS_AT_ONCE}"
        )
        while rows := self._store.rows(sql, (last,)):
            parts.append(np.array(rows, dtype=np.float64)[:, 1:])
            last = int(rows[-1][0] or 0)
        if not parts:
            return [np.empty(0) for _ in columns]
        return list(np.concatenate(parts).T)

    def count(self, table: str) -> int:
        """Number of rows of a table, by a name of our own."""
        return _int(self._store.rows(f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608  our own names

    def texts(self, table: str, column: str) -> npt.NDArray[np.object_]:
        """A text column of all rows in the order of their ids; equal texts are one object."""
        known: dict[Cell, Cell] = {}
        rows = self._store.rows(f"SELECT {column} FROM {table} ORDER BY id")  # noqa: S608  our own names
        result = np.empty(len(rows), dtype=np.object_)
        result[:] = [known.setdefault(text, text) for (text,) in rows]
        return result

    def products(self) -> tuple[Product, ...]:
        """All products in the order of their ids."""
        rows = self._store.rows(
            "SELECT id, external_id, name, line, unit_price FROM product ORDER BY id"
        )
        return tuple(
            Product(
                _int(id_), str(own), str(name), str(line), None if price is None else float(price)
            )
            for id_, own, name, line, price in rows
        )

    def goals(self) -> tuple[Goal, ...]:
        """All goals in the order of their ids."""
        rows = self._store.rows(
            "SELECT id, rep_id, territory_id, name, first_day, last_day, amount"
            " FROM goal ORDER BY id"
        )
        return tuple(
            Goal(
                _int(id_),
                None if rep is None else RepId(_int(rep)),
                None if territory is None else TerritoryId(_int(territory)),
                str(name),
                _int(first),
                _int(last),
                float(amount or 0),
            )
            for id_, rep, territory, name, first, last, amount in rows
        )

    def owner_aliases(self) -> dict[str, RepId]:
        """The rep whom the user says an owner value means, by the value in its plain form."""
        rows = self._store.rows("SELECT owner, rep_id FROM owner_alias")
        return {str(owner): RepId(_int(rep)) for owner, rep in rows}


def _int(cell: Cell) -> int:
    return int(cell or 0)
