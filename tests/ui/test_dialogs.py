# SPDX-License-Identifier: MIT
"""About, messages, the command palette, the welcome page and the build dialog."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.models.errors import StoreError
from app.models.measure import ACCOUNT_COUNT
from app.services.commands import SetMainMeasure, SetTerritoryLock
from app.services.workspace import Workspace
from app.ui.dialogs.about_dialog import AboutDialog, read_attributions
from app.ui.dialogs.build_dialog import BuildDialog, BuildSource
from app.ui.dialogs.command_palette import CommandPalette, command_title, matching_actions
from app.ui.dialogs.message import MessageDialog
from app.ui.resources import RESOURCES
from app.ui.welcome_page import WelcomePage
from app.ui.widgets.banner import Banner

FULL = StoreError(
    "This disk is full.", meaning="Your last edit was not written.", remedy="Free some space."
)


def _words(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]


def test_about_says_what_left_this_computer(app: QApplication, qtbot: QtBot) -> None:
    dialog = AboutDialog(lambda: 0)
    qtbot.addWidget(dialog)
    assert dialog.requests.text() == "0 requests left this computer."
    one = AboutDialog(lambda: 1)
    qtbot.addWidget(one)
    assert one.requests.text() == "1 request left this computer."


def test_about_names_every_source_of_the_map(app: QApplication, qtbot: QtBot) -> None:
    dialog = AboutDialog(lambda: 0)
    qtbot.addWidget(dialog)
    sources = read_attributions(RESOURCES / "geo" / "attributions.json")
    assert len(sources) >= 3
    shown = "\n".join(_words(dialog))
    for name, _licence, words in sources:
        assert name in shown
        assert words in shown


def test_a_problem_is_told_in_three_sentences_with_verbs(app: QApplication, qtbot: QtBot) -> None:
    dialog = MessageDialog(FULL, ("Cancel", "Try again"), "errno 28")
    qtbot.addWidget(dialog)
    assert {FULL.message, FULL.meaning, FULL.remedy} <= set(_words(dialog))
    assert [made.text() for made in dialog.buttons] == ["Cancel", "Try again"]
    dialog.show()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.chosen == 1


def test_escape_answers_nothing(app: QApplication, qtbot: QtBot) -> None:
    dialog = MessageDialog(FULL)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.chosen == -1


# Command palette


@pytest.fixture
def actions(app: QApplication, qtbot: QtBot) -> Iterator[list[QAction]]:
    owner = QWidget()
    qtbot.addWidget(owner)
    made = [QAction(text, owner) for text in ("&New plan…", "Export &accounts…", "Undo Sam && Co")]
    made[1].setShortcut("Ctrl+E")
    yield made
    owner.close()


def test_commands_are_found_by_part_and_with_a_slip(actions: list[QAction]) -> None:
    assert command_title(actions[2]) == "Undo Sam & Co"
    assert matching_actions(actions, "acc") == [actions[1]]
    assert matching_actions(actions, "exprot")[0] is actions[1]
    assert matching_actions(actions, "") == actions


def test_enter_runs_the_command(actions: list[QAction], qtbot: QtBot) -> None:
    palette = CommandPalette(actions)
    qtbot.addWidget(palette)
    palette.show()
    qtbot.keyClicks(palette.field, "export")
    with qtbot.waitSignal(actions[1].triggered):
        qtbot.keyClick(palette.field, Qt.Key.Key_Return)


def test_a_greyed_command_does_nothing(actions: list[QAction], qtbot: QtBot) -> None:
    actions[0].setEnabled(False)
    palette = CommandPalette(actions)
    qtbot.addWidget(palette)
    palette.show()
    with qtbot.assertNotEmitted(actions[0].triggered):
        qtbot.keyClick(palette.field, Qt.Key.Key_Return)


# Welcome


def test_recent_plans_that_are_gone_are_greyed_and_removable(
    app: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    there, gone = tmp_path / "There.evenfield", tmp_path / "Gone.evenfield"
    there.touch()
    page = WelcomePage()
    qtbot.addWidget(page)
    page.set_recent([there, gone])
    rows = {b.accessibleName(): b for b in page.findChildren(QPushButton)}
    assert rows["There"].isEnabled()
    assert not rows["Gone"].isEnabled()
    with qtbot.waitSignal(page.plan_chosen) as chosen:
        rows["There"].click()
    assert chosen.args == [there]
    assert "No longer there" in _words(page)


def test_a_dropped_file_begins_a_plan(app: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    page = WelcomePage()
    qtbot.addWidget(page)
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(tmp_path / "customers.csv"))])
    event = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        dropped,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    with qtbot.waitSignal(page.files_dropped) as files:
        page.dropEvent(event)
    assert files.args == [[tmp_path / "customers.csv"]]


# Building


def test_the_preview_follows_the_options(
    app: QApplication, bare_workspace: Workspace, qtbot: QtBot
) -> None:
    dialog = BuildDialog(bare_workspace)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: not dialog.tasks.is_busy)
    assert [draft.rep for draft in dialog.drafts()] == [bare_workspace.reps[0].id]
    assert dialog.build.text() == "Build 1 territory"
    dialog.fill_empty.setChecked(False)
    qtbot.waitUntil(lambda: not dialog.tasks.is_busy)
    # The six counties with accounts, and nothing else.
    assert len(dialog.drafts()[0].geounits) == 6
    assert not dialog.choice().rules.fill_empty


def test_where_nothing_can_be_built_it_says_why(
    app: QApplication, bare_workspace: Workspace, qtbot: QtBot
) -> None:
    dialog = BuildDialog(bare_workspace, BuildSource.HOMES)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: not dialog.tasks.is_busy)
    assert not dialog.build.isEnabled()
    assert any("home" in words for words in _words(dialog.preview))


def test_a_locked_territory_keeps_the_plan_from_being_built_anew(
    app: QApplication, workspace: Workspace, qtbot: QtBot
) -> None:
    for territory in workspace.territories[:2]:
        workspace.run(SetTerritoryLock(territory.id, is_locked=True))
    dialog = BuildDialog(workspace, BuildSource.OWNERS)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: not dialog.tasks.is_busy)
    assert dialog.drafts()
    assert not dialog.build.isEnabled()
    words = [banner.text() for banner in dialog.findChildren(Banner)]
    assert words[-1] == "Lone Star and Pacific are locked: unlock them to build anew."


def test_building_begins_with_money_and_shows_all_measures(
    app: QApplication, bare_workspace: Workspace, qtbot: QtBot
) -> None:
    bare_workspace.run(SetMainMeasure(ACCOUNT_COUNT, "Accounts"))
    dialog = BuildDialog(bare_workspace)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: not dialog.tasks.is_busy)
    assert dialog.measure.currentText() == "Annual sales"
    dialog.measure.addItems([f"Measure {number}" for number in range(8)])
    dialog.measure.showPopup()
    assert dialog.measure.view().verticalScrollBar().maximum() == 0
    dialog.measure.hidePopup()
    table = dialog.preview.table
    assert table.horizontalHeader().length() == table.viewport().width()


def test_owners_who_would_get_no_area_are_named(
    app: QApplication, bare_workspace: Workspace, qtbot: QtBot
) -> None:
    with bare_workspace.document.store.transaction() as tx:
        tx.put("account", ("id", "owner"), [(1, "Ben Okafor")])
    workspace = Workspace(bare_workspace.document, bare_workspace.geography)
    dialog = BuildDialog(workspace)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: not dialog.tasks.is_busy)
    words = "Ben Okafor gets no area: somebody else has more in every area concerned."
    assert dialog.preview.without.text() == words
    dialog.shared.setChecked(True)
    qtbot.waitUntil(lambda: not dialog.tasks.is_busy)
    assert not dialog.preview.without.isVisible()
