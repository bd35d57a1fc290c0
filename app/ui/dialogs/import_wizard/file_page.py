# SPDX-License-Identifier: MIT
"""The first step: which files, and how each is read, with a preview that follows every choice."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QScrollArea, QWidget

from app.services.importing.job import TableInHand
from app.services.importing.table import ImportedTable
from app.ui.dialogs.import_wizard.read_form import ReadForm
from app.ui.dialogs.import_wizard.table_list import TableList
from app.ui.fonts import HEADING
from app.ui.formats import plural
from app.ui.parts import button, column, icon_button, label, row
from app.ui.tables.array_table_model import ArrayColumn
from app.ui.tables.copyable_table import CopyableTable
from app.ui.theme import set_kind
from app.ui.widgets.icon_label import IconLabel

_PREVIEW_ROWS = 50
_FORM_WIDTH = 316
_TITLE = "Choose files, or drop them here"
_DETAIL = (
    "Excel, OpenDocument, CSV or text, also packed; exports of Salesforce, HubSpot and "
    "others. Several at once, a folder, or cells pasted with Ctrl+V."
)


def _scrolled(form: ReadForm) -> QScrollArea:
    made = QScrollArea()
    made.setWidget(form)
    made.setWidgetResizable(True)
    made.setFixedWidth(_FORM_WIDTH)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made


class FilePage(QWidget):
    """Chooses files and shows how they were read.

    Signals:
        choose_requested, folder_requested, paste_requested: The user wants files, a folder, or
            what is in the clipboard.
        options_changed: `ReadOptions` after the user changed one.
        table_chosen(int), table_included(int, bool), table_removed(int): See `TableList`.
    """

    choose_requested = Signal()
    folder_requested = Signal()
    paste_requested = Signal()
    options_changed = Signal(object)
    table_chosen = Signal(int)
    table_included = Signal(int, bool)
    table_removed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label(_TITLE, size=HEADING, semibold=True)
        self._detail = label(_DETAIL, "muted", wraps=True)
        self.choose = button("Choose files…", self.choose_requested.emit, icon_name="folder")
        self.more = self._more_button()
        words = column(None, self._title, self._detail, None, gap=2)
        drop = QFrame()
        set_kind(drop, "drop")
        self.remove = icon_button("trash", "Remove this table", self._on_remove)
        self.remove.hide()
        inner = row(IconLabel("spreadsheet", "accent", 28), words, self.remove, self.choose,
                    self.more, margin=16, gap=12)  # fmt: skip
        inner.setStretch(1, 1)
        drop.setLayout(inner)
        self.tables = TableList()
        self.tables.chosen.connect(self.table_chosen)
        self.tables.included.connect(self.table_included)
        self.tables.removed.connect(self.table_removed)
        self.form = ReadForm()
        self.form.options_changed.connect(self.options_changed)
        self.header_row = self.form.header_row
        self.preview = CopyableTable("Preview of the file")
        self.preview.setSortingEnabled(False)
        left = column(self.tables, _scrolled(self.form), gap=8)
        self._read = QWidget()
        body = row(left, self.preview, gap=16)
        body.setStretch(1, 1)
        self._read.setLayout(body)
        self._read.hide()
        self._number = -1
        self._outer = column(drop, gap=16)
        self._outer.addWidget(self._read, 100)
        self._outer.setStretch(0, 1)
        self.setLayout(self._outer)

    def show_tables(self, tables: Sequence[TableInHand], chosen: int) -> None:
        """Show all tables, and how the chosen one was read."""
        self._read.setVisible(bool(tables))
        self._outer.setStretch(0, 0 if tables else 1)
        self.tables.setVisible(len(tables) > 1)
        self.tables.setFixedWidth(_FORM_WIDTH)
        self.remove.setVisible(bool(tables))
        self._number = chosen
        if not tables:
            self._title.setText(_TITLE)
            self._detail.setText(_DETAIL)
            self.choose.setText("Choose files…")
            return
        self.tables.show_tables(tables, chosen)
        hand = next(hand for hand in tables if hand.number == chosen)
        rows = plural(len(hand.table), "row", "rows")
        columns = plural(len(hand.table.headers), "column", "columns")
        self._title.setText(hand.name)
        place = f"{tables.index(hand) + 1} of {len(tables)} tables: " if len(tables) > 1 else ""
        self._detail.setText(f"{place}{rows}, {columns}{_repaired_words(hand)}")
        self.choose.setText("Add files…")
        self.form.show_table(hand.table)
        self._show_preview(hand.table)

    def _on_remove(self) -> None:
        self.table_removed.emit(self._number)

    def _more_button(self) -> QPushButton:
        made = button("More")
        made.setAccessibleName("More ways to bring tables in")
        menu = QMenu(made)
        menu.addAction("A folder…", self.folder_requested.emit)
        menu.addAction("Cells from the clipboard", self.paste_requested.emit)
        made.setMenu(menu)
        return made

    def _show_preview(self, table: ImportedTable) -> None:
        self.preview.array_model.set_columns(
            [
                ArrayColumn(
                    header,
                    header,
                    np.asarray(table.columns[header][:_PREVIEW_ROWS], dtype=object),
                    width=120,
                )
                for header in table.headers
            ]
        )


def _repaired_words(hand: TableInHand) -> str:
    """How many rows of a sheet that came back are put in."""
    count = len(hand.repairs.by_row)
    return f", {plural(count, 'row', 'rows')} mended in a sheet" if count else ""
