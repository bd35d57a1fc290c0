# SPDX-License-Identifier: MIT
"""Adding and removing boundary layers: areas change, and accounts are placed anew in them."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.models.boundary_layer import BoundaryLayerInfo, BoundaryRole
from app.models.changes import Changes
from app.models.errors import EditRejected
from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel, geounit_id
from app.models.ids import AccountId, GeoUnitId, StrokeId
from app.models.rows import Cell
from app.services.boundaries.prepared import PreparedLayer
from app.services.commands.base import Edit
from app.services.geography.arrays import ObjectArray
from app.services.geography.geography import Geography
from app.services.geography.layered import layers_of, with_layers
from app.services.geography.placing_again import AccountPlaces, placed_again
from app.services.geography.plan_layer import PlanLayer, digest_of, layer_text
from app.services.store.area_tables import MAX_LAYER_CHARACTERS
from app.services.store.boundary_repository import INFO_COLUMNS

_MAX_LAYERS = 100
_ROWS_AT_ONCE = 50_000
_FEW = 5_000
"""Up to so many accounts are named in the changes; more are read again as a whole."""
_CODE_COLUMN = {
    GeoLevel.COUNTRY: "country",
    GeoLevel.STATE: "state",
    GeoLevel.COUNTY: "county",
    GeoLevel.ZIP: "zip_code",
}
_PLACE_COLUMNS = ("id", "lon", "lat", "placed_by", "country", "state", "county", "zip_code")


@dataclass(frozen=True, slots=True, eq=False)
class AddBoundaryLayer:
    """Lay areas of a file over those of the plan.

    Assignments stay with the codes. New areas go to whoever held the area in which their label
    point lies; codes that are gone keep their assignments for when the layer is removed.

    Attributes:
        areas: The areas.
        info: What to keep about them; its id, count and position are given by the plan.
    """

    areas: PreparedLayer
    info: BoundaryLayerInfo
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Add the boundaries {self.info.name}"

    def apply(self, edit: Edit) -> Changes:
        """Write the layer, place accounts in its areas, and give new areas their holders.

        Raises:
            EditRejected: There are too many layers, or this one is too large.
        """
        text = layer_text(self.areas)
        before = layers_of(edit.geography)
        if len(text) > MAX_LAYER_CHARACTERS or len(before) >= _MAX_LAYERS:
            message = "These boundaries do not fit into the plan."
            meaning = (
                f"A plan holds {_MAX_LAYERS} layers, each of up to 60 MB. Nothing was changed."
            )
            remedy = "Remove a layer, or leave out areas that you do not need."
            raise EditRejected(message, meaning=meaning, remedy=remedy)
        number = edit.tx.next_id("boundary_layer")
        position = 1 + max((layer.info.position for layer in before), default=0)
        info = replace(self.info, id=number, area_count=len(self.areas), position=position)
        edit.tx.put("boundary_layer", (*INFO_COLUMNS, "content"), [(*_cells(info), text)])
        layer = PlanLayer(info, self.areas, digest_of(text))
        after = with_layers(edit.geography.shipped, [*before, layer])
        changes = Changes(boundaries=True)
        if info.role is BoundaryRole.GROUP:
            return changes
        if info.role is BoundaryRole.REPLACE:
            changes |= _inherit(edit, layer, after)
        return changes | _place_accounts(edit, after)


@dataclass(frozen=True, slots=True)
class RemoveBoundaryLayer:
    """Take a boundary layer away; what the shipped areas were assigned to holds again."""

    layer: int
    layer_name: str = ""
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Remove the boundaries {self.layer_name}".rstrip()

    def apply(self, edit: Edit) -> Changes:
        """Delete the layer and place accounts in the areas that are left.

        Raises:
            EditRejected: The plan has no such layer any more.
        """
        rows = edit.tx.rows("SELECT role FROM boundary_layer WHERE id = ?", (self.layer,))
        if not rows:
            message = "This boundary layer is no longer in the plan."
            raise EditRejected(message, meaning="Nothing was changed.")
        edit.tx.delete("boundary_layer", [(self.layer,)])
        changes = Changes(boundaries=True)
        if rows[0][0] == BoundaryRole.GROUP.value:
            return changes
        left = [layer for layer in layers_of(edit.geography) if layer.info.id != self.layer]
        return changes | _place_accounts(edit, with_layers(edit.geography.shipped, left))


def _cells(info: BoundaryLayerInfo) -> tuple[Cell, ...]:
    return (
        *(info.id, info.name, info.role.value, info.level.value, info.country, info.file_name),
        *(info.vintage, info.attribution, info.code_field, info.name_field, info.area_count),
        *(info.position, info.report),
    )


def _inherit(edit: Edit, layer: PlanLayer, after: Geography) -> Changes:
    """Give new areas the assignments of the area in which their label point lay."""
    level, before = layer.info.level, edit.geography
    old = before.layer(level)
    fresh = np.flatnonzero(old.indices_of(layer.codes) < 0)
    if not len(fresh):
        return Changes()
    around = before.locate(layer.areas.lon[fresh], layer.areas.lat[fresh]).index[level]
    heirs: dict[str, list[GeoUnitId]] = {}
    rows_of: list[int] = fresh.tolist()
    indices: list[int] = around.tolist()
    for row, index in zip(rows_of, indices, strict=True):
        unit = geounit_id(level, layer.codes[row])
        if index >= 0 and after.is_known(unit):
            heirs.setdefault(str(old.geounits[index]), []).append(unit)
    given: set[GeoUnitId] = set()
    force_of_territory = "(SELECT sales_force_id FROM territory WHERE id = territory_id)"
    for table, extra, force in (
        ("geounit_assignment", "territory_id", force_of_territory),
        ("geounit_hole", "sales_force_id", "sales_force_id"),
    ):
        rows = edit.tx.rows(f"SELECT scenario_id, geounit_id, {extra}, {force} FROM {table}")  # noqa: S608  our own names
        # Each sales force has its own say about an area.
        taken = {(scenario, unit, its) for scenario, unit, _, its in rows}
        new: list[tuple[Cell, ...]] = [
            (scenario, heir, said)
            for scenario, unit, said, its in rows
            for heir in heirs.get(str(unit), ())
            if (scenario, heir, its) not in taken
        ]
        columns = ("scenario_id", "geounit_id", extra)
        edit.tx.put(table, columns, new)
        given.update(GeoUnitId(str(row[1])) for row in new)
    return Changes(geounits=frozenset(given))


def _place_accounts(edit: Edit, after: Geography) -> Changes:
    """Find the areas of all accounts anew, and write those that lie in others now."""
    moved: list[int] = []
    for ids, accounts in _accounts(edit):
        placed = placed_again(after, accounts)
        changed = placed.placed_by != accounts.placed_by
        for old, new in ((accounts.lon, placed.lon), (accounts.lat, placed.lat)):
            changed |= (old != new) & ~(np.isnan(old) & np.isnan(new))
        for level in LEVELS_COARSE_TO_FINE:
            changed |= accounts.codes[level] != placed.codes[level]
        rows = np.flatnonzero(changed)
        numbers: list[int] = ids[rows].tolist()
        columns = [
            numbers,
            _or_none(placed.lon[rows]),
            _or_none(placed.lat[rows]),
            placed.placed_by[rows].tolist(),
            *(placed.codes[level][rows].tolist() for level in LEVELS_COARSE_TO_FINE),
        ]
        edit.tx.put("account", _PLACE_COLUMNS, list(zip(*columns, strict=True)))
        moved += numbers
    if len(moved) > _FEW:
        return Changes(all_accounts=True)
    return Changes(edited_accounts=frozenset(map(AccountId, moved)))


def _accounts(edit: Edit) -> Iterator[tuple[np.ndarray, AccountPlaces]]:
    """Ids and places of all accounts, some at a time."""
    names = ", ".join((*_PLACE_COLUMNS, "postal_code"))
    last: Cell = -(2**62)
    while rows := edit.tx.rows(
        f"SELECT {names} FROM account WHERE id > ? ORDER BY id LIMIT ?",  # noqa: S608  our own names
        (last, _ROWS_AT_ONCE),
    ):
        last = rows[-1][0]
        ids, lon, lat, placed_by, *codes, postal_code = zip(*rows, strict=True)
        yield (
            np.array(ids, np.int64),
            AccountPlaces(
                np.array(lon, np.float64),
                np.array(lat, np.float64),
                _texts(placed_by),
                _texts(postal_code),
                dict(zip(LEVELS_COARSE_TO_FINE, map(_texts, codes), strict=True)),
            ),
        )


def _texts(cells: Sequence[Cell]) -> ObjectArray:
    texts = np.empty(len(cells), np.object_)
    texts[:] = cells
    return texts


def _or_none(values: np.ndarray) -> list[float | None]:
    listed: list[float] = values.tolist()
    return [None if math.isnan(value) else value for value in listed]
