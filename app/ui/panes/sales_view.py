# SPDX-License-Identifier: MIT
"""Sales over time: months, trend and season."""

import math
from collections.abc import Callable

import numpy as np
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.services.analysis.months import (
    YEAR,
    MonthSeries,
    YearComparison,
    compare_years,
    month_numbers,
    month_rows,
    monthly_sales,
)
from app.services.analysis.plan_columns import PlanColumns
from app.services.analysis.sales import Sales
from app.services.analysis.seasons import SeasonIndex, season_index
from app.ui.formats import compact, day, money, month, month_name, number, plural, signed_percent
from app.ui.panes.analysis_view import AnalysisView, Shown
from app.ui.panes.analysis_words import SALES_FORMULA
from app.ui.parts import column, label, row
from app.ui.tables.clipboard import PlainTable
from app.ui.widgets.column_chart import Column, ColumnChart
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.stat_tile import StatTile

_RECENT_MONTHS = 37
"""Three years and the month that runs."""

_SIDE_WIDTH = 244


class SalesView(AnalysisView):
    """Months with their 12-month average, and how strong each month of the year is."""

    sums_a_measure = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sales: Sales | None = None
        self._series: MonthSeries | None = None
        self._season = SeasonIndex(None, "", 0)
        self.span = Segmented("Months", [("recent", "3 years"), ("all", "All")])
        self.note = label("", "muted", wraps=True)
        self.months = ColumnChart("Sales by month")
        self.season = ColumnChart("Season", reference=1.0, formatted=_index_words)
        self.season_note = label("", "muted", wraps=True)
        self.revenue_tile = StatTile("Last 12 months")
        self.growth_tile = StatTile("Over the 12 before")
        self._stack = QStackedWidget()
        self._compose()
        self.span.chosen.connect(lambda _key: self._show_months())
        self.months.activated.connect(self._on_month)
        self.season.activated.connect(self._on_season)

    def work(self) -> Callable[[PlanColumns], Shown]:
        def compute(columns: PlanColumns) -> Shown:
            series = monthly_sales(columns.sales)
            season, years = season_index(series), compare_years(columns.sales)
            return lambda: self._show(columns, series, season, years)

        return compute

    def table(self) -> PlainTable:
        headers = ("Month", "Sales", "Number of sales", "Mean of 12 months")
        headers += ("Over the year before", "Complete", "Season index")
        series = self._series
        if series is None:
            return PlainTable(headers)
        index = self._season.index
        rows = [
            (
                series.month(at).isoformat()[:7],
                float(series.totals[at]),
                int(series.counts[at]),
                float(series.average[at]),
                series.growth[at].value,
                "yes" if series.is_complete[at] else "no",
                None if index is None else float(index[series.month(at).month - 1]),
            )
            for at in range(len(series.totals))
        ]
        return PlainTable(headers, rows)

    def paragraphs(self) -> list[tuple[str, str]]:
        return SALES_FORMULA

    def _compose(self) -> None:
        side = QWidget()
        side.setFixedWidth(_SIDE_WIDTH)
        tiles = row(self.revenue_tile, self.growth_tile, gap=16)
        side_column = column(tiles, label("Season", "muted"), self.season_note, gap=6)
        side_column.addWidget(self.season, 1)
        side_column.addStretch(0)
        side.setLayout(side_column)
        head = row(self.note, self.span)
        head.setStretch(0, 1)
        main = column(head, gap=6)
        main.addWidget(self.months, 1)
        both = row(margin=(12, 0, 12, 8), gap=16)
        both.addLayout(main, 1)
        both.addWidget(side)
        full = QWidget()
        full.setLayout(both)
        empty = self._empty_of_sales(
            "chart",
            "Import orders, invoices or won deals: a table with the account, the date and the"
            " amount of each.",
        )
        self._stack.addWidget(full)
        self._stack.addWidget(empty)
        self.setLayout(column(self._stack))

    def _show(
        self,
        columns: PlanColumns,
        series: MonthSeries | None,
        season: SeasonIndex,
        years: YearComparison | None,
    ) -> None:
        self._ids, self._sales = columns.ids, columns.sales
        self._series, self._season = series, season
        self._stack.setCurrentIndex(0 if series is not None else 1)
        if series is None or years is None:
            return
        growth = years.growth
        self.revenue_tile.set_value(compact(years.revenue), f"up to {day(series.as_of)}")
        self.revenue_tile.setToolTip(money(years.revenue))
        before = compact(years.revenue_before) if growth.value is not None else "not comparable"
        self.growth_tile.set_value(signed_percent(growth.value), before)
        self.growth_tile.setToolTip(growth.reason)
        self.span.setVisible(len(series.totals) > _RECENT_MONTHS)
        self.note.setText(_note(series, columns.sales.later_count))
        self._show_months()
        self._show_season()

    def _show_months(self) -> None:
        series = self._series
        if series is None:
            return
        is_recent = self.span.chosen_key() == "recent"
        first = max(0, len(series.totals) - _RECENT_MONTHS) if is_recent else 0
        self.months.set_columns([_column(series, at) for at in range(first, len(series.totals))])

    def _show_season(self) -> None:
        index = self._season.index
        self.season.setVisible(index is not None)
        self.season_note.setVisible(index is None)
        self.season_note.setText(f"–  {self._season.reason}")
        if index is not None:
            values: list[float] = index.tolist()
            self.season.set_columns([_season_column(at, v) for at, v in enumerate(values)])

    def _on_month(self, key: int) -> None:
        if self._sales is not None and self._series is not None:
            when = self._series.month(key - self._series.first_month)
            self._ask_for(f"Sales in {month(when)}", month_rows(self._sales, key))

    def _on_season(self, key: int) -> None:
        if self._sales is not None:
            inside = month_numbers(self._sales.day) % YEAR == key
            name = month_name(key + 1)
            self._ask_for(f"Sales in {name} of any year", np.unique(self._sales.row[inside]))


def _column(series: MonthSeries, at: int) -> Column:
    when = series.month(at)
    average = float(series.average[at])
    growth = series.growth[at].value
    words = f"{month(when)}: {money(float(series.totals[at]))}"
    words += f" from {plural(int(series.counts[at]), 'sale', 'sales')}"
    if growth is not None:
        words += f", {signed_percent(growth)} over the year before"
    if not math.isnan(average):
        words += f"; mean of 12 months {money(average)}"
    if not series.is_complete[at]:
        words += "; this month is not complete"
    return Column(
        key=series.first_month + at,
        label=str(when.year) if when.month == 1 else month_name(when.month),
        value=float(series.totals[at]),
        tooltip=words,
        line=average,
        is_partial=not series.is_complete[at],
        is_start=when.month == 1,
    )


def _season_column(at: int, value: float) -> Column:
    name = month_name(at + 1)
    return Column(at, name[:1], value, f"{name}: {number(value, 2)} times the average month")


def _note(series: MonthSeries, later_count: int) -> str:
    words = "Columns: sales of the month. Line: mean of 12 months."
    if not series.is_complete[-1]:
        words += f" Dashed: not complete, up to {day(series.as_of)}."
    if later_count:
        sales = plural(later_count, "sale", "sales")
        words += f" {sales} dated after today are left out."
    return words


def _index_words(value: float | None) -> str:
    return number(value, 1)
