# SPDX-License-Identifier: MIT
"""Areas that are drawn by hand: adding, changing and removing them."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from app.models.changes import Changes
from app.models.drawn_area import Rings
from app.models.errors import EditRejected
from app.models.geounit import GeoLevel, geounit_id
from app.models.ids import GeoUnitId, SalesForceId, ScenarioId, StrokeId, TerritoryId
from app.services.commands.base import ITS_TERRITORIES, Edit, reject_locked, territory_to_serve
from app.services.drawn_polygons import closed_rings, points_inside, rings_of_text, rings_text

_MAX_AREAS = 2_000
"""In one scenario; more would slow every edit down."""
_COLUMNS = ("id", "scenario_id", "territory_id", "name", "polygon")
_CHANGED = Changes(drawn_areas=True)


@dataclass(frozen=True, slots=True)
class AddDrawnArea:
    """Give a territory an area that was drawn; it serves the accounts in it from now on.

    Attributes:
        rings: Its outline; rings need not be closed.
        name: Empty for "Area" and a number.
    """

    territory: TerritoryId
    rings: Rings
    name: str = ""
    territory_name: str = ""
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Draw an area of {self.territory_name}"

    def apply(self, edit: Edit) -> Changes:
        """Write the area.

        Raises:
            EditRejected: It has no inside, or a locked territory would gain or lose accounts.
        """
        territory_to_serve(edit, self.territory)
        rings = closed_rings(self.rings)
        reject_locked(edit, {self.territory, *_locked_losers(edit, self.territory, rings)})
        found = edit.tx.rows(
            "SELECT count(*) FROM drawn_area WHERE scenario_id = ?", (edit.scenario_id,)
        )
        if int(found[0][0] or 0) >= _MAX_AREAS:
            message = f"A plan holds at most {_MAX_AREAS:,} drawn areas."
            remedy = "Remove one that is not needed."
            raise EditRejected(message, meaning="Nothing was changed.", remedy=remedy)
        number = edit.tx.next_id("drawn_area")
        name = self.name.strip() or f"Area {number}"
        row = (number, edit.scenario_id, self.territory, name, rings_text(rings))
        edit.tx.put("drawn_area", _COLUMNS, [row])
        return _CHANGED


@dataclass(frozen=True, slots=True)
class ChangeDrawnArea:
    """Give a drawn area another outline, name or territory; None leaves each as it is."""

    area: int
    rings: Rings | None = None
    name: str | None = None
    territory: TerritoryId | None = None
    area_name: str = ""
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Change the drawn area {self.area_name}".rstrip()

    def apply(self, edit: Edit) -> Changes:
        """Write what is new.

        Raises:
            EditRejected: The area is gone or would have no inside, or a locked territory would
                gain or lose accounts.
        """
        holder, old_name, old_rings = _area(edit, self.area)
        rings = old_rings if self.rings is None else closed_rings(self.rings)
        territory = holder if self.territory is None else self.territory
        territory_to_serve(edit, territory)
        if rings != old_rings or territory != holder:
            losers = _locked_losers(edit, territory, rings)
            reject_locked(edit, {holder, territory, *losers})
        name = old_name if self.name is None else self.name.strip() or old_name
        row = (self.area, edit.scenario_id, territory, name, rings_text(rings))
        edit.tx.put("drawn_area", _COLUMNS, [row])
        return _CHANGED


@dataclass(frozen=True, slots=True)
class RemoveDrawnArea:
    """Take a drawn area away; the accounts in it are served by the area that they lie in."""

    area: int
    area_name: str = ""
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Remove the drawn area {self.area_name}".rstrip()

    def apply(self, edit: Edit) -> Changes:
        """Delete it.

        Raises:
            EditRejected: It is gone, or its territory is locked.
        """
        holder, _, _ = _area(edit, self.area)
        reject_locked(edit, {holder})
        edit.tx.delete("drawn_area", [(self.area,)])
        return _CHANGED


def _area(edit: Edit, area: int) -> tuple[TerritoryId, str, Rings]:
    """Territory, name and outline of a drawn area."""
    rows = edit.tx.rows(
        "SELECT territory_id, name, polygon FROM drawn_area WHERE id = ? AND scenario_id = ?",
        (area, edit.scenario_id),
    )
    if not rows:
        message = "This drawn area is no longer in the plan."
        raise EditRejected(message, meaning="Nothing was changed.")
    territory, name, polygon = rows[0]
    return TerritoryId(int(territory or 0)), str(name), rings_of_text(str(polygon))


def _key(edit: Edit) -> tuple[ScenarioId, SalesForceId]:
    return edit.scenario_id, edit.sales_force_id


def _locked_losers(edit: Edit, gainer: TerritoryId, rings: Rings) -> set[TerritoryId]:
    """Locked territories that serve an account in the area by the area that it lies in.

    Named accounts stay with whoever they are named for, and in another drawn area an account
    comes into dispute, which the locked territory would lose as well.
    """
    locked = {
        TerritoryId(int(row[0] or 0))
        for row in edit.tx.rows(
            "SELECT id FROM territory WHERE scenario_id = ? AND sales_force_id = ? AND is_locked",
            (edit.scenario_id, edit.sales_force_id),
        )
    } - {gainer}
    if not locked:
        return set()
    lons, lats = zip(*(corner for ring in rings for corner in ring), strict=True)
    rows = edit.tx.rows(
        "SELECT lon, lat, zip_code, county, state, country FROM account"  # noqa: S608 fixed words
        " WHERE lon BETWEEN ?3 AND ?4 AND lat BETWEEN ?5 AND ?6 AND id NOT IN"
        " (SELECT account_id FROM account_assignment"
        f" WHERE scenario_id = ?1 AND {ITS_TERRITORIES})",
        (*_key(edit), min(lons), max(lons), min(lats), max(lats)),
    )
    if not rows:
        return set()
    points = np.array([row[:2] for row in rows], dtype=np.float64)
    inside = points_inside(rings, points[:, 0], points[:, 1])
    chosen: list[int] = inside.tolist()
    chains = {tuple(map(str, rows[at][2:])) for at in chosen}
    return locked & {*_holders_of(edit, chains), *_drawn_holders(edit, points[inside])}


def _holders_of(edit: Edit, chains: Iterable[tuple[str, ...]]) -> set[TerritoryId]:
    """Who holds the finest assigned area of each chain of codes, ZIP area first."""
    claims: dict[GeoUnitId, set[TerritoryId]] = {}
    for unit, territory in edit.tx.rows(
        "SELECT geounit_id, territory_id FROM geounit_assignment"  # noqa: S608 fixed words
        f" WHERE scenario_id = ?1 AND {ITS_TERRITORIES}",
        _key(edit),
    ):
        holders = claims.setdefault(GeoUnitId(str(unit)), set())
        holders.add(TerritoryId(int(territory or 0)))
    for (unit,) in edit.tx.rows(
        "SELECT geounit_id FROM geounit_hole WHERE scenario_id = ? AND sales_force_id = ?",
        _key(edit),
    ):
        claims[GeoUnitId(str(unit))] = set()
    levels = (GeoLevel.ZIP, GeoLevel.COUNTY, GeoLevel.STATE, GeoLevel.COUNTRY)
    found: set[TerritoryId] = set()
    for codes in chains:
        units = (geounit_id(level, code) for level, code in zip(levels, codes, strict=True))
        found |= next((claims[unit] for unit in units if unit in claims), set[TerritoryId]())
    return found


def _drawn_holders(edit: Edit, points: np.ndarray) -> set[TerritoryId]:
    """Whose drawn areas contain any of the points."""
    found: set[TerritoryId] = set()
    for territory, polygon in edit.tx.rows(
        "SELECT territory_id, polygon FROM drawn_area"  # noqa: S608 fixed words
        f" WHERE scenario_id = ?1 AND {ITS_TERRITORIES}",
        _key(edit),
    ):
        rings = rings_of_text(str(polygon))
        if len(points_inside(rings, points[:, 0], points[:, 1])):
            found.add(TerritoryId(int(territory or 0)))
    return found
