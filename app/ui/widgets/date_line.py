# SPDX-License-Identifier: MIT
"""A date that is typed in the manner of the user's system, or as 2026-06-15; may be empty."""

from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui.formats import typed_day_format
from app.ui.theme import set_kind

_ISO = "yyyy-MM-dd"
_WIDTH = 104


class DateLine(QLineEdit):
    """Shows a date; what cannot be read is marked and counts as what was there before.

    Args:
        name: For screen readers.
        parent: The widget that holds it.

    Signals:
        day_changed: The user typed another date, or took it away.
    """

    day_changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._day = ""
        self._format = typed_day_format()
        self.setAccessibleName(name)
        self.setPlaceholderText("None")
        self.setMinimumWidth(_WIDTH)
        self.setToolTip(f"A date like {self._written(date(2026, 6, 15).isoformat())}")
        self.editingFinished.connect(self._commit)
        self.textEdited.connect(lambda _text: self._mark(is_wrong=False))

    def day(self) -> str:
        """The date as ISO text, empty for none."""
        return self._day

    def set_day(self, day: str) -> None:
        """Show another date, given as ISO text; says nothing to listeners."""
        self._day = day
        self._mark(is_wrong=False)
        self.setText(self._written(day))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._mark(is_wrong=False)
        self.setText(self._written(self._day))

    def _commit(self) -> None:
        read = self._read(self.text().strip())
        self._mark(is_wrong=read is None)
        if read is None or read == self._day:
            return
        self._day = read
        self.setText(self._written(read))
        self.day_changed.emit()

    def _read(self, text: str) -> str | None:
        """ISO text, empty for none; None where it is no date."""
        if not text:
            return ""
        for known in (_ISO, self._format):
            found = QDate.fromString(text, known)
            if found.isValid():
                return found.toString(_ISO)
        return None

    def _written(self, day: str) -> str:
        found = QDate.fromString(day, _ISO)
        return found.toString(self._format) if found.isValid() else day

    def _mark(self, *, is_wrong: bool) -> None:
        set_kind(self, "wrong" if is_wrong else "")
