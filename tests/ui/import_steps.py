# SPDX-License-Identifier: MIT
"""Going through the import window as a user does, and small lists to import."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from pytestqt.qtbot import QtBot

from app.ui.dialogs.import_wizard.draft_section import DraftSection
from app.ui.dialogs.import_wizard.problem_card import ProblemCard
from app.ui.dialogs.import_wizard.wizard import ImportWizard
from app.ui.session import EditSession

CUSTOMERS = """Customer ID,Company,City,State,Zip,Segment,Annual Revenue
K1,Kite Works,Boston,MA,02108,Gold,1000
K2,Lantern Books,Boston,MA,02110,Gold,2000
K3,Maple Tools,Cambridge,MA,02139,Silver,3000
"""
ORDERS = """Order ID,Customer ID,Order Date,Product,Amount
S1,K1,2026-01-15,Pump,100
S2,K2,2026-02-20,Valve,250.5
S3,K2,2026-02-21,Pump,99.5
S4,K9,2026-02-22,Pump,10
"""
REPS = """Rep ID,First Name,Last Name,Email
R1,Nora,Quill,nora.quill@example.com
"""


class Steps:
    """An import window and the hands of its user."""

    def __init__(self, session: EditSession, folder: Path, qtbot: QtBot) -> None:
        self.session = session
        self.folder = folder
        self.qtbot = qtbot
        self.wizard = ImportWizard(session, folder)
        qtbot.addWidget(self.wizard)
        self.wizard.show()

    def file(self, name: str, content: str) -> Path:
        """A file to import."""
        path = self.folder / name
        path.write_text(content, encoding="utf-8")
        return path

    def wait(self) -> None:
        """Until nothing runs in the background and what it brought is shown."""
        self.qtbot.waitUntil(lambda: not self.wizard.tasks.is_busy, timeout=20_000)
        QCoreApplication.processEvents()  # Qt shows what joins a visible page a turn later

    def open(self, *paths: Path) -> None:
        """Bring files in."""
        self.wizard.open_paths(paths)
        self.wait()

    def drop(self, *paths: Path) -> None:
        """Drop files on the window as it is."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        actions, at = Qt.DropAction.CopyAction, QPoint(200, 200)
        buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        entered = QDragEnterEvent(at, actions, data, buttons, keys)
        self.wizard.dragEnterEvent(entered)
        assert entered.isAccepted()
        self.wizard.dropEvent(QDropEvent(at.toPointF(), actions, data, buttons, keys))
        self.wait()

    def next(self) -> None:
        """Press the button that leads on."""
        assert self.wizard.next.isEnabled()
        self.qtbot.mouseClick(self.wizard.next, Qt.MouseButton.LeftButton)
        self.wait()

    def back(self) -> None:
        """Press Back."""
        self.qtbot.mouseClick(self.wizard.back, Qt.MouseButton.LeftButton)

    def check(self) -> None:
        """Go on until the page that shows what would happen."""
        while self.wizard.pages.currentWidget() is not self.wizard.check_page:
            self.next()

    @property
    def names(self) -> list[str]:
        """The tables in hand."""
        return [hand.name for hand in self.wizard.hands.tables]

    def section(self, name: str = "") -> DraftSection:
        """What is shown about the table of a file; the only one where there is no name."""
        by_name = {hand.name: hand.number for hand in self.wizard.hands.tables}
        sections = self.wizard.check_page.sections
        return sections[by_name[name]] if name else next(iter(sections.values()))

    def card(self, words: str) -> ProblemCard:
        """The problem whose sentence holds some words."""
        cards = self.wizard.check_page.findChildren(ProblemCard)
        (found,) = (c for c in cards if words in c.accessibleName() and not c.isHidden())
        return found
