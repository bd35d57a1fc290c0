# SPDX-License-Identifier: MIT
"""Workbooks (.xlsx, .xls, .ods), read in a child process with limits.

A hostile workbook can name one cell in the first and one in the last of 17 billion places; the
reader would then ask for more memory than there is and be ended by the system.
"""

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from app.models.errors import ImportProblem
from app.services.child_process import ChildStopped, Limits, Send, limits_for, messages_of
from app.services.importing.table import Watch
from app.services.importing.workbook_cells import (
    PassedOver,
    SheetCells,
    UnreadableWorkbook,
    Wanted,
    read_sheets,
    sheet_names,
)

MAX_SECONDS = 120.0
START_SECONDS = 8.0
"""Time that a small file may take; damaged ones can keep the reader busy for ever."""
SECONDS_PER_MEGABYTE = 6.0
"""Of the packed file; a slow computer needs one."""
MEMORY_LIMIT_BYTES = 3 * 1024**3
_ROWS_AT_A_TIME = 10_000
"""Unpickling more of them at once would hold up the window."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """Some rows of the sheet that was announced before, by column."""

    columns: tuple[list[str], ...]


@dataclass(frozen=True, slots=True)
class _Failure:
    """Why the workbook cannot be read, as `UnreadableWorkbook` says it."""

    reason: str


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of all sheets."""

    names: tuple[str, ...]


def read_workbook(
    path: Path, sheet: str | None, watch: Watch, *, in_child: bool = True
) -> SheetCells:
    """The cells of one sheet.

    Args:
        sheet: Its name; None takes the first sheet with cells.
        in_child: Tests that read thousands of damaged files stay in their own process.

    Raises:
        ImportProblem: It is damaged, protected, too large, or has no such sheet.
        TaskCancelled: The user stopped it.
    """
    found, _ = _read(path, Wanted(sheet), watch, in_child=in_child)
    if not found:
        raise _problem(path.name, "empty")
    return found[0]


def read_all_sheets(
    path: Path, watch: Watch, *, in_child: bool = True
) -> tuple[list[SheetCells], list[PassedOver]]:
    """The cells of all visible sheets that have any, and the sheets that were passed over.

    Raises:
        ImportProblem: It is damaged, protected, too large, or has no cells.
        TaskCancelled: The user stopped it.
    """
    return _read(path, Wanted(is_all=True), watch, in_child=in_child)


def list_sheets(path: Path, watch: Watch | None = None) -> tuple[str, ...]:
    """The names of a workbook's sheets, without reading their cells.

    Raises:
        ImportProblem: It cannot be opened.
        TaskCancelled: The user stopped it.
    """
    try:
        with closing(_messages(path, None, watch or Watch())) as messages:
            return next((m.names for m in messages if isinstance(m, _Names)), ())
    except UnreadableWorkbook as error:
        raise _problem(path.name, error.reason) from error


def _read(
    path: Path, wanted: Wanted, watch: Watch, *, in_child: bool
) -> tuple[list[SheetCells], list[PassedOver]]:
    try:
        if in_child:
            return _joined(path, wanted, watch)
        read = list(read_sheets(str(path), wanted))
    except UnreadableWorkbook as error:
        raise _problem(path.name, error.reason) from error
    return (
        [part for part in read if isinstance(part, SheetCells)],
        [part for part in read if isinstance(part, PassedOver)],
    )


def _joined(path: Path, wanted: Wanted, watch: Watch) -> tuple[list[SheetCells], list[PassedOver]]:
    """The sheets that the child process sends in parts."""
    found: list[SheetCells] = []
    passed_over: list[PassedOver] = []
    known: list[dict[str, str]] = []
    with closing(_messages(path, wanted, watch)) as messages:
        for message in messages:
            if isinstance(message, SheetCells):
                found.append(message)
                known = [{} for _ in message.columns]
            elif isinstance(message, PassedOver):
                passed_over.append(message)
            elif isinstance(message, _Rows):
                for column, cells, same in zip(
                    found[-1].columns, message.columns, known, strict=True
                ):
                    column.extend([same.setdefault(cell, cell) for cell in cells])
    return found, passed_over


def _messages(path: Path, wanted: Wanted | None, watch: Watch) -> Generator[object]:
    """What a child process says of a workbook until all is said."""
    limits = limits_for(
        path, Limits(MAX_SECONDS, MEMORY_LIMIT_BYTES), START_SECONDS, SECONDS_PER_MEGABYTE
    )

    def at(seconds: float) -> None:
        watch.at(min(0.6, seconds / 20.0), "Reading the workbook")

    try:
        with closing(messages_of(_serve, (str(path), wanted), limits, at)) as messages:
            for message in messages:
                if isinstance(message, _Failure):
                    raise UnreadableWorkbook(message.reason)
                yield message
    except ChildStopped as error:
        raise _problem(path.name, error.reason) from error


def _serve(send: Send, path: str, wanted: Wanted | None) -> None:
    """Read and answer, in the child process."""
    try:
        if wanted is None:
            send(_Names(sheet_names(path)))
        else:
            for part in read_sheets(path, wanted):
                _send_in_parts(send, part)
    except UnreadableWorkbook as error:
        send(_Failure(error.reason))


def _send_in_parts(send: Send, part: SheetCells | PassedOver) -> None:
    if isinstance(part, PassedOver):
        send(part)
        return
    send(replace(part, columns=tuple([] for _ in part.columns)))
    for start in range(0, len(part.columns[0]), _ROWS_AT_A_TIME):
        rows = slice(start, start + _ROWS_AT_A_TIME)
        send(_Rows(tuple(column[rows] for column in part.columns)))


def _problem(name: str, reason: str) -> ImportProblem:
    nothing = "Nothing was imported."
    if reason == "password":
        return ImportProblem(
            f"{name} is protected with a password.",
            meaning=nothing,
            remedy="Open it in your spreadsheet program, remove the password and save a copy.",
        )
    if reason == "sheet":
        return ImportProblem(
            f"{name} has no such sheet.", meaning=nothing, remedy="Choose another sheet."
        )
    if reason == "empty":
        return ImportProblem(
            f"{name} has no filled cells.",
            meaning=nothing,
            remedy="Choose another workbook, or export it again.",
        )
    if reason == "slow":
        return ImportProblem(
            f"{name} took too long to be read; it may be damaged.",
            meaning=nothing,
            remedy="Open it in your spreadsheet program and save it as .csv, then import that.",
        )
    if reason == "memory":
        return ImportProblem(
            f"{name} is too large to be read.",
            meaning=nothing,
            remedy="Delete the empty rows and columns far from the table, or save it as .csv.",
        )
    return ImportProblem(
        f"{name} is damaged or was not written to its end.",
        meaning=nothing,
        remedy="Open it in your spreadsheet program and save a copy, or export it again.",
    )
