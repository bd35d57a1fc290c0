# SPDX-License-Identifier: MIT
"""Movement: new, won back, declining and lost customers, with names and amounts."""

from collections.abc import Callable

import numpy as np
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from app.services.analysis.movement import MovementReport, Standing, movement
from app.services.analysis.plan_columns import PlanColumns
from app.services.analysis.quotient import Quotient
from app.services.analysis.retention import Retention, yearly_retention
from app.services.geography.arrays import LongArray, ObjectArray
from app.ui.formats import compact, count, day, money, percent, plural, signed_percent
from app.ui.panes.analysis_view import AnalysisView, Shown, scrolled
from app.ui.panes.analysis_words import MOVEMENT_FORMULA
from app.ui.parts import column, label, row
from app.ui.tables.array_table_model import ArrayColumn, CellKind
from app.ui.tables.clipboard import PlainTable
from app.ui.tables.copyable_table import CopyableTable
from app.ui.widgets.bar_chart import Bar, BarChart
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.stat_tile import StatTile

_LISTED = (
    (Standing.NEW, "New"),
    (Standing.WON_BACK, "Won back"),
    (Standing.RESUMED, "Back after a pause"),
    (Standing.DECLINING, "Declining"),
    (Standing.LOST, "Lost"),
)
_SHORT = {Standing.RESUMED: "Resumed"}


class MovementView(AnalysisView):
    """Bars with number and amount of each kind of movement, and the accounts of one kind."""

    sums_a_measure = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report: MovementReport | None = None
        self._names: ObjectArray = np.empty(0, dtype=np.object_)
        self._rows: LongArray = np.empty(0, dtype=np.int64)
        self.summary = label("", "muted", wraps=True)
        self.reasons = label("", "muted", wraps=True)
        self.chart = BarChart("Customers by movement")
        self.tiles = {
            "logo": StatTile("Customers kept"),
            "gross": StatTile("Revenue kept"),
            "net": StatTile("With growth"),
        }
        self.kind = Segmented(
            "Accounts listed", [(k.name, _SHORT.get(k, words)) for k, words in _LISTED]
        )
        self.kind.set_chosen(Standing.LOST.name)
        self.accounts = CopyableTable("Accounts by movement")
        self._stack = QStackedWidget()
        self._compose()
        self.kind.chosen.connect(lambda _key: self._show_accounts())
        self.chart.activated.connect(self._on_bar)
        self.accounts.row_activated.connect(
            lambda at: self.account_activated.emit(int(self._ids[self._rows[at]]))
        )

    def work(self) -> Callable[[PlanColumns], Shown]:
        def compute(columns: PlanColumns) -> Shown:
            report = movement(columns.sales)
            kept = None if report is None else yearly_retention(report)
            return lambda: self._show(columns, report, kept)

        return compute

    def table(self) -> PlainTable:
        headers = ("Account", "Movement", "Last 12 months", "12 months before", "Change")
        report = self._report
        if report is None:
            return PlainTable(headers)
        rows = [
            (
                str(self._names[at]),
                self._words(kind),
                float(report.now[at]),
                float(report.before[at]),
                float(report.now[at] - report.before[at]),
            )
            for kind, _ in _LISTED
            for at in report.rows(kind).tolist()
        ]
        return PlainTable(headers, rows)

    def paragraphs(self) -> list[tuple[str, str]]:
        report = self._report
        if report is None or report.decline_reason:
            return MOVEMENT_FORMULA
        return [*MOVEMENT_FORMULA, ("muted", _bridge_words(report))]

    def _compose(self) -> None:
        self._tile_line = QWidget()
        self._tile_line.setLayout(row(*self.tiles.values(), None, gap=16))
        parts = (self.summary, self.chart, self.reasons, self._tile_line)
        left = scrolled(column(*parts, None, gap=6), "Movement")
        left.setMinimumWidth(310)
        right = QWidget()
        right.setLayout(column(row(self.kind, None), self.accounts, gap=6))
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setSizes([320, 480])
        splitter.setStretchFactor(1, 1)
        full = QWidget()
        full.setLayout(column(splitter, margin=(12, 0, 12, 8)))
        empty = self._empty_of_sales(
            "users",
            "Import orders, invoices or won deals of the last years; then you see who is new, who"
            " buys less, and who stopped buying.",
        )
        self._stack.addWidget(full)
        self._stack.addWidget(empty)
        self.setLayout(column(self._stack))

    def _show(
        self, columns: PlanColumns, report: MovementReport | None, kept: Retention | None
    ) -> None:
        self._ids, self._names, self._report = columns.ids, columns.texts["name"], report
        self._stack.setCurrentIndex(0 if report is not None else 1)
        if report is None or kept is None:
            return
        period, before = report.period, report.period_before
        self.summary.setText(
            f"Customers and their change in sales: {day(period.first)} to {day(period.last)} beside"
            f" {day(before.first)} to {day(before.last)}."
        )
        self.reasons.setText(_reasons(report))
        self.reasons.setVisible(bool(self.reasons.text()))
        self.chart.set_bars([self._bar(kind) for kind, _ in _LISTED])
        self._tile_line.setVisible(not report.decline_reason)
        for key, tile in self.tiles.items():
            _show_quotient(tile, getattr(kept, key))
        self._show_accounts()

    def _bar(self, kind: Standing) -> Bar:
        report, words = self._report, self._words(kind)
        if report is None or (kind is Standing.DECLINING and report.decline_reason):
            reason = report.decline_reason if report else ""
            return Bar(int(kind), words, 0.0, "–", "–", reason, is_muted=True)
        rows = report.rows(kind)
        change = float((report.now[rows] - report.before[rows]).sum())
        number = plural(len(rows), "account", "accounts")
        sign = "+" if change > 0 else ""
        return Bar(
            key=int(kind),
            label=words,
            value=change,
            figure=count(len(rows)),
            detail=f"{sign}{compact(change)}",
            tooltip=f"{words}: {number}, {sign}{money(change)} against the 12 months before",
        )

    def _words(self, kind: Standing) -> str:
        if kind is Standing.NEW and self._report is not None and self._report.new_reason:
            return "First seen"
        return dict(_LISTED)[kind]

    def _show_accounts(self) -> None:
        report = self._report
        if report is None:
            return
        self._rows = report.rows(Standing[self.kind.chosen_key()])
        now, before = report.now[self._rows], report.before[self._rows]
        amount = CellKind.NUMBER
        share = np.divide(now - before, before, out=np.full(len(now), np.nan), where=before > 0)
        self.accounts.array_model.set_columns(
            [
                ArrayColumn("name", "Account", self._names[self._rows], width=176),
                ArrayColumn("now", "Last 12 months", now, amount, money, width=124),
                ArrayColumn("before", "12 before", before, amount, money, width=88),
                ArrayColumn("change", "Change", now - before, amount, money, width=84),
                ArrayColumn("share", "Change %", share, amount, signed_percent, width=90),
            ]
        )

    def _on_bar(self, key: int) -> None:
        kind = Standing(key)
        self.kind.set_chosen(kind.name)
        self._show_accounts()
        self._ask_for(f"{self._words(kind)} customers", self._rows)


def _show_quotient(tile: StatTile, quotient: Quotient) -> None:
    tile.set_value(percent(quotient.value, 1))
    tile.setToolTip(quotient.reason)


def _reasons(report: MovementReport) -> str:
    """Why some figures are missing or called otherwise; empty where none is."""
    words = f"The sales begin on {day(report.first_date)}."
    if report.new_reason:
        since = day(report.look_back.first)
        words += f" New customers can be told from returning ones with sales from {since} on."
    if report.decline_reason:
        since = day(report.period_before.first)
        words += f" Who declines and what was kept can be told with sales from {since} on."
    return words if report.new_reason or report.decline_reason else ""


def _bridge_words(report: MovementReport) -> str:
    b = report.bridge
    parts = [
        (-b.churn, "lost"),
        (-b.contraction, "bought less"),
        (b.expansion, "bought more"),
        (b.new, "new"),
        (b.won_back, "won back"),
        (b.resumed, "back after a pause"),
        (b.credit_notes, "credit notes"),
    ]
    steps = " ".join(
        f"{'+' if amount > 0 else '−'} {money(abs(amount))} {words}"
        for amount, words in parts
        if round(amount)
    )
    return f"From one year to the next: {money(b.before)} {steps} = {money(b.now)}."
