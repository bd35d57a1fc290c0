# SPDX-License-Identifier: MIT
"""ABC: the few accounts that bring most."""

from collections.abc import Callable

import numpy as np
from PySide6.QtWidgets import QSplitter, QWidget

from app.models.measure import Measure
from app.services.analysis.abc import AbcClass, AbcReport, Tenth, abc_classes, tenths
from app.services.analysis.plan_columns import PlanColumns
from app.services.geography.arrays import FloatArray, ObjectArray
from app.ui.fonts import CAPTION
from app.ui.formats import compact, count, measure_value, percent, plural
from app.ui.panes.analysis_view import AnalysisView, Shown, scrolled
from app.ui.panes.analysis_words import VALUE_FORMULA
from app.ui.panes.health_line import share_words
from app.ui.parts import column, label
from app.ui.tables.array_table_model import ArrayColumn, CellKind
from app.ui.tables.clipboard import PlainTable
from app.ui.tables.copyable_table import CopyableTable
from app.ui.widgets.bar_chart import Bar, BarChart
from app.ui.widgets.column_chart import Column, ColumnChart

_WORDS = {
    AbcClass.A: "A",
    AbcClass.B: "B",
    AbcClass.C: "C",
    AbcClass.NONE: "No value",
}


_VALUE_WIDTH = 124
_TENTHS = 10
_CURVE_WORDS = "Each tenth of the accounts; line: all up to it"


class ValueView(AnalysisView):
    """The classes as bars, and the accounts in order of their value."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report = abc_classes(np.empty(0))
        self._values: FloatArray = np.empty(0)
        self._names: ObjectArray = np.empty(0, dtype=np.object_)
        self._tenths: tuple[Tenth, ...] = ()
        self._measure: Measure | None = None
        self.summary = label("", "muted", wraps=True)
        self.chart = BarChart("Value by class")
        self.curve = ColumnChart("Share of each tenth of the accounts", formatted=percent)
        self.curve.setMinimumHeight(110)
        self.curve_note = label("", "muted", size=CAPTION, wraps=True)
        self.accounts = CopyableTable("Accounts by value")
        self._compose()
        self.chart.activated.connect(self._on_bar)
        self.curve.activated.connect(self._on_tenth)
        self.accounts.row_activated.connect(
            lambda at: self.account_activated.emit(int(self._ids[self._report.order[at]]))
        )

    def work(self) -> Callable[[PlanColumns], Shown]:
        wanted = self.measure_id

        def compute(columns: PlanColumns) -> Shown:
            measure = columns.measure(wanted)
            values = columns.values(measure)
            report = abc_classes(values)
            return lambda: self._show(columns, measure, values, report)

        return compute

    def table(self) -> PlainTable:
        report, name = self._report, self._measure.name if self._measure else "Value"
        headers = ("Rank", "Account", "Class", name, "Share", "Cumulative share")
        order: list[int] = report.order.tolist()
        rows = [
            (
                rank + 1,
                str(self._names[at]),
                _WORDS[AbcClass(report.classes[at])],
                float(self._values[at]),
                float(self._values[at] / report.total),
                float(report.cumulative[rank]),
            )
            for rank, at in enumerate(order)
        ]
        return PlainTable(headers, rows)

    def paragraphs(self) -> list[tuple[str, str]]:
        return VALUE_FORMULA

    def _compose(self) -> None:
        parts = column(self.summary, self.chart, self.curve_note, gap=6)
        parts.addWidget(self.curve, 1)
        parts.addStretch(0)
        left = scrolled(parts, "Classes")
        left.setMinimumWidth(300)
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(self.accounts)
        splitter.setSizes([310, 490])
        splitter.setStretchFactor(1, 1)
        self.setLayout(column(splitter, margin=(12, 0, 12, 8)))

    def _show(
        self,
        columns: PlanColumns,
        measure: Measure | None,
        values: FloatArray,
        report: AbcReport,
    ) -> None:
        self._ids, self._names = columns.ids, columns.texts["name"]
        self._measure, self._values, self._report = measure, values, report
        self.summary.setText(_summary(report, measure))
        self.chart.set_bars([self._bar(kind) for kind in _WORDS])
        self._tenths = tenths(report)
        has_tenths = len(self._tenths) == _TENTHS
        self.curve.setVisible(has_tenths)
        self.curve_note.setVisible(has_tenths)
        self.curve_note.setText(_CURVE_WORDS)
        self.curve.set_columns([_column(at, tenth) for at, tenth in enumerate(self._tenths)])
        self.accounts.array_model.set_columns(self._columns())

    def _bar(self, kind: AbcClass) -> Bar:
        rows = self._report.rows(kind)
        total = float(self._values[rows].sum())
        share = total / self._report.total if self._report.total else None
        figure = plural(len(rows), "account", "accounts")
        words = _WORDS[kind]
        if kind is AbcClass.NONE:
            return Bar(
                int(kind), words, 0.0, count(len(rows)), tooltip=f"{words}: {figure}", is_muted=True
            )
        kind_words = measure_value(total, self._measure.kind) if self._measure else ""
        return Bar(
            key=int(kind),
            label=words,
            value=total,
            figure=count(len(rows)),
            detail=f"{compact(total)} · {share_words(share)}",
            tooltip=f"{words}: {figure} with {kind_words} ({share_words(share)} of the total)",
        )

    def _columns(self) -> list[ArrayColumn]:
        report, order = self._report, self._report.order
        values = self._values[order]
        letters = np.array([_WORDS[kind] for kind in AbcClass], dtype=np.object_)
        measure = self._measure
        name = measure.name if measure else "Value"
        share = values / report.total if report.total else values
        number = CellKind.NUMBER

        def written(value: float) -> str:
            return count(value) if measure is None else measure_value(value, measure.kind)

        return [
            ArrayColumn("rank", "Rank", np.arange(1.0, len(order) + 1), number, width=58),
            ArrayColumn("name", "Account", self._names[order], width=176),
            ArrayColumn("class", "Class", letters[report.classes[order]], width=58),
            ArrayColumn("value", name, values, number, written, width=_VALUE_WIDTH),
            ArrayColumn("share", "Share", share, number, lambda v: percent(v, 1), width=72),
            ArrayColumn(
                "cumulative",
                "Cumulative",
                report.cumulative,
                number,
                lambda v: percent(v, 1),
                width=104,
                tooltip="Share of the total up to and including this account",
            ),
        ]

    def _on_tenth(self, key: int) -> None:
        name = f" by {self._measure.name}" if self._measure else ""
        self._ask_for(f"Tenth {key + 1} of the accounts{name}", self._tenths[key].rows)

    def _on_bar(self, key: int) -> None:
        kind = AbcClass(key)
        words = "No value" if kind is AbcClass.NONE else f"Class {_WORDS[kind]}"
        name = f" by {self._measure.name}" if self._measure else ""
        self._ask_for(f"{words}{name}", self._report.rows(kind))


def _column(at: int, tenth: Tenth) -> Column:
    words = f"Tenth {at + 1} of the accounts: {percent(tenth.share, 1)} of the value;"
    words += f" with those before it {percent(tenth.cumulative, 1)}"
    return Column(at, str(at + 1), tenth.share, words, tenth.cumulative)


def _summary(report: AbcReport, measure: Measure | None) -> str:
    if measure is None:
        return "Import sales, or a column of numbers such as revenue, to rank the accounts."
    if not len(report.order):
        return f"No account has {measure.name} above zero, so there is nothing to rank."
    best = report.rows(AbcClass.A)
    share = len(best) / len(report.order)
    held = float(report.cumulative[len(best) - 1])
    return (
        f"{plural(len(best), 'account', 'accounts')} ({share_words(share)} of those with a value)"
        f" hold {percent(held)} of {measure.name}."
    )
