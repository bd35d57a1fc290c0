# SPDX-License-Identifier: MIT
"""What the import window does in the background before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.models.errors import AppError, ImportProblem
from app.services.geography.geography import Geography
from app.services.importing.current import CurrentPlan
from app.services.importing.draft import ImportDraft
from app.services.importing.found_files import files_in
from app.services.importing.guessing import guess_mapping
from app.services.importing.job import (
    TableInHand,
    kinds_of,
    prepare_all,
    take_in_hand,
    with_repair_sheets,
    with_rosters,
)
from app.services.importing.pasted import table_from_text
from app.services.importing.readers import read_table, read_tables
from app.services.importing.reading_plan import read_current_plan
from app.services.importing.table import ImportedTable, ReadOptions, Watch
from app.services.store.store import Store
from app.ui.tasks import TaskContext

_MOST_TOLD = 3


@dataclass(frozen=True, slots=True)
class Gathered:
    """Tables that were read.

    Attributes:
        current: The plan as far as guessing needs it.
        problem: Says which files could not be read, or None.
    """

    tables: tuple[TableInHand, ...]
    current: CurrentPlan
    problem: AppError | None = None


def gather(
    paths: Sequence[Path],
    in_hand: Sequence[TableInHand],
    store: Store,
    context: TaskContext,
) -> Gathered:
    """Read files and folders, and take their tables in hand beside those that are already.

    Raises:
        ImportProblem: None of the files could be read, and there is nothing else.
        TaskCancelled: The user stopped it.
    """
    files = files_in(paths, context.cancelled)
    current = read_current_plan(store, ())
    new: list[TableInHand] = []
    problems: list[ImportProblem] = []
    for place, path in enumerate(files):
        try:
            for table in _read(path, place, len(files), context):
                context.progress(-1, f"Recognising the columns of {table.file_name}")
                new.append(_new_hand(path, table, current, (*in_hand, *new)))
        except ImportProblem as problem:
            problems.append(problem)
    problem = _joined(problems, len(files))
    if problem is not None and not new:
        raise problem
    return Gathered(_completed([*in_hand, *new], current), current, problem)


def gather_pasted(
    text: str, in_hand: Sequence[TableInHand], store: Store, context: TaskContext
) -> Gathered:
    """Take cells in hand that were pasted.

    Raises:
        ImportProblem: The text is no table.
    """
    context.progress(-1, "Reading the pasted cells")
    current = read_current_plan(store, ())
    table = table_from_text(text)
    hand = _new_hand(None, table, current, in_hand)
    return Gathered(_completed([*in_hand, hand], current), current)


def read_again(
    hand: TableInHand, options: ReadOptions, text: str, current: CurrentPlan, context: TaskContext
) -> TableInHand:
    """The same table, read as the user wants it.

    Where its columns stay the same, what they were said to be stays too.
    """
    if hand.path is None:
        table = table_from_text(text, options)
    else:
        table = read_table(hand.path, options, context.progress, context.cancelled)
    if table.headers == hand.table.headers:
        return replace(hand, table=table, options=options)
    fresh = take_in_hand(hand.number, hand.path, table, current, options)
    if hand.is_second:
        kind = hand.mapping.kind
        fresh = replace(fresh, mapping=guess_mapping(table, current, kind), is_second=True)
    return replace(fresh, is_included=hand.is_included)


def prepare_tables(
    tables: Sequence[TableInHand], store: Store, geography: Geography, context: TaskContext
) -> dict[int, ImportDraft]:
    """What importing the tables would do, by number, in the order of writing."""
    context.progress(0.0, "Reading the plan")
    current = read_current_plan(store, kinds_of(tables))
    return prepare_all(tables, current, geography, Watch(context.progress, context.cancelled))


def _read(path: Path, place: int, count: int, context: TaskContext) -> list[ImportedTable]:
    """The tables of one of several files."""

    def progress(share: float, sentence: str) -> None:
        context.progress((place + share) / count, sentence)

    return read_tables(path, progress, context.cancelled)


def _completed(tables: Sequence[TableInHand], current: CurrentPlan) -> tuple[TableInHand, ...]:
    return with_rosters(with_repair_sheets(tables), current)


def _new_hand(
    path: Path | None, table: ImportedTable, current: CurrentPlan, others: Sequence[TableInHand]
) -> TableInHand:
    """A table beside others; one that is of no use by itself is left out at first."""
    number = max((hand.number for hand in others), default=0) + 1
    hand = take_in_hand(number, path, table, current)
    return replace(hand, is_included=not hand.mapping.is_of_no_use)


def _joined(problems: Sequence[ImportProblem], file_count: int) -> ImportProblem | None:
    """One problem that tells of all files that could not be read."""
    if len(problems) < 2:
        return problems[0] if problems else None
    shown = " ".join(problem.message for problem in problems[:_MOST_TOLD])
    more = f" And {len(problems) - _MOST_TOLD} more." if len(problems) > _MOST_TOLD else ""
    return ImportProblem(
        f"{len(problems)} of {file_count} files could not be read.",
        meaning=f"{shown}{more}",
        remedy=problems[0].remedy,
    )
