# SPDX-License-Identifier: MIT
"""Drafting an import of goals and quotas by period."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from app.models.changes import Changes
from app.models.ids import RepId, TerritoryId
from app.models.product import Goal
from app.models.rep import Rep
from app.services.importing.cleaning import numbers
from app.services.importing.current import CurrentPlan
from app.services.importing.dates import NO_DAY, days
from app.services.importing.draft import ImportDraft, ProblemKind
from app.services.importing.fields import PERIOD_AMOUNT, TableKind
from app.services.importing.finishing import finished_draft
from app.services.importing.given import Given
from app.services.importing.mapping import Mapping
from app.services.importing.outcomes import Outcome, OutcomeList
from app.services.importing.owners import RepFinder
from app.services.importing.periods import Period, period_of, periods_from_starts
from app.services.importing.problems import ProblemList, counted, report_numbers
from app.services.importing.record_columns import number_column, optional_days, text_or_empty
from app.services.importing.repairs import repair_of
from app.services.importing.table import ImportedTable
from app.services.importing.territory_rows import found_territories
from app.services.importing.writes import PutRows, RowBlock

_COLUMNS = ("id", "rep_id", "territory_id", "name", "first_day", "last_day", "amount")
_QUOTA = "Quota"
_Key = tuple[int | None, int | None, str, int, int]


@dataclass(frozen=True, slots=True)
class _Subject:
    """Whose goal a row holds; neither is the company's."""

    rep: RepId | None = None
    territory: TerritoryId | None = None


class _Settled:
    """The goals of the file against those of the plan; the last amount of a period counts."""

    def __init__(self, current: CurrentPlan, outcomes: OutcomeList) -> None:
        self._before = current.goals
        self._next_id = current.next_id("goal")
        self._known = {_key(goal): goal for goal in current.goals}
        self._outcomes = outcomes
        self.added: list[Goal] = []
        self.updated: dict[int, Goal] = {}

    def take(self, row: int, goal: Goal) -> None:
        """Add the goal of a row, or put its amount in; the id of the goal given does not count."""
        before = self._known.get(_key(goal))
        if before is None:
            new = replace(goal, id=self._next_id + len(self.added))
            self.added.append(new)
            self._known[_key(new)] = new
            self._outcomes.set([row], Outcome.ADDED, [new.id])
            return
        if before.amount == goal.amount:
            return
        after = replace(before, amount=goal.amount)
        self._known[_key(after)] = after
        if before.id < self._next_id:
            self.updated[before.id] = after
        else:
            self.added[before.id - self._next_id] = after
        if self._outcomes.codes[row] != Outcome.ADDED:
            self._outcomes.set([row], Outcome.UPDATED, [before.id])

    def all_goals(self) -> tuple[Goal, ...]:
        """The goals of the plan after the import."""
        return (*(self.updated.get(goal.id, goal) for goal in self._before), *self.added)


def draft_goals(table: ImportedTable, mapping: Mapping, given: Given) -> ImportDraft:
    """What an import of these goals would do; a goal of the same period takes the new amount."""
    current, problems = given.current, ProblemList(table)
    subjects = _subjects(table, mapping, current, problems)
    names = text_or_empty(table, mapping, "name")
    settled = _Settled(current, problems.outcomes)
    for row, period, amount in _amounts(table, mapping, problems):
        subject = subjects[row]
        if subject is not None and not problems.outcomes.is_skipped[row]:
            name = str(names[row]) or _QUOTA
            span = (period.first_day, period.last_day)
            settled.take(row, Goal(0, subject.rep, subject.territory, name, *span, amount))
    return finished_draft(
        TableKind.GOALS,
        problems,
        current,
        writes=(
            PutRows("goal", _block(settled.added), is_new=True),
            PutRows("goal", _block([*settled.updated.values()])),
        ),
        changes=Changes(records=True),
        plan_after=lambda: replace(
            current,
            goals=settled.all_goals(),
            next_ids=current.next_ids_after(goal=len(settled.added)),
        ),
    )


def _key(goal: Goal) -> _Key:
    rep = None if goal.rep_id is None else int(goal.rep_id)
    territory = None if goal.territory_id is None else int(goal.territory_id)
    return rep, territory, goal.name.casefold(), goal.first_day, goal.last_day


def _block(goals: list[Goal]) -> RowBlock:
    rows = [
        (g.id, g.rep_id, g.territory_id, g.name, g.first_day, g.last_day, g.amount) for g in goals
    ]
    return RowBlock(_COLUMNS, tuple(zip(*rows, strict=True)))


def _subjects(
    table: ImportedTable, mapping: Mapping, current: CurrentPlan, problems: ProblemList
) -> list[_Subject | None]:
    """Whose goal each row holds, None where the row is left out."""
    reps = mapping.header_for("rep")
    if reps is not None:
        found = found_reps(table, reps, current, problems)
        return [None if rep is None else _Subject(rep=rep.id) for rep in found]
    if mapping.header_for("territory") is not None:
        places = found_territories(table, mapping, current, problems)
        return [None if place is None else _Subject(territory=place) for place in places]
    return [_Subject()] * len(table)


def found_reps(
    table: ImportedTable, header: str, current: CurrentPlan, problems: ProblemList
) -> list[Rep | None]:
    """The rep that each row names, None where the row is left out."""
    finder = RepFinder(current.reps, current.owner_aliases)
    cells = table.columns[header].tolist()
    known = {cell: finder.find(cell) for cell in set(cells)}
    found = [known[cell] for cell in cells]
    unknown = [row for row, rep in enumerate(found) if rep is None]
    if unknown:
        problems.skip(
            ProblemKind.UNKNOWN_REP,
            unknown,
            sentence=f"{counted(len(unknown), 'row names', 'rows name')} a rep whom the plan does "
            "not have",
            effect="They are left out.",
            remedy="Choose who is meant, or import the list of reps first.",
            details=problems.details(unknown, header, "is no rep of the plan."),
            reason="The plan has no such rep.",
            repair=repair_of(
                table,
                header,
                "Rep",
                unknown,
                sorted(rep.name or rep.email for rep in current.reps),
                finder.nearest,
            ),
        )
    return found


def _amounts(
    table: ImportedTable, mapping: Mapping, problems: ProblemList
) -> Iterator[tuple[int, Period, float]]:
    """Row, period and amount of every goal; rows without either are left out."""
    for header in mapping.headers_for(PERIOD_AMOUNT):
        period = period_of(header)
        if period is None:
            problems.add_without_rows(
                ProblemKind.UNREADABLE_DATE,
                f"The column {header} names no period",
                "It is left out.",
                "Call it Q1 2026 or Jan 2026, or choose another meaning.",
            )
            continue
        read = numbers(table.columns[header], table.decimal_sign)
        report_numbers(problems, header, read)
        for row in np.flatnonzero(~np.isnan(read.values)).tolist():
            yield row, period, float(read.values[row])
    if mapping.header_for("amount") is None:
        return
    amounts = number_column(table, mapping, "amount", problems)
    periods = _periods(table, mapping, problems)
    missing = [row for row in range(len(table)) if periods[row] is None or np.isnan(amounts[row])]
    problems.skip(
        ProblemKind.MISSING_VALUE,
        missing,
        sentence=f"{counted(len(missing), 'row has', 'rows have')} no amount or no period",
        effect="They are left out.",
        remedy="Fill them in in the file, or choose other columns.",
        reason="The row has no amount or no period.",
    )
    for row, period in enumerate(periods):
        if period is not None and not np.isnan(amounts[row]):
            yield row, period, float(amounts[row])


def _periods(table: ImportedTable, mapping: Mapping, problems: ProblemList) -> list[Period | None]:
    first = optional_days(table, mapping, "first_day", problems)
    last = optional_days(table, mapping, "last_day", problems)
    header = mapping.header_for("period")
    cells = [""] * len(table) if header is None else table.columns[header].tolist()
    by_text = {cell: period_of(cell) for cell in set(cells)}
    periods = [by_text[cell] for cell in cells]
    starts = first
    if header is not None and not any(periods):
        read = days(table.columns[header], table.date_order)
        starts = [None if day == NO_DAY else day for day in read.values.tolist()]
    open_rows = [row for row, day in enumerate(starts) if day is not None and last[row] is None]
    guessed = periods_from_starts(np.array([starts[row] for row in open_rows], dtype=np.int64))
    for row, period in zip(open_rows, guessed, strict=True):
        periods[row] = periods[row] or period
    for row, (start, end) in enumerate(zip(first, last, strict=True)):
        if start is not None and end is not None and start <= end:
            periods[row] = Period(start, end)
    return periods
