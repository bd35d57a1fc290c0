# SPDX-License-Identifier: MIT
"""Notices a map page that lives but does nothing any more, as with a graphics driver that hangs."""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWebEngineCore import QWebEnginePage

ASK_MS = 1_000
MOST_UNANSWERED = 10
"""Drawing a million accounts keeps a slow page busy for a few seconds; this is beyond that."""


class PageWatch(QObject):
    """Asks a page once a second whether it still answers.

    Unanswered questions are counted, not seconds: while the program itself is busy, or the
    computer sleeps, nothing is asked.

    Signals:
        hung: The page has not answered for long.
    """

    hung = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._page: QWebEnginePage | None = None
        self._unanswered = 0
        self._timer = QTimer(self, interval=ASK_MS)
        self._timer.timeout.connect(self._ask)

    def watch(self, page: QWebEnginePage) -> None:
        """Watch this page instead of the one before."""
        self._page = page
        self._unanswered = 0
        self._timer.start()

    def stop(self) -> None:
        """Watch nothing until the next page."""
        self._page = None
        self._timer.stop()

    def _ask(self) -> None:
        if self._page is None:
            return
        if self._unanswered >= MOST_UNANSWERED:
            self.stop()
            self.hung.emit()
            return
        self._unanswered += 1
        page = self._page
        page.runJavaScript("0", lambda _answer: self._on_answer(page))

    def _on_answer(self, page: QWebEnginePage) -> None:
        if page is self._page:
            self._unanswered = 0
