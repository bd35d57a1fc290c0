# SPDX-License-Identifier: MIT
"""Rules that go out as a sheet and come back, in the window."""

from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.services.commands import (
    ReplaceRules,
)
from app.services.exporting.table import ExportTable
from app.services.exporting.writing import write_table
from app.ui.panes.rules.rules_pane import RulesPane
from app.ui.session import EditSession
from tests.ui.rule_pages import settle


def test_rules_go_out_as_a_sheet_and_come_back(
    rules_pane: RulesPane, three_rules: object, session: EditSession, tmp_path: Path, qtbot: QtBot
) -> None:
    settle(rules_pane, qtbot)
    before = session.workspace.state.rules
    tables: list[ExportTable] = []
    rules_pane.table_requested.connect(tables.append)
    rules_pane.sheets.export()
    path = tmp_path / "rules.xlsx"
    write_table(path, tables[0])
    session.run(ReplaceRules(()))
    settle(rules_pane, qtbot)
    assert rules_pane.watch.names is not None
    rules_pane.sheets.read(path, rules_pane.watch.names)
    qtbot.waitUntil(lambda: not rules_pane.sheets.is_busy)
    settle(rules_pane, qtbot)
    assert rules_pane.drafts.is_changed
    assert rules_pane.effects.isVisible()
    rules_pane.apply()
    settle(rules_pane, qtbot)
    after = session.workspace.state.rules
    assert [(r.name, r.condition, r.territory_id, r.is_enabled, r.notes) for r in after] == [
        (r.name, r.condition, r.territory_id, r.is_enabled, r.notes) for r in before
    ]
    assert session.workspace.history_steps()[-1].label == "Take rules from rules.xlsx"


def test_rows_of_a_sheet_that_cannot_be_read_are_told(
    rules_pane: RulesPane, tmp_path: Path, qtbot: QtBot
) -> None:
    settle(rules_pane, qtbot)
    path = tmp_path / "rules.csv"
    path.write_text("If,Territory\nSegment is A,Pacific\nSegment is A,Atlantis\n", encoding="utf-8")
    assert rules_pane.watch.names is not None
    rules_pane.sheets.read(path, rules_pane.watch.names)
    qtbot.waitUntil(lambda: rules_pane.sheets.dialog is not None)
    dialog = rules_pane.sheets.dialog
    assert dialog is not None
    assert "Row 3: This sales force has no territory “Atlantis”." in dialog.accessibleDescription()
    dialog.buttons[1].click()
    QApplication.processEvents()
    assert len(rules_pane.drafts.rules) == 1


def test_a_file_that_is_no_sheet_of_rules_is_told(
    rules_pane: RulesPane, tmp_path: Path, qtbot: QtBot
) -> None:
    settle(rules_pane, qtbot)
    path = tmp_path / "customers.csv"
    path.write_text("Name,City\nA,B\n", encoding="utf-8")
    assert rules_pane.watch.names is not None
    rules_pane.sheets.read(path, rules_pane.watch.names)
    qtbot.waitUntil(lambda: rules_pane.sheets.dialog is not None)
    assert rules_pane.sheets.dialog is not None
    assert "no sheet of rules" in rules_pane.sheets.dialog.accessibleDescription()
    rules_pane.sheets.dialog.reject()
    QApplication.processEvents()
