# SPDX-License-Identifier: MIT
"""Territories as rows of the plan file, and those that a table names."""

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence

from app.models.ids import TerritoryId
from app.models.territory import PALETTE_SIZE, Territory
from app.services.importing.current import CurrentPlan
from app.services.importing.draft import ProblemKind
from app.services.importing.finding import Finder, found_cells, report_empty, report_unknown
from app.services.importing.mapping import Mapping
from app.services.importing.problems import ProblemList
from app.services.importing.record_columns import text_or_empty
from app.services.importing.table import ImportedTable
from app.services.importing.writes import RowBlock

_COLUMNS = (
    *("id", "scenario_id", "sales_force_id", "name", "color_index", "parent_id", "notes"),
    "external_id",
)


def territory_finder(current: CurrentPlan) -> Finder[TerritoryId]:
    """Finds a territory by its own id or its name."""
    return Finder((t.external_id, t.name, t.id) for t in current.territories)


def territory_block(territories: Sequence[Territory]) -> RowBlock:
    """Rows of `territory`."""
    rows = [
        (t.id, t.scenario_id, t.sales_force_id, t.name, t.color_index, t.parent_id, t.notes,
         t.external_id)
        for t in territories
    ]  # fmt: skip
    return RowBlock(_COLUMNS, tuple(zip(*rows, strict=True)))


def is_above(
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


def found_territories(
    table: ImportedTable, mapping: Mapping, current: CurrentPlan, problems: ProblemList
) -> list[TerritoryId | None]:
    """The territory that each row names, None where the row is left out."""
    finder = territory_finder(current)
    found = found_cells(finder, text_or_empty(table, mapping, "territory"))
    report_unknown(
        problems,
        [row for row, territory in enumerate(found) if territory is None],
        kind=ProblemKind.UNKNOWN_TERRITORY,
        header=mapping.header_for("territory") or "",
        what=("territory", "territories"),
        finder=finder,
    )
    return found


def named_territories(
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
