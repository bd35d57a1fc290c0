# SPDX-License-Identifier: MIT
"""Building sales forces from drafts: territories with areas and rules, as one edit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.models.changes import Changes
from app.models.ids import GeoUnitId, RepId, RuleId, SalesForceId, StrokeId, TerritoryId
from app.models.rep import RosterRole
from app.models.sales_force import ForceModel
from app.services.commands.base import Edit, reject_locked
from app.services.commands.build import DraftTerritory
from app.services.commands.force_draft import DraftRule, ForceBuild
from app.services.commands.forces import force_name, insert_force, switch_rules_off
from app.services.commands.territories import checked_name, insert_territory, remove_territory
from app.services.force_contents import KeptLand, TerritoryContents, read_contents, staying
from app.services.rules.condition_text import condition_text
from app.services.store.transaction import LogEntry, utc_now


@dataclass(frozen=True, slots=True)
class BuildForces:
    """Build one or several sales forces; what was decided by name or locked is kept.

    A territory that is built under the name of a present one takes its place and keeps its rep.
    """

    builds: tuple[ForceBuild, ...]
    source: str
    """Where they come from, for the label: "segments"."""
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        amount = sum(len(build.draft.territories) for build in self.builds)
        words = "1 territory" if amount == 1 else f"{amount} territories"
        return f"Build {words} from {self.source}"

    def apply(self, edit: Edit) -> Changes:
        """Write them one after the other.

        Raises:
            EditRejected: A name cannot be used, or a locked territory would be changed.
        """
        changes = Changes(sales_forces=True)
        for build in self.builds:
            changes |= _Builder(edit, build).write()
        return changes


class _Builder:
    """Writes one sales force."""

    def __init__(self, edit: Edit, build: ForceBuild) -> None:
        target = build.target
        if target.force is None:
            force = insert_force(edit, target.name, target.model)
        else:
            force = target.force
            force_name(edit, force)
        self._edit = replace(edit, sales_force_id=force)
        self._build = build
        self._force: SalesForceId = force
        self._contents = read_contents(edit.tx.rows, edit.scenario_id, force)
        self._geounits: set[GeoUnitId] = set()
        self._reps: set[RepId] = set()
        self._kept = _kept_land(self._edit, self._contents)

    def write(self) -> Changes:
        """Write the model, clear what goes, add what is new."""
        edit, target, draft = self._edit, self._build.target, self._build.draft
        edit.tx.put("sales_force", ("id", "model"), [(self._force, target.model.value)])
        if not target.keeps_present:
            self._clear()
        if target.model is ForceModel.GEOGRAPHIC:
            switch_rules_off(edit, self._force)
        ids = [self._territory(each) for each in draft.territories]
        self._write_rules(draft.rules, ids)
        return Changes(
            geounits=frozenset(self._geounits),
            territories=frozenset((*ids, *(each.id for each in self._contents))),
            reps=frozenset(self._reps),
            drawn_areas=True,
            sales_forces=True,
            rules=True,
        )

    def _clear(self) -> None:
        """Take away the areas and rules of territories that are not locked, and what is empty."""
        edit = self._edit
        names = [each.name for each in self._build.draft.territories]
        stays = staying(self._contents, names)
        holes = edit.tx.rows(
            "SELECT scenario_id, geounit_id, sales_force_id FROM geounit_hole"
            " WHERE scenario_id = ? AND sales_force_id = ?",
            (edit.scenario_id, self._force),
        )
        gone = [hole for hole in holes if not self._kept.holds(GeoUnitId(str(hole[1])))]
        edit.tx.delete("geounit_hole", gone)
        self._geounits.update(GeoUnitId(str(unit)) for _, unit, _ in gone)
        for each in self._contents:
            if each.is_locked:
                continue
            if each.id in stays:
                self._empty(each.id)
            else:
                self._geounits |= remove_territory(edit, each.id)

    def _empty(self, territory: TerritoryId) -> None:
        """Take areas, drawn areas and rules from a territory that stays."""
        tx, scenario = self._edit.tx, self._edit.scenario_id
        rows = tx.rows(
            "SELECT geounit_id FROM geounit_assignment WHERE scenario_id = ? AND territory_id = ?",
            (scenario, territory),
        )
        units = [GeoUnitId(str(unit)) for (unit,) in rows]
        gone = [unit for unit in units if unit not in self._kept.locked]
        tx.delete("geounit_assignment", [(scenario, unit, territory) for unit in gone])
        tx.log([LogEntry(scenario, unit, from_territory=territory) for unit in gone])
        self._geounits.update(gone)
        for table in ("drawn_area", "rule"):
            sql = f"SELECT id FROM {table} WHERE territory_id = ?"  # noqa: S608 names from above
            tx.delete(table, tx.rows(sql, (territory,)))

    def _territory(self, draft: DraftTerritory) -> TerritoryId:
        """Write a draft, in the place of the territory that has its name, if any."""
        edit, scenario = self._edit, self._edit.scenario_id
        same = [e for e in self._contents if e.name.casefold() == draft.name.casefold()]
        if same:
            territory = same[0].id
            reject_locked(edit, {territory})
        else:
            territory = insert_territory(edit, checked_name(edit, draft.name), draft.color_index)
        units = [unit for unit in draft.geounits if not self._kept.holds(unit)]
        rows = [(scenario, unit, territory) for unit in units]
        edit.tx.put("geounit_assignment", ("scenario_id", "geounit_id", "territory_id"), rows)
        edit.tx.log([LogEntry(scenario, unit, to_territory=territory) for unit in units])
        self._geounits.update(units)
        has_rep = edit.tx.rows(
            "SELECT 1 FROM roster WHERE scenario_id = ? AND territory_id = ? LIMIT 1",
            (scenario, territory),
        )
        if draft.rep is not None and not has_rep:
            columns = ("scenario_id", "territory_id", "rep_id", "role")
            edit.tx.put(
                "roster", columns, [(scenario, territory, draft.rep, RosterRole.PRIMARY.value)]
            )
            self._reps.add(draft.rep)
        return territory

    def _write_rules(self, rules: Sequence[DraftRule], ids: Sequence[TerritoryId]) -> None:
        """Add the rules behind those that are left; one that is there already is not repeated."""
        tx, scenario = self._edit.tx, self._edit.scenario_id
        present = tx.rows(
            "SELECT condition, territory_id, position FROM rule"
            " WHERE scenario_id = ? AND sales_force_id = ?",
            (scenario, self._force),
        )
        known = {(str(text), int(territory or 0)) for text, territory, _ in present}
        position = max((int(place or 0) for _, _, place in present), default=0)
        next_id = tx.next_id("rule")
        now = utc_now()
        rows: list[tuple[str | int, ...]] = []
        for rule in rules:
            text, territory = condition_text(rule.condition), ids[rule.territory]
            if (text, int(territory)) not in known:
                at = len(rows)
                own = (RuleId(next_id + at), scenario, self._force, position + at + 1)
                rows.append((*own, rule.name, text, territory, tx.author, now))
        columns = (
            *("id", "scenario_id", "sales_force_id", "position", "name", "condition"),
            *("territory_id", "author", "changed_at_utc"),
        )
        tx.put("rule", columns, rows, all_new=True)


def _kept_land(edit: Edit, contents: Sequence[TerritoryContents]) -> KeptLand:
    scenario = edit.scenario_id
    rows = edit.tx.rows(
        "SELECT geounit_id FROM geounit_lock WHERE scenario_id = ? AND sales_force_id = ?",
        (scenario, edit.sales_force_id),
    )
    held: set[GeoUnitId] = set()
    for each in contents:
        if each.is_locked:
            units = edit.tx.rows(
                "SELECT geounit_id FROM geounit_assignment"
                " WHERE scenario_id = ? AND territory_id = ?",
                (scenario, each.id),
            )
            held.update(GeoUnitId(str(unit)) for (unit,) in units)
    return KeptLand({GeoUnitId(str(unit)) for (unit,) in rows}, held, edit.geography.parent)
