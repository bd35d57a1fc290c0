# SPDX-License-Identifier: MIT
"""Drafting an import of the areas that territories hold, and of accounts given by name."""

from collections.abc import Sequence
from dataclasses import replace

from app.models.changes import Changes
from app.models.geounit import GeoLevel
from app.models.ids import AccountId, GeoUnitId, TerritoryId
from app.models.territory import Territory
from app.services.commands import AssignAccounts, AssignGeoUnits
from app.services.importing.areas import AreaReader
from app.services.importing.draft import ImportDraft, ProblemKind
from app.services.importing.fields import TableKind
from app.services.importing.finishing import finished_draft
from app.services.importing.given import Given
from app.services.importing.mapping import Mapping
from app.services.importing.outcomes import Outcome
from app.services.importing.problems import ProblemList, counted
from app.services.importing.record_columns import known_accounts
from app.services.importing.repairs import repair_of
from app.services.importing.table import ImportedTable
from app.services.importing.territory_rows import named_territories, territory_block
from app.services.importing.writes import PutRows, RunCommand, Write

_LEVEL_WORDS = {
    GeoLevel.ZIP: "ZIP area",
    GeoLevel.COUNTY: "county",
    GeoLevel.STATE: "state",
    GeoLevel.COUNTRY: "country",
}


def draft_areas(table: ImportedTable, mapping: Mapping, given: Given) -> ImportDraft:
    """Areas given to territories; a territory that the plan does not have is made."""
    current, problems = given.current, ProblemList(table)
    territories, by_row, new = named_territories(table, mapping, current, problems)
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
            unknown = [row for row in by_row if not read.units[row]]
            report_unknown_areas(problems, read.header, read.level, unknown)
    writes: list[Write] = [PutRows("territory", territory_block(new), is_new=True)]
    for territory, units in units_by_territory.items():
        fresh = tuple(u for u in units if current.holders.get(u) != frozenset((territory,)))
        if fresh:
            name = territories[territory].name
            writes.append(RunCommand(AssignGeoUnits(fresh, territory, name), len(fresh)))
    return _territory_draft(TableKind.TERRITORY_AREAS, problems, given, new, writes)


def draft_named_accounts(table: ImportedTable, mapping: Mapping, given: Given) -> ImportDraft:
    """Accounts given to territories by name."""
    current, problems = given.current, ProblemList(table)
    territories, by_row, new = named_territories(table, mapping, current, problems)
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
    writes: list[Write] = [PutRows("territory", territory_block(new), is_new=True)]
    for territory, chosen in accounts.items():
        command = AssignAccounts(tuple(chosen), territory, territories[territory].name)
        writes.append(RunCommand(command, len(chosen)))
    return _territory_draft(TableKind.TERRITORY_ACCOUNTS, problems, given, new, writes)


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


def _territory_draft(
    kind: TableKind,
    problems: ProblemList,
    given: Given,
    new: list[Territory],
    writes: Sequence[Write],
) -> ImportDraft:
    current = given.current
    return finished_draft(
        kind,
        problems,
        current,
        writes=writes,
        changes=Changes(territories=frozenset(t.id for t in new)),
        plan_after=lambda: replace(
            current,
            territories=(*current.territories, *new),
            next_ids=current.next_ids_after(territory=len(new)),
        ),
    )
