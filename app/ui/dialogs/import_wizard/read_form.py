# SPDX-License-Identifier: MIT
"""How a table was read, and every part of it to change."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QSpinBox, QVBoxLayout, QWidget

from app.services.importing.table import DateOrder, ImportedTable, ReadOptions
from app.ui.formats import plural
from app.ui.parts import clear_layout, column, label, padded

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
_DATES = (
    (DateOrder.MDY.name, "Month/day/year"),
    (DateOrder.DMY.name, "Day/month/year"),
    (DateOrder.YMD.name, "Year-month-day"),
)
_NOTE_WIDTH = 280


class ReadForm(QWidget):
    """Fields for sheet, names of columns, character set, signs, dates and totals.

    Signals:
        options_changed: `ReadOptions` after the user changed one.
    """

    options_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet = _box("Sheet")
        self.encoding = _box("Character set")
        self.delimiter = _box("Columns separated by")
        self.decimal_sign = _box("Decimal sign")
        self.date_order = _box("Order of dates")
        self.header_row = _number("Row with the column names", 0, 999)
        self.header_row.setSpecialValueText("None")
        self.header_depth = _number("Rows that the column names take", 1, 3)
        self.totals = QCheckBox("Leave out totals and footers")
        self.sheet.activated.connect(lambda _at: self._on_sheet())
        for box in (self.encoding, self.delimiter, self.decimal_sign, self.date_order):
            box.activated.connect(lambda _at: self._on_changed())
        for number in (self.header_row, self.header_depth):
            number.valueChanged.connect(lambda _value: self._on_changed())
        self.totals.clicked.connect(lambda _on: self._on_changed())
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(12)
        self._form.setVerticalSpacing(6)
        for caption, part in (
            ("Sheet", self.sheet),
            ("Names in row", self.header_row),
            ("Rows of names", self.header_depth),
            ("Character set", self.encoding),
            ("Separated by", self.delimiter),
            ("Decimal sign", self.decimal_sign),
            ("Dates", self.date_order),
        ):
            self._form.addRow(label(caption, "muted"), part)
        self._form.addRow(self.totals)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(4)
        self.setLayout(column(self._form, 4, self._notes, None, margin=(0, 0, 12, 0)))

    def show_table(self, table: ImportedTable) -> None:
        """Show how a table was read."""
        is_open = table.can_be_read_otherwise
        for place in range(self._form.rowCount()):
            self._form.setRowVisible(place, is_open)
        if is_open:
            self._form.setRowVisible(self.sheet, len(table.sheets) > 1)
            self._form.setRowVisible(self.encoding, bool(table.encoding))
            self._form.setRowVisible(self.delimiter, bool(table.delimiter))
        _fill(self.sheet, [(name, name) for name in table.sheets], table.sheet)
        _fill(self.encoding, _ENCODINGS, table.encoding)
        _fill(self.delimiter, _DELIMITERS, table.delimiter)
        _fill(self.decimal_sign, _SIGNS, table.decimal_sign)
        _fill(self.date_order, _DATES, table.date_order.name)
        for number, value in (
            (self.header_row, table.header_row),
            (self.header_depth, table.header_depth),
        ):
            with QSignalBlocker(number):
                number.setValue(value)
        with QSignalBlocker(self.totals):
            self.totals.setChecked(table.leaves_out_totals)
        self._show_notes(table)

    def options(self) -> ReadOptions:
        """What the form says."""
        return ReadOptions(
            sheet=self.sheet.currentData() or None,
            encoding=self.encoding.currentData() or None,
            delimiter=self.delimiter.currentData() or None,
            decimal_sign=self.decimal_sign.currentData() or None,
            header_row=self.header_row.value(),
            header_depth=self.header_depth.value(),
            date_order=DateOrder[self.date_order.currentData()],
            leaves_out_totals=self.totals.isChecked(),
        )

    def _show_notes(self, table: ImportedTable) -> None:
        clear_layout(self._notes)
        footers = len(table.footer_rows)
        notes = list(table.notes)
        if footers:
            rows = plural(footers, "row of totals or footers was", "rows of totals or footers were")
            notes.append(f"{rows} left out.")
        for note in notes:
            line = label(note, "muted", wraps=True)
            line.setFixedWidth(_NOTE_WIDTH)
            self._notes.addWidget(line)

    def _on_sheet(self) -> None:
        """Another sheet is another table, of which nothing is known yet."""
        self.options_changed.emit(ReadOptions(sheet=self.sheet.currentData() or None))

    def _on_changed(self) -> None:
        self.options_changed.emit(self.options())


def _box(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setMinimumWidth(140)
    return box


def _number(name: str, low: int, high: int) -> QSpinBox:
    box = QSpinBox()
    box.setAccessibleName(name)
    box.setRange(low, high)
    box.setKeyboardTracking(False)
    padded(box)
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
    folded = _folded(present)
    return next((at for at in range(box.count()) if _folded(box.itemData(at)) == folded), -1)


def _folded(text: object) -> str:
    return str(text).casefold().replace("-", "_").removesuffix("_sig")
