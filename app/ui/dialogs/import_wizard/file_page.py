# SPDX-License-Identifier: MIT
"""The first step: which file, and how it is read, with a preview that follows every choice."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QSpinBox, QVBoxLayout, QWidget

from app.services.importing.table import FileKind, ImportedTable, ReadOptions
from app.ui.fonts import HEADING
from app.ui.formats import plural
from app.ui.parts import button, clear_layout, column, label, padded, row
from app.ui.tables.array_table_model import ArrayColumn
from app.ui.tables.copyable_table import CopyableTable
from app.ui.theme import set_kind
from app.ui.widgets.icon_label import IconLabel

_PREVIEW_ROWS = 50
_ENCODINGS = (
    ("utf-8", "Unicode (UTF-8)"),
    ("utf-16", "Unicode (UTF-16)"),
    ("cp1252", "Western Europe (Windows)"),
    ("cp1250", "Central Europe (Windows)"),
    ("mac_roman", "Western Europe (old Mac)"),
    ("latin-1", "Western Europe (ISO 8859-1)"),
)
_DELIMITERS = ((",", "Comma ,"), (";", "Semicolon ;"), ("\t", "Tab"), ("|", "Bar |"))
_SIGNS = ((".", "Point: 1,234.50"), (",", "Comma: 1.234,50"))


class FilePage(QWidget):
    """Chooses a file and shows how it was read.

    Signals:
        choose_requested: The user wants the system's file dialog.
        file_dropped: Path of a file that was dropped here.
        options_changed: `ReadOptions` after the user changed one.
    """

    choose_requested = Signal()
    file_dropped = Signal(object)
    options_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._options = ReadOptions()
        self._title = label("Choose a file", size=HEADING, semibold=True)
        self._detail = label("Excel, OpenDocument, CSV or text, also compressed.", "muted")
        self.choose = button("Choose a file…", self.choose_requested.emit, icon_name="folder")
        words = column(self._title, self._detail, gap=2)
        self._drop = QFrame()
        set_kind(self._drop, "drop")
        inner = row(IconLabel("spreadsheet", "accent", 28), words, self.choose, margin=16, gap=16)
        inner.setStretch(1, 1)
        self._drop.setLayout(inner)
        self.sheet = _box("Sheet")
        self.encoding = _box("Character set")
        self.delimiter = _box("Columns separated by")
        self.decimal_sign = _box("Decimal sign")
        self.header_row = QSpinBox()
        self.header_row.setAccessibleName("Row with the column names")
        self.header_row.setRange(0, 999)
        self.header_row.setSpecialValueText("None")
        self.header_row.setKeyboardTracking(False)
        padded(self.header_row)
        self.header_row.valueChanged.connect(lambda _value: self._on_changed())
        for box in (self.sheet, self.encoding, self.delimiter, self.decimal_sign):
            box.activated.connect(lambda _at: self._on_changed())
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(12)
        self._form.setVerticalSpacing(8)
        for caption, part in (
            ("Sheet", self.sheet),
            ("Column names in row", self.header_row),
            ("Character set", self.encoding),
            ("Columns separated by", self.delimiter),
            ("Decimal sign", self.decimal_sign),
        ):
            self._form.addRow(label(caption, "muted"), part)
        self._notes = QVBoxLayout()
        self.preview = CopyableTable("Preview of the file")
        self.preview.setSortingEnabled(False)
        self._read = QWidget()
        left = column(self._form, 8, self._notes, None)
        body = row(left, self.preview, gap=16)
        body.setStretch(1, 1)
        self._read.setLayout(body)
        self._read.hide()
        outer = column(self._drop, gap=16)
        outer.addWidget(self._read, 1)
        outer.addStretch(0)
        self.setLayout(outer)

    def show_table(self, path: Path, table: ImportedTable) -> None:
        """Show what was read, and how."""
        self._options = ReadOptions()
        self._title.setText(path.name)
        rows = plural(len(table), "row", "rows")
        columns = plural(len(table.headers), "column", "columns")
        self._detail.setText(f"{rows}, {columns}")
        self.choose.setText("Choose another…")
        is_text = table.kind in (FileKind.TEXT, FileKind.GZIP)
        self._form.setRowVisible(self.sheet, bool(table.sheets))
        self._form.setRowVisible(self.encoding, is_text)
        self._form.setRowVisible(self.delimiter, is_text)
        _fill(self.sheet, [(name, name) for name in table.sheets], table.sheet)
        _fill(self.encoding, _ENCODINGS, table.encoding)
        _fill(self.delimiter, _DELIMITERS, table.delimiter)
        _fill(self.decimal_sign, _SIGNS, table.decimal_sign)
        with QSignalBlocker(self.header_row):
            self.header_row.setValue(table.header_row)
        clear_layout(self._notes)
        for note in table.notes:
            line = label(note, "muted", wraps=True)
            line.setFixedWidth(280)
            self._notes.addWidget(line)
        self._show_preview(table)
        self._read.show()

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

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.file_dropped.emit(paths[0])

    def _on_changed(self) -> None:
        chosen = replace(
            self._options,
            sheet=self.sheet.currentData(),
            encoding=self.encoding.currentData() or None,
            delimiter=self.delimiter.currentData() or None,
            decimal_sign=self.decimal_sign.currentData() or None,
            header_row=self.header_row.value(),
        )
        self.options_changed.emit(chosen)


def _box(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setMinimumWidth(170)
    return box


def _fill(box: QComboBox, choices: Sequence[tuple[str, str]], present: str) -> None:
    """Write the choices; one that is not among them is added as it is."""
    with QSignalBlocker(box):
        box.clear()
        for key, words in choices:
            box.addItem(words, key)
        at = _position(box, present)
        if at < 0 and present:
            box.addItem(present, present)
            at = box.count() - 1
        box.setCurrentIndex(at)


def _position(box: QComboBox, present: str) -> int:
    folded = present.casefold().replace("-", "_").removesuffix("_sig")
    for at in range(box.count()):
        if str(box.itemData(at)).casefold().replace("-", "_") == folded:
            return at
    return -1
