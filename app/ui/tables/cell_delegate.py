# SPDX-License-Identifier: MIT
"""How cells are changed in their place."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.ui.tables.array_table_model import ArrayTableModel
from app.ui.tables.columns import ArrayColumn, CellEdit
from app.ui.theme import set_kind

_SHORTEST = -128
"""As many decimals as tell the number from its neighbours (QLocale.FloatingPointShortest)."""
Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """A cell is changed with a line or a list of choices.

    Signals:
        refused(str): What was typed is no number.
    """

    refused = Signal(str)

    def __init__(self, model: ArrayTableModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        column = self._model.columns()[index.column()]
        if column.edit is None:
            return super().createEditor(parent, option, index)
        made = choice_box(column.edit, parent) if column.edit.choices else _line(column, parent)
        made.setAccessibleName(column.title)
        if isinstance(made, QComboBox):
            made.activated.connect(lambda _at: self._finish(made))
        return made

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        value = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(editor.findData(value), 0))
            editor.showPopup()
        elif isinstance(editor, QLineEdit):
            editor.setText(edit_text(value))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())
        elif isinstance(editor, QLineEdit):
            column = self._model.columns()[index.column()]
            value, problem = typed_value(column, editor.text())
            if problem:
                self.refused.emit(problem)
            elif edit_text(value) != edit_text(index.data(Qt.ItemDataRole.EditRole)):
                model.setData(index, value)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        editor.setGeometry(option.rect)  # pyright: ignore[reportAttributeAccessIssue]  Qt's stubs lack it

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        # The list of a combo box takes the focus, which would end the editing at once.
        if event.type() is QEvent.Type.FocusOut and isinstance(editor, QComboBox):
            return False
        return super().eventFilter(editor, event)

    def _finish(self, editor: QComboBox) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)


def choice_box(edit: CellEdit, parent: QWidget | None = None) -> QComboBox:
    """A list of what a cell can be given."""
    box = QComboBox(parent)
    for choice in edit.choices() if edit.choices else ():
        if choice.icon is None:
            box.addItem(choice.words, choice.value)
        else:
            box.addItem(choice.icon, choice.words, choice.value)
    return box


def edit_text(value: object) -> str:
    """What an editor begins with; a number in the manner of the system."""
    if isinstance(value, float):
        if value != value:  # noqa: PLR0124 nan differs from itself
            return ""
        return QLocale().toString(value, "f", _SHORTEST)
    return "" if value is None else str(value)


def typed_value(column: ArrayColumn, text: str) -> tuple[str | float | None, str]:
    """What was typed, and why it cannot be taken; nothing typed is None for a number."""
    if not column.kind.is_number:
        return text.strip(), ""
    plain = "".join(sign for sign in text if sign.isdigit() or sign in "+-−.,'e").replace("−", "-")
    if not plain:
        return None, "" if not text.strip() else f"“{text}” is not a number."
    value, is_number = QLocale().toDouble(plain)
    if not is_number:
        value, is_number = QLocale.c().toDouble(plain)
    return (value, "") if is_number else (None, f"“{text}” is not a number.")


def _line(column: ArrayColumn, parent: QWidget) -> QLineEdit:
    line = QLineEdit(parent)
    set_kind(line, "cell")
    if column.edit is not None and column.edit.offered is not None:
        completer = QCompleter(list(column.edit.offered()), line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        line.setCompleter(completer)
    return line
