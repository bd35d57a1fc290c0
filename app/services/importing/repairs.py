# SPDX-License-Identifier: MIT
"""What the user puts instead of cells that are at fault: once for all rows that hold the same."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from app.services.importing.table import ImportedTable, TextColumn, text_column

MOST_VALUES = 500
"""Different values that one repair lists; more are better mended in the file."""

ROW_HEADER = "Evenfield row"
"""Column of a repair sheet that says which row of the file a row mends."""

PROBLEM_HEADER = "Evenfield problem"


@dataclass(frozen=True, slots=True)
class RepairValue:
    """One value at fault.

    Attributes:
        raw: The cell as it is in the file.
        count: Rows that hold it.
        suggestion: What is probably meant; empty where nothing is near.
        likeness: 0 to 1, how near the suggestion is.
    """

    raw: str
    count: int
    suggestion: str = ""
    likeness: float = 0.0


@dataclass(frozen=True, slots=True)
class Repair:
    """What can be put instead of the cells of one column.

    Attributes:
        header: The column.
        label: What it is: "State or province".
        values: Those at fault, most rows first.
        options: What can be chosen; empty where anything can be typed.
        is_open: Something beside the options may be typed.
    """

    header: str
    label: str
    values: tuple[RepairValue, ...]
    options: tuple[str, ...] = ()
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Repairs:
    """Everything that is put instead of what the file says.

    Attributes:
        by_value: By header, the cell to what replaces it.
        by_row: By row as a spreadsheet counts it and header, what replaces the cell.
    """

    by_value: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])
    by_row: Mapping[int, Mapping[str, str]] = field(default_factory=dict[int, Mapping[str, str]])

    def __bool__(self) -> bool:
        """Whether anything is replaced."""
        return bool(self.by_value or self.by_row)

    def with_values(self, header: str, replacements: Mapping[str, str]) -> "Repairs":
        """These repairs and others of one column; an unchanged value takes its repair back."""
        column = {**self.by_value.get(header, {}), **replacements}
        kept = {raw: new for raw, new in column.items() if raw != new}
        others = {name: cells for name, cells in self.by_value.items() if name != header}
        return replace(self, by_value={**others, header: kept} if kept else others)

    def with_rows(self, rows: Mapping[int, Mapping[str, str]]) -> "Repairs":
        """These repairs and the cells of a repair sheet."""
        merged = {
            number: {**self.by_row.get(number, {}), **cells} for number, cells in rows.items()
        }
        return replace(self, by_row={**self.by_row, **merged})

    def to_json(self) -> str:
        """Those by value, which hold for the next such file too."""
        return json.dumps(
            {header: dict(column) for header, column in self.by_value.items() if column},
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, text: str) -> "Repairs":
        """What `to_json` wrote; none where it is something else."""
        try:
            content = json.loads(text)
            return cls(
                {
                    str(header): {str(raw): str(new) for raw, new in column.items()}
                    for header, column in content.items()
                }
            )
        except (ValueError, AttributeError, TypeError):
            return cls()


def repaired(table: ImportedTable, repairs: Repairs) -> ImportedTable:
    """The table with the repairs put in; columns that nothing touches are shared."""
    columns = dict(table.columns)
    for header, replacements in repairs.by_value.items():
        if header in columns and replacements:
            cells = columns[header].tolist()
            columns[header] = text_column([replacements.get(cell, cell) for cell in cells])
    if repairs.by_row:
        _repair_rows(columns, table, repairs.by_row)
    return replace(table, columns=columns)


def _repair_rows(
    columns: dict[str, TextColumn],
    table: ImportedTable,
    by_row: Mapping[int, Mapping[str, str]],
) -> None:
    position_by_number = {int(number): at for at, number in enumerate(table.row_numbers)}
    copied: set[str] = set()
    for number, cells in by_row.items():
        position = position_by_number.get(number)
        if position is None:
            continue
        for header, cell in cells.items():
            if header not in columns:
                continue
            if header not in copied:
                columns[header] = columns[header].copy()
                copied.add(header)
            columns[header][position] = cell


def touched_rows(table: ImportedTable, repairs: Repairs) -> npt.NDArray[np.int64]:
    """Positions of the rows that the repairs change."""
    touched = np.zeros(len(table), dtype=bool)
    for header, replacements in repairs.by_value.items():
        if header in table.columns and replacements:
            touched |= np.fromiter(
                (cell in replacements for cell in table.columns[header]), bool, len(table)
            )
    if repairs.by_row:
        touched |= np.isin(table.row_numbers, list(repairs.by_row))
    return np.flatnonzero(touched)


def repair_of(
    table: ImportedTable,
    header: str,
    label: str,
    rows: Sequence[int],
    options: Sequence[str] = (),
    suggest: Callable[[str], tuple[str, float]] | None = None,
) -> Repair:
    """The repair for the cells of some rows, with what is probably meant.

    Args:
        suggest: Gives for a cell what is probably meant and how near that is, 0 to 1; ("", 0)
            where nothing is near.
    """
    column = table.columns[header]
    counts = Counter(str(column[row]) for row in rows)
    values = [
        RepairValue(raw, count, *(suggest(raw) if suggest else ("", 0.0)))
        for raw, count in counts.most_common(MOST_VALUES)
    ]
    return Repair(header, label, tuple(values), tuple(options), is_open=True)


def repair_sheet(
    table: ImportedTable, rows: Mapping[int, str]
) -> tuple[list[str], list[list[str]]]:
    """Headers and rows of a sheet in which the user can mend rows.

    Args:
        rows: Position in the table to what is wrong with the row.

    Returns:
        The columns of the file, led by the row's number and what is wrong with it.
    """
    headers = [ROW_HEADER, PROBLEM_HEADER, *table.headers]
    lines = [
        [
            str(int(table.row_numbers[row])),
            problem,
            *(str(table.columns[header][row]) for header in table.headers),
        ]
        for row, problem in sorted(rows.items())
    ]
    return headers, lines


def is_repair_sheet(headers: Iterable[str]) -> bool:
    """Whether a table is a repair sheet that came back."""
    return ROW_HEADER in set(headers)


def rows_of_sheet(sheet: ImportedTable, table: ImportedTable) -> dict[int, dict[str, str]]:
    """The cells of a repair sheet that differ from the file, by row number and header.

    Args:
        sheet: The repair sheet that came back.
        table: The file that it mends.
    """
    position_by_number = {int(number): at for at, number in enumerate(table.row_numbers)}
    shared = [header for header in sheet.headers if header in table.columns]
    changed: dict[int, dict[str, str]] = {}
    for at, text in enumerate(sheet.columns[ROW_HEADER]):
        number = int(text) if text.strip().isdigit() else -1
        position = position_by_number.get(number)
        if position is None:
            continue
        cells = {
            header: str(sheet.columns[header][at])
            for header in shared
            if str(sheet.columns[header][at]) != str(table.columns[header][position])
        }
        if cells:
            changed[number] = cells
    return changed
