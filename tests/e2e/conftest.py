# SPDX-License-Identifier: MIT
"""The whole window for every test of this folder, driven as a user would."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.models.errors import AppError
from app.services.geography.geography import Geography
from app.services.live_page import ensure_live_page
from app.services.store.document import AppFolders
from app.services.workspace import Workspace
from app.ui.dialogs.import_wizard.wizard import ImportWizard
from app.ui.main_window import MainWindow
from app.ui.plan_desk import PlanDesk
from app.ui.plan_opener import Surroundings
from app.ui.plan_screen import PlanScreen
from tests.helpers.map_places import place_on
from tests.helpers.shared import ROOT

_LONG_MS = 30_000


class User:
    """Someone at the window: clicks, types, drags, and waits for what follows.

    Args:
        folder: Where the user's documents and the program's own files are.
    """

    def __init__(self, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self._qtbot = qtbot
        self._monkeypatch = monkeypatch
        self._folders = AppFolders(folder / "work", folder / "backups", folder / "logs")
        self.window = self._start()

    def _start(self) -> MainWindow:
        geography = Geography.load(ROOT / "resources" / "geo")
        settings = QSettings(str(self.folder / "settings.ini"), QSettings.Format.IniFormat)
        around = Surroundings(geography, self._folders, self.folder)
        window = MainWindow(settings, lambda frame: PlanDesk(frame, around))
        window.resize(1360, 860)
        window.show()
        self._qtbot.waitExposed(window)
        return window

    def restart(self) -> None:
        """Close the program without a word and start it again."""
        self.leave()
        self.window = self._start()
        self.window.desk.reopen_last()
        self.wait(lambda: self.window.desk.context.plan is not None)

    def leave(self) -> None:
        """Close the window."""
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def wait(self, condition: Callable[[], bool]) -> None:
        """Wait for something to come true."""
        self._qtbot.waitUntil(condition, timeout=_LONG_MS)

    @property
    def screen(self) -> PlanScreen:
        """The open plan on the screen."""
        assert self.window.desk.context.plan is not None
        return self.window.desk.context.plan.screen

    @property
    def plan(self) -> Workspace:
        """The open plan."""
        assert self.window.desk.context.plan is not None
        return self.window.desk.context.plan.session.workspace

    def do(self, action: str) -> None:
        """Choose an action of the menus."""
        self.window.actions_by_key[action].trigger()

    def click(self, button: QWidget) -> None:
        """Click in the middle of a widget."""
        self.wait(lambda: button.isVisible() and button.isEnabled())
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def click_text(self, parent: QWidget, text: str) -> None:
        """Click the button with these words."""
        found = [b for b in parent.findChildren(QPushButton) if b.text() == text and b.isVisible()]
        assert found, f"no button {text!r}"
        self.click(found[0])

    def will_save_as(self, path: Path) -> None:
        """What the system's save dialog will answer."""
        self._monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))

    def will_cancel_files(self) -> None:
        """The system's dialogs will be cancelled."""
        for name in ("getSaveFileName", "getOpenFileName"):
            self._monkeypatch.setattr(QFileDialog, name, lambda *_: ("", ""))
        self._monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
        self._monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")

    def will_open(self, path: Path) -> None:
        """What the system's open dialog will answer."""
        self._monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
        self._monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path)], ""))

    def dismiss_dialogs(self) -> None:
        """Close whatever dialog is open, without accepting it."""
        for dialog in self.window.findChildren(QDialog):
            if dialog.isVisible():
                dialog.reject()
                dialog.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def new_plan(self, name: str) -> None:
        """Make an empty plan."""
        self.will_save_as(self.folder / f"{name}.evenfield")
        self.do("new_plan")
        self.wait(lambda: self.window.desk.context.plan is not None and self.plan.info.name == name)

    def import_file(self, path: Path) -> None:
        """Import a file through the wizard by its buttons, without changing a guess."""
        self.will_open(path)
        self.do("import_table")
        wizard = self.window.findChild(ImportWizard)
        assert isinstance(wizard, ImportWizard)
        self.click(wizard.file_page.choose)
        for step in (1, 2):
            self.wait(lambda step=step: wizard.pages.currentIndex() == step)
            self.wait(lambda: not wizard.tasks.is_busy)
            self.click(wizard.next)
        self.wait(lambda: wizard.pages.currentIndex() == 3)
        self.click(wizard.next)
        self.wait(lambda: not wizard.isVisible())
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def settle(self) -> None:
        """Wait until the map shows everything."""
        view = self.window.desk.map_host.lend()
        QTest.qWait(50)
        self.wait(lambda: view.is_settled)

    def drag_on_map(self, *places: tuple[float, float]) -> None:
        """Press at the first place (lon, lat), move over the others, release at the last."""
        target = self.window.desk.map_host.lend().event_target()
        points = [self.place(lon, lat) for lon, lat in places]
        QTest.mouseMove(target, points[0])
        QTest.mousePress(target, Qt.MouseButton.LeftButton, pos=points[0])
        for point in points[1:]:
            QTest.qWait(60)
            QTest.mouseMove(target, point)
        QTest.qWait(60)
        QTest.mouseRelease(target, Qt.MouseButton.LeftButton, pos=points[-1])

    def click_on_map(self, lon: float, lat: float) -> None:
        """Click at a place."""
        target = self.window.desk.map_host.lend().event_target()
        QTest.mouseMove(target, self.place(lon, lat))
        QTest.qWait(30)
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=self.place(lon, lat))

    def place(self, lon: float, lat: float) -> QPoint:
        """Where a place is on the map widget now."""
        return place_on(self.window.desk.map_host.lend(), lon, lat)


@pytest.fixture
def user(
    tmp_path: Path, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[User]:
    """A user before the welcome page; skips where the map page was not built."""
    try:
        ensure_live_page(ROOT / "resources")
    except AppError as error:
        pytest.skip(error.text)
    person = User(tmp_path, qtbot, monkeypatch)
    yield person
    person.leave()
