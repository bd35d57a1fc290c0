# SPDX-License-Identifier: MIT
"""What the cells of a table answer to Qt: those of rows, and those in the heads of groups."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QFont, QGuiApplication

from app.services.tables.arranging import Group, Wanted
from app.ui.fonts import tabular_font
from app.ui.formats import count
from app.ui.icons import icon
from app.ui.parts import plain_tooltip
from app.ui.tables.columns import ArrayColumn, alignment_of
from app.ui.tables.table_lines import TableLines
from app.ui.tokens import tokens_of

EMPTY_GROUP = "Nothing"
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_UNANSWERED = frozenset(
    int(role)
    for role in (
        Qt.ItemDataRole.FontRole,
        Qt.ItemDataRole.BackgroundRole,
        Qt.ItemDataRole.ForegroundRole,
        Qt.ItemDataRole.CheckStateRole,
        Qt.ItemDataRole.SizeHintRole,
    )
)
"""Asked for every cell that is painted; rows answer none of them."""


def head_data(
    lines: TableLines, group: Group | None, column: ArrayColumn, role: int, *, is_head: bool
) -> object:
    """What a cell in the head of a group answers.

    Args:
        lines: What is shown, for whether the group is folded.
        group: The group.
        column: The column of the cell.
        role: What Qt asks for.
        is_head: The words of the group stand in this column.
    """
    if group is None:
        return None
    if role in (Qt.ItemDataRole.FontRole, Qt.ItemDataRole.BackgroundRole):
        return _bold() if role == Qt.ItemDataRole.FontRole else _fill()
    if role == Qt.ItemDataRole.TextAlignmentRole:
        return alignment_of(column)
    if not is_head:
        has_sum = role == Qt.ItemDataRole.DisplayRole and column.key in group.sums
        return column.formatted(group.sums[column.key]) if has_sum else None
    words = f"{group.words or EMPTY_GROUP}  ({count(group.count)})"
    is_folded = lines.is_folded(group)
    answers: dict[int, object] = {
        Qt.ItemDataRole.DisplayRole: words,
        Qt.ItemDataRole.DecorationRole: icon(
            "chevron_right" if is_folded else "chevron_down", "muted"
        ),
        Qt.ItemDataRole.ToolTipRole: plain_tooltip(words),
        Qt.ItemDataRole.AccessibleTextRole: f"{words}, {'folded' if is_folded else 'unfolded'}",
    }
    return answers.get(role)


def _bold() -> QFont:
    font = tabular_font(QFont())
    font.setBold(True)
    return font


def _fill() -> QBrush:
    return QBrush(QColor(tokens_of(QGuiApplication.palette()).hover))


def cell_data(column: ArrayColumn, row: int, role: int) -> object:
    """What the cell of a row answers."""
    if role == _DISPLAY:
        return column.text_at(row)
    if role == _ALIGNMENT:
        return alignment_of(column)
    return None if role in _UNANSWERED else _seldom_asked(column, row, role)


def _seldom_asked(column: ArrayColumn, row: int, role: int) -> object:
    if role == Qt.ItemDataRole.EditRole:
        return _edited(column, row)
    if role == Qt.ItemDataRole.DecorationRole and column.decoration is not None:
        return column.decoration(row)
    answer = column.roles.get(role)
    if answer is None and role == Qt.ItemDataRole.ToolTipRole and not column.kind.is_number:
        return plain_tooltip(column.text_at(row))
    return None if answer is None else answer(row)


def _edited(column: ArrayColumn, row: int) -> object:
    """What an editor begins with."""
    given = None if column.edit is None else column.edit.value_of
    return column.text_at(row) if given is None else given(row)


def refusal_of(column: ArrayColumn, row: int) -> str:
    """Why a cell cannot be changed; empty where it can."""
    if row < 0:
        return "This line is the head of a group. Change the rows below it."
    if column.edit is None:
        return column.fixed_why or f"{column.title} cannot be changed in this table."
    return column.edit.refusal(row)


def sort_mark(wanted: Wanted, key: str) -> str:
    """Which key a column is where rows are sorted by several; the first has Qt's arrow."""
    for place, sort in enumerate(wanted.sort):
        if sort.column == key and place:
            return f"  {place + 1}{'↓' if sort.is_descending else '↑'}"
    return ""
