# SPDX-License-Identifier: MIT
"""Reading visit classes, the accounts that have one, and trips whose time the user knows."""

import json
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from app.models.ids import VisitClassId
from app.models.rows import Cell
from app.models.territory import TravelMode
from app.models.visit_class import KnownTrip, VisitClass
from app.services.store.store import Store

_ROWS_AT_ONCE = 50_000


class WorkRepository:
    """What workload is computed from."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def visit_classes(self) -> tuple[VisitClass, ...]:
        """All visit classes in the order of lists."""
        rows = self._store.rows(
            "SELECT id, name, visits_per_year, visit_hours, preparation_hours, position,"
            " is_default FROM visit_class ORDER BY position, id"
        )
        return tuple(
            VisitClass(
                VisitClassId(int(id_ or 0)),
                str(name),
                _number(visits),
                _number(hours),
                _number(preparation),
                int(position or 0),
                bool(default),
            )
            for id_, name, visits, hours, preparation, position, default in rows
        )

    def known_trips(self) -> tuple[KnownTrip, ...]:
        """All known trips in the order in which they were typed."""
        rows = self._store.rows(
            "SELECT id, from_text, from_lon, from_lat, to_text, to_lon, to_lat, minutes, mode"
            " FROM known_trip ORDER BY id"
        )
        return tuple(
            KnownTrip(
                int(row[0] or 0),
                str(row[1]),
                (_number(row[2]), _number(row[3])),
                str(row[4]),
                (_number(row[5]), _number(row[6])),
                _number(row[7]),
                TravelMode(row[8]),
            )
            for row in rows
        )

    def classed_accounts(
        self, ids: Sequence[int] | None = None
    ) -> tuple[npt.NDArray[np.int64], list[str]]:
        """The accounts that have a visit class, by id, and the name of the class of each.

        Args:
            ids: Look at these accounts only.
        """
        found: list[tuple[Cell, ...]] = []
        if ids is not None:
            found = self._store.rows(
                "SELECT id, visit_class FROM account WHERE visit_class <> ''"
                " AND id IN (SELECT value FROM json_each(?)) ORDER BY id",
                (json.dumps([int(each) for each in ids]),),
            )
        else:
            # In parts, as a million rows at once would keep other threads waiting.
            last = -(2**62)
            while rows := self._store.rows(
                "SELECT id, visit_class FROM account WHERE id > ? AND visit_class <> ''"
                " ORDER BY id LIMIT ?",
                (last, _ROWS_AT_ONCE),
            ):
                found.extend(rows)
                last = int(rows[-1][0] or 0)
        accounts = np.fromiter((row[0] for row in found), dtype=np.int64, count=len(found))
        return accounts, [str(row[1]) for row in found]


def _number(cell: Cell) -> float:
    return float(cell or 0.0)
