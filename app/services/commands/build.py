# SPDX-License-Identifier: MIT
"""Writing a whole set of territories that a builder worked out."""

from dataclasses import dataclass

from app.models.changes import Changes
from app.models.ids import GeoUnitId, RepId, StrokeId, TerritoryId
from app.services.commands.base import Edit, reject_locked
from app.services.commands.roster import PRIMARY
from app.services.commands.territories import checked_name, insert_territory, remove_territory
from app.services.store.transaction import LogEntry


@dataclass(frozen=True, slots=True)
class DraftTerritory:
    """A territory that a builder proposes.

    Attributes:
        geounits: What it holds; a geounit may be in several drafts (an overlap to resolve).
        rep: Who holds it, or None for a vacancy.
    """

    name: str
    color_index: int
    geounits: tuple[GeoUnitId, ...]
    rep: RepId | None = None


@dataclass(frozen=True, slots=True)
class BuildTerritories:
    """Replace all territories of the sales force by drafts."""

    drafts: tuple[DraftTerritory, ...]
    source: str
    """Where they come from, for the label: "today's owners"."""
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Build {len(self.drafts)} territories from {self.source}"

    def apply(self, edit: Edit) -> Changes:
        """Remove the old territories, then write the drafts.

        Raises:
            EditRejected: An old territory is locked.
        """
        old = [
            TerritoryId(int(row[0] or 0))
            for row in edit.tx.rows(
                "SELECT id FROM territory WHERE scenario_id = ? AND sales_force_id = ?",
                (edit.scenario_id, edit.sales_force_id),
            )
        ]
        reject_locked(edit, set(old))
        geounits: set[GeoUnitId] = set()
        for territory in old:
            geounits |= remove_territory(edit, territory)
        holes = edit.tx.rows(
            "SELECT scenario_id, geounit_id, sales_force_id FROM geounit_hole"
            " WHERE scenario_id = ? AND sales_force_id = ?",
            (edit.scenario_id, edit.sales_force_id),
        )
        edit.tx.delete("geounit_hole", holes)
        new = [self._write(edit, draft) for draft in self.drafts]
        for draft in self.drafts:
            geounits |= set(draft.geounits)
        reps = frozenset(draft.rep for draft in self.drafts if draft.rep is not None)
        return Changes(geounits=frozenset(geounits), territories=frozenset((*old, *new)), reps=reps)

    def _write(self, edit: Edit, draft: DraftTerritory) -> TerritoryId:
        scenario = edit.scenario_id
        new_id = insert_territory(edit, checked_name(edit, draft.name), draft.color_index)
        columns = ("scenario_id", "geounit_id", "territory_id")
        rows = [(scenario, unit, new_id) for unit in draft.geounits]
        edit.tx.put("geounit_assignment", columns, rows, all_new=True)
        if draft.rep is not None:
            roster = ("scenario_id", "territory_id", "rep_id", "role")
            edit.tx.put("roster", roster, [(scenario, new_id, draft.rep, PRIMARY)], all_new=True)
        edit.tx.log([LogEntry(scenario, unit, to_territory=new_id) for unit in draft.geounits])
        return new_id
