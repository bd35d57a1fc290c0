# SPDX-License-Identifier: MIT
"""The columns of a table: their values, how they are shown, and how they can be changed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon

from app.services.exporting.table import NumberStyle
from app.services.tables.column_facts import Coded, UnreadTexts
from app.ui.formats import count, day


class CellKind(Enum):
    """How the values of a column are shown, sorted and copied."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    HOURS = "hours"
    DATE = "date"
    """An ISO text, shown in the short form of the system."""
    CHOICE = "choice"
    """One of a few words."""
    COLOR = "color"
    """The name of a territory colour, with the colour beside it."""

    @property
    def is_number(self) -> bool:
        """Whether the values are numbers."""
        return self in (CellKind.NUMBER, CellKind.MONEY, CellKind.HOURS)


Value = str | float | None
"""What a cell is given: a text, a number, or None for nothing."""

Cells = np.ndarray | Coded | UnreadTexts


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values that a cell can be given.

    Attributes:
        value: What is written.
        words: What the user reads.
    """

    value: str
    words: str
    icon: QIcon | None = None


def no_refusal(_row: int) -> str:
    """Every cell can be changed."""
    return ""


@dataclass(frozen=True, slots=True)
class CellEdit:
    """How the cells of a column are changed: one, or those of many rows in one undo step.

    Attributes:
        write: Carries the edit out for row numbers of the values; False where it was refused,
            which the session explains.
        choices: What can be chosen, asked when it is needed; None where it is typed.
        offered: Texts that are offered to whoever types.
        value_of: What the editor begins with, by row; None begins with what the cell shows.
        refusal: Why the cell of a row cannot be changed; empty where it can.
        on_double_click: A double click changes the cell instead of going to the row.
        in_bulk: Offered for many rows too.
    """

    write: Callable[[tuple[int, ...], Value], bool]
    choices: Callable[[], Sequence[Choice]] | None = None
    offered: Callable[[], Sequence[str]] | None = None
    value_of: Callable[[int], Value] | None = None
    refusal: Callable[[int], str] = no_refusal
    on_double_click: bool = True
    in_bulk: bool = True


@dataclass(frozen=True, slots=True)
class ArrayColumn:
    """One column of the table.

    Attributes:
        key: Name that does not change with the words of the header.
        values: float64 with nan for "nothing", or objects that are text, or words and codes, or
            texts that are read later; or what gives any of these, asked when first needed.
        formatted: How a number is written; text is shown as it is.
        decoration: The icon of a row, or None.
        is_hidden_at_first: Offered in the column chooser, not shown until chosen.
        width: In pixels, until the user drags it.
        roles: What the column answers to further roles of Qt, by row number.
        ranks: For text: a number per row that sorts as the text should, with nan for an empty
            one; None sorts words as names with numbers in them.
        edit: How its cells are changed; None where they follow from something else.
        fixed_why: Why they cannot be changed here, as a sentence.
        is_summed: Whether groups show a sum; None where it is a number.
        can_group: Whether its words are few enough to make groups of.
        style: How a sheet shows its numbers; None follows from the kind.
    """

    key: str
    title: str
    values: Cells | Callable[[], Cells]
    kind: CellKind = CellKind.TEXT
    formatted: Callable[[float], str] = count
    decoration: Callable[[int], object] | None = None
    is_hidden_at_first: bool = False
    width: int = 140
    tooltip: str = ""
    roles: dict[int, Callable[[int], object]] = field(default_factory=dict)
    ranks: np.ndarray | None = None
    edit: CellEdit | None = None
    fixed_why: str = ""
    is_summed: bool | None = None
    can_group: bool = True
    style: NumberStyle | None = None

    @property
    def cells(self) -> Cells:
        """The values."""
        return self.values() if callable(self.values) else self.values

    @property
    def has_sum(self) -> bool:
        """Whether groups show its sum."""
        return self.kind.is_number if self.is_summed is None else self.is_summed

    def text_at(self, row: int) -> str:
        """What the cell of a row shows."""
        value = self.cells[row]
        if self.kind.is_number:
            return "" if np.isnan(value) else self.formatted(float(value))
        return day_text(str(value)) if self.kind is CellKind.DATE else str(value)

    def bare_text_at(self, row: int) -> str:
        """What the cell puts on the clipboard: numbers bare, dates as ISO texts."""
        value = self.cells[row]
        return bare_number(float(value)) if self.kind.is_number else str(value)


def bare_number(value: float) -> str:
    """A number as a spreadsheet takes it in every country, which do not all take exponents."""
    return "" if np.isnan(value) else np.format_float_positional(value, trim="-")


def number_width(title: str) -> int:
    """A width for a column of numbers in which its title fits too."""
    return max(90, min(200, 8 * len(title) + 40))


def day_text(iso: str) -> str:
    """A date in the short form of the system; a text that is none as it is."""
    try:
        return day(date.fromisoformat(iso))
    except ValueError:
        return iso


def alignment_of(column: ArrayColumn) -> Qt.AlignmentFlag:
    """Numbers stand at the right."""
    side = Qt.AlignmentFlag.AlignRight if column.kind.is_number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
