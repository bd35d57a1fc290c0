# SPDX-License-Identifier: MIT
"""Giving the cells of many rows the same value, in one undo step."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QMenu,
    QPushButton,
    QWidget,
)

from app.ui.fonts import CAPTION, HEADING
from app.ui.formats import plural
from app.ui.icons import icon
from app.ui.parts import column, label, literal
from app.ui.tables.cell_delegate import choice_box, typed_value
from app.ui.tables.columns import ArrayColumn, Value
from app.ui.tables.copyable_table import CopyableTable

_MOST_IN_MENU = 30
"""More choices are easier found in a list that one can type into."""


class EditButton(QPushButton):
    """Opens a menu of the columns that the selected rows can be changed in.

    Args:
        table: Whose selected rows are changed.
        nouns: One row and several rows in words: ("account", "accounts").
        parent: The widget that holds it.

    Attributes:
        form: The dialog that was opened last, or None.
    """

    def __init__(
        self, table: CopyableTable, nouns: tuple[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__("Edit", parent)
        self._table = table
        self._nouns = nouns
        self.form: BulkDialog | None = None
        self.setAutoDefault(False)
        self.setIcon(icon("edit"))
        self.setToolTip("Change the selected rows together")
        menu = QMenu(self)
        menu.aboutToShow.connect(self.fill_menu)
        self.setMenu(menu)
        self.setProperty("hasMenu", True)

    def fill_menu(self) -> None:
        """Write what can be changed now into the menu."""
        menu = self.menu()
        empty_menu(menu)
        for each in self._table.array_model.columns():
            if each.edit is None or not each.edit.in_bulk:
                continue
            choices = each.edit.choices() if each.edit.choices is not None else ()
            if 0 < len(choices) <= _MOST_IN_MENU:
                inner = menu.addMenu(literal(each.title))
                for choice in choices:
                    action = inner.addAction(literal(choice.words))
                    if choice.icon is not None:
                        action.setIcon(choice.icon)
                    action.triggered.connect(
                        lambda _checked=False, at=each, to=choice.value: self._write(at, to)
                    )
            else:
                action = menu.addAction(literal(f"{each.title}…"))
                action.triggered.connect(lambda _checked=False, at=each: self._ask(at))
        if menu.isEmpty():
            menu.addAction("Nothing can be changed here").setEnabled(False)

    def _ask(self, described: ArrayColumn) -> None:
        words = plural(len(self._rows()), *self._nouns)
        form = BulkDialog(described, words, self.window())
        form.accepted.connect(lambda: self._write(described, form.value()))
        self.form = form
        form.open()

    def _write(self, described: ArrayColumn, value: Value) -> None:
        rows = self._rows()
        edit = described.edit
        if edit is None or not len(rows):
            return
        edit.write(tuple(rows.tolist()), value)

    def _rows(self) -> np.ndarray:
        return self._table.selected_source_rows()


def empty_menu(menu: QMenu) -> None:
    """Remove all entries; the menus inside would stay otherwise."""
    menu.clear()
    for inner in menu.findChildren(QMenu):
        inner.deleteLater()


class BulkDialog(QDialog):
    """Asks for the new value of a column.

    Args:
        described: The column.
        words: What is changed: "312 accounts".
        parent: The window.
    """

    def __init__(self, described: ArrayColumn, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = described
        self.setWindowTitle(f"Change {described.title.lower()}")
        self.box = QComboBox()
        edit = described.edit
        if edit is not None and edit.choices is not None:
            self.box = choice_box(edit)
        self.box.setEditable(True)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.box.setMinimumWidth(320)
        self.box.setAccessibleName(f"New {described.title.lower()}")
        if edit is not None and edit.offered is not None:
            self.box.addItems(list(edit.offered()))
        if edit is None or edit.choices is None:
            self.box.setCurrentText("")
        completer = QCompleter(self.box.model(), self.box)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.box.setCompleter(completer)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.problem = label("", "danger", size=CAPTION, wraps=True)
        self.problem.hide()
        self.buttons = QDialogButtonBox()
        self.buttons.addButton("Change", QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)
        head = label(f"{described.title} of {words}", size=HEADING, semibold=True, wraps=True)
        hint = label("One undo takes all of it back.", "muted", size=CAPTION)
        self.setLayout(column(head, self.box, self.problem, hint, self.buttons, margin=20, gap=12))

    def value(self) -> Value:
        """What was chosen or typed."""
        if self._column.edit is not None and self._column.edit.choices is not None:
            at = self._chosen()
            return None if at < 0 else str(self.box.itemData(at))
        return typed_value(self._column, self.box.currentText())[0]

    def _on_accepted(self) -> None:
        problem = typed_value(self._column, self.box.currentText())[1]
        if self._column.edit is not None and self._column.edit.choices is not None:
            text = self.box.currentText()
            problem = "" if self._chosen() >= 0 else f"“{text}” is none of the choices."
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        if not problem:
            self.accept()

    def _chosen(self) -> int:
        text = self.box.currentText().strip()
        return self.box.findText(text, Qt.MatchFlag.MatchFixedString)
