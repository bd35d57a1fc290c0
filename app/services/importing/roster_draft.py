# SPDX-License-Identifier: MIT
"""Drafting an import of the roster: which rep holds which territory."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from app.models.changes import Changes
from app.models.days import day_number
from app.models.ids import RepId, TerritoryId
from app.models.rows import Cell
from app.services.commands.roster import PRIMARY
from app.services.importing.draft import ImportDraft, ProblemKind
from app.services.importing.fields import TableKind
from app.services.importing.finishing import finished_draft
from app.services.importing.given import Given
from app.services.importing.goal_draft import found_reps
from app.services.importing.mapping import Mapping
from app.services.importing.outcomes import Outcome
from app.services.importing.problems import ProblemList, counted
from app.services.importing.record_columns import optional_days, text_or_empty
from app.services.importing.stages import flag
from app.services.importing.table import ImportedTable
from app.services.importing.territory_rows import found_territories
from app.services.importing.writes import DeleteRows, PutRows, RowBlock

_COLUMNS = ("scenario_id", "territory_id", "rep_id", "role")
_SCENARIO = 1
_OVERLAY = "additional"
"""Role of a second rep of a territory, of whom the file says nothing else."""

Entry = tuple[TerritoryId, RepId, str]


def draft_roster(table: ImportedTable, mapping: Mapping, given: Given) -> ImportDraft:
    """What an import of this roster would do.

    For the territories that the file names, it is the whole truth: the first rep of each is the
    one who holds it, others are additional, and reps that the plan has there and the file has not
    are taken off.
    """
    current, problems = given.current, ProblemList(table)
    territories = found_territories(table, mapping, current, problems)
    reps = found_reps(table, mapping.header_for("rep") or "", current, problems)
    _skip_ended(table, mapping, given, problems)
    roles = text_or_empty(table, mapping, "role").tolist()
    entries: dict[int, Entry] = {}
    first: dict[TerritoryId, RepId] = {}
    for row in _in_order(roles):
        territory, rep = territories[row], reps[row]
        if territory is None or rep is None or problems.outcomes.is_skipped[row]:
            continue
        is_primary = first.setdefault(territory, rep.id) == rep.id
        entries[row] = (territory, rep.id, PRIMARY if is_primary else _OVERLAY)
    kept = set(entries.values())
    gone = sorted(e for e in current.roster if e[0] in first and e not in kept)
    for row, entry in entries.items():
        outcome = Outcome.UNCHANGED if entry in current.roster else Outcome.ADDED
        problems.outcomes.set([row], outcome, [int(entry[0])])
    fresh = sorted(kept - current.roster)
    return finished_draft(
        TableKind.ROSTER,
        problems,
        current,
        writes=(
            DeleteRows("roster", tuple(_rows(gone))),
            PutRows("roster", RowBlock(_COLUMNS, tuple(zip(*_rows(fresh), strict=True)))),
        ),
        changes=Changes(
            territories=frozenset(first), reps=frozenset(rep for _, rep, _ in (*fresh, *gone))
        ),
        plan_after=lambda: replace(current, roster=(current.roster - set(gone)) | kept),
    )


def _rows(entries: Sequence[Entry]) -> list[tuple[Cell, ...]]:
    return [(_SCENARIO, territory, rep, role) for territory, rep, role in entries]


def _in_order(roles: Sequence[str]) -> list[int]:
    """Positions of the rows, those that name the owner of a territory first."""
    return sorted(range(len(roles)), key=lambda row: "owner" not in roles[row].casefold())


def _skip_ended(
    table: ImportedTable, mapping: Mapping, given: Given, problems: ProblemList
) -> None:
    """Leave out entries that have ended or are said to be inactive."""
    last = optional_days(table, mapping, "last_day", problems)
    header = mapping.header_for("is_active")
    active = [True] * len(table) if header is None else [
        not cell.strip() or flag(cell) for cell in table.columns[header].tolist()
    ]  # fmt: skip
    today = day_number(dt.date.fromisoformat(given.choices.today)) if given.choices.today else None
    ended = [
        row
        for row, day in enumerate(last)
        if not active[row] or (day is not None and today is not None and day < today)
    ]
    problems.skip(
        ProblemKind.ENDED,
        ended,
        sentence=f"{counted(len(ended), 'entry has', 'entries have')} ended",
        effect="They are left out: the roster says who holds a territory now.",
        remedy="Nothing to do, unless a date is wrong.",
        reason="The entry has ended.",
    )
