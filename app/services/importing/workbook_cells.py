# SPDX-License-Identifier: MIT
"""The cells of one sheet as text; imported by the child process, so it stays light."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import python_calamine as calamine

_MAX_COLUMNS = 1000
_WHOLE_NUMBER_LIMIT = 1e15


class UnreadableWorkbook(Exception):
    """A workbook that cannot be read.

    Args:
        reason: "password", "sheet", "empty", "memory", "slow" or "damaged".
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class SheetCells:
    """All cells of a sheet.

    Attributes:
        columns: Text by column, all of the same length.
        first_row: Row of the first cells as the workbook counts them, from 1.
        is_filled_down: Merged cells were filled with the value of their first cell.
    """

    sheet: str
    sheets: tuple[str, ...]
    columns: tuple[list[str], ...]
    first_row: int
    is_filled_down: bool


def sheet_names(path: str) -> tuple[str, ...]:
    """The names of a workbook's sheets.

    Raises:
        UnreadableWorkbook: It cannot be opened.
    """
    return tuple(_open(path).sheet_names)


def read_cells(path: str, sheet: str | None) -> SheetCells:
    """The cells of one sheet, or of the first that has any.

    Raises:
        UnreadableWorkbook: It cannot be opened, or has no such sheet or no cells.
    """
    workbook = _open(path)
    names = tuple(workbook.sheet_names)
    if sheet is not None and sheet not in names:
        raise UnreadableWorkbook("sheet")
    for name in (sheet,) if sheet is not None else names:
        found = _read_sheet(workbook, name, names)
        if found is not None:
            return found
    raise UnreadableWorkbook("empty")


def _open(path: str) -> calamine.CalamineWorkbook:
    try:
        return calamine.CalamineWorkbook.from_path(path)  # pyright: ignore[reportUnknownMemberType]
    except calamine.PasswordError as error:
        raise UnreadableWorkbook("password") from error
    except MemoryError as error:
        raise UnreadableWorkbook("memory") from error
    except (calamine.CalamineError, OSError, ValueError, LookupError) as error:
        raise UnreadableWorkbook("damaged") from error
    except BaseException as error:
        raise _of_panic(error) from error


def _read_sheet(
    workbook: calamine.CalamineWorkbook, name: str, names: tuple[str, ...]
) -> SheetCells | None:
    try:
        sheet = workbook.get_sheet_by_name(name)
        rows = sheet.to_python(skip_empty_area=True)
        start = sheet.start
        merged = sheet.merged_cell_ranges or []
    except MemoryError as error:
        raise UnreadableWorkbook("memory") from error
    except (calamine.CalamineError, OSError, ValueError, LookupError) as error:
        raise UnreadableWorkbook("damaged") from error
    except BaseException as error:
        raise _of_panic(error) from error
    if not rows or start is None:
        return None
    width = max(len(row) for row in rows)
    if width > _MAX_COLUMNS:
        raise UnreadableWorkbook("memory")
    columns = tuple([_text(row[index]) for row in rows] for index in range(width))
    filled = _fill_down(columns, merged, start)
    return SheetCells(name, names, columns, start[0] + 1, filled)


def _of_panic(error: BaseException) -> BaseException:
    """The reader's own panics derive from BaseException; anything else passes unchanged."""
    if type(error).__name__ == "PanicException":
        return UnreadableWorkbook("damaged")
    return error


def _fill_down(
    columns: tuple[list[str], ...],
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]],
    start: tuple[int, int],
) -> bool:
    """Give each row of a merged group its value; reports merge the cells of a group."""
    is_filled = False
    for (top, left), (bottom, right) in merged:
        column = left - start[1]
        first, last = top - start[0], bottom - start[0]
        if right != left or not 0 <= column < len(columns) or first < 0:
            continue
        cells = columns[column]
        for row in range(first + 1, min(last + 1, len(cells))):
            if not cells[row]:
                cells[row] = cells[first]
                is_filled = True
    return is_filled


def _text(cell: object) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        if cell.is_integer() and abs(cell) < _WHOLE_NUMBER_LIMIT:
            return str(int(cell))
        return repr(cell)
    if isinstance(cell, dt.datetime):
        is_date = not (cell.hour or cell.minute or cell.second or cell.microsecond)
        return cell.date().isoformat() if is_date else cell.isoformat(" ", "seconds")
    return str(cell)
