# SPDX-License-Identifier: MIT
"""The web page object: goes nowhere, opens nothing, and its console ends in the log."""

import logging

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEnginePermission, QWebEngineProfile

from app.ui.map.scheme import ORIGIN

_LOG = logging.getLogger(__name__)
_LEVELS = {
    QWebEnginePage.JavaScriptConsoleMessageLevel.InfoMessageLevel: logging.INFO,
    QWebEnginePage.JavaScriptConsoleMessageLevel.WarningMessageLevel: logging.WARNING,
    QWebEnginePage.JavaScriptConsoleMessageLevel.ErrorMessageLevel: logging.ERROR,
}
PAGE_ADDRESS = QUrl(ORIGIN + "index.html")


class MapPage(QWebEnginePage):
    """Our page and nothing else.

    Signals:
        console_message: Level and text of each line that the page wrote to its console.
    """

    console_message = Signal(int, str)

    def __init__(self, profile: QWebEngineProfile, parent: QObject) -> None:
        super().__init__(profile, parent)
        self.permissionRequested.connect(_refuse_permission)

    def acceptNavigationRequest(
        self, url: QUrl | str, kind: QWebEnginePage.NavigationType, isMainFrame: bool
    ) -> bool:
        return QUrl(url) == PAGE_ADDRESS and isMainFrame

    def createWindow(  # pyright: ignore[reportIncompatibleMethodOverride] -- Qt takes a null page
        self, kind: QWebEnginePage.WebWindowType
    ) -> QWebEnginePage | None:
        return None

    def javaScriptConsoleMessage(
        self,
        level: QWebEnginePage.JavaScriptConsoleMessageLevel,
        message: str,
        lineNumber: int,
        sourceID: str,
    ) -> None:
        number = _LEVELS.get(level, logging.INFO)
        _LOG.log(number, "map page, %s line %d: %s", sourceID, lineNumber, message)
        self.console_message.emit(number, message)

    def javaScriptAlert(self, securityOrigin: QUrl | str, msg: str) -> None:
        _LOG.warning("the map page asked for an alert")

    def chooseFiles(self, *_: object) -> list[str]:
        return []


def _refuse_permission(permission: QWebEnginePermission) -> None:
    permission.deny()
