# SPDX-License-Identifier: MIT
"""The analysis pane on the demo plan with sales that can be added up by hand."""

from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.models.changes import Changes
from app.models.days import day_number
from app.services.analysis.plan_columns import SALES_MEASURE
from app.services.workspace import Workspace
from app.ui.panes import frozen_work
from app.ui.panes.analysis_pane import AnalysisPane
from app.ui.panes.customers_view import CustomersView, read_edges
from app.ui.panes.movement_view import MovementView
from app.ui.panes.sales_view import SalesView
from app.ui.panes.value_view import ValueView
from app.ui.session import EditSession

TODAY = date(2026, 6, 30)

_SALES = (
    # Account 1 buys 100 each month of 2023 to 2025, so its season is flat.
    *((1, f"{year}-{month:02}-02", 100.0) for year in (2023, 2024, 2025) for month in range(1, 13)),
    (2, "2024-03-15", 900.0),  # lost in 2025
    (3, "2025-12-30", 50.0),  # new in 2025
    (4, "2024-05-01", 600.0),
    (4, "2025-05-01", 100.0),  # declining
)


def _with_sales(workspace: Workspace) -> Workspace:
    columns = ("id", "external_id", "account_id", "day", "amount", "stage")
    rows = [
        (n, f"O{n}", account, day_number(date.fromisoformat(day)), amount, "sale")
        for n, (account, day, amount) in enumerate(_SALES, 1)
    ]
    with workspace.document.store.transaction() as tx:
        tx.put("account_transaction", columns, rows, all_new=True)
    return Workspace(workspace.document, workspace.geography)


@pytest.fixture
def pane(app: QApplication, workspace: Workspace, qtbot: QtBot) -> Iterator[AnalysisPane]:
    """The pane on the demo plan with the sales above; the last of them is of 30 December 2025."""
    made = AnalysisPane(EditSession(_with_sales(workspace)), today=lambda: TODAY)
    qtbot.addWidget(made)
    made.resize(806, 340)
    made.show()
    yield made
    made.stop()


@pytest.fixture
def without_sales(session: EditSession, qtbot: QtBot) -> AnalysisPane:
    made = AnalysisPane(session, today=lambda: TODAY)
    qtbot.addWidget(made)
    made.resize(806, 340)
    made.show()
    return made


def _customers(pane: AnalysisPane) -> CustomersView:
    pane.show_view("customers")
    assert isinstance(pane.view, CustomersView)
    return pane.view


def _choose(view: CustomersView, key: str) -> None:
    view.by.set_chosen(key)
    view.by.chosen.emit(key)


# Customers


def test_customers_by_segment(without_sales: AnalysisPane) -> None:
    view = _customers(without_sales)
    # Of 40 per county every third place is a key account: 14 of 40, six counties.
    found = [(bar.label, bar.value, bar.figure) for bar in view.chart.bars()]
    assert found == [("Retail", 156, "156"), ("Key", 84, "84"), ("Not given", 2, "2")]


def test_customers_without_segments_are_shown_by_what_is_known(
    workspace: Workspace, qtbot: QtBot
) -> None:
    with workspace.document.store.transaction() as tx:
        rows = [(account, "", "") for account in workspace.accounts.ids.tolist()]
        tx.put("account", ("id", "segment", "industry"), rows)
    session = EditSession(Workspace(workspace.document, workspace.geography))
    made = AnalysisPane(session, today=lambda: TODAY)
    qtbot.addWidget(made)
    made.show()
    view = _customers(made)
    assert view.by.chosen_key() == "REGION"
    assert view.level_box.isVisibleTo(made)
    _choose(view, "SEGMENT")
    assert [bar.label for bar in view.chart.bars()] == ["Not given"], "what the user wants counts"


def test_bars_can_show_the_value(without_sales: AnalysisPane) -> None:
    view = _customers(without_sales)
    view.length.set_chosen("value")
    view.length.chosen.emit("value")
    workspace = without_sales.session.workspace
    total = float(workspace.accounts.measure(workspace.main_measure.id).sum())
    assert sum(bar.value for bar in view.chart.bars()) == pytest.approx(total)


def test_the_accounts_behind_a_bar(without_sales: AnalysisPane, qtbot: QtBot) -> None:
    view = _customers(without_sales)
    with qtbot.waitSignal(without_sales.rows_requested) as asked:
        view.chart.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.keyClick(view.chart, Qt.Key.Key_End)
        qtbot.keyClick(view.chart, Qt.Key.Key_Return)
    assert asked.args is not None
    title, ids = asked.args
    assert title == "Segment: Not given"
    np.testing.assert_array_equal(ids, [241, 242])


def test_customers_by_region_at_the_chosen_level(without_sales: AnalysisPane) -> None:
    view = _customers(without_sales)
    _choose(view, "REGION")
    labels = {bar.label: bar.value for bar in view.chart.bars()}
    assert labels["Texas"] == 80
    view.level_box.setCurrentIndex(0)
    view.level_box.activated.emit(0)
    assert [(bar.label, bar.value) for bar in view.chart.bars()] == [
        ("United States", 240),
        ("No such area known", 2),
    ]


def test_customers_by_size_with_limits_of_ones_own(without_sales: AnalysisPane) -> None:
    view = _customers(without_sales)
    _choose(view, "SIZE")
    view.edges_field.setText("2k; 5,000")
    view.edges_field.editingFinished.emit()
    # Sales are 1,000 x (n mod 7 + 1); of 242 numbers the remainders 1 to 4 come 35 times each.
    assert [(bar.label, bar.value) for bar in view.chart.bars()] == [
        ("Above 5.00k", 68),
        ("2.00k to 5.00k", 105),
        ("Up to 2.00k", 69),
    ]


def test_limits_as_people_write_them() -> None:
    assert read_edges("10k; 50,000  1.5M; what; 0") == (10_000.0, 50_000.0, 1_500_000.0)
    assert read_edges("") == ()


def test_the_table_behind_the_chart_goes_to_the_clipboard(without_sales: AnalysisPane) -> None:
    lines = without_sales.copy().splitlines()
    assert lines[0].split("\t") == [
        "Segment",
        "Accounts",
        "Share of accounts",
        "Annual sales",
        "Share of Annual sales",
    ]
    assert lines[1].startswith("Retail\t156\t0.644")


# Sales over time


def test_sales_by_month(pane: AnalysisPane) -> None:
    pane.show_view("sales")
    view = pane.view
    assert isinstance(view, SalesView)
    totals = [column.value for column in view.months.columns()]
    assert len(totals) == 36
    assert totals[0] == 100.0
    assert totals[14] == 1000.0  # March 2024: 100 + 900
    # 2025: 12 x 100 + 50 + 100 = 1,350; 2024: 1,200 + 900 + 600 = 2,700.
    assert "1.35k" in view.revenue_tile.accessibleName()
    assert "−50" in view.growth_tile.accessibleName()
    assert view.season.isVisible()


def test_the_accounts_behind_a_month_and_a_season(pane: AnalysisPane, qtbot: QtBot) -> None:
    pane.show_view("sales")
    view = pane.view
    assert isinstance(view, SalesView)
    with qtbot.waitSignal(pane.rows_requested) as asked:
        view.months.activated.emit(view.months.columns()[14].key)
    assert asked.args is not None
    assert asked.args[0] == "Sales in March 2024"
    np.testing.assert_array_equal(asked.args[1], [1, 2])
    with qtbot.waitSignal(pane.rows_requested) as asked:
        view.season.activated.emit(4)
    assert asked.args is not None
    np.testing.assert_array_equal(asked.args[1], [1, 4])


def test_the_table_of_months_is_plain(pane: AnalysisPane) -> None:
    pane.show_view("sales")
    lines = pane.copy().splitlines()
    assert len(lines) == 37
    assert lines[15].split("\t")[:3] == ["2024-03", "1000", "2"]


def test_without_sales_the_view_says_what_to_import(
    without_sales: AnalysisPane, qtbot: QtBot
) -> None:
    for key in ("sales", "movement"):
        without_sales.show_view(key)
        assert without_sales.copy() == ""
        shown = [b for b in without_sales.view.findChildren(QPushButton) if b.isVisible()]
        with qtbot.waitSignal(without_sales.import_requested):
            next(b for b in shown if b.text() == "Import sales…").click()


# Value


def test_accounts_by_value(pane: AnalysisPane, qtbot: QtBot) -> None:
    pane.show_view("value")
    view = pane.view
    assert isinstance(view, ValueView)
    # Of 1,350: account 1 has 1,200 (A), account 4 has 100 (B), account 3 has 50 (B, up to 1,300
    # is 96 %, so it is C).
    assert view.table().rows[0][:4] == (1, "Houston Cycles No. 1", "A", 1200.0)
    assert [row[2] for row in view.table().rows] == ["A", "B", "C"]
    with qtbot.waitSignal(pane.rows_requested) as asked:
        view.chart.activated.emit(3)
    assert asked.args is not None
    assert asked.args[0] == "Class C by Sales, last 12 months"
    np.testing.assert_array_equal(asked.args[1], [3])
    with qtbot.waitSignal(pane.account_activated) as opened:
        view.accounts.row_activated.emit(1)
    assert opened.args == [4]


def test_another_measure_can_be_ranked(pane: AnalysisPane, qtbot: QtBot) -> None:
    pane.show_view("value")
    assert pane.measure_box.itemText(0) == SALES_MEASURE.name
    pane.measure_box.setCurrentIndex(1)
    pane.measure_box.activated.emit(1)
    assert len(pane.view.table().rows) == 242
    assert isinstance(pane.view, ValueView)
    with qtbot.waitSignal(pane.rows_requested) as asked:
        pane.view.curve.activated.emit(0)
    assert asked.args is not None
    # The best 24 of the 34 accounts with sales of 7,000: those with the smallest numbers.
    np.testing.assert_array_equal(asked.args[1], np.arange(6, 6 + 7 * 24, 7))
    assert pane.measure_box.currentText() == "Annual sales"


# Movement


def test_movement_has_names_and_amounts(pane: AnalysisPane, qtbot: QtBot) -> None:
    pane.show_view("movement")
    view = pane.view
    assert isinstance(view, MovementView)
    bars = {bar.label: (bar.figure, bar.value) for bar in view.chart.bars()}
    assert bars["Lost"] == ("1", -900.0)
    assert bars["Declining"] == ("1", -500.0)
    assert bars["New"] == ("1", 50.0)
    assert view.accounts.array_model.cell_text(0, 0) == "Houston Cycles No. 2"
    with qtbot.waitSignal(pane.rows_requested) as asked:
        view.chart.activated.emit(view.chart.bars()[3].key)
    assert asked.args is not None
    assert asked.args[0] == "Declining customers"
    np.testing.assert_array_equal(asked.args[1], [4])
    assert view.accounts.array_model.cell_text(0, 0) == "Houston Cycles No. 4"


def test_the_bridge_is_told_with_the_plans_own_figures(pane: AnalysisPane) -> None:
    pane.show_view("movement")
    words = pane.view.paragraphs()[-1][1]
    assert "2,700 − 900 lost − 500 bought less + 50 new = 1,350" in words


def test_retention_is_shown(pane: AnalysisPane) -> None:
    pane.show_view("movement")
    view = pane.view
    assert isinstance(view, MovementView)
    # Of the customers 1, 2 and 4 of 2024 two still buy; 1,200 + 100 of 2,700 are left.
    assert "66.7" in view.tiles["logo"].accessibleName()
    assert "48.1" in view.tiles["gross"].accessibleName()


# The pane


def test_assignments_do_not_compute_anything_anew(pane: AnalysisPane) -> None:
    assert not pane.concerns(Changes(territories=frozenset()))
    assert pane.concerns(Changes(records=True))
    assert pane.concerns(Changes(all_accounts=True))


def test_every_view_explains_itself(pane: AnalysisPane) -> None:
    for key in pane.views:
        pane.show_view(key)
        paragraphs = pane.view.paragraphs()
        assert len(paragraphs) >= 2
        assert all(words for _, words in paragraphs)


def test_a_large_plan_is_looked_at_in_the_background(
    pane: AnalysisPane, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frozen_work, "LARGE", 10)
    pane.session.announce(Changes(records=True))
    view = pane.view
    assert isinstance(view, CustomersView)
    view.chart.set_bars([])
    qtbot.waitUntil(lambda: len(view.chart.bars()) == 3)


def test_the_pane_fits_the_drawer_of_a_small_screen(pane: AnalysisPane) -> None:
    for key in pane.views:
        pane.show_view(key)
        assert pane.minimumSizeHint().width() <= 806, key
    for key in ("REGION", "SIZE"):
        _choose(_customers(pane), key)
        assert pane.minimumSizeHint().width() <= 806, key
