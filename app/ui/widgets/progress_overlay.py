# SPDX-License-Identifier: MIT
"""What is being worked on, how far it is, and a way to stop it."""

import time

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QProgressBar, QVBoxLayout, QWidget

from app.ui.fonts import HEADING
from app.ui.formats import percent
from app.ui.parts import button, label, row
from app.ui.theme import set_kind
from app.ui.tokens import tokens_of

_DELAY_MS = 400
_TIME_LEFT_AFTER_S = 10.0


class ProgressOverlay(QWidget):
    """A card over the window while a task runs; short tasks never show it.

    Args:
        parent: The widget that it covers.

    Signals:
        cancelled: The user wants the task to stop.
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._title = label(size=HEADING, semibold=True, wraps=True)
        self._detail = label(" ", "muted", wraps=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress")
        self._cancel = button("Cancel", self._on_cancel)
        card = QFrame(self)
        set_kind(card, "popover")
        card.setFixedWidth(380)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(24, 20, 24, 20)
        inner.setSpacing(12)
        for part in (self._title, self._bar, self._detail):
            inner.addWidget(part)
        inner.addLayout(row(None, self._cancel))
        outer = QVBoxLayout(self)
        outer.addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_DELAY_MS)
        self._delay.timeout.connect(self._appear)
        self._started_s = 0.0
        self._covered = parent
        parent.installEventFilter(self)
        self.hide()

    def start(self, title: str) -> None:
        """Begin a task; the card appears when it takes longer than 0.4 s."""
        self._title.setText(title)
        self.setAccessibleName(title)
        self._detail.setText(" ")
        self._cancel.setEnabled(True)
        self._cancel.setText("Cancel")
        self._bar.setRange(0, 0)
        self._started_s = time.monotonic()
        self._delay.start()

    def set_progress(self, fraction: float | None, detail: str = "") -> None:
        """Tell how far the task is.

        Args:
            fraction: 0 to 1, or None where it cannot be known.
            detail: What is being done now.
        """
        if fraction is None:
            self._bar.setRange(0, 0)
        else:
            self._bar.setRange(0, 1000)
            self._bar.setValue(round(fraction * 1000))
        parts = [detail] if detail else []
        if fraction:
            elapsed = time.monotonic() - self._started_s
            parts.append(percent(fraction))
            if elapsed > _TIME_LEFT_AFTER_S:
                parts.append(_time_left(elapsed / fraction * (1 - fraction)))
        self._detail.setText(" · ".join(parts) or " ")

    def finish(self) -> None:
        """The task has ended."""
        self._delay.stop()
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        veil = QColor(tokens_of(self.palette()).canvas)
        veil.setAlpha(190)
        painter = QPainter(self)
        painter.fillRect(self.rect(), veil)
        painter.end()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._covered.rect())
        return super().eventFilter(watched, event)

    def _appear(self) -> None:
        self.setGeometry(self._covered.rect())
        self.show()
        self.raise_()
        self._cancel.setFocus()

    def _on_cancel(self) -> None:
        self._cancel.setEnabled(False)
        self._cancel.setText("Stopping…")
        self.cancelled.emit()


def _time_left(seconds: float) -> str:
    if seconds < 60:
        return "less than a minute left"
    minutes = round(seconds / 60)
    return "about a minute left" if minutes == 1 else f"about {minutes} minutes left"
