# SPDX-License-Identifier: MIT
"""Drafting an import of territories, of the areas they hold, and of accounts given by name."""

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from app.models.changes import Changes
from app.models.geounit import GeoLevel
from app.models.ids import AccountId, GeoUnitId, TerritoryId
from app.models.territory import PALETTE_SIZE, Territory
from app.services.commands import AssignAccounts, AssignGeoUnits
from app.services.importing.areas import AreaReader
from app.services.importing.current import CurrentPlan
from app.services.importing.draft import ImportDraft, ProblemKind
from app.services.importing.fields import TableKind
from app.services.importing.finding import report_empty, report_unknown
from app.services.importing.given import Given
from app.services.importing.goal_draft import territory_finder
from app.services.importing.mapping import Mapping
from app.services.importing.outcomes import Outcome
from app.services.importing.problems import ProblemList, counted
from app.services.importing.record_columns import known_accounts, text_or_empty
from app.services.importing.repairs import repair_of
from app.services.importing.table import ImportedTable
from app.services.importing.writes import PutRows, RowBlock, RunCommand, Write

_COLUMNS = (
    *("id", "scenario_id", "sales_force_id", "name", "color_index", "parent_id", "notes"),
    "external_id",
)
_SAME_AS_ZIP = 0.9
"""Share of territory ids that must be ZIP codes for each to hold the area of its id."""


def draft_territories(table: ImportedTable, mapping: Mapping, given: Given) -> ImportDraft:
    """What an import of these territories would do; an empty cell keeps what the plan has."""
    current, problems = given.current, ProblemList(table)
    ids, names, notes = (
        text_or_empty(table, mapping, field) for field in ("external_id", "name", "notes")
    )
    parents = text_or_empty(table, mapping, "parent")
    finder = territory_finder(current)
    territories = {territory.id: territory for territory in current.territories}
    new: list[TerritoryId] = []
    by_row: dict[int, TerritoryId] = {}
    nameless: list[int] = []
    for row in range(len(table)):
        own, name = str(ids[row]), str(names[row])
        if not own and not name:
            nameless.append(row)
            continue
        # Two ids are two territories, even where they share a name.
        known = finder.find(own) if own else finder.find(name)
        if known is None and own and name:
            same = finder.find(name)
            known = same if same is not None and not territories[same].external_id else None
        if known is None:
            known = TerritoryId(current.next_id("territory") + len(new))
            new.append(known)
            color = (len(territories)) % PALETTE_SIZE
            territories[known] = Territory(known, name or own, color, external_id=own)
        before = territories[known]
        territories[known] = replace(
            before,
            name=name or before.name,
            external_id=own or before.external_id,
            notes=str(notes[row]) or before.notes,
        )
        finder.add(own, name, known)
        by_row[row] = known
    _skip_nameless(problems, nameless)
    _set_parents(problems, mapping, parents.tolist(), by_row, territories)
    before_by_id = {territory.id: territory for territory in current.territories}
    for row, territory in by_row.items():
        before = before_by_id.get(territory)
        is_same = before == territories[territory]
        outcome = Outcome.UNCHANGED if is_same else Outcome.UPDATED
        outcome = Outcome.ADDED if before is None else outcome
        problems.outcomes.set([row], outcome, [int(territory)])
    touched = [t for t in territories.values() if before_by_id.get(t.id) != t]
    added = [t for t in touched if t.id not in before_by_id]
    writes: list[Write] = [
        PutRows("territory", _block(added), is_new=True),
        PutRows("territory", _block([t for t in touched if t.id in before_by_id])),
        *_own_zip_areas(given, by_row, territories, ids.tolist(), problems),
    ]
    return ImportDraft(
        kind=TableKind.TERRITORIES,
        file_name=table.file_name,
        outcomes=problems.outcomes.finished(),
        writes=tuple(write for write in writes if len(write)),
        problems=problems.finished(),
        revision=current.revision,
        changes=Changes(territories=frozenset(t.id for t in touched)),
        plan_after=lambda: replace(
            current,
            territories=tuple(territories.values()),
            next_ids={**current.next_ids, "territory": current.next_id("territory") + len(new)},
        ),
    )


def draft_areas(table: ImportedTable, mapping: Mapping, given: Given) -> ImportDraft:
    """Areas given to territories; a territory that the plan does not have is made."""
    current, problems = given.current, ProblemList(table)
    territories, by_row, new = _named_territories(table, mapping, current, problems)
    units_by_territory: dict[TerritoryId, dict[GeoUnitId, None]] = {}
    if given.geography is not None:
        read = AreaReader(given.geography, several=True).read(table, mapping)
        for row, territory in by_row.items():
            units = () if read is None else read.units[row]
            held = [unit for unit in units if current.holders.get(unit) == frozenset((territory,))]
            outcome = Outcome.UNCHANGED if len(held) == len(units) else Outcome.ADDED
            problems.outcomes.set([row], outcome, [int(territory)])
            units_by_territory.setdefault(territory, {}).update(dict.fromkeys(units))
        if read is not None:
            _report_unknown_areas(problems, read.header, read.level, read.units, by_row)
    writes: list[Write] = [PutRows("territory", _block(new), is_new=True)]
    for territory, units in units_by_territory.items():
        fresh = tuple(u for u in units if current.holders.get(u) != frozenset((territory,)))
        if fresh:
            name = territories[territory].name
            writes.append(RunCommand(AssignGeoUnits(fresh, territory, name), len(fresh)))
    return _territory_draft(TableKind.TERRITORY_AREAS, table, problems, given, new, writes)


def draft_named_accounts(table: ImportedTable, mapping: Mapping, given: Given) -> ImportDraft:
    """Accounts given to territories by name."""
    current, problems = given.current, ProblemList(table)
    territories, by_row, new = _named_territories(table, mapping, current, problems)
    rows = known_accounts(table, mapping, current, problems)
    accounts: dict[TerritoryId, dict[AccountId, None]] = {}
    for row, territory in by_row.items():
        if rows[row] < 0:
            continue
        account = AccountId(int(current.account_ids[rows[row]]))
        is_known = current.named.get(int(account)) == frozenset((territory,))
        outcome = Outcome.UNCHANGED if is_known else Outcome.ADDED
        problems.outcomes.set([row], outcome, [int(account)])
        if not is_known:
            accounts.setdefault(territory, {})[account] = None
    writes: list[Write] = [PutRows("territory", _block(new), is_new=True)]
    for territory, chosen in accounts.items():
        command = AssignAccounts(tuple(chosen), territory, territories[territory].name)
        writes.append(RunCommand(command, len(chosen)))
    return _territory_draft(TableKind.TERRITORY_ACCOUNTS, table, problems, given, new, writes)


def _named_territories(
    table: ImportedTable, mapping: Mapping, current: CurrentPlan, problems: ProblemList
) -> tuple[dict[TerritoryId, Territory], dict[int, TerritoryId], list[Territory]]:
    """The territories by id, the territory of each row, and those that are new."""
    column = text_or_empty(table, mapping, "territory")
    finder = territory_finder(current)
    territories = {territory.id: territory for territory in current.territories}
    new: list[Territory] = []
    by_row: dict[int, TerritoryId] = {}
    empty: list[int] = []
    for row, text in enumerate(column.tolist()):
        if not text:
            empty.append(row)
            continue
        known = finder.find(text)
        if known is None:
            known = TerritoryId(current.next_id("territory") + len(new))
            made = Territory(known, text, len(territories) % PALETTE_SIZE)
            territories[known] = made
            new.append(made)
            finder.add("", text, known)
        by_row[row] = known
    report_empty(problems, empty, mapping.header_for("territory") or "Territory", "territory")
    return territories, by_row, new


def _territory_draft(
    kind: TableKind,
    table: ImportedTable,
    problems: ProblemList,
    given: Given,
    new: list[Territory],
    writes: Sequence[Write],
) -> ImportDraft:
    current = given.current
    return ImportDraft(
        kind=kind,
        file_name=table.file_name,
        outcomes=problems.outcomes.finished(),
        writes=tuple(write for write in writes if len(write)),
        problems=problems.finished(),
        revision=current.revision,
        changes=Changes(territories=frozenset(t.id for t in new)),
        plan_after=lambda: replace(
            current,
            territories=(*current.territories, *new),
            next_ids={**current.next_ids, "territory": current.next_id("territory") + len(new)},
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
    territories: dict[TerritoryId, Territory],
) -> None:
    """The region above each territory; one that would be above itself is left out."""
    finder = territory_finder(replace(CurrentPlan.empty(), territories=tuple(territories.values())))
    unknown: list[int] = []
    for row, territory in by_row.items():
        if not parents[row]:
            continue
        parent = finder.find(parents[row])
        if parent is None:
            unknown.append(row)
        elif not _is_above(territory, parent, territories):
            territories[territory] = replace(territories[territory], parent_id=parent)
    header = mapping.header_for("parent")
    if unknown and header is not None:
        report_unknown(
            problems,
            unknown,
            kind=ProblemKind.UNKNOWN_TERRITORY,
            header=header,
            what=("region", "regions"),
            finder=finder,
            is_skipped=False,
        )


def _is_above(
    territory: TerritoryId, other: TerritoryId, territories: MappingOf[TerritoryId, Territory]
) -> bool:
    """Whether a territory is another one or stands above it."""
    at: TerritoryId | None = other
    for _ in range(len(territories) + 1):
        if at is None:
            return False
        if at == territory:
            return True
        at = territories[at].parent_id if at in territories else None
    return True


def _block(territories: Sequence[Territory]) -> RowBlock:
    rows = [
        (t.id, t.scenario_id, t.sales_force_id, t.name, t.color_index, t.parent_id, t.notes,
         t.external_id)
        for t in territories
    ]  # fmt: skip
    return RowBlock(_COLUMNS, tuple(zip(*rows, strict=True)))


def _skip_nameless(problems: ProblemList, rows: Sequence[int]) -> None:
    problems.skip(
        ProblemKind.NO_ID,
        rows,
        sentence=f"{counted(len(rows), 'row has', 'rows have')} neither id nor name",
        effect="They are left out.",
        remedy="Fill in one of them in the file and import it again.",
        reason="The row has neither id nor name.",
    )


_LEVEL_WORDS = {
    GeoLevel.ZIP: "ZIP area",
    GeoLevel.COUNTY: "county",
    GeoLevel.STATE: "state",
    GeoLevel.COUNTRY: "country",
}


def _report_unknown_areas(
    problems: ProblemList,
    header: str,
    level: GeoLevel,
    units: Sequence[tuple[GeoUnitId, ...]],
    by_row: MappingOf[int, TerritoryId],
) -> None:
    report_unknown_areas(problems, header, level, [row for row in by_row if not units[row]])


def report_unknown_areas(
    problems: ProblemList, header: str, level: GeoLevel, rows: Sequence[int]
) -> None:
    """Rows that are left out because their area is not on the map."""
    if not rows:
        return
    word = _LEVEL_WORDS[level]
    problems.skip(
        ProblemKind.UNKNOWN_AREA,
        rows,
        sentence=f"{counted(len(rows), 'row names', 'rows name')} a {word} that is not on the map",
        effect="They are left out.",
        remedy="ZIP codes of post-office boxes have no area. Correct the others.",
        details=problems.details(rows, header, f"is no {word} of the map."),
        reason=f"The {word} is not on the map.",
        repair=repair_of(problems.table, header, word[:1].upper() + word[1:], rows),
    )
