# SPDX-License-Identifier: MIT
"""Files, folders and cells that reach the window from outside, in the whole window."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.dialogs.import_wizard.wizard import ImportWizard
from app.ui.panes.duplicates_pane import DuplicatesPane
from tests.e2e.conftest import User
from tests.ui.import_steps import CUSTOMERS, ORDERS

pytestmark = [pytest.mark.e2e, pytest.mark.webengine]


def drop(target: QWidget, *paths: Path) -> None:
    """Drop files on a widget."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    at, action = QPoint(300, 300), Qt.DropAction.CopyAction
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(at, action, data, button, keys)
    QApplication.sendEvent(target, entered)
    assert entered.isAccepted()
    QApplication.sendEvent(target, QDropEvent(at.toPointF(), action, data, button, keys))


def wizard_of(user: User) -> ImportWizard:
    """The import window, once it is there and has read what was brought."""
    user.wait(lambda: user.window.findChild(ImportWizard) is not None)
    wizard = user.window.findChild(ImportWizard)
    assert isinstance(wizard, ImportWizard)
    user.wait(lambda: len(wizard.hands) > 0 and not wizard.tasks.is_busy)
    return wizard


def finish(user: User, wizard: ImportWizard) -> None:
    """Press Continue until the end."""
    while wizard.isVisible():
        user.click(wizard.next)
        user.wait(lambda: not wizard.tasks.is_busy)
    user.dismiss_dialogs()


def files_in(folder: Path) -> list[Path]:
    """Two files that belong together."""
    folder.mkdir()
    paths = [folder / "customers.csv", folder / "orders.csv"]
    for path, text in zip(paths, (CUSTOMERS, ORDERS), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def test_files_on_the_welcome_page_become_a_new_plan(user: User, tmp_path: Path) -> None:
    drop(user.window.welcome, *files_in(tmp_path / "export"))
    wizard = wizard_of(user)
    assert [hand.name for hand in wizard.hands.tables] == ["customers.csv", "orders.csv"]
    finish(user, wizard)
    assert len(user.plan.accounts) == 3
    assert len(user.plan.records.transactions) == 3


def test_a_folder_on_an_open_plan_and_a_plan_file_are_taken(user: User, tmp_path: Path) -> None:
    user.new_plan("First")
    first = user.plan.document.path
    user.new_plan("Second")
    files_in(tmp_path / "export")
    drop(user.window, tmp_path / "export")
    finish(user, wizard_of(user))
    assert len(user.plan.accounts) == 3
    drop(user.window, first)
    user.wait(lambda: user.plan.info.name == "First")
    assert len(user.plan.accounts) == 0


def test_cells_come_in_from_the_clipboard_and_lead_to_duplicates(user: User) -> None:
    user.new_plan("Pasted")
    QGuiApplication.clipboard().setText(CUSTOMERS.replace(",", "\t"))
    user.do("import_clipboard")
    wizard = wizard_of(user)
    for _ in range(2):
        user.click(wizard.next)
        user.wait(lambda: not wizard.tasks.is_busy)
    user.click(wizard.result_page.duplicates)
    user.wait(lambda: not wizard.isVisible())
    user.dismiss_dialogs()
    assert len(user.plan.accounts) == 3
    user.wait(lambda: any(pane.isVisible() for pane in user.window.findChildren(DuplicatesPane)))
