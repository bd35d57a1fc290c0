# SPDX-License-Identifier: MIT
"""Drafting an import of market data: numbers by ZIP code, county, state or country."""

from dataclasses import replace

import numpy as np

from app.models.changes import Changes
from app.models.ids import GeoUnitId, MeasureId
from app.models.measure import Measure
from app.services.importing.area_draft import report_unknown_areas
from app.services.importing.areas import AreaColumns, AreaReader
from app.services.importing.cleaning import numbers
from app.services.importing.draft import ImportDraft, ProblemKind
from app.services.importing.fields import MEASURE, TableKind
from app.services.importing.given import Given
from app.services.importing.mapping import Mapping, measure_label
from app.services.importing.measure_draft import free_name, measure_called, measure_writes
from app.services.importing.outcomes import Outcome
from app.services.importing.problems import ProblemList, counted, report_numbers
from app.services.importing.table import ImportedTable
from app.services.importing.writes import PutRows, RowBlock, Write

_COLUMNS = ("measure_id", "geounit_id", "value")


def draft_market(table: ImportedTable, mapping: Mapping, given: Given) -> ImportDraft:
    """What an import of these figures would do; an empty cell changes nothing.

    An area that several rows name takes the sum of their numbers.
    """
    current, problems = given.current, ProblemList(table)
    given.watch.at(0.2, "Finding the areas")
    areas = (
        None
        if given.geography is None
        else AreaReader(given.geography, several=False).read(table, mapping)
    )
    if areas is None:
        rows = list(range(len(table)))
        problems.outcomes.skip(rows, "The area is not on the map.")
        return _draft(table, problems, given, (), ())
    unknown = [row for row, units in enumerate(areas.units) if not units]
    report_unknown_areas(problems, areas.header, areas.level, unknown)
    _note_sums(problems, areas)
    used: set[str] = set()
    measures: list[Measure] = []
    new: list[Measure] = []
    writes: list[Write] = []
    is_changed = np.zeros(len(table), dtype=bool)
    is_added = np.zeros(len(table), dtype=bool)
    for column in mapping.columns:
        if column.target != MEASURE:
            continue
        name = free_name(column.measure_name or measure_label(column.header), used)
        measure = measure_called(current.market_measures(areas.level), name)
        if measure is None:
            id_ = MeasureId(current.next_id("measure") + len(new))
            name = _unique(name, current.measures, areas)
            measure = Measure(id_, name, column.measure_kind, column.header, areas.level)
            new.append(measure)
        measures.append(measure)
        values, rows_by_unit = _sums(table, column.header, areas, problems)
        old = current.market_values.get(measure.id, {})
        changed = {unit: value for unit, value in values.items() if old.get(unit) != value}
        for unit in changed:
            (is_changed if unit in old else is_added)[rows_by_unit[unit]] = True
        block = RowBlock(
            _COLUMNS,
            ([int(measure.id)] * len(changed), [*changed], [*changed.values()]),
        )
        writes.append(PutRows("geounit_measure", block, is_new=not old))
    used_rows = np.flatnonzero(~problems.outcomes.is_skipped)
    problems.outcomes.set(used_rows, Outcome.UNCHANGED)
    problems.outcomes.set(used_rows[is_changed[used_rows]], Outcome.UPDATED)
    problems.outcomes.set(used_rows[is_added[used_rows]], Outcome.ADDED)
    return _draft(table, problems, given, (*measure_writes(new), *writes), measures, new)


def _sums(
    table: ImportedTable, header: str, areas: AreaColumns, problems: ProblemList
) -> tuple[dict[GeoUnitId, float], dict[GeoUnitId, list[int]]]:
    read = numbers(table.columns[header], table.decimal_sign)
    report_numbers(
        problems,
        header,
        np.flatnonzero(read.is_unreadable).tolist(),
        np.flatnonzero(read.is_rounded).tolist(),
    )
    values: dict[GeoUnitId, float] = {}
    rows: dict[GeoUnitId, list[int]] = {}
    for row in np.flatnonzero(~np.isnan(read.values)).tolist():
        for unit in areas.units[row]:
            values[unit] = values.get(unit, 0.0) + float(read.values[row])
            rows.setdefault(unit, []).append(row)
    return values, rows


def _note_sums(problems: ProblemList, areas: AreaColumns) -> None:
    seen: dict[tuple[GeoUnitId, ...], int] = {}
    repeated: list[int] = []
    for row, units in enumerate(areas.units):
        if units and seen.setdefault(units, row) != row:
            repeated.append(row)
    problems.add(
        ProblemKind.REPEATED_ID,
        repeated,
        sentence=f"{counted(len(repeated), 'row names', 'rows name')} an area again",
        effect="The numbers of one area are added up.",
        remedy="Check whether the file holds several years or groups; import one of them then.",
        details=problems.details(repeated, areas.header, "comes more than once."),
    )


def _unique(name: str, measures: tuple[Measure, ...], areas: AreaColumns) -> str:
    """A name that no other measure has: a measure on accounts may be called the same."""
    taken = {measure.name.casefold() for measure in measures}
    if name.casefold() not in taken:
        return name
    candidate = f"{name} by {areas.level.value}"
    number = 2
    while candidate.casefold() in taken:
        candidate, number = f"{name} by {areas.level.value} ({number})", number + 1
    return candidate


def _draft(
    table: ImportedTable,
    problems: ProblemList,
    given: Given,
    writes: tuple[Write, ...],
    measures: tuple[Measure, ...] | list[Measure],
    new: list[Measure] | None = None,
) -> ImportDraft:
    current, made = given.current, new or []
    return ImportDraft(
        kind=TableKind.MARKET,
        file_name=table.file_name,
        outcomes=problems.outcomes.finished(),
        writes=tuple(write for write in writes if len(write)),
        problems=problems.finished(),
        revision=current.revision,
        changes=Changes(records=True, settings=bool(made)),
        measures=tuple(measure.name for measure in measures),
        new_measures=tuple(measure.name for measure in made),
        plan_after=lambda: replace(
            current,
            measures=(*current.measures, *made),
            next_ids={**current.next_ids, "measure": current.next_id("measure") + len(made)},
        ),
    )
