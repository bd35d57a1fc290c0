# SPDX-License-Identifier: MIT
"""Several tables in one import: files, folders and pasted cells, in one step of the history."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.models.errors import AppError
from app.services.importing.fields import TableKind
from app.ui.dialogs.import_wizard import wizard as wizard_module
from app.ui.session import EditSession
from app.ui.tables.copyable_table import CopyableTable
from tests.helpers.shared import SHARED, needs_shared
from tests.ui.import_steps import CUSTOMERS, ORDERS, REPS, Steps


@pytest.fixture
def steps(session: EditSession, tmp_path: Path, qtbot: QtBot) -> Steps:
    return Steps(session, tmp_path, qtbot)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[AppError]:
    """Problems that were shown."""
    found: list[AppError] = []
    monkeypatch.setattr(wizard_module, "show_problem", lambda error, _parent: found.append(error))
    return found


def sales(session: EditSession) -> int:
    return len(session.workspace.records.transactions)


def test_orders_find_the_customers_of_the_same_import_and_one_undo_takes_all_back(
    steps: Steps, session: EditSession
) -> None:
    accounts, reps = len(session.workspace.accounts), len(session.workspace.reps)
    history = len(session.workspace.history_steps())
    # In the order of the alphabet the orders come last; given first, they still find the customers.
    steps.open(
        steps.file("orders.csv", ORDERS),
        steps.file("customers.csv", CUSTOMERS),
        steps.file("reps.csv", REPS),
    )
    wizard = steps.wizard
    assert wizard.pages.currentWidget() is wizard.file_page
    assert wizard.file_page.tables.count() == 3
    listed = [wizard.file_page.tables.item(at).text() for at in range(3)]
    assert "reps.csv\n1 row · Reps" in listed
    assert any("\n3 rows · " in each for each in listed)
    steps.check()
    assert session.workspace.history_steps()[-1].id
    assert len(session.workspace.history_steps()) == history
    assert wizard.next.text() == "Import 1 rep, 3 accounts and 3 transactions"
    steps.next()
    assert wizard.pages.currentWidget() is wizard.result_page
    assert len(session.workspace.accounts) == accounts + 3
    assert len(session.workspace.reps) == reps + 1
    assert sales(session) == 3
    assert len(session.workspace.history_steps()) == history + 1
    wizard.result_page.undo.click()
    steps.wait()
    assert (len(session.workspace.accounts), sales(session)) == (accounts, 0)
    assert len(session.workspace.reps) == reps


def test_the_totals_are_the_rows_of_all_files(steps: Steps) -> None:
    steps.open(steps.file("customers.csv", CUSTOMERS), steps.file("orders.csv", ORDERS))
    steps.check()
    drafts = steps.wizard.work.drafts.values()
    assert sum(draft.tally.row_count for draft in drafts) == 7
    for draft in drafts:
        tally = draft.tally
        assert tally.added + tally.updated + tally.unchanged + tally.skipped == tally.row_count


def test_a_table_is_left_out_or_taken_away(steps: Steps, qtbot: QtBot) -> None:
    steps.open(
        steps.file("customers.csv", CUSTOMERS),
        steps.file("orders.csv", ORDERS),
        steps.file("reps.csv", REPS),
    )
    tables = steps.wizard.file_page.tables
    tables.item(2).setCheckState(Qt.CheckState.Unchecked)
    tables.setCurrentRow(1)
    qtbot.keyClick(tables, Qt.Key.Key_Delete)
    assert steps.names == ["customers.csv", "reps.csv"]
    steps.check()
    assert steps.wizard.next.text() == "Import 3 accounts"
    assert [draft.kind for draft in steps.wizard.work.drafts.values()] == [TableKind.ACCOUNTS]


def test_every_included_table_must_be_ready(steps: Steps) -> None:
    steps.open(steps.file("a.csv", CUSTOMERS), steps.file("b.csv", "Shade,Depth\nred,1\nblue,2\n"))
    steps.next()
    columns = steps.wizard.columns_page
    number = next(hand.number for hand in steps.wizard.hands.tables if hand.name == "b.csv")
    columns.table.setCurrentIndex(columns.table.findData(number))
    columns.table.activated.emit(columns.table.currentIndex())
    row = columns.rows["Shade"]
    row.target.setCurrentIndex(row.target.findData("ignore"))
    row.target.activated.emit(row.target.currentIndex())
    assert not steps.wizard.next.isEnabled()
    steps.back()
    tables = steps.wizard.file_page.tables
    at = next(place for place in range(tables.count()) if "b.csv" in tables.item(place).text())
    tables.item(at).setCheckState(Qt.CheckState.Unchecked)
    steps.next()
    assert steps.wizard.next.isEnabled()


def test_the_kind_of_a_table_can_be_changed_and_stays_after_going_back(steps: Steps) -> None:
    steps.open(steps.file("customers.csv", CUSTOMERS))
    kind = steps.wizard.columns_page.kind
    kind.setCurrentIndex(kind.findData(TableKind.REPS.value))
    kind.activated.emit(kind.currentIndex())
    steps.wait()
    steps.back()
    assert "Reps" in steps.wizard.file_page.tables.item(0).text()
    steps.next()
    mapping = steps.wizard.columns_page.mapping()
    assert mapping is not None
    assert mapping.kind is TableKind.REPS


def test_a_folder_brings_all_of_its_tables(steps: Steps) -> None:
    folder = steps.folder / "export"
    folder.mkdir()
    for name, text in (("customers.csv", CUSTOMERS), ("orders.csv", ORDERS), ("notes.txt", "Hi.")):
        (folder / name).write_text(text, encoding="utf-8")
    steps.open(folder)
    assert steps.names == ["customers.csv", "orders.csv"]


def test_files_are_dropped_beside_those_that_are_there(steps: Steps) -> None:
    steps.drop(steps.file("customers.csv", CUSTOMERS))
    assert steps.wizard.pages.currentWidget() is steps.wizard.columns_page
    steps.drop(steps.file("orders.csv", ORDERS), steps.file("reps.csv", REPS))
    assert steps.wizard.pages.currentWidget() is steps.wizard.file_page
    assert steps.names == ["customers.csv", "orders.csv", "reps.csv"]


def test_files_that_cannot_be_read_are_named_and_the_others_stay(
    steps: Steps, told: list[AppError]
) -> None:
    steps.open(
        steps.file("customers.csv", CUSTOMERS),
        steps.file("empty.csv", ""),
        steps.file("blank.csv", "\n\n"),
    )
    assert steps.names == ["customers.csv"]
    assert len(told) == 1
    assert "empty.csv" in told[0].meaning
    assert "blank.csv" in told[0].meaning


def test_cells_are_pasted_with_the_keyboard(steps: Steps, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText(CUSTOMERS.replace(",", "\t"))
    qtbot.keyClick(steps.wizard, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    steps.wait()
    assert steps.names == ["Pasted cells"]
    steps.back()
    form = steps.wizard.file_page.form
    form.header_row.setValue(0)
    steps.wait()
    assert len(steps.wizard.hands.tables[0].table) == 4
    form.header_row.setValue(1)
    steps.wait()
    steps.check()
    assert steps.wizard.next.text() == "Import 3 accounts"


def test_an_empty_clipboard_is_explained(steps: Steps, qtbot: QtBot, told: list[AppError]) -> None:
    QGuiApplication.clipboard().clear()
    qtbot.keyClick(steps.wizard, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [error.message for error in told] == ["There are no cells in the clipboard."]


def test_another_order_of_dates_is_taken(steps: Steps) -> None:
    steps.open(steps.file("orders.csv", ORDERS.replace("2026-01-15", "03/04/2026")))
    steps.back()
    form = steps.wizard.file_page.form
    form.date_order.setCurrentIndex(form.date_order.findData("DMY"))
    form.date_order.activated.emit(form.date_order.currentIndex())
    steps.wait()
    assert steps.wizard.hands.tables[0].table.date_order.name == "DMY"
    assert form.date_order.currentData() == "DMY"


def test_the_next_import_starts_afresh(steps: Steps, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps.wizard, "choose_files", lambda: None)
    steps.open(steps.file("customers.csv", CUSTOMERS))
    steps.check()
    steps.next()
    steps.wizard.result_page.more.click()
    assert steps.wizard.pages.currentWidget() is steps.wizard.file_page
    assert not steps.wizard.next.isEnabled()
    steps.open(steps.file("orders.csv", ORDERS))
    steps.check()
    assert steps.wizard.next.text() == "Import 3 transactions"


def test_the_result_tells_what_became_of_each_table(steps: Steps) -> None:
    steps.open(steps.file("customers.csv", CUSTOMERS), steps.file("orders.csv", ORDERS))
    steps.check()
    steps.next()
    (table,) = steps.wizard.result_page.findChildren(CopyableTable)
    assert table.copy_selection().splitlines()[1:] == [
        "customers.csv\tAccounts\t3\t3\t0\t0\t0",
        "orders.csv\tSales or deals\t4\t3\t0\t0\t1",
    ]


def test_a_table_is_taken_away_with_its_button(steps: Steps) -> None:
    steps.open(steps.file("customers.csv", CUSTOMERS), steps.file("orders.csv", ORDERS))
    steps.wizard.file_page.remove.click()
    steps.wizard.file_page.remove.click()
    assert steps.names == []
    assert not steps.wizard.next.isEnabled()
    assert steps.wizard.file_page.remove.isHidden()


def test_a_file_of_many_columns_lists_them_all(steps: Steps, qtbot: QtBot) -> None:
    headers = [f"Note {n}" for n in range(60)]
    lines = [",".join(["Customer ID", *headers]), ",".join(["K1", *["x"] * 60])]
    steps.open(steps.file("wide.csv", "\n".join(lines)))
    columns = steps.wizard.columns_page
    qtbot.waitUntil(lambda: len(columns.rows) == 61)
    row = columns.rows["Note 59"]
    row.target.setCurrentIndex(row.target.findData("industry"))
    row.target.activated.emit(row.target.currentIndex())
    mapping = columns.mapping()
    assert mapping is not None
    assert mapping.column("Note 59").target == "industry"


@needs_shared
def test_customers_products_and_orders_of_a_real_export_come_in_together(
    steps: Steps, session: EditSession
) -> None:
    folder = SHARED / "samples" / "northwind"
    before = len(session.workspace.accounts)
    steps.open(*(folder / name for name in ("Customers.csv", "Orders.csv", "OrderDetails.csv")))
    steps.open(folder / "Products.csv")
    steps.check()
    words = "Import 77 products, 91 accounts and 2,155 transactions"
    assert steps.wizard.next.text() == words, "the orders become their lines"
    steps.next()
    assert len(session.workspace.accounts) == before + 91
    assert len(session.workspace.records.products) == 77
    assert sales(session) == 2155
    total = float(session.workspace.records.transactions.amount.sum())
    assert total == pytest.approx(1_265_793.04, abs=0.01)
