# SPDX-License-Identifier: MIT
"""The page of rules as a user meets it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.models.errors import AppError
from app.models.ids import GeoUnitId, MeasureId, TerritoryId
from app.models.rule import (
    AllOf,
    NumberOperator,
    NumberTest,
    PlaceOperator,
    PlaceTest,
    TextOperator,
    TextTest,
)
from app.models.sales_force import ForceModel
from app.services.commands import (
    AddRule,
    AddSalesForce,
    DeleteTerritories,
    ReplaceRules,
    RuleDraft,
    SetTerritoryLock,
)
from app.services.exporting.table import ExportTable
from app.services.exporting.writing import write_table
from app.services.workspace import Workspace
from app.ui.dialogs.rule.rule_dialog import RuleDialog
from app.ui.dialogs.rule.test_row import TestRow
from app.ui.dialogs.rule.value_editors import NumberValues, TextValues
from app.ui.panes.rules.rule_model import DECIDES, MATCHES, ORDER, REMARK, RULE, TERRITORY
from app.ui.panes.rules.rules_pane import RulesPane
from app.ui.selection import Selection
from app.ui.session import EditSession

LARGE = NumberTest("measure:1", NumberOperator.AT_LEAST, (7000.0,))
SEGMENT = TextTest("segment", TextOperator.GIVEN)
TEXAS = PlaceTest(PlaceOperator.IN, (GeoUnitId("state:48"),))


@pytest.fixture
def selection(app: QApplication) -> Selection:
    return Selection()


@pytest.fixture
def pane(session: EditSession, selection: Selection, qtbot: QtBot) -> Iterator[RulesPane]:
    made = RulesPane(session, selection)
    qtbot.addWidget(made)
    made.resize(1000, 400)
    yield made
    made.stop()


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


@pytest.fixture
def three(session: EditSession) -> tuple[TerritoryId, TerritoryId]:
    """Three rules in the plan: large accounts, those in Texas, and a shadow of the first."""
    workspace = session.workspace
    north, pacific = territory(workspace, "Northwest"), territory(workspace, "Pacific")
    larger = NumberTest("measure:1", NumberOperator.AT_LEAST, (7001.0,))
    workspace.run(
        ReplaceRules(
            (
                RuleDraft(LARGE, north, "Large"),
                RuleDraft(TEXAS, pacific),
                RuleDraft(AllOf((LARGE, TEXAS)), pacific, notes="from last year"),
                RuleDraft(larger, pacific, is_enabled=False),
            )
        )
    )
    return north, pacific


def test_an_empty_page_says_how_to_begin(pane: RulesPane, qtbot: QtBot) -> None:
    settle(pane, qtbot)
    assert pane.empty.isVisible()
    assert pane.empty.accessibleName() == "No rules yet"
    assert not pane.pending.isVisible()


def test_each_rule_says_what_it_matches_and_decides(
    pane: RulesPane, three: object, qtbot: QtBot
) -> None:
    settle(pane, qtbot)
    # Account n has 1000 x (n mod 7 + 1): every seventh of 242 has 7000; 80 stand in Texas.
    assert column(pane, RULE)[:2] == ["Large", "State is Texas"]
    assert column(pane, TERRITORY) == ["Northwest", "Pacific", "Pacific", "Pacific"]
    matches, decides = column(pane, MATCHES), column(pane, DECIDES)
    assert (matches[0], matches[1]) == ("34", "80")
    assert int(decides[1]) == 80 - int(matches[2])
    assert column(pane, REMARK)[2:] == [
        "Rule 1 above decides for all of it.",
        "No account meets its condition.",
    ]
    assert pane.head.summary.text() == (
        f"4 rules decide for {34 + int(decides[1])} of 242 accounts."
    )


def test_a_tick_waits_until_it_is_applied(
    pane: RulesPane, three: object, session: EditSession, qtbot: QtBot
) -> None:
    settle(pane, qtbot)
    tick = pane.model.index(0, ORDER)
    off = Qt.CheckState.Unchecked.value
    assert pane.model.setData(tick, off, Qt.ItemDataRole.CheckStateRole)
    settle(pane, qtbot)
    assert pane.pending.isVisible()
    assert pane.pending.text().startswith("Not applied yet. 34 accounts")
    assert session.workspace.state.rules[0].is_enabled
    pane.apply()
    settle(pane, qtbot)
    assert not session.workspace.state.rules[0].is_enabled
    assert not pane.pending.isVisible()
    session.undo()
    settle(pane, qtbot)
    assert session.workspace.state.rules[0].is_enabled
    assert pane.model.data(tick, Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked.value


def test_discarding_goes_back_to_the_plan(pane: RulesPane, three: object, qtbot: QtBot) -> None:
    settle(pane, qtbot)
    pane.view.select_rows([0, 1])
    pane.remove_selected()
    settle(pane, qtbot)
    assert pane.model.rowCount() == 2
    pane.discard()
    settle(pane, qtbot)
    assert pane.model.rowCount() == 4
    assert not pane.pending.isVisible()


def test_rules_are_dragged_into_another_order(pane: RulesPane, three: object, qtbot: QtBot) -> None:
    settle(pane, qtbot)
    mime = pane.model.mimeData([pane.model.index(2, RULE), pane.model.index(2, ORDER)])
    at = pane.view.visualRect(pane.model.index(0, RULE)).topLeft()
    move, left = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    pane.model.dropMimeData(mime, move, 0, 0, QModelIndex())
    settle(pane, qtbot)
    assert column(pane, RULE)[1] == "Large"
    assert pane.view.selected_rows() == [0]
    foreign = QMimeData()
    foreign.setText("rows")
    pane.view.dropEvent(QDropEvent(QPointF(at), move, foreign, left, none))
    assert pane.model.rowCount() == 4


@pytest.mark.parametrize(
    ("key", "order"), [(Qt.Key.Key_Down, ["State is Texas", "Large"]), (Qt.Key.Key_Up, None)]
)
def test_alt_and_arrows_move_a_rule(
    pane: RulesPane, three: object, qtbot: QtBot, key: Qt.Key, order: list[str] | None
) -> None:
    settle(pane, qtbot)
    pane.view.select_rows([0])
    qtbot.keyClick(pane.view, key, Qt.KeyboardModifier.AltModifier)
    settle(pane, qtbot)
    assert column(pane, RULE)[:2] == (order or ["Large", "State is Texas"])


def test_rules_have_the_room_of_remarks_while_there_are_none(
    pane: RulesPane, session: EditSession, qtbot: QtBot
) -> None:
    pane.resize(804, 300)
    north = territory(session.workspace, "Northwest")
    session.run(ReplaceRules((RuleDraft(LARGE, north),)))
    settle(pane, qtbot)
    wide = pane.view.columnWidth(RULE)
    session.run(ReplaceRules((RuleDraft(LARGE, north, notes="From last year"),)))
    settle(pane, qtbot)
    assert wide > pane.view.columnWidth(RULE) + 100


def test_who_moves_is_seen_with_its_amounts_on_a_laptop(
    pane: RulesPane, three: object, qtbot: QtBot
) -> None:
    pane.resize(804, 300)
    settle(pane, qtbot)
    pane.view.select_rows([1])
    pane.remove_selected()
    settle(pane, qtbot)
    pane.show_effects("moves")
    QApplication.processEvents()
    table = pane.effects.table
    assert table.array_model.columnCount() == 4
    assert table.horizontalHeader().length() <= table.viewport().width()
    assert pane.view.columnWidth(RULE) >= 100


def test_what_changes_is_listed_before_it_is_applied(
    pane: RulesPane, session: EditSession, qtbot: QtBot
) -> None:
    workspace = session.workspace
    settle(pane, qtbot)
    pane.drafts.add(RuleDraft(TEXAS, territory(workspace, "Pacific")))
    settle(pane, qtbot)
    before = workspace.account_territory.copy()
    qtbot.mouseClick(pane.pending.look_button, Qt.MouseButton.LeftButton)
    table = pane.effects.table
    shown = [table.array_model.cell_text(at, 0) for at in range(3)]
    assert shown == ["Lone Star", "Pacific", "80"]
    with qtbot.waitSignal(pane.rows_requested) as asked:
        table.row_activated.emit(0)
    assert asked.args is not None
    title, ids = asked.args
    assert title == "Would move from Lone Star to Pacific"
    pane.apply()
    settle(pane, qtbot)
    moved = workspace.accounts.ids[before != workspace.account_territory]
    assert sorted(ids) == sorted(moved)
    assert not pane.effects.isVisible()


def test_territories_that_starve_are_named(
    pane: RulesPane, session: EditSession, qtbot: QtBot
) -> None:
    settle(pane, qtbot)
    pane.drafts.add(RuleDraft(AllOf(), territory(session.workspace, "Pacific")))
    settle(pane, qtbot)
    assert "2 territories would lose more than half." in pane.pending.text()
    pane.show_effects("starving")
    model = pane.effects.table.array_model
    assert [model.cell_text(0, row) for row in range(2)] == ["Lone Star", "Great Lakes & Plains"]


def test_a_locked_territory_keeps_rules_from_being_applied(
    pane: RulesPane, session: EditSession, qtbot: QtBot
) -> None:
    workspace = session.workspace
    session.run(SetTerritoryLock(territory(workspace, "Lone Star"), is_locked=True))
    settle(pane, qtbot)
    pane.drafts.add(RuleDraft(TEXAS, territory(workspace, "Pacific")))
    settle(pane, qtbot)
    assert pane.pending.text().startswith("Lone Star is locked and would win or lose accounts.")
    assert not pane.pending.apply_button.isEnabled()
    pane.apply()
    assert workspace.state.rules == ()


def test_the_builder_counts_live_and_makes_a_rule(
    pane: RulesPane, session: EditSession, qtbot: QtBot
) -> None:
    settle(pane, qtbot)
    pane.new_rule()
    dialog = pane.editing.dialog
    assert dialog is not None
    row = first_row(dialog)
    assert dialog.words.text() == "Say what Segment is compared with, or remove that line."
    assert not dialog.use.isEnabled()
    row.show_test(LARGE)
    row.changed.emit()
    qtbot.waitUntil(lambda: dialog.live.text().startswith("Matches"))
    assert dialog.live.text().startswith("Matches 34 accounts (")
    assert dialog.live.text().endswith("; decides for all of them.")
    offered = [dialog.territory.itemText(at) for at in range(dialog.territory.count())]
    assert offered == sorted(offered, key=str.casefold)
    assert "is at least 7,000" in dialog.words.text()
    values = row.values
    assert isinstance(values, NumberValues)
    values.first.setText("not a number")
    row.changed.emit()
    assert not dialog.use.isEnabled()
    values.first.setText("6,000")
    row.changed.emit()
    assert dialog.use.isEnabled()
    dialog.name.setText("  Key   accounts ")
    dialog.territory.setCurrentIndex(1)
    dialog.use.click()
    settle(pane, qtbot)
    assert column(pane, RULE) == ["Key accounts"]
    at_least = NumberTest("measure:1", NumberOperator.AT_LEAST, (6000.0,))
    assert pane.drafts.rules[0].condition == at_least
    assert session.workspace.state.rules == ()


def test_the_builder_shows_any_condition_and_gives_it_back(
    pane: RulesPane, three: object, qtbot: QtBot
) -> None:
    settle(pane, qtbot)
    for at in range(3):
        before = pane.drafts.rules[at]
        pane.editing.change(at)
        assert pane.editing.dialog is not None
        assert pane.editing.dialog.draft() == before
        pane.editing.dialog.reject()
    assert not pane.drafts.is_changed


def test_values_are_offered_with_their_counts(pane: RulesPane, qtbot: QtBot) -> None:
    settle(pane, qtbot)
    pane.editing.new_rule(0, TextTest("industry", TextOperator.IS, ()))
    assert pane.editing.dialog is not None
    values = first_row(pane.editing.dialog).values
    assert isinstance(values, TextValues)
    picker = values.picker
    picker.open()
    popup = picker.popup
    assert popup is not None
    offered = [popup.list.item(at).text() for at in range(popup.list.count())]
    assert offered
    assert all("account" in text for text in offered)
    popup.search("Never heard of")
    assert popup.list.item(0).text() == "Never heard of   as typed"
    popup.toggle(0)
    assert [choice.key for choice in picker.chosen()] == ["Never heard of"]
    popup.close()
    pane.editing.dialog.reject()


def test_a_rule_for_the_areas_that_are_selected_on_the_map(
    pane: RulesPane, selection: Selection, session: EditSession, qtbot: QtBot
) -> None:
    settle(pane, qtbot)
    said: list[str] = []
    pane.message.connect(said.append)
    pane.new_rule_from_areas()
    assert said == ["Select areas on the map first."]
    selection.select_geounits((GeoUnitId("state:48"), GeoUnitId("state:06")))
    selection.activate(territory(session.workspace, "Northwest"))
    pane.new_rule_from_areas()
    assert pane.editing.dialog is not None
    assert pane.editing.dialog.words.text() == "State is Texas or California."
    draft = pane.editing.dialog.draft()
    assert draft is not None
    assert draft.territory_id == territory(session.workspace, "Northwest")
    pane.editing.dialog.reject()


def test_rules_go_out_as_a_sheet_and_come_back(
    pane: RulesPane, three: object, session: EditSession, tmp_path: Path, qtbot: QtBot
) -> None:
    settle(pane, qtbot)
    before = session.workspace.state.rules
    tables: list[ExportTable] = []
    pane.table_requested.connect(tables.append)
    pane.sheets.export()
    path = tmp_path / "rules.xlsx"
    write_table(path, tables[0])
    session.run(ReplaceRules(()))
    settle(pane, qtbot)
    assert pane.watch.names is not None
    pane.sheets.read(path, pane.watch.names)
    qtbot.waitUntil(lambda: not pane.sheets.is_busy)
    settle(pane, qtbot)
    assert pane.drafts.is_changed
    assert pane.effects.isVisible()
    pane.apply()
    settle(pane, qtbot)
    after = session.workspace.state.rules
    assert [(r.name, r.condition, r.territory_id, r.is_enabled, r.notes) for r in after] == [
        (r.name, r.condition, r.territory_id, r.is_enabled, r.notes) for r in before
    ]
    assert session.workspace.history_steps()[-1].label == "Take rules from rules.xlsx"


def test_rows_of_a_sheet_that_cannot_be_read_are_told(
    pane: RulesPane, tmp_path: Path, qtbot: QtBot
) -> None:
    settle(pane, qtbot)
    path = tmp_path / "rules.csv"
    path.write_text("If,Territory\nSegment is A,Pacific\nSegment is A,Atlantis\n", encoding="utf-8")
    assert pane.watch.names is not None
    pane.sheets.read(path, pane.watch.names)
    qtbot.waitUntil(lambda: pane.sheets.dialog is not None)
    dialog = pane.sheets.dialog
    assert dialog is not None
    assert "Row 3: This sales force has no territory “Atlantis”." in dialog.accessibleDescription()
    dialog.buttons[1].click()
    QApplication.processEvents()
    assert len(pane.drafts.rules) == 1


def test_a_file_that_is_no_sheet_of_rules_is_told(
    pane: RulesPane, tmp_path: Path, qtbot: QtBot
) -> None:
    settle(pane, qtbot)
    path = tmp_path / "customers.csv"
    path.write_text("Name,City\nA,B\n", encoding="utf-8")
    assert pane.watch.names is not None
    pane.sheets.read(path, pane.watch.names)
    qtbot.waitUntil(lambda: pane.sheets.dialog is not None)
    assert pane.sheets.dialog is not None
    assert "no sheet of rules" in pane.sheets.dialog.accessibleDescription()
    pane.sheets.dialog.reject()
    QApplication.processEvents()


def test_the_accounts_of_a_rule_are_listed(
    pane: RulesPane, three: object, session: EditSession, qtbot: QtBot
) -> None:
    settle(pane, qtbot)
    pane.view.select_rows([1])
    with qtbot.waitSignal(pane.rows_requested) as asked:
        pane.list_accounts()
    assert asked.args is not None
    title, ids = asked.args
    workspace = session.workspace
    texas = workspace.accounts.text("state") == "48"
    assert title == "Matched by rule 2"
    assert ids.tolist() == workspace.accounts.ids[np.flatnonzero(texas)].tolist()


def test_a_rule_whose_territory_is_gone_cannot_be_applied(
    pane: RulesPane, session: EditSession, refusals: list[AppError], qtbot: QtBot
) -> None:
    settle(pane, qtbot)
    pane.drafts.add(RuleDraft(TEXAS, territory(session.workspace, "Pacific")))
    session.run(DeleteTerritories((territory(session.workspace, "Pacific"),), "Pacific"))
    settle(pane, qtbot)
    assert cell(pane, 0, REMARK) == "Its territory is gone. Choose another one."
    pane.apply()
    QApplication.processEvents()
    assert "no longer in this sales force" in refusals[0].message
    assert pane.drafts.is_changed


def test_a_change_elsewhere_is_shown(pane: RulesPane, session: EditSession, qtbot: QtBot) -> None:
    settle(pane, qtbot)
    session.run(AddRule(RuleDraft(TEXAS, territory(session.workspace, "Pacific"))))
    settle(pane, qtbot)
    assert column(pane, DECIDES) == ["80"]
    assert MeasureId(1) == session.workspace.settings.main_measure


def test_names_stay_text_whatever_they_look_like(
    pane: RulesPane, session: EditSession, qtbot: QtBot
) -> None:
    hostile = "<img src=x onerror=alert(1)> & Co"
    test = TextTest("segment", TextOperator.IS, (hostile,))
    draft = RuleDraft(test, territory(session.workspace, "Pacific"), notes=hostile)
    session.run(AddRule(draft))
    settle(pane, qtbot)
    assert cell(pane, 0, RULE) == f"Segment is {hostile}"
    tip = str(pane.model.data(pane.model.index(0, RULE), Qt.ItemDataRole.ToolTipRole))
    assert "&lt;img src=x" in tip
    pane.editing.change(0)
    dialog = pane.editing.dialog
    assert dialog is not None
    assert dialog.words.textFormat() is Qt.TextFormat.PlainText
    values = first_row(dialog).values
    assert isinstance(values, TextValues)
    assert values.picker.accessibleName() == f"Values of Segment: {hostile}"
    assert "&lt;img" in values.picker.toolTip()
    assert dialog.draft() == replace(draft, id=pane.drafts.rules[0].id)
    dialog.reject()


def test_the_rules_of_a_read_only_plan_can_be_looked_at_only(
    pane: RulesPane, three: object, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EditSession, "is_read_only", property(lambda _self: True))
    said: list[str] = []
    pane.message.connect(said.append)
    settle(pane, qtbot)
    assert not pane.head.new_button.isEnabled()
    pane.view.select_rows([0])
    pane.remove_selected()
    pane.switch_selected()
    pane.editing.change(0)
    settle(pane, qtbot)
    assert pane.model.rowCount() == 4
    assert not pane.drafts.is_changed
    assert said == ["This plan can only be looked at. Save a copy to change its rules."]


def test_each_sales_force_has_rules_of_its_own(
    pane: RulesPane, three: object, session: EditSession, qtbot: QtBot
) -> None:
    settle(pane, qtbot)
    pane.view.select_rows([0])
    pane.remove_selected()
    session.run(AddSalesForce("Inside", ForceModel.CUSTOMER))
    inside = session.workspace.sales_forces[-1].id
    session.announce(session.workspace.choose_sales_force(inside))
    settle(pane, qtbot)
    assert pane.model.rowCount() == 0
    assert not pane.pending.isVisible()
    first = session.workspace.sales_forces[0].id
    session.announce(session.workspace.choose_sales_force(first))
    settle(pane, qtbot)
    assert pane.model.rowCount() == 3
    assert pane.pending.isVisible()
