# SPDX-License-Identifier: MIT
"""Which accounts the drawn areas of a scenario serve."""

import logging
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from app.models.drawn_area import DrawnArea, Rings
from app.models.ids import TerritoryId
from app.services.account_table import AccountTable
from app.services.drawn_polygons import LongArray, points_inside, rings_of_text

_log = logging.getLogger(__name__)


class DrawnServing:
    """Finds the accounts in drawn areas; each area is looked at once per change.

    Attributes:
        areas: The drawn areas of the scenario.
    """

    def __init__(self) -> None:
        self.areas: tuple[DrawnArea, ...] = ()
        self._lon: npt.NDArray[np.float64] | None = None
        self._rows: dict[Rings, LongArray] = {}

    def take(self, rows: Sequence[tuple[int, TerritoryId, str, str]]) -> None:
        """Serve by the areas of these rows from now on: id, territory, name, text of the outline.

        An area whose text is damaged has no rings and serves nobody.
        """
        self.areas = tuple(
            DrawnArea(number, territory, name, rings_of_text(text))
            for number, territory, name, text in rows
        )
        if not all(area.rings for area in self.areas):
            _log.warning("a drawn area of the plan is damaged and serves nobody")
        kept = {area.rings for area in self.areas}
        self._rows = {rings: rows for rings, rows in self._rows.items() if rings in kept}

    def holders(self) -> frozenset[TerritoryId]:
        """The territories that have a drawn area."""
        return frozenset(area.territory_id for area in self.areas)

    def rows_in(self, area: DrawnArea, accounts: AccountTable) -> LongArray:
        """Rows of the accounts in a drawn area."""
        if self._lon is not accounts.lon:
            self._lon, self._rows = accounts.lon, {}
        if area.rings not in self._rows:
            self._rows[area.rings] = points_inside(area.rings, accounts.lon, accounts.lat)
        return self._rows[area.rings]

    def claims(self, accounts: AccountTable) -> dict[TerritoryId, LongArray]:
        """Per territory with drawn areas the rows of the accounts in them, each once."""
        rows: dict[TerritoryId, list[LongArray]] = {}
        for area in self.areas:
            rows.setdefault(area.territory_id, []).append(self.rows_in(area, accounts))
        return {territory: np.unique(np.concatenate(found)) for territory, found in rows.items()}

    def areas_at(self, row: int, accounts: AccountTable) -> tuple[DrawnArea, ...]:
        """The drawn areas that contain the account at a row."""
        return tuple(area for area in self.areas if row in self.rows_in(area, accounts))
