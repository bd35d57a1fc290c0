# SPDX-License-Identifier: MIT
"""The second step: what the rows of each table are, and what each column is."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QScrollArea, QVBoxLayout, QWidget

from app.models.measure import MeasureKind
from app.services.importing.fields import WORDS_BY_KIND, TableKind
from app.services.importing.job import TableInHand
from app.services.importing.mapping import Mapping
from app.ui.dialogs.import_wizard.column_row import ColumnRow, choices_of
from app.ui.dialogs.import_wizard.table_list import DOUBTFUL
from app.ui.fonts import CAPTION
from app.ui.formats import count, plural
from app.ui.parts import clear_layout, column, hairline, label, plain_tooltip, row
from app.ui.theme import set_kind

_ROWS_AT_ONCE = 12
"""A line takes three milliseconds to make, and some exports have hundreds of columns."""


class ColumnsPage(QWidget):
    """Every column with its guess; nothing here writes.

    Signals:
        mapping_changed: The `Mapping` after the user changed a column.
        kind_changed: `TableKind` that the user chose.
        table_chosen(int): Number of the table whose columns the user wants to see.
    """

    mapping_changed = Signal(object)
    kind_changed = Signal(object)
    table_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mapping: Mapping | None = None
        self._number = -1
        self.rows: dict[str, ColumnRow] = {}
        self._choices: dict[TableKind, QStandardItemModel] = {}
        self._to_make: list[str] = []
        self._more_rows = QTimer(self)
        self._more_rows.setSingleShot(True)
        self._more_rows.setInterval(0)
        self._more_rows.timeout.connect(self._add_rows)
        self.table = QComboBox()
        self.table.setAccessibleName("Table")
        self.table.setMinimumWidth(220)
        self.table.activated.connect(lambda _at: self.table_chosen.emit(self.table.currentData()))
        self.kind = _kind_box()
        self.kind.activated.connect(
            lambda _at: self.kind_changed.emit(TableKind(self.kind.currentData()))
        )
        self._table_words = label("Table")
        self._profile = label("", "tag", size=CAPTION)
        self._matches = label("", "muted", wraps=True)
        self._note = label("", "muted", wraps=True)
        self._missing = label("", "warning", wraps=True)
        self._list = QVBoxLayout()
        self._scroll = QScrollArea()
        self._compose()

    def _compose(self) -> None:
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        inside = QWidget()
        set_kind(inside, "surface")
        inside.setLayout(self._list)
        self._scroll.setWidget(inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head = row(
            self._table_words, self.table, label("holds"), self.kind, self._profile, None, gap=8
        )
        outer = column(head, self._matches, self._note, self._missing, gap=6)
        outer.addWidget(self._scroll, 1)
        self.setLayout(outer)

    def show_tables(self, tables: Sequence[TableInHand], chosen: int) -> None:
        """Show the columns of one of the tables that are imported."""
        shown = [hand for hand in tables if hand.is_included]
        with QSignalBlocker(self.table):
            self.table.clear()
            for hand in shown:
                mark = "" if hand.is_ready else "  ⚠"
                self.table.addItem(f"{hand.name}{mark}", hand.number)
            self.table.setCurrentIndex(self.table.findData(chosen))
        self.table.setVisible(len(shown) > 1)
        self._table_words.setText("Table" if len(shown) > 1 else "This table")
        hand = next((hand for hand in shown if hand.number == chosen), None)
        if hand is not None:
            self._show(hand)

    def mapping(self) -> Mapping | None:
        """The columns as they are now."""
        return self._mapping

    def _show(self, hand: TableInHand) -> None:
        mapping = hand.mapping
        is_same = (
            self._number == hand.number
            and self._mapping is not None
            and self._mapping.kind is mapping.kind
            and [*self.rows, *self._to_make] == [mapped.header for mapped in mapping.columns]
        )
        self._mapping, self._number = mapping, hand.number
        with QSignalBlocker(self.kind):
            self.kind.setCurrentIndex(self.kind.findData(mapping.kind.value))
        self._profile.setText(f"Recognised: {mapping.profile}")
        self._profile.setVisible(bool(mapping.profile))
        self._matches.setText(_matches(mapping, len(hand.table)))
        self._note.setText(mapping.note)
        self._note.setVisible(bool(mapping.note))
        if is_same:
            for header, made in self.rows.items():
                made.show_mapping(mapping.column(header))
        else:
            self._make_rows(mapping)
        words = mapping.missing or _without_address(mapping)
        self._missing.setText(words)
        self._missing.setVisible(bool(words))

    def _make_rows(self, mapping: Mapping) -> None:
        """Begin to list the columns; those out of sight follow in turns of their own."""
        clear_layout(self._list)
        self._more_rows.stop()
        self.rows = {}
        self._to_make = [mapped.header for mapped in mapping.columns]
        if mapping.kind not in self._choices:
            self._choices[mapping.kind] = choices_of(mapping.kind, self)
        self._add_rows()
        self._scroll.verticalScrollBar().setValue(0)

    def _add_rows(self) -> None:
        mapping = self._mapping
        if mapping is None:
            return
        part, self._to_make = self._to_make[:_ROWS_AT_ONCE], self._to_make[_ROWS_AT_ONCE:]
        for header in part:
            made = ColumnRow(mapping.column(header), self._choices[mapping.kind])
            made.changed.connect(self._on_changed)
            self.rows[header] = made
            self._list.addWidget(made)
            self._list.addWidget(hairline())
        if self._to_make:
            self._more_rows.start()
        else:
            self._list.addStretch(1)

    def _on_changed(self, header: str, target: str, name: str, kind: MeasureKind | None) -> None:
        if self._mapping is not None:
            changed = self._mapping.with_target(header, target, name, kind)
            self.mapping_changed.emit(changed)


def _kind_box() -> QComboBox:
    made = QComboBox()
    made.setAccessibleName("What the rows are")
    made.setMaxVisibleItems(len(WORDS_BY_KIND))
    for place, (kind, words) in enumerate(WORDS_BY_KIND.items()):
        made.addItem(words.title, kind.value)
        made.setItemData(place, plain_tooltip(words.hint), Qt.ItemDataRole.ToolTipRole)
    return made


def _matches(mapping: Mapping, row_count: int) -> str:
    """How many rows the plan has already, and how sure the guess is."""
    words = WORDS_BY_KIND[mapping.kind]
    if mapping.kind_confidence < DOUBTFUL:
        return f"Please check whether these are {words.many}; the columns do not say it clearly."
    if mapping.kind not in (TableKind.ACCOUNTS, TableKind.REPS):
        return words.hint
    if not mapping.match_count:
        return "All of them are new."
    known = f"{count(mapping.match_count)} of {plural(row_count, 'row', 'rows')}"
    return f"{known} are {words.many} that the plan already has; they are updated."


def _without_address(mapping: Mapping) -> str:
    if mapping.kind is not TableKind.ACCOUNTS or mapping.match_count:
        return ""
    address = ("postal_code", "city", "county_name", "region", "country_name", "lat")
    if any(mapping.header_for(key) for key in address):
        return ""
    return "No column is an address, so these accounts will not be on the map yet."
