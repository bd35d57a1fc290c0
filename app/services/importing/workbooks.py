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
from multiprocessing.connection import Connection
from pathlib import Path

from app.models.errors import ImportProblem
from app.services.importing.table import Cancelled, Watch
from app.services.importing.workbook_cells import (
    SheetCells,
    UnreadableWorkbook,
    read_cells,
    sheet_names,
)

TIME_LIMIT_SECONDS = 120.0
MEMORY_LIMIT_BYTES = 3 * 1024**3
_POLL_SECONDS = 0.1


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
    try:
        if in_child:
            return _read_in_child(path, sheet, watch)
        return read_cells(str(path), sheet)
    except UnreadableWorkbook as error:
        raise _problem(path.name, error.reason) from error


def list_sheets(path: Path) -> tuple[str, ...]:
    """The names of a workbook's sheets, without reading their cells.

    Raises:
        ImportProblem: It cannot be opened.
    """
    try:
        return sheet_names(str(path))
    except UnreadableWorkbook as error:
        raise _problem(path.name, error.reason) from error


def _read_in_child(path: Path, sheet: str | None, watch: Watch) -> SheetCells:
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_serve, args=(sender, str(path), sheet), daemon=True)
    child.start()
    sender.close()
    try:
        return _receive(path.name, receiver, watch)
    finally:
        receiver.close()
        if child.is_alive():
            child.terminate()
        child.join()
        child.close()


def _receive(name: str, receiver: Connection, watch: Watch) -> SheetCells:
    started = time.monotonic()
    while not receiver.poll(_POLL_SECONDS):
        seconds = time.monotonic() - started
        watch.at(min(0.6, seconds / 20.0), "Reading the workbook")
        if seconds > TIME_LIMIT_SECONDS:
            raise _problem(name, "slow")
    try:
        answer = pickle.loads(receiver.recv_bytes())  # noqa: S301 sent by our own child process
    except (EOFError, OSError) as error:
        raise _problem(name, "memory") from error
    if isinstance(answer, SheetCells):
        return answer
    raise UnreadableWorkbook(str(answer))


def _serve(sender: Connection, path: str, sheet: str | None) -> None:
    """The child process: read, answer, end."""
    _limit_memory()
    answer: SheetCells | str
    try:
        answer = read_cells(path, sheet)
    except UnreadableWorkbook as error:
        answer = error.reason
    except MemoryError:
        answer = "memory"
    sender.send_bytes(pickle.dumps(answer, protocol=pickle.HIGHEST_PROTOCOL))
    sender.close()


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
    if reason in ("memory", "slow"):
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


__all__ = ["Cancelled", "SheetCells", "list_sheets", "read_workbook"]
