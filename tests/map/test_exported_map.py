# SPDX-License-Identifier: MIT
"""The exported file opens from the disk, with no network and a silent console."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QUrl
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWebEngineCore import (
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.services.html_export import write_html_map
from tests.helpers.area_grid import COUNT
from tests.helpers.hostile_texts import HOSTILE_TEXTS
from tests.helpers.shared import ROOT
from tests.services.test_html_export import grid_export

pytestmark = pytest.mark.webengine


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


class Browser:
    """A web view that opens the file as any browser would."""

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
        with self._qtbot.waitSignal(self.page.loadFinished, timeout=20_000):
            self.view.load(QUrl.fromLocalFile(str(path)))
            self.view.show()
        self._qtbot.waitUntil(
            lambda: self.run("document.documentElement.dataset.state") == "ready", timeout=15_000
        )

    def run(self, script: str) -> object:
        answers: list[object] = []
        self.page.runJavaScript(script, answers.append)
        self._qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
        return answers[0]

    def color_at(self, x: int, y: int) -> QColor:
        return QColor(self.view.grab().toImage().pixel(x, y))

    def close(self) -> None:
        self.view.close()
        self.page.deleteLater()
        self.view.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self.profile.deleteLater()


@pytest.fixture
def browser(qapp: QApplication, qtbot: QtBot, page_folder: Path) -> Iterator[Browser]:
    """A plain browser; it must stay silent and ask for nothing but the file."""
    found = Browser(qapp, qtbot)
    yield found
    said, schemes = found.page.said, set(found.watch.schemes)
    found.close()
    assert said == []
    assert schemes <= {"file", "blob", "data"}


def test_the_exported_map_opens_and_shows_its_territories(
    browser: Browser, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "map.html"
    write_html_map(path, grid_export(ROOT / "resources", tmp_path))
    browser.open(path)
    assert browser.run("document.querySelector('.title-panel h1').textContent") == "Plan"
    qtbot.waitUntil(lambda: browser.color_at(300, 250).saturation() > 60, timeout=10_000)


def test_the_tooltip_tells_the_area_and_who_serves_it(
    browser: Browser, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "map.html"
    write_html_map(path, grid_export(ROOT / "resources", tmp_path))
    browser.open(path)

    def tooltip() -> object:
        target = browser.view.focusProxy()
        assert target is not None
        for x in (300, 306):
            QTest.mouseMove(target, QPoint(x, 250))
            QTest.qWait(40)
        return browser.run("document.querySelector('.map-tooltip').textContent")

    qtbot.waitUntil(lambda: str(tooltip()).endswith("NorthJane Doe"), timeout=10_000)


def test_hostile_names_do_not_run_in_the_file(browser: Browser, tmp_path: Path) -> None:
    names = tuple(HOSTILE_TEXTS[i % len(HOSTILE_TEXTS)] for i in range(COUNT))
    path = tmp_path / "map.html"
    write_html_map(path, grid_export(ROOT / "resources", tmp_path, names))
    browser.open(path)
    assert browser.run("window.pwned === undefined") is True
