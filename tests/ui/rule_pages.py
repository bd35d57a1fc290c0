# SPDX-License-Identifier: MIT
"""What the tests of the page of rules share."""

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.models.ids import GeoUnitId, TerritoryId
from app.models.rule import (
    NumberOperator,
    NumberTest,
    PlaceOperator,
    PlaceTest,
    TextOperator,
    TextTest,
)
from app.services.workspace import Workspace
from app.ui.dialogs.rule.rule_dialog import RuleDialog
from app.ui.dialogs.rule.test_row import TestRow
from app.ui.panes.rules.rules_pane import RulesPane

LARGE = NumberTest("measure:1", NumberOperator.AT_LEAST, (7000.0,))
SEGMENT = TextTest("segment", TextOperator.GIVEN)
TEXAS = PlaceTest(PlaceOperator.IN, (GeoUnitId("state:48"),))


def settle(pane: RulesPane, qtbot: QtBot) -> None:
    """Show the page and wait until what its rules do is known."""
    pane.show()
    qtbot.waitUntil(lambda: pane.watch.is_settled)
    QApplication.processEvents()


def territory(workspace: Workspace, name: str) -> TerritoryId:
    return next(each.id for each in workspace.territories if each.name == name)


def cell(pane: RulesPane, row: int, column: int) -> str:
    return str(pane.model.data(pane.model.index(row, column)))


def column(pane: RulesPane, at: int) -> list[str]:
    return [cell(pane, row, at) for row in range(pane.model.rowCount())]


def first_row(dialog: RuleDialog) -> TestRow:
    row = dialog.builder.parts[0]
    assert isinstance(row, TestRow)
    return row
