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
from app.services.importing.current import CurrentPlan
from app.services.importing.draft import ImportDraft, ProblemKind
from app.services.importing.fields import MEASURE, TableKind
from app.services.importing.finishing import finished_draft
from app.services.importing.given import Given
from app.services.importing.mapping import ColumnMapping, Mapping, measure_label
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
        return _draft(problems, given, (), ())
    unknown = [row for row, units in enumerate(areas.units) if not units]
    report_unknown_areas(problems, areas.header, areas.level, unknown)
    _note_sums(problems, areas)
    figures = _Figures(table, current, areas, problems)
    for column in mapping.columns:
        if column.target == MEASURE:
            figures.take(column)
    used_rows = np.flatnonzero(~problems.outcomes.is_skipped)
    problems.outcomes.set(used_rows, Outcome.UNCHANGED)
    problems.outcomes.set(used_rows[figures.is_changed[used_rows]], Outcome.UPDATED)
    problems.outcomes.set(used_rows[figures.is_added[used_rows]], Outcome.ADDED)
    writes = (*measure_writes(figures.new), *figures.writes)
    return _draft(problems, given, writes, figures.measures, figures.new)


class _Figures:
    """The columns of the file as measures on areas, against what the plan has.

    Attributes:
        measures, new: All that the file fills, and those among them that the plan lacks.
        writes: One per column.
        is_changed, is_added: Per row of the file, whether a value of it is other or new.
    """

    def __init__(
        self, table: ImportedTable, current: CurrentPlan, areas: AreaColumns, problems: ProblemList
    ) -> None:
        self._table = table
        self._current = current
        self._areas = areas
        self._problems = problems
        self._names: set[str] = set()
        self.measures: list[Measure] = []
        self.new: list[Measure] = []
        self.writes: list[Write] = []
        self.is_changed = np.zeros(len(table), dtype=bool)
        self.is_added = np.zeros(len(table), dtype=bool)

    def take(self, column: ColumnMapping) -> None:
        """One column more."""
        measure = self._measure(column)
        self.measures.append(measure)
        values, rows_by_unit = _sums(self._table, column.header, self._areas, self._problems)
        old = self._current.market_values.get(measure.id, {})
        changed = {unit: value for unit, value in values.items() if old.get(unit) != value}
        for unit in changed:
            (self.is_changed if unit in old else self.is_added)[rows_by_unit[unit]] = True
        cells = ([int(measure.id)] * len(changed), [*changed], [*changed.values()])
        self.writes.append(PutRows("geounit_measure", RowBlock(_COLUMNS, cells), is_new=not old))

    def _measure(self, column: ColumnMapping) -> Measure:
        level = self._areas.level
        name = free_name(column.measure_name or measure_label(column.header), self._names)
        known = measure_called(self._current.market_measures(level), name)
        if known is not None:
            return known
        id_ = MeasureId(self._current.next_id("measure") + len(self.new))
        unique = _unique(name, self._current.measures, self._areas)
        made = Measure(id_, unique, column.measure_kind, column.header, level)
        self.new.append(made)
        return made


def _sums(
    table: ImportedTable, header: str, areas: AreaColumns, problems: ProblemList
) -> tuple[dict[GeoUnitId, float], dict[GeoUnitId, list[int]]]:
    read = numbers(table.columns[header], table.decimal_sign)
    report_numbers(problems, header, read)
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
    problems: ProblemList,
    given: Given,
    writes: tuple[Write, ...],
    measures: tuple[Measure, ...] | list[Measure],
    new: list[Measure] | None = None,
) -> ImportDraft:
    current, made = given.current, new or []
    return finished_draft(
        TableKind.MARKET,
        problems,
        current,
        writes=writes,
        changes=Changes(records=True, settings=bool(made)),
        measures=tuple(measure.name for measure in measures),
        new_measures=tuple(measure.name for measure in made),
        plan_after=lambda: replace(
            current,
            measures=(*current.measures, *made),
            next_ids=current.next_ids_after(measure=len(made)),
        ),
    )
