# SPDX-License-Identifier: MIT
"""The duplicates pane: found, compared, merged, told apart and undone by mouse and keyboard."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from app.models.changes import Changes
from app.models.ids import AccountId, MeasureId
from app.services.commands.base import Edit
from app.services.duplicates.merging import MeasureRule
from app.ui.panes import duplicates_pane
from app.ui.panes.duplicates_pane import DuplicatesPane
from app.ui.session import EditSession
from app.ui.widgets.elided_radio import ElidedRadio
from app.ui.widgets.empty_state import EmptyState

SALES = MeasureId(1)
TRIPLE = (AccountId(1), AccountId(2), AccountId(3))
DOUBLE = (AccountId(41), AccountId(42))
_ROWS = [
    (1, "Bayou Cycles, Inc.", "1200 Main St\nSuite 5", "Houston", "77002", "(713) 555-0142"),
    (2, "BAYOU CYCLES", "1200 Main Street", "Houston", "77002-1234", "713.555.0142"),
    (3, "Bayou Cylces LLC", "1200 Main", "Houston", "77002", ""),
    (41, "Lone Star Wheels", "77 Elm Ave", "Dallas", "75201", ""),
    (42, "Lonestar Wheels Ltd", "77 Elm Avenue", "Dallas", "", "(214) 555-0188"),
    (81, "Pacific Spokes", "9 Palm Dr", "Los Angeles", "90001", ""),
    (82, "Pacific Spokes", "44 Sunset Blvd", "Los Angeles", "90001", ""),
]


class _Fill:
    """Puts duplicates among the accounts of the demo plan."""

    label = "Fill"
    stroke = None

    def apply(self, edit: Edit) -> Changes:
        columns = ("id", "name", "street", "city", "postal_code", "phone")
        edit.tx.put("account", columns, _ROWS)
        sale = ("id", "account_id", "day", "amount")
        edit.tx.put("account_transaction", sale, [(1, 2, 20000, 5.0), (2, 2, 20001, 6.0)])
        edit.tx.put("visit", ("id", "account_id", "day"), [(1, 1, 20000)])
        return Changes(all_accounts=True, records=True)


@pytest.fixture
def pane(session: EditSession, qtbot: QtBot) -> Iterator[DuplicatesPane]:
    """The pane after its first search."""
    session.run(_Fill())
    made = DuplicatesPane(session)
    qtbot.addWidget(made)
    made.resize(1100, 620)
    made.show()
    qtbot.waitUntil(lambda: made.report is not None)
    yield made
    made.stop()


def _members(pane: DuplicatesPane) -> list[tuple[int, ...]]:
    return [group.members for group in pane.groups()]


def _account_count(pane: DuplicatesPane) -> int:
    return len(pane.session.workspace.accounts)


def _page_title(pane: DuplicatesPane) -> str:
    page = pane._stack.currentWidget()  # noqa: SLF001  which page is seen has no other sign
    return page.accessibleName() if isinstance(page, EmptyState) else ""


def test_a_small_plan_is_searched_when_the_pane_is_first_seen(pane: DuplicatesPane) -> None:
    assert _members(pane) == [TRIPLE, DOUBLE]
    assert [b.text() for b in pane.shown.buttons()] == ["Likely  2", "All  3"]
    assert pane.card.members == TRIPLE
    assert pane.card.heading.text() == "Likely one customer, 99\u202f%"


def test_a_large_plan_is_searched_when_asked(
    session: EditSession, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duplicates_pane, "SEARCHED_AT_ONCE", 10)
    pane = DuplicatesPane(session)
    qtbot.addWidget(pane)
    pane.show()
    assert _page_title(pane) == "Customers that are in the list twice"
    start = next(b for b in pane.findChildren(QPushButton) if b.text() == "Look for duplicates")
    qtbot.mouseClick(start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: pane.report is not None)
    # The cycle shops of the demo plan are numbered: none of them is another one.
    assert _page_title(pane) == "No duplicates"
    pane.stop()


def test_possible_ones_are_shown_on_demand(pane: DuplicatesPane, qtbot: QtBot) -> None:
    qtbot.mouseClick(pane.shown.buttons()[1], Qt.MouseButton.LeftButton)
    assert _members(pane)[-1] == (81, 82)


def test_arrows_and_letters_go_from_group_to_group(pane: DuplicatesPane, qtbot: QtBot) -> None:
    pane.activateWindow()
    pane.list.setFocus()
    with qtbot.waitSignal(pane.accounts_focused) as focused:
        qtbot.keyClick(pane.list, Qt.Key.Key_Down)
    assert focused.args == [DOUBLE]
    assert pane.card.position.text() == "2 of 2"
    qtbot.keyClick(pane.list, Qt.Key.Key_K)
    assert pane.card.members == TRIPLE
    qtbot.keyClick(pane.list, Qt.Key.Key_J)
    assert pane.card.members == DOUBLE
    pane.step(1)
    assert pane.card.members == DOUBLE


def test_merging_follows_the_choices_and_takes_the_group_out(
    pane: DuplicatesPane, qtbot: QtBot
) -> None:
    pane.step(1)
    grid = pane.card.grid
    qtbot.mouseClick(grid.value_button("name", DOUBLE[1]), Qt.MouseButton.LeftButton)
    assert pane.card.merge.text() == "Merge into one"
    before = _account_count(pane)
    with qtbot.waitSignal(pane.decided) as told:
        qtbot.mouseClick(pane.card.merge, Qt.MouseButton.LeftButton)
    assert told.args == ["Merged 2 accounts into Lonestar Wheels Ltd."]
    assert _account_count(pane) == before - 1
    assert _members(pane) == [TRIPLE]
    assert pane.card.members == TRIPLE
    found = pane.session.workspace.records.account(DOUBLE[0])
    assert found is not None
    assert (found.name, found.phone) == ("Lonestar Wheels Ltd", "(214) 555-0188")
    assert not pane.stale.isVisible()


def test_undo_brings_the_group_back(pane: DuplicatesPane) -> None:
    pane.card.merge.click()
    assert _members(pane) == [DOUBLE]
    pane.session.undo()
    assert _members(pane) == [TRIPLE, DOUBLE]
    assert not pane.stale.isVisible()
    pane.session.redo()
    assert _members(pane) == [DOUBLE]


def test_when_all_is_settled_the_pane_says_so(pane: DuplicatesPane, qtbot: QtBot) -> None:
    pane.card.merge.click()
    pane.card.separate.click()
    # Only the possible one is left; the user may still look at the likely ones.
    assert _members(pane) == [(81, 82)]
    qtbot.mouseClick(pane.shown.buttons()[0], Qt.MouseButton.LeftButton)
    assert _members(pane) == []
    assert pane.shown.isVisible()
    qtbot.mouseClick(pane.shown.buttons()[1], Qt.MouseButton.LeftButton)
    pane.card.separate.click()
    assert _page_title(pane) == "All groups are settled"
    pane.session.undo()
    assert _members(pane) == [(81, 82)]


def test_some_of_a_group_can_be_merged(pane: DuplicatesPane, qtbot: QtBot) -> None:
    box = pane.card.grid.include_box(TRIPLE[2])
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert pane.card.merge.text() == "Merge into one"
    survivor = pane.card.grid.survivor()
    pane.card.merge.click()
    left = pane.session.workspace.accounts.ids.tolist()
    assert set(TRIPLE) - set(left) == {next(a for a in TRIPLE[:2] if a != survivor)}
    # The third one is still listed beside the account that stayed.
    assert _members(pane)[0] == tuple(sorted((survivor, TRIPLE[2])))


def test_the_one_that_stays_cannot_be_left_out(pane: DuplicatesPane) -> None:
    grid = pane.card.grid
    grid.include_box(grid.survivor()).setChecked(False)
    assert grid.survivor() in grid.included()
    for account in TRIPLE:
        if account != grid.survivor():
            grid.include_box(account).setChecked(False)
    assert not pane.card.merge.isEnabled()
    assert pane.card.consequences.text() == "Check at least two accounts to merge them."


def test_measures_show_their_rule_and_result(pane: DuplicatesPane) -> None:
    measures = pane.card.measures
    # Accounts 1, 2 and 3 have sales of 2,000, 3,000 and 4,000.
    assert measures.rules() == {SALES: MeasureRule.SUM}
    assert measures.result_text(SALES) == "9,000"
    box = measures.rule_box(SALES)
    box.setCurrentIndex(box.findData("largest"))
    assert measures.result_text(SALES) == "4,000"
    survivor = pane.card.grid.survivor()
    pane.card.merge.click()
    workspace = pane.session.workspace
    row = workspace.accounts.row_of(survivor)
    assert workspace.accounts.measure(SALES)[row] == 4000.0


def test_what_moves_is_told_before(pane: DuplicatesPane) -> None:
    grid = pane.card.grid
    assert grid.survivor() == TRIPLE[1]
    assert pane.card.consequences.text().startswith("1 visit will move. ")
    grid.stays_button(TRIPLE[0]).click()
    assert pane.card.consequences.text().startswith("2 transactions will move. ")


def test_not_the_same_is_remembered_and_can_be_undone(pane: DuplicatesPane, qtbot: QtBot) -> None:
    qtbot.mouseClick(pane.card.separate, Qt.MouseButton.LeftButton)
    assert _members(pane) == [DOUBLE]
    pane.start_search()
    qtbot.waitUntil(lambda: not pane.search.is_busy)
    assert _members(pane) == [DOUBLE]
    pane.session.undo()
    pane.start_search()
    qtbot.waitUntil(lambda: not pane.search.is_busy)
    assert _members(pane) == [TRIPLE, DOUBLE]


def test_other_edits_of_the_accounts_make_the_search_old(
    pane: DuplicatesPane, qtbot: QtBot
) -> None:
    pane.session.run(_Rename())
    assert pane.stale.isVisible()
    pane.start_search()
    qtbot.waitUntil(lambda: not pane.search.is_busy)
    assert not pane.stale.isVisible()
    assert _members(pane) == [TRIPLE]


def test_cancel_leads_back_to_the_start(session: EditSession, qtbot: QtBot) -> None:
    pane = DuplicatesPane(session)
    qtbot.addWidget(pane)
    pane.show()
    assert pane.search.is_busy
    cancel = next(b for b in pane.findChildren(QPushButton) if b.text() == "Cancel")
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not pane.search.is_busy)
    assert _page_title(pane) == "Customers that are in the list twice"
    pane.start_search()
    qtbot.waitUntil(lambda: pane.report is not None)
    pane.stop()


def test_the_pin_shows_the_accounts_on_the_map(pane: DuplicatesPane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pane.accounts_focused) as focused:
        pane.card.map_requested.emit()
    assert focused.args == [TRIPLE]


def test_a_read_only_plan_can_be_looked_at_only(
    pane: DuplicatesPane, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EditSession, "is_read_only", property(lambda _self: True))
    pane.step(1)
    grid = pane.card.grid
    assert not pane.card.merge.isEnabled()
    assert not pane.card.separate.isEnabled()
    assert not grid.stays_button(DOUBLE[0]).isEnabled()
    assert not grid.value_button("name", DOUBLE[0]).isEnabled()


def test_a_plan_without_accounts_says_how_to_begin(session: EditSession, qtbot: QtBot) -> None:
    session.run(_RemoveAll())
    pane = DuplicatesPane(session)
    qtbot.addWidget(pane)
    pane.show()
    assert _page_title(pane) == "No accounts to compare yet"
    with qtbot.waitSignal(pane.import_requested):
        next(b for b in pane.findChildren(QPushButton) if "Import" in b.text()).click()


def test_every_control_has_a_name_and_no_words_are_cut_off(
    pane: DuplicatesPane, qtbot: QtBot
) -> None:
    pane.resize(806, 340)
    QApplication.processEvents()
    for child in pane.findChildren(QWidget):
        is_inner = child.objectName().startswith("qt_") or isinstance(child, QScrollBar)
        if not child.isVisible() or is_inner:
            continue
        if child.focusPolicy() is not Qt.FocusPolicy.NoFocus:
            interface = QAccessible.queryAccessibleInterface(child)
            assert interface is None or interface.text(QAccessible.Text.Name), child
        if isinstance(child, QLabel) and child.text() and not child.wordWrap():
            assert child.fontMetrics().horizontalAdvance(child.text()) <= child.width(), (
                child.text()
            )
        if isinstance(child, QPushButton):
            assert child.minimumSizeHint().width() <= child.width() + 1, child.text()


def test_long_values_are_shortened_and_told_whole(qtbot: QtBot) -> None:
    made = ElidedRadio("A very long name of a company & its sons <b>")
    qtbot.addWidget(made)
    made.resize(120, 24)
    made.show()
    assert made.text().endswith("…")
    assert "sons" in made.toolTip()
    made.resize(600, 24)
    QApplication.processEvents()
    assert made.text() == "A very long name of a company && its sons <b>"
    assert made.toolTip() == ""


class _Rename:
    """Account 42 gets another name and place, as by an import."""

    label = "Import"
    stroke = None

    def apply(self, edit: Edit) -> Changes:
        columns = ("id", "name", "street", "city", "postal_code")
        edit.tx.put("account", columns, [(42, "Zebra Optics", "1 Far Way", "Austin", "78701")])
        return Changes(all_accounts=True)


class _RemoveAll:
    """No accounts are left."""

    label = "Remove"
    stroke = None

    def apply(self, edit: Edit) -> Changes:
        for table in ("account_measure", "account"):
            keys = "measure_id, account_id" if table == "account_measure" else "id"
            edit.tx.delete(table, edit.tx.rows(f"SELECT {keys} FROM {table}"))  # noqa: S608 fixed words
        return Changes(all_accounts=True)
