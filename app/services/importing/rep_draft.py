# SPDX-License-Identifier: MIT
"""Drafting an import of reps: what would be added and changed, and what is wrong."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from app.models.account import PlacedBy
from app.models.changes import Changes
from app.models.ids import RepId
from app.models.rep import Rep
from app.models.rows import Cell
from app.services.importing.cleaning import MAX_TEXT_LENGTH
from app.services.importing.current import CurrentPlan
from app.services.importing.draft import ImportDraft, ProblemKind
from app.services.importing.fields import TableKind
from app.services.importing.finishing import finished_draft
from app.services.importing.given import Given
from app.services.importing.mapping import Mapping, measure_label
from app.services.importing.outcomes import Outcome, OutcomeList
from app.services.importing.owners import RepFinder
from app.services.importing.placing import Placer, address_columns, find_places, report_places
from app.services.importing.problems import ProblemList, counted
from app.services.importing.rep_columns import ADDRESS, PLAIN_TEXTS, RepColumns, read_rep_columns
from app.services.importing.table import ImportedTable
from app.services.importing.writes import PutRows, RowBlock

_COLUMNS = (
    *("external_id", "name", "email", "phone", "title", "home_text", "lon", "lat"),
    *("capacity_hours", "skills", "quota", "notes"),
)
_NEW = RepId(0)
_Rows = npt.NDArray[np.int64]


def draft_reps(table: ImportedTable, mapping: Mapping, given: Given) -> ImportDraft:
    """What an import of these reps would do; nothing is written."""
    current, watch = given.current, given.watch
    watch.at(0.1, "Reading the columns")
    problems = ProblemList(table)
    columns = read_rep_columns(table, mapping, problems)
    rows = _chosen_rows(table, columns, problems, mapping)
    watch.at(0.4, "Placing the homes")
    point_by_row, counts = _home_points(columns, rows, mapping, given.place, problems)
    watch.at(0.7, "Comparing with the plan")
    added, updated, changed_fields = _settle(
        current, columns, rows, point_by_row, problems.outcomes
    )
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


def _settle(
    current: CurrentPlan,
    columns: RepColumns,
    rows: _Rows,
    point_by_row: dict[int, tuple[Cell, Cell]],
    outcomes: OutcomeList,
) -> tuple[list[Rep], list[Rep], dict[str, int]]:
    """Reps that are new, reps that change, and how many of these change in each field."""
    known = _Known(current.reps)
    added: list[Rep] = []
    updated: list[Rep] = []
    changed_fields: dict[str, int] = {}
    for row in rows.tolist():
        before = known.find(columns, row)
        after = _merged(before, columns, row, point_by_row.get(row, (None, None)))
        if before is None:
            after = replace(after, id=RepId(current.next_id("rep") + len(added)))
            added.append(after)
            outcomes.set([row], Outcome.ADDED, [int(after.id)])
            continue
        outcome = Outcome.UNCHANGED if after == before else Outcome.UPDATED
        outcomes.set([row], outcome, [int(after.id)])
        if after != before:
            updated.append(after)
            _count_changes(before, after, changed_fields)
    return added, updated, changed_fields


def _home_points(
    columns: RepColumns, rows: _Rows, mapping: Mapping, place: Placer | None, problems: ProblemList
) -> tuple[dict[int, tuple[Cell, Cell]], dict[PlacedBy, int]]:
    """Longitude and latitude of the homes by row, and how they were placed, by rule."""
    has_home = [
        bool(columns.home_text(row)) or columns.number_at("lon", row) is not None
        for row in rows.tolist()
    ]
    homed = rows[np.array(has_home, dtype=bool)]
    nowhere = np.full(len(problems.table), np.nan)
    lon, lat = (columns.number.get(key, nowhere)[homed] for key in ("lon", "lat"))
    address = {key: columns.text[key][homed] for key in ADDRESS if key in columns.text}
    places = find_places(place, address_columns(address, lon, lat))
    report_places(problems, places, homed, mapping, "homes")
    points = zip(homed.tolist(), places.columns[0], places.columns[1], strict=True)
    return {row: (lon, lat) for row, lon, lat in points}, dict(places.counts)


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
    hours, quota = columns.number_at("capacity_hours", row), columns.number_at("quota", row)
    skills = tuple(
        filter(None, (w.strip() for w in re.split(r"[,;|/]", columns.at("skills", row))))
    )
    moved = before is None or before.lon is None or rep.home_text != before.home_text
    lon, lat = point if moved or "lon" in columns.number else (rep.lon, rep.lat)
    if lon is None or lat is None:
        lon, lat = (None, None) if moved else (rep.lon, rep.lat)
    return replace(
        rep,
        lon=None if lon is None else float(lon),
        lat=None if lat is None else float(lat),
        capacity_hours=rep.capacity_hours if hours is None else hours,
        quota=rep.quota if quota is None else quota,
        skills=skills or rep.skills,
        notes=_merged_notes(rep.notes, columns, row),
    )


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


def _cells(rep: Rep) -> tuple[Cell, ...]:
    skills = json.dumps(list(rep.skills), ensure_ascii=False)
    texts_ = (rep.external_id, rep.name, rep.email, rep.phone, rep.title, rep.home_text)
    return (*texts_, rep.lon, rep.lat, rep.capacity_hours, skills, rep.quota, rep.notes)


def _block(reps: Sequence[Rep]) -> RowBlock:
    rows = [(int(rep.id), *_cells(rep)) for rep in reps]
    return RowBlock(("id", *_COLUMNS), tuple(zip(*rows, strict=True)))


def _count_changes(before: Rep, after: Rep, counts: dict[str, int]) -> None:
    labels = (
        ("name", "Full name"),
        ("external_id", "Rep id"),
        ("email", "E-mail"),
        ("phone", "Phone"),
        ("title", "Job title"),
        ("home_text", "Home"),
        ("capacity_hours", "Capacity"),
        ("skills", "Skills"),
        ("quota", "Quota"),
        ("notes", "Notes"),
    )
    for key, label in labels:
        if getattr(before, key) != getattr(after, key):
            counts[label] = counts.get(label, 0) + 1
