# SPDX-License-Identifier: MIT
"""Drafting an import of territories and of the regions above them."""

import re
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from app.models.changes import Changes
from app.models.geounit import GeoLevel
from app.models.ids import GeoUnitId, TerritoryId
from app.models.territory import PALETTE_SIZE, Territory
from app.services.commands import AssignGeoUnits
from app.services.importing.current import CurrentPlan
from app.services.importing.draft import ImportDraft, ProblemKind
from app.services.importing.fields import TableKind
from app.services.importing.finding import report_nameless, report_unknown
from app.services.importing.finishing import finished_draft
from app.services.importing.given import Given
from app.services.importing.mapping import Mapping
from app.services.importing.outcomes import Outcome
from app.services.importing.problems import ProblemList
from app.services.importing.record_columns import text_or_empty
from app.services.importing.table import ImportedTable
from app.services.importing.territory_rows import is_above, territory_block, territory_finder
from app.services.importing.writes import PutRows, RunCommand, Write

_SAME_AS_ZIP = 0.9
"""Share of territory ids that must be ZIP codes for each to hold the area of its id."""

_REGION_NAME = re.compile(r"[^\W\d_][^\d]*\Z")
"""A name, and not an id: a region that is named although no row describes it is made."""


class _Territories:
    """The territories of the plan and of the file together.

    Attributes:
        by_id: All of them.
        new: Those that the plan does not have.
    """

    def __init__(self, current: CurrentPlan) -> None:
        self._next_id = current.next_id("territory")
        self.by_id = {territory.id: territory for territory in current.territories}
        self.new: list[TerritoryId] = []
        self.finder = territory_finder(current)

    def known(self, own: str, name: str) -> TerritoryId | None:
        """The territory with an id or name; two ids are two, even where they share a name."""
        found = self.finder.find(own or name)
        if found is None and own and name:
            same = self.finder.find(name)
            return same if same is not None and not self.by_id[same].external_id else None
        return found

    def add(self, own: str, name: str) -> TerritoryId:
        """A new territory."""
        made = TerritoryId(self._next_id + len(self.new))
        self.new.append(made)
        self.by_id[made] = Territory(
            made, name or own, len(self.by_id) % PALETTE_SIZE, external_id=own
        )
        self.finder.add(own, name, made)
        return made

    def take_row(self, own: str, name: str, notes: str) -> TerritoryId:
        """The territory of a row, with what the row says of it."""
        found = self.known(own, name) or self.add(own, name)
        before = self.by_id[found]
        self.by_id[found] = replace(
            before,
            name=name or before.name,
            external_id=own or before.external_id,
            notes=notes or before.notes,
        )
        return found


def draft_territories(table: ImportedTable, mapping: Mapping, given: Given) -> ImportDraft:
    """What an import of these territories would do; an empty cell keeps what the plan has."""
    current, problems = given.current, ProblemList(table)
    ids, names, notes, parents = (
        text_or_empty(table, mapping, field).tolist()
        for field in ("external_id", "name", "notes", "parent")
    )
    territories = _Territories(current)
    rows = [row for row in range(len(table)) if ids[row] or names[row]]
    by_row = {row: territories.take_row(ids[row], names[row], notes[row]) for row in rows}
    report_nameless(problems, sorted(set(range(len(table))) - set(rows)))
    _set_parents(problems, mapping, parents, by_row, territories)
    before_by_id = {territory.id: territory for territory in current.territories}
    for row, territory in by_row.items():
        before = before_by_id.get(territory)
        is_same = before == territories.by_id[territory]
        outcome = Outcome.UNCHANGED if is_same else Outcome.UPDATED
        outcome = Outcome.ADDED if before is None else outcome
        problems.outcomes.set([row], outcome, [int(territory)])
    touched = [t for t in territories.by_id.values() if before_by_id.get(t.id) != t]
    added = [t for t in touched if t.id not in before_by_id]
    changed = [t for t in touched if t.id in before_by_id]
    writes: list[Write] = [
        PutRows("territory", territory_block(added), is_new=True),
        PutRows("territory", territory_block(changed)),
        *_own_zip_areas(given, by_row, territories.by_id, ids, problems),
    ]
    return finished_draft(
        TableKind.TERRITORIES,
        problems,
        current,
        writes=writes,
        changes=Changes(territories=frozenset(t.id for t in touched)),
        plan_after=lambda: replace(
            current,
            territories=tuple(territories.by_id.values()),
            next_ids=current.next_ids_after(territory=len(territories.new)),
        ),
    )


def _own_zip_areas(
    given: Given,
    by_row: MappingOf[int, TerritoryId],
    territories: MappingOf[TerritoryId, Territory],
    ids: Sequence[str],
    problems: ProblemList,
) -> list[Write]:
    """Each territory with the ZIP area that is its id, where nearly all ids are ZIP codes."""
    if given.geography is None or not by_row:
        return []
    layer = given.geography.layer(GeoLevel.ZIP)
    is_zip = [len(ids[row]) == 5 and layer.index_of(ids[row]) >= 0 for row in by_row]
    if np.mean(is_zip) < _SAME_AS_ZIP:
        return []
    problems.add_without_rows(
        ProblemKind.PLACEMENT,
        "The ids of these territories are ZIP codes",
        "Each territory is given the ZIP area of its id.",
        "Take the areas out on the map, if that is not meant.",
    )
    writes: list[Write] = []
    for (row, territory), fits in zip(by_row.items(), is_zip, strict=True):
        unit = GeoUnitId(f"zip:{ids[row]}")
        if fits and given.current.holders.get(unit) != frozenset((territory,)):
            name = territories[territory].name
            writes.append(RunCommand(AssignGeoUnits((unit,), territory, name)))
    return writes


def _set_parents(
    problems: ProblemList,
    mapping: Mapping,
    parents: Sequence[str],
    by_row: MappingOf[int, TerritoryId],
    territories: _Territories,
) -> None:
    """The region above each territory; one that would be above itself is left out."""
    unknown: list[int] = []
    for row, territory in by_row.items():
        if not parents[row]:
            continue
        parent = territories.finder.find(parents[row])
        if parent is None and _REGION_NAME.match(parents[row]):
            parent = territories.add("", parents[row])
        if parent is None:
            unknown.append(row)
        elif not is_above(territory, parent, territories.by_id):
            before = territories.by_id[territory]
            territories.by_id[territory] = replace(before, parent_id=parent)
    header = mapping.header_for("parent")
    if unknown and header is not None:
        report_unknown(
            problems,
            unknown,
            kind=ProblemKind.UNKNOWN_TERRITORY,
            header=header,
            what=("region", "regions"),
            finder=territories.finder,
            is_skipped=False,
        )
