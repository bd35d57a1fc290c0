# SPDX-License-Identifier: MIT
"""The page of rules as a user meets it."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.models.errors import AppError
from app.models.ids import GeoUnitId, MeasureId
from app.models.rule import (
    AllOf,
    NumberOperator,
    NumberTest,
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
from app.ui.dialogs.rule.value_editors import NumberValues, TextValues
from app.ui.panes.rules.rule_model import DECIDES, MATCHES, ORDER, REMARK, RULE, TERRITORY
from app.ui.panes.rules.rules_pane import RulesPane
from app.ui.selection import Selection
from app.ui.session import EditSession
from tests.ui.rule_pages import LARGE, TEXAS, cell, column, first_row, settle, territory


def test_an_empty_page_says_how_to_begin(rules_pane: RulesPane, qtbot: QtBot) -> None:
    settle(rules_pane, qtbot)
    assert rules_pane.empty.isVisible()
    assert rules_pane.empty.accessibleName() == "No rules yet"
    assert not rules_pane.pending.isVisible()


def test_each_rule_says_what_it_matches_and_decides(
    rules_pane: RulesPane, three_rules: object, qtbot: QtBot
) -> None:
    settle(rules_pane, qtbot)
    # Account n has 1000 x (n mod 7 + 1): every seventh of 242 has 7000; 80 stand in Texas.
    assert column(rules_pane, RULE)[:2] == ["Large", "State is Texas"]
    assert column(rules_pane, TERRITORY) == ["Northwest", "Pacific", "Pacific", "Pacific"]
    matches, decides = column(rules_pane, MATCHES), column(rules_pane, DECIDES)
    assert (matches[0], matches[1]) == ("34", "80")
    assert int(decides[1]) == 80 - int(matches[2])
    assert column(rules_pane, REMARK)[2:] == [
        "Rule 1 above decides for all of it.",
        "No account meets its condition.",
    ]
    assert rules_pane.head.summary.text() == (
        f"4 rules decide for {34 + int(decides[1])} of 242 accounts."
    )


def test_a_tick_waits_until_it_is_applied(
    rules_pane: RulesPane, three_rules: object, session: EditSession, qtbot: QtBot
) -> None:
    settle(rules_pane, qtbot)
    tick = rules_pane.model.index(0, ORDER)
    off = Qt.CheckState.Unchecked.value
    assert rules_pane.model.setData(tick, off, Qt.ItemDataRole.CheckStateRole)
    settle(rules_pane, qtbot)
    assert rules_pane.pending.isVisible()
    assert rules_pane.pending.text().startswith("Not applied yet. 34 accounts")
    assert session.workspace.state.rules[0].is_enabled
    rules_pane.apply()
    settle(rules_pane, qtbot)
    assert not session.workspace.state.rules[0].is_enabled
    assert not rules_pane.pending.isVisible()
    session.undo()
    settle(rules_pane, qtbot)
    assert session.workspace.state.rules[0].is_enabled
    assert (
        rules_pane.model.data(tick, Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked.value
    )


def test_discarding_goes_back_to_the_plan(
    rules_pane: RulesPane, three_rules: object, qtbot: QtBot
) -> None:
    settle(rules_pane, qtbot)
    rules_pane.view.select_rows([0, 1])
    rules_pane.remove_selected()
    settle(rules_pane, qtbot)
    assert rules_pane.model.rowCount() == 2
    rules_pane.discard()
    settle(rules_pane, qtbot)
    assert rules_pane.model.rowCount() == 4
    assert not rules_pane.pending.isVisible()


def test_rules_are_dragged_into_another_order(
    rules_pane: RulesPane, three_rules: object, qtbot: QtBot
) -> None:
    settle(rules_pane, qtbot)
    mime = rules_pane.model.mimeData(
        [rules_pane.model.index(2, RULE), rules_pane.model.index(2, ORDER)]
    )
    at = rules_pane.view.visualRect(rules_pane.model.index(0, RULE)).topLeft()
    move, left = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    rules_pane.model.dropMimeData(mime, move, 0, 0, QModelIndex())
    settle(rules_pane, qtbot)
    assert column(rules_pane, RULE)[1] == "Large"
    assert rules_pane.view.selected_rows() == [0]
    foreign = QMimeData()
    foreign.setText("rows")
    rules_pane.view.dropEvent(QDropEvent(QPointF(at), move, foreign, left, none))
    assert rules_pane.model.rowCount() == 4


@pytest.mark.parametrize(
    ("key", "order"), [(Qt.Key.Key_Down, ["State is Texas", "Large"]), (Qt.Key.Key_Up, None)]
)
def test_alt_and_arrows_move_a_rule(
    rules_pane: RulesPane, three_rules: object, qtbot: QtBot, key: Qt.Key, order: list[str] | None
) -> None:
    settle(rules_pane, qtbot)
    rules_pane.view.select_rows([0])
    qtbot.keyClick(rules_pane.view, key, Qt.KeyboardModifier.AltModifier)
    settle(rules_pane, qtbot)
    assert column(rules_pane, RULE)[:2] == (order or ["Large", "State is Texas"])


def test_rules_have_the_room_of_remarks_while_there_are_none(
    rules_pane: RulesPane, session: EditSession, qtbot: QtBot
) -> None:
    rules_pane.resize(804, 300)
    north = territory(session.workspace, "Northwest")
    session.run(ReplaceRules((RuleDraft(LARGE, north),)))
    settle(rules_pane, qtbot)
    wide = rules_pane.view.columnWidth(RULE)
    session.run(ReplaceRules((RuleDraft(LARGE, north, notes="From last year"),)))
    settle(rules_pane, qtbot)
    assert wide > rules_pane.view.columnWidth(RULE) + 100


def test_who_moves_is_seen_with_its_amounts_on_a_laptop(
    rules_pane: RulesPane, three_rules: object, qtbot: QtBot
) -> None:
    rules_pane.resize(804, 300)
    settle(rules_pane, qtbot)
    rules_pane.view.select_rows([1])
    rules_pane.remove_selected()
    settle(rules_pane, qtbot)
    rules_pane.show_effects("moves")
    QApplication.processEvents()
    table = rules_pane.effects.table
    assert table.array_model.columnCount() == 4
    assert table.horizontalHeader().length() <= table.viewport().width()
    assert rules_pane.view.columnWidth(RULE) >= 100


def test_what_changes_is_listed_before_it_is_applied(
    rules_pane: RulesPane, session: EditSession, qtbot: QtBot
) -> None:
    workspace = session.workspace
    settle(rules_pane, qtbot)
    rules_pane.drafts.add(RuleDraft(TEXAS, territory(workspace, "Pacific")))
    settle(rules_pane, qtbot)
    before = workspace.account_territory.copy()
    qtbot.mouseClick(rules_pane.pending.look_button, Qt.MouseButton.LeftButton)
    table = rules_pane.effects.table
    shown = [table.array_model.cell_text(at, 0) for at in range(3)]
    assert shown == ["Lone Star", "Pacific", "80"]
    with qtbot.waitSignal(rules_pane.rows_requested) as asked:
        table.row_activated.emit(0)
    assert asked.args is not None
    title, ids = asked.args
    assert title == "Would move from Lone Star to Pacific"
    rules_pane.apply()
    settle(rules_pane, qtbot)
    moved = workspace.accounts.ids[before != workspace.account_territory]
    assert sorted(ids) == sorted(moved)
    assert not rules_pane.effects.isVisible()


def test_territories_that_starve_are_named(
    rules_pane: RulesPane, session: EditSession, qtbot: QtBot
) -> None:
    settle(rules_pane, qtbot)
    rules_pane.drafts.add(RuleDraft(AllOf(), territory(session.workspace, "Pacific")))
    settle(rules_pane, qtbot)
    assert "2 territories would lose more than half." in rules_pane.pending.text()
    rules_pane.show_effects("starving")
    model = rules_pane.effects.table.array_model
    assert [model.cell_text(0, row) for row in range(2)] == ["Lone Star", "Great Lakes & Plains"]


def test_a_locked_territory_keeps_rules_from_being_applied(
    rules_pane: RulesPane, session: EditSession, qtbot: QtBot
) -> None:
    workspace = session.workspace
    session.run(SetTerritoryLock(territory(workspace, "Lone Star"), is_locked=True))
    settle(rules_pane, qtbot)
    rules_pane.drafts.add(RuleDraft(TEXAS, territory(workspace, "Pacific")))
    settle(rules_pane, qtbot)
    assert rules_pane.pending.text().startswith(
        "Lone Star is locked and would win or lose accounts."
    )
    assert not rules_pane.pending.apply_button.isEnabled()
    rules_pane.apply()
    assert workspace.state.rules == ()


def test_the_builder_counts_live_and_makes_a_rule(
    rules_pane: RulesPane, session: EditSession, qtbot: QtBot
) -> None:
    settle(rules_pane, qtbot)
    rules_pane.new_rule()
    dialog = rules_pane.editing.dialog
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
    settle(rules_pane, qtbot)
    assert column(rules_pane, RULE) == ["Key accounts"]
    at_least = NumberTest("measure:1", NumberOperator.AT_LEAST, (6000.0,))
    assert rules_pane.drafts.rules[0].condition == at_least
    assert session.workspace.state.rules == ()


def test_the_builder_shows_any_condition_and_gives_it_back(
    rules_pane: RulesPane, three_rules: object, qtbot: QtBot
) -> None:
    settle(rules_pane, qtbot)
    for at in range(3):
        before = rules_pane.drafts.rules[at]
        rules_pane.editing.change(at)
        assert rules_pane.editing.dialog is not None
        assert rules_pane.editing.dialog.draft() == before
        rules_pane.editing.dialog.reject()
    assert not rules_pane.drafts.is_changed


def test_values_are_offered_with_their_counts(rules_pane: RulesPane, qtbot: QtBot) -> None:
    settle(rules_pane, qtbot)
    rules_pane.editing.new_rule(0, TextTest("industry", TextOperator.IS, ()))
    assert rules_pane.editing.dialog is not None
    values = first_row(rules_pane.editing.dialog).values
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
    rules_pane.editing.dialog.reject()


def test_a_rule_for_the_areas_that_are_selected_on_the_map(
    rules_pane: RulesPane, selection: Selection, session: EditSession, qtbot: QtBot
) -> None:
    settle(rules_pane, qtbot)
    said: list[str] = []
    rules_pane.message.connect(said.append)
    rules_pane.new_rule_from_areas()
    assert said == ["Select areas on the map first."]
    selection.select_geounits((GeoUnitId("state:48"), GeoUnitId("state:06")))
    selection.activate(territory(session.workspace, "Northwest"))
    rules_pane.new_rule_from_areas()
    assert rules_pane.editing.dialog is not None
    assert rules_pane.editing.dialog.words.text() == "State is Texas or California."
    draft = rules_pane.editing.dialog.draft()
    assert draft is not None
    assert draft.territory_id == territory(session.workspace, "Northwest")
    rules_pane.editing.dialog.reject()


def test_the_accounts_of_a_rule_are_listed(
    rules_pane: RulesPane, three_rules: object, session: EditSession, qtbot: QtBot
) -> None:
    settle(rules_pane, qtbot)
    rules_pane.view.select_rows([1])
    with qtbot.waitSignal(rules_pane.rows_requested) as asked:
        rules_pane.list_accounts()
    assert asked.args is not None
    title, ids = asked.args
    workspace = session.workspace
    texas = workspace.accounts.text("state") == "48"
    assert title == "Matched by rule 2"
    assert ids.tolist() == workspace.accounts.ids[np.flatnonzero(texas)].tolist()


def test_a_rule_whose_territory_is_gone_cannot_be_applied(
    rules_pane: RulesPane, session: EditSession, refusals: list[AppError], qtbot: QtBot
) -> None:
    settle(rules_pane, qtbot)
    rules_pane.drafts.add(RuleDraft(TEXAS, territory(session.workspace, "Pacific")))
    session.run(DeleteTerritories((territory(session.workspace, "Pacific"),), "Pacific"))
    settle(rules_pane, qtbot)
    assert cell(rules_pane, 0, REMARK) == "Its territory is gone. Choose another one."
    rules_pane.apply()
    QApplication.processEvents()
    assert "no longer in this sales force" in refusals[0].message
    assert rules_pane.drafts.is_changed


def test_a_change_elsewhere_is_shown(
    rules_pane: RulesPane, session: EditSession, qtbot: QtBot
) -> None:
    settle(rules_pane, qtbot)
    session.run(AddRule(RuleDraft(TEXAS, territory(session.workspace, "Pacific"))))
    settle(rules_pane, qtbot)
    assert column(rules_pane, DECIDES) == ["80"]
    assert MeasureId(1) == session.workspace.settings.main_measure


def test_names_stay_text_whatever_they_look_like(
    rules_pane: RulesPane, session: EditSession, qtbot: QtBot
) -> None:
    hostile = "<img src=x onerror=alert(1)> & Co"
    test = TextTest("segment", TextOperator.IS, (hostile,))
    draft = RuleDraft(test, territory(session.workspace, "Pacific"), notes=hostile)
    session.run(AddRule(draft))
    settle(rules_pane, qtbot)
    assert cell(rules_pane, 0, RULE) == f"Segment is {hostile}"
    tip = str(rules_pane.model.data(rules_pane.model.index(0, RULE), Qt.ItemDataRole.ToolTipRole))
    assert "&lt;img src=x" in tip
    rules_pane.editing.change(0)
    dialog = rules_pane.editing.dialog
    assert dialog is not None
    assert dialog.words.textFormat() is Qt.TextFormat.PlainText
    values = first_row(dialog).values
    assert isinstance(values, TextValues)
    assert values.picker.accessibleName() == f"Values of Segment: {hostile}"
    assert "&lt;img" in values.picker.toolTip()
    assert dialog.draft() == replace(draft, id=rules_pane.drafts.rules[0].id)
    dialog.reject()


def test_the_rules_of_a_read_only_plan_can_be_looked_at_only(
    rules_pane: RulesPane, three_rules: object, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EditSession, "is_read_only", property(lambda _self: True))
    said: list[str] = []
    rules_pane.message.connect(said.append)
    settle(rules_pane, qtbot)
    assert not rules_pane.head.new_button.isEnabled()
    rules_pane.view.select_rows([0])
    rules_pane.remove_selected()
    rules_pane.switch_selected()
    rules_pane.editing.change(0)
    settle(rules_pane, qtbot)
    assert rules_pane.model.rowCount() == 4
    assert not rules_pane.drafts.is_changed
    assert said == ["This plan can only be looked at. Save a copy to change its rules."]


def test_each_sales_force_has_rules_of_its_own(
    rules_pane: RulesPane, three_rules: object, session: EditSession, qtbot: QtBot
) -> None:
    settle(rules_pane, qtbot)
    rules_pane.view.select_rows([0])
    rules_pane.remove_selected()
    session.run(AddSalesForce("Inside", ForceModel.CUSTOMER))
    inside = session.workspace.sales_forces[-1].id
    session.announce(session.workspace.choose_sales_force(inside))
    settle(rules_pane, qtbot)
    assert rules_pane.model.rowCount() == 0
    assert not rules_pane.pending.isVisible()
    first = session.workspace.sales_forces[0].id
    session.announce(session.workspace.choose_sales_force(first))
    settle(rules_pane, qtbot)
    assert rules_pane.model.rowCount() == 3
    assert rules_pane.pending.isVisible()
