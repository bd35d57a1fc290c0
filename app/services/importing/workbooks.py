# SPDX-License-Identifier: MIT
"""Workbooks (.xlsx, .xls, .ods), read in a child process with limits.

A hostile workbook can name one cell in the first and one in the last of 17 billion places; the
reader would then ask for more memory than there is and be ended by the system. In a child process
that ends the child alone, and it can be stopped at any moment.

In the frozen program `multiprocessing.freeze_support()` must be the first statement of the main
function; the child is the program itself, started again. The program's main module must not
import the window at its top, or each child pays for it.
"""

import multiprocessing
import pickle
import time
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path

from app.models.errors import ImportProblem
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
_POLL_SECONDS = 0.1
_ROWS_AT_A_TIME = 10_000
"""Unpickling more of them at once would hold up the window."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """Some rows of the sheet that was announced before, by column."""

    columns: tuple[list[str], ...]


@dataclass(frozen=True, slots=True)
class _Failure:
    """Why the workbook cannot be read, as `UnreadableWorkbook` says it; "" where all is done."""

    reason: str = ""


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
    """What a child process says of a workbook until all is said; it is ended in any case."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_serve, args=(sender, str(path), wanted), daemon=True)
    child.start()
    sender.close()
    try:
        yield from _received(path.name, receiver, watch, _limit_seconds(path))
    finally:
        receiver.close()
        if child.is_alive():
            child.terminate()
        child.join()
        child.close()


def _limit_seconds(path: Path) -> float:
    return min(MAX_SECONDS, START_SECONDS + SECONDS_PER_MEGABYTE * path.stat().st_size / 1e6)


def _received(
    name: str, receiver: Connection, watch: Watch, limit_seconds: float
) -> Generator[object]:
    started = time.monotonic()
    while True:
        seconds = time.monotonic() - started
        watch.at(min(0.6, seconds / 20.0), "Reading the workbook")
        if seconds > limit_seconds:
            raise _problem(name, "slow")
        try:
            if not receiver.poll(_POLL_SECONDS):
                continue
            message = pickle.loads(receiver.recv_bytes())  # noqa: S301 sent by our own child process
        except (EOFError, OSError) as error:
            raise _problem(name, "memory") from error
        if isinstance(message, _Failure):
            if message.reason:
                raise UnreadableWorkbook(message.reason)
            return
        yield message


def _serve(sender: Connection, path: str, wanted: Wanted | None) -> None:
    """The child process: read, answer, end."""
    _limit_memory()
    failure = _Failure()
    try:
        if wanted is None:
            _send(sender, _Names(sheet_names(path)))
        else:
            for part in read_sheets(path, wanted):
                _send_in_parts(sender, part)
    except UnreadableWorkbook as error:
        failure = _Failure(error.reason)
    except MemoryError:
        failure = _Failure("memory")
    _send(sender, failure)
    sender.close()


def _send_in_parts(sender: Connection, part: SheetCells | PassedOver) -> None:
    if isinstance(part, PassedOver):
        _send(sender, part)
        return
    _send(sender, replace(part, columns=tuple([] for _ in part.columns)))
    for start in range(0, len(part.columns[0]), _ROWS_AT_A_TIME):
        rows = slice(start, start + _ROWS_AT_A_TIME)
        _send(sender, _Rows(tuple(column[rows] for column in part.columns)))


def _send(sender: Connection, message: object) -> None:
    sender.send_bytes(pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL))


def _limit_memory() -> None:
    try:
        # Not on Windows, where an allocation beyond the page file fails by itself.
        import resource  # noqa: PLC0415
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT_BYTES, MEMORY_LIMIT_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


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
