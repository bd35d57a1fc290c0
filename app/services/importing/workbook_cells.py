# SPDX-License-Identifier: MIT
"""The cells of sheets as text; imported by the child process, so it stays light."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import python_calamine as calamine

from app.services.importing.open_documents import is_broken

_MAX_COLUMNS = 1000
_WHOLE_NUMBER_LIMIT = 1e15
_MERGED_WITHIN_ROWS = 50
"""Cells merged over columns matter only where column names can be."""


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
        sheets: All sheets of the workbook that hold cells, not charts.
        columns: Text by column, all of the same length; equal cells are mostly one object.
        first_row: Row of the first cells as the workbook counts them, from 1.
        is_filled_down: Merged cells were filled with the value of their first cell.
        merged: Row, first and last column of the cells merged within a row, as positions in the
            columns; of the first rows only.
    """

    sheet: str
    sheets: tuple[str, ...]
    columns: tuple[list[str], ...]
    first_row: int = 1
    is_filled_down: bool = False
    merged: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which sheets to read.

    Attributes:
        sheet: The name of the one; None for the first that has cells.
        is_all: Each visible sheet that has cells.
    """

    sheet: str | None = None
    is_all: bool = False


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A sheet that was not read, as it is hidden or has no cells."""

    sheet: str
    is_hidden: bool


def sheet_names(path: str) -> tuple[str, ...]:
    """The names of a workbook's sheets, without those that are charts.

    Raises:
        UnreadableWorkbook: It cannot be opened.
    """
    return tuple(name for name, _ in _sheets(_open(path)))


def read_sheets(path: str, wanted: Wanted) -> Iterator[SheetCells | PassedOver]:
    """The cells of sheets, one sheet after the other.

    Raises:
        UnreadableWorkbook: It cannot be opened, or has no such sheet or no cells.
    """
    workbook = _open(path)
    sheets = _sheets(workbook)
    names = tuple(name for name, _ in sheets)
    if wanted.sheet is not None and wanted.sheet not in names:
        raise UnreadableWorkbook("sheet")
    if wanted.sheet is not None:
        order = [(wanted.sheet, True)]
    else:
        # A hidden sheet is read where there is no other.
        order = sorted(sheets, key=lambda sheet: not sheet[1])
    has_any = False
    for name, is_visible in order:
        if not is_visible and has_any:
            yield PassedOver(name, is_hidden=True)
            continue
        found = _read_sheet(workbook, name, names)
        has_any = has_any or found is not None
        yield found or PassedOver(name, is_hidden=False)
        if found is not None and not wanted.is_all:
            return
    if not has_any:
        raise UnreadableWorkbook("empty")


def _sheets(workbook: calamine.CalamineWorkbook) -> list[tuple[str, bool]]:
    """Names of the sheets that hold cells, and whether they are visible."""
    return [
        (sheet.name, sheet.visible == calamine.SheetVisibleEnum.Visible)
        for sheet in workbook.sheets_metadata
        if sheet.typ == calamine.SheetTypeEnum.WorkSheet
    ]


def _open(path: str) -> calamine.CalamineWorkbook:
    if is_broken(path):
        raise UnreadableWorkbook("damaged")
    try:
        return calamine.CalamineWorkbook.from_path(path)  # pyright: ignore[reportUnknownMemberType]
    except calamine.PasswordError as error:
        raise UnreadableWorkbook("password") from error
    except MemoryError as error:
        raise UnreadableWorkbook("memory") from error
    except (calamine.CalamineError, OSError, ValueError, LookupError) as error:
        raise UnreadableWorkbook(_reason(error)) from error
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
        raise UnreadableWorkbook(_reason(error)) from error
    except BaseException as error:
        raise _of_panic(error) from error
    if not rows or start is None:
        return None
    width = max(len(row) for row in rows)
    if width > _MAX_COLUMNS:
        raise UnreadableWorkbook("memory")
    columns = tuple(_texts([row[index] for row in rows]) for index in range(width))
    filled = _fill_down(columns, merged, start)
    return SheetCells(name, names, columns, start[0] + 1, filled, _merged_in_rows(merged, start))


def _reason(error: Exception) -> str:
    """Why the reader gave up; it counts the cells of a sheet before it makes them."""
    return "memory" if "limit exceeded" in str(error) else "damaged"


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


def _merged_in_rows(
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]], start: tuple[int, int]
) -> tuple[tuple[int, int, int], ...]:
    return tuple(
        (top - start[0], left - start[1], right - start[1])
        for (top, left), (bottom, right) in merged
        if top == bottom and right > left >= start[1] and 0 <= top - start[0] < _MERGED_WITHIN_ROWS
    )


def _texts(cells: Sequence[object]) -> list[str]:
    """The cells as text; equal ones become one object, which spares memory."""
    known: dict[str, str] = {}
    return [known.setdefault(text, text) for text in map(_text, cells)]


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
