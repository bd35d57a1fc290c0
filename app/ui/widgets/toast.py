# SPDX-License-Identifier: MIT
"""A short message over the window that goes by itself."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.ui.parts import button, icon_button, label
from app.ui.theme import set_kind

_SHOWN_MS = 6_000
_BOTTOM_MARGIN = 2
"""Over the balance strip: clear of the drawer's tabs and the buttons at the foot of its panes."""


class Toast(QFrame):
    """Says what was just done, with a button that takes it back.

    Args:
        parent: The widget over whose lower edge it floats.

    Signals:
        undo_requested: The Undo button was pressed.
        file_requested(Path): The file that was written is to be shown in its folder.
    """

    undo_requested = Signal()
    file_requested = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_kind(self, "toast")
        self._text = label()
        self._undo = button("Undo", self._on_undo, kind="toast")
        self._show = button("Show in folder", self._on_show, kind="toast")
        self._path: Path | None = None
        self._close = icon_button("close", "Dismiss message", self.hide, tint="toast_text", side=14)
        self._close.setProperty("kind", "toast")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 8, 6)
        layout.setSpacing(8)
        for part in (self._text, self._undo, self._show, self._close):
            layout.addWidget(part)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self._under = parent
        parent.installEventFilter(self)
        self.hide()

    def show_message(self, text: str, *, can_undo: bool = False, path: Path | None = None) -> None:
        """Show a message for six seconds; it stays while the pointer is on it.

        Args:
            text: The message.
            can_undo: Offer to take the edit back.
            path: A file or folder that was written, to be shown where it is.
        """
        self._text.setText(text)
        self._undo.setVisible(can_undo)
        self._path = path
        self._show.setVisible(path is not None)
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        self._timer.start(_SHOWN_MS)

    def text(self) -> str:
        """The message that is shown."""
        return self._text.text()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start(_SHOWN_MS)
        super().leaveEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        area = self._under.rect()
        self.setMaximumWidth(max(120, area.width() - 32))
        self.adjustSize()
        self.move(
            (area.width() - self.width()) // 2, area.height() - self.height() - _BOTTOM_MARGIN
        )

    def _on_show(self) -> None:
        self.hide()
        self.file_requested.emit(self._path)

    def _on_undo(self) -> None:
        self.hide()
        self.undo_requested.emit()
