# SPDX-License-Identifier: MIT
"""Drafting an import of reps: what would be added and changed, and what is wrong."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from app.models.changes import Changes
from app.models.ids import RepId
from app.models.rep import Rep
from app.models.rows import Cell
from app.services.commands.reps import REP_COLUMNS, rep_row
from app.services.importing.cleaning import MAX_TEXT_LENGTH
from app.services.importing.current import CurrentPlan
from app.services.importing.draft import ImportDraft, ProblemKind
from app.services.importing.fields import TableKind, field_of
from app.services.importing.finishing import finished_draft
from app.services.importing.given import Given
from app.services.importing.mapping import Mapping, measure_label
from app.services.importing.outcomes import Outcome, OutcomeList
from app.services.importing.owners import RepFinder
from app.services.importing.problems import ProblemList, counted
from app.services.importing.rep_columns import (
    DATES,
    PLAIN_TEXTS,
    WORD_LISTS,
    RepColumns,
    read_rep_columns,
)
from app.services.importing.rep_managers import NamedManager, with_managers
from app.services.importing.rep_places import MergedRep, home_points, with_lines_placed
from app.services.importing.table import ImportedTable
from app.services.importing.writes import PutRows, RowBlock

_NEW = RepId(0)
CHANGED_FIELDS: dict[str, str] = {
    **{
        key: field_of(TableKind.REPS, key).label
        for key in ("name", "external_id", "email", "phone", "title")
    },
    "home_text": "Home",
    "office_text": "Office",
    "capacity_hours": "Capacity",
    **{
        key: field_of(TableKind.REPS, key).label
        for key in (
            *("part_time_fraction", "days_off", "start_on", "end_on", *WORD_LISTS),
            *("experience_years", "cost", "quota", "notes"),
        )
    },
    "manager_id": "Manager",
}
"""What a field that changes is called, by its name in `Rep`."""
_Rows = npt.NDArray[np.int64]


def draft_reps(table: ImportedTable, mapping: Mapping, given: Given) -> ImportDraft:
    """What an import of these reps would do; nothing is written."""
    current, watch = given.current, given.watch
    watch.at(0.1, "Reading the columns")
    problems = ProblemList(table)
    columns = read_rep_columns(table, mapping, problems)
    rows = _chosen_rows(table, columns, problems, mapping)
    watch.at(0.4, "Placing the homes")
    point_by_row, counts = home_points(columns, rows, mapping, given.place, problems)
    watch.at(0.7, "Comparing with the plan")
    merged = _merged_rows(current, columns, rows, point_by_row)
    merged = _with_managers(merged, current, columns, problems)
    watch.at(0.9, "Placing addresses in one line")
    merged = with_lines_placed(merged, columns, given.place, problems)
    added, updated, changed_fields = _settle(merged, problems.outcomes)
    all_reps = ({rep.id: rep for rep in (*current.reps, *updated, *added)}).values()
    finder = RepFinder(tuple(all_reps), current.owner_aliases)
    touched = Changes(reps=frozenset(rep.id for rep in (*added, *updated)))
    return finished_draft(
        TableKind.REPS,
        problems,
        current,
        writes=(
            PutRows("rep", _block(added), is_new=True),
            PutRows("rep", _block(updated)),
        ),
        changes=touched,
        changed_fields=changed_fields,
        owners=finder.summary(current.text["owner"]),
        placed=counts,
        plan_after=lambda: replace(
            current,
            reps=tuple(all_reps),
            next_ids=current.next_ids_after(rep=len(added)),
        ),
    )


def _merged_rows(
    current: CurrentPlan,
    columns: RepColumns,
    rows: _Rows,
    point_by_row: dict[int, tuple[Cell, Cell]],
) -> list[MergedRep]:
    known = _Known(current.reps)
    merged: list[MergedRep] = []
    next_id = current.next_id("rep")
    for row in rows.tolist():
        before = known.find(columns, row)
        after = _merged(before, columns, row, point_by_row.get(row, (None, None)))
        if before is None:
            after, next_id = replace(after, id=RepId(next_id)), next_id + 1
        merged.append(MergedRep(row, before, after))
    return merged


def _with_managers(
    merged: list[MergedRep], current: CurrentPlan, columns: RepColumns, problems: ProblemList
) -> list[MergedRep]:
    named = [
        NamedManager(each.row, each.after.id, manager)
        for each in merged
        if (manager := columns.at("manager", each.row))
    ]
    reps = {rep.id: rep for rep in current.reps} | {each.after.id: each.after for each in merged}
    after = with_managers(reps, named, current.owner_aliases, problems)
    return [replace(each, after=after[each.after.id]) for each in merged]


def _settle(
    merged: list[MergedRep], outcomes: OutcomeList
) -> tuple[list[Rep], list[Rep], dict[str, int]]:
    """Reps that are new, reps that change, and how many of these change in each field."""
    added: list[Rep] = []
    updated: list[Rep] = []
    changed_fields: dict[str, int] = {}
    for each in merged:
        before, after = each.before, each.after
        if before is None:
            added.append(after)
            outcomes.set([each.row], Outcome.ADDED, [int(after.id)])
            continue
        outcome = Outcome.UNCHANGED if after == before else Outcome.UPDATED
        outcomes.set([each.row], outcome, [int(after.id)])
        if after != before:
            updated.append(after)
            _count_changes(before, after, changed_fields)
    return added, updated, changed_fields


def _chosen_rows(
    table: ImportedTable, columns: RepColumns, problems: ProblemList, mapping: Mapping
) -> _Rows:
    """One row per rep: the last one of each id, e-mail address or name."""
    best: dict[str, int] = {}
    nameless: list[int] = []
    repeats: list[int] = []
    for row in range(len(table)):
        key = columns.at("external_id", row) or columns.at("email", row) or columns.full_name(row)
        if not key:
            nameless.append(row)
            continue
        if key.casefold() in best:
            repeats.append(best[key.casefold()])
        best[key.casefold()] = row
    problems.skip(
        ProblemKind.NO_ID,
        nameless,
        sentence=f"{counted(len(nameless), 'row has', 'rows have')} no id, e-mail address or name",
        effect="They are left out.",
        remedy="Fill in one of them in the file and import it again.",
        reason="The row has no id, e-mail address or name.",
    )
    problems.skip(
        ProblemKind.REPEATED_ID,
        sorted(repeats),
        sentence=f"{counted(len(repeats), 'row repeats', 'rows repeat')} a rep",
        effect="The last row of each rep counts; the others are left out.",
        remedy="Check whether the right column is the id.",
        details=problems.details(
            sorted(repeats), mapping.header_for("external_id"), "comes again."
        ),
        reason="The rep comes again further down.",
    )
    return np.array(sorted(best.values()), dtype=np.int64)


class _Known:
    """Finds the rep of the plan that a row means: by id, else e-mail address, else name."""

    def __init__(self, reps: tuple[Rep, ...]) -> None:
        self._by_id = {rep.external_id.casefold(): rep for rep in reps if rep.external_id}
        self._by_email = {rep.email.casefold(): rep for rep in reps if rep.email}
        self._by_name = {rep.name.casefold(): rep for rep in reps if rep.name}

    def find(self, columns: RepColumns, row: int) -> Rep | None:
        external_id = columns.at("external_id", row).casefold()
        if external_id in self._by_id:
            return self._by_id[external_id]
        for key, reps in (
            (columns.at("email", row), self._by_email),
            (columns.full_name(row), self._by_name),
        ):
            rep = reps.get(key.casefold()) if key else None
            # Two ids are two people, even where they share a name.
            if rep is not None and not (external_id and rep.external_id):
                return rep
        return None


def _merged(before: Rep | None, columns: RepColumns, row: int, point: tuple[Cell, Cell]) -> Rep:
    """The rep after the import; an empty cell keeps what the plan has."""
    rep = before or Rep(_NEW, name="")
    given: dict[str, str] = {key: columns.at(key, row) for key in PLAIN_TEXTS}
    given["name"] = columns.full_name(row) or (
        "" if rep.name else columns.at("email", row) or columns.at("external_id", row)
    )
    given["home_text"] = columns.home_text(row)
    rep = replace(rep, **{key: value for key, value in given.items() if value})
    moved = before is None or before.lon is None or rep.home_text != before.home_text
    lon, lat = point if moved or "lon" in columns.number else (rep.lon, rep.lat)
    if lon is None or lat is None:
        lon, lat = (None, None) if moved else (rep.lon, rep.lat)
    return replace(
        _with_profile(rep, columns, row),
        lon=None if lon is None else float(lon),
        lat=None if lat is None else float(lat),
        notes=_merged_notes(rep.notes, columns, row),
    )


def _with_profile(rep: Rep, columns: RepColumns, row: int) -> Rep:
    """The rep with numbers, dates and lists of words; an empty cell keeps what the plan has."""
    numbers: dict[str, float | None] = {
        key: columns.number_at(key, row)
        for key in ("capacity_hours", "quota", "days_off", "experience_years", "cost")
    }
    numbers["part_time_fraction"] = columns.part_time_at(row)
    words = {key: columns.words_at(key, row) for key in WORD_LISTS}
    rep = replace(rep, **{key: value for key, value in numbers.items() if value is not None})
    rep = replace(rep, **{key: value for key, value in words.items() if value})
    start, end = (columns.day_at(key, row) or getattr(rep, key) for key in DATES)
    if start and end and end < start:
        return rep  # the days of two different times of employment
    return replace(rep, start_on=start, end_on=end)


def _merged_notes(before: str, columns: RepColumns, row: int) -> str:
    """The notes with one line per kept column; lines of the same column are replaced."""
    lines = before.splitlines()
    written = columns.at("notes", row)
    if written and written not in lines:
        lines.append(written)
    for header, column in columns.extra.items():
        if not column[row]:
            continue
        start = f"{measure_label(header)}: "
        lines = [line for line in lines if not line.startswith(start)]
        lines.append(f"{start}{column[row]}")
    return "\n".join(lines)[: 10 * MAX_TEXT_LENGTH]


def _block(reps: Sequence[Rep]) -> RowBlock:
    return RowBlock(REP_COLUMNS, tuple(zip(*map(rep_row, reps), strict=True)))


def _count_changes(before: Rep, after: Rep, counts: dict[str, int]) -> None:
    for key, label in CHANGED_FIELDS.items():
        if getattr(before, key) != getattr(after, key):
            counts[label] = counts.get(label, 0) + 1
