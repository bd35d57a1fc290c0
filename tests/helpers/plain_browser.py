# SPDX-License-Identifier: MIT
"""A web view that opens a file as any browser would, and remembers what the file did."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QUrl
from PySide6.QtGui import QColor
from PySide6.QtWebEngineCore import (
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot


class _Watch(QWebEngineUrlRequestInterceptor):
    """Notes every request; a plain browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.schemes: list[str] = []

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        self.schemes.append(info.requestUrl().scheme())


class _Page(QWebEnginePage):
    """A page as a browser has it, whose console is kept."""

    def __init__(self, profile: QWebEngineProfile, parent: QWebEngineView) -> None:
        super().__init__(profile, parent)
        self.said: list[str] = []

    def javaScriptConsoleMessage(
        self,
        level: QWebEnginePage.JavaScriptConsoleMessageLevel,
        message: str,
        lineNumber: int,
        sourceID: str,
    ) -> None:
        self.said.append(message)


class PlainBrowser:
    """The view with its page; close it when done."""

    def __init__(self, qapp: QApplication, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.watch = _Watch()
        self.profile = QWebEngineProfile(qapp)
        self.profile.setUrlRequestInterceptor(self.watch)
        self.view = QWebEngineView()
        self.page = _Page(self.profile, self.view)
        self.view.setPage(self.page)
        self.view.resize(900, 600)

    def open(self, path: Path) -> None:
        """Show an exported map."""
        with self._qtbot.waitSignal(self.page.loadFinished, timeout=20_000):
            self.view.load(QUrl.fromLocalFile(str(path)))
            self.view.show()
        self._qtbot.waitUntil(
            lambda: self.run("document.documentElement.dataset.state") == "ready", timeout=15_000
        )

    def run(self, script: str) -> object:
        """The value of a script in the page."""
        answers: list[object] = []
        self.page.runJavaScript(script, answers.append)
        self._qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
        return answers[0]

    def color_at(self, x: int, y: int) -> QColor:
        """What the view shows at a point."""
        return QColor(self.view.grab().toImage().pixel(x, y))

    def close(self) -> None:
        """Let go of page and profile, in the order that the engine needs."""
        self.view.close()
        self.page.deleteLater()
        self.view.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self.profile.deleteLater()
