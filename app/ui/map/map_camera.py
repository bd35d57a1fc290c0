# SPDX-License-Identifier: MIT
"""Where the map looks: at areas, territories, accounts, or everything."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from app.models.ids import AccountId, GeoUnitId, TerritoryId
from app.ui.area_edits import bounds_of
from app.ui.map.map_context import MapContext

Bounds = tuple[float, float, float, float]
HOME_BOUNDS: Bounds = (-125.0, 24.0, -66.0, 50.0)
"""The contiguous United States: what an empty plan shows."""


class MapCamera:
    """Moves the map of one plan.

    Args:
        context: The map and its plan.
    """

    def __init__(self, context: MapContext) -> None:
        self._view = context.view
        self._session = context.session
        self._painter = context.painter

    def show_everything(self, *, animated: bool = True) -> None:
        """All accounts, or the United States where there are none."""
        accounts = self._session.workspace.accounts
        placed = ~np.isnan(accounts.lon)
        bounds = _bounds(accounts.lon[placed], accounts.lat[placed]) or HOME_BOUNDS
        self._view.fly_to(bounds, animated=animated)

    def show_territory(self, territory: TerritoryId) -> None:
        """All areas of a territory or of those that it unites; without areas, its accounts."""
        workspace = self._session.workspace
        held = workspace.holdings
        leaves = workspace.leaves_of(territory)
        units = [unit for leaf in leaves for unit in held.geounits_of_territory(leaf)]
        if units:
            self.show_geounits(units)
        else:
            self._fly_over(held.accounts_of_territories(leaves))

    def show_geounits(self, units: Sequence[GeoUnitId]) -> None:
        """Some areas."""
        bounds = bounds_of(self._session.workspace, units)
        if bounds is not None:
            self._view.fly_to(bounds)

    def show_accounts(self, accounts: Sequence[AccountId]) -> None:
        """Some accounts, marked among the others, as far as they are placed."""
        table = self._session.workspace.accounts
        rows = table.rows_of(accounts)
        if self._fly_over(rows):
            self.mark(tuple(accounts))

    def _fly_over(self, rows: npt.NDArray[np.int64]) -> bool:
        """Show the accounts at some rows as far as they are placed; False where none is."""
        table = self._session.workspace.accounts
        rows = rows[~np.isnan(table.lon[rows])]
        if not len(rows):
            return False
        lon, lat = table.lon[rows], table.lat[rows]
        west, east, south, north = lon.min(), lon.max(), lat.min(), lat.max()
        self._view.fly_to(
            (float(west) - 0.4, float(south) - 0.3, float(east) + 0.4, float(north) + 0.3)
        )
        return True

    def show_around(self, lon: float, lat: float, radius_km: float) -> None:
        """A circle on the ground."""
        high = radius_km / 111.0
        wide = high / max(0.05, float(np.cos(np.radians(lat))))
        self._view.fly_to((lon - wide, lat - high, lon + wide, lat + high))

    def mark(self, accounts: tuple[AccountId, ...]) -> None:
        """Let the dots of these accounts stand out, and no others."""
        if accounts != self._painter.marked:
            self._painter.marked = accounts
            self._painter.draw_points()


def _bounds(lon: np.ndarray, lat: np.ndarray) -> Bounds | None:
    """The box around most points: the outermost 2 % at each side are left out of a large list."""
    if not len(lon):
        return None
    share = 0.02 if len(lon) > 50 else 0.0
    west, east = np.quantile(lon, [share, 1 - share])
    south, north = np.quantile(lat, [share, 1 - share])
    return float(west) - 0.5, float(south) - 0.5, float(east) + 0.5, float(north) + 0.5
