# SPDX-License-Identifier: MIT
"""A popup in which the rows of a table are filtered by one column."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from app.services.tables.filters import Between, Contains, Filter, IsEmpty, OneOf
from app.ui.fonts import CAPTION
from app.ui.formats import count
from app.ui.parts import button, column, label, row
from app.ui.tables.arranger import ValueCounts
from app.ui.tables.cell_answers import EMPTY_GROUP
from app.ui.tables.columns import ArrayColumn, CellKind
from app.ui.tables.filter_words import limit_text, typed_limit
from app.ui.theme import set_kind

_WIDTH = 280
_LIST_HEIGHT = 200
_ANY, _FILLED, _EMPTY = "any", "filled", "empty"


class FilterPopup(QFrame):
    """Text to look for, values to choose from, or limits; Enter applies it.

    Args:
        described: The column.
        wanted: Its filter of now, or None.
        parent: The widget that holds it.

    Signals:
        applied(object): The filter, or None for none.
    """

    applied = Signal(object)

    def __init__(self, described: ArrayColumn, wanted: Filter | None, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        set_kind(self, "popover")
        self.setAccessibleName(f"Filter by {described.title}")
        self.setFixedWidth(_WIDTH)
        self._column = described
        self._has_limits = described.kind.is_number or described.kind is CellKind.DATE
        self._ticked = wanted.values if isinstance(wanted, OneOf) else frozenset[str]()
        self.fill = QComboBox()
        self.text = _line("Text to look for", "Contains")
        self.low = _line(f"{described.title} from", "No limit")
        self.high = _line(f"{described.title} up to", "No limit")
        self.values = QListWidget()
        self.problem = label("", "danger", size=CAPTION, wraps=True)
        self.state = label("", "muted", size=CAPTION, wraps=True)
        self._compose(is_filtered=wanted is not None)
        self._show(wanted)

    def show_values(self, found: ValueCounts) -> None:
        """Offer the values of the column with their numbers of rows; None: too many to list."""
        self.values.clear()
        self.values.setVisible(bool(found))
        self.state.setVisible(not found)
        self.state.setText("Too many different values to list; type a part of it above.")
        for value, amount in found or ():
            item = QListWidgetItem(f"{value or EMPTY_GROUP}  ({count(amount)})")
            item.setData(Qt.ItemDataRole.UserRole, value)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            is_ticked = value in self._ticked
            item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
            self.values.addItem(item)
        self._narrow(self.text.text())
        self.adjustSize()

    def open_at(self, position: QPoint) -> None:
        """Show it with its upper left corner at a place on the screen, inside of that."""
        self.adjustSize()
        screen = self.screen().availableGeometry()
        x = max(screen.left(), min(position.x(), screen.right() - self.width()))
        y = max(screen.top(), min(position.y(), screen.bottom() - self.height()))
        self.move(x, y)
        self.show()
        (self.low if self._has_limits else self.text).setFocus()

    def apply(self) -> None:
        """Tell the filter, unless something typed cannot be read."""
        wanted, problem = self._filter()
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        if not problem:
            self.applied.emit(wanted)
            self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.apply()
            return
        super().keyPressEvent(event)

    def _compose(self, *, is_filtered: bool) -> None:
        for key, words in ((_ANY, "All rows"), (_FILLED, "Only filled in"), (_EMPTY, "Only empty")):
            self.fill.addItem(words, key)
        self.fill.setAccessibleName("Filled in or empty")
        self.fill.activated.connect(lambda _at: self._on_fill())
        self.values.setAccessibleName(f"Values of {self._column.title}")
        self.values.setFixedHeight(_LIST_HEIGHT)
        self.text.textChanged.connect(self._narrow)
        self.problem.hide()
        self.clear = button("Remove filter", self._remove, kind="quiet")
        self.clear.setVisible(is_filtered)
        self.use = button("Apply", self.apply, kind="primary")
        if self._has_limits:
            fields = [row(label("From", "muted"), self.low, label("to", "muted"), self.high)]
            for unused in (self.text, self.values, self.state):
                unused.setParent(self)
                unused.hide()
        else:
            self.low.setParent(self)
            self.high.setParent(self)
            self.low.hide()
            self.high.hide()
            self.state.setText("Reading the values…")
            self.values.hide()
            fields = [column(self.text, self.state, self.values, gap=8)]
        title = label(self._column.title, semibold=True)
        foot = row(None, self.clear, self.use)
        self.setLayout(column(title, self.fill, *fields, self.problem, foot, margin=12, gap=8))

    def _show(self, wanted: Filter | None) -> None:
        if isinstance(wanted, Contains):
            self.text.setText(wanted.text)
        elif isinstance(wanted, Between):
            self.low.setText(limit_text(self._column, wanted.low))
            self.high.setText(limit_text(self._column, wanted.high))
        elif isinstance(wanted, IsEmpty):
            self.fill.setCurrentIndex(self.fill.findData(_FILLED if wanted.is_negated else _EMPTY))
        self._on_fill()

    def _filter(self) -> tuple[Filter | None, str]:
        """The filter that stands in the fields, and why it cannot be read."""
        if self.fill.currentData() != _ANY:
            return IsEmpty(is_negated=self.fill.currentData() == _FILLED), ""
        if self._has_limits:
            return self._limits()
        ticked = self._ticked_values()
        if ticked:
            return OneOf(frozenset(ticked)), ""
        text = self.text.text().strip()
        return (Contains(text) if text else None), ""

    def _limits(self) -> tuple[Filter | None, str]:
        low, wrong_low = typed_limit(self._column, self.low.text(), is_end=False)
        high, wrong_high = typed_limit(self._column, self.high.text(), is_end=True)
        if wrong_low or wrong_high:
            return None, wrong_low or wrong_high
        if low is not None and high is not None and low > high:
            return None, "The lower limit is above the upper one."
        return (None if low is None and high is None else Between(low, high)), ""

    def _ticked_values(self) -> Sequence[str]:
        items = [self.values.item(at) for at in range(self.values.count())]
        return [
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        ]

    def _narrow(self, text: str) -> None:
        """List the values that hold what is typed, and those that are ticked."""
        needle = text.strip().casefold()
        for at in range(self.values.count()):
            item = self.values.item(at)
            value = str(item.data(Qt.ItemDataRole.UserRole))
            is_ticked = item.checkState() is Qt.CheckState.Checked
            item.setHidden(needle not in value.casefold() and not is_ticked)

    def _on_fill(self) -> None:
        is_any = self.fill.currentData() == _ANY
        for part in (self.text, self.low, self.high, self.values):
            part.setEnabled(is_any)

    def _remove(self) -> None:
        self.applied.emit(None)
        self.close()


def _line(name: str, placeholder: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(placeholder)
    return made
