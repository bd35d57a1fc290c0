# SPDX-License-Identifier: MIT
"""Customers by segment, industry, size, region or status."""

import re
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from app.models.geounit import GeoLevel
from app.models.measure import Measure
from app.services.analysis.groups import Group, GroupReport, largest
from app.services.analysis.plan_columns import (
    GroupBy,
    GroupChoice,
    PlanColumns,
    grouped,
)
from app.ui.formats import compact, count, measure_value, plural
from app.ui.panes.analysis_view import AnalysisView, Shown, scrolled
from app.ui.panes.analysis_words import (
    PARTS_ADD_UP,
    REGION_FORMULA,
    SIZE_FORMULA,
    TEXT_FORMULA,
)
from app.ui.panes.health_line import share_words
from app.ui.parts import column, label, row
from app.ui.tables.clipboard import PlainTable
from app.ui.widgets.bar_chart import Bar, BarChart
from app.ui.widgets.segmented import Segmented

_MOST_BARS = 40
_ROOM_AROUND = 40
_LEVELS = (
    (GeoLevel.COUNTRY, "Country"),
    (GeoLevel.STATE, "State"),
    (GeoLevel.COUNTY, "County"),
)


class CustomersView(AnalysisView):
    """Bars with number and value of the accounts of each group."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report = GroupReport((), 0, 0.0)
        self._shown: tuple[Group, ...] = ()
        self._measure: Measure | None = None
        self.by = Segmented("Group by", [(kind.name, kind.value) for kind in GroupBy])
        self.length = Segmented("Bars show", [("count", "Accounts"), ("value", "Value")])
        self.level_box = QComboBox()
        self.level_box.setAccessibleName("Areas")
        for level, words in _LEVELS:
            self.level_box.addItem(words, level)
        self.level_box.setCurrentIndex(1)
        self.edges_field = QLineEdit()
        self.edges_field.setAccessibleName("Limits of the classes of size")
        self.edges_field.setPlaceholderText("Quarters; or limits: 10k; 50k; 1M")
        self.edges_field.setFixedWidth(230)
        self.summary = label("", "muted", wraps=True)
        self.chart = BarChart("Customers by group")
        self._compose()
        self._has_chosen = False
        self.by.chosen.connect(lambda _key: self._on_by())
        self.length.chosen.connect(lambda _key: self._show_bars())
        self.level_box.activated.connect(lambda _at: self.choice_changed.emit())
        self.edges_field.editingFinished.connect(self.choice_changed)
        self.chart.activated.connect(self._on_bar)
        self._on_by(is_first=True)

    def work(self) -> Callable[[PlanColumns], Shown]:
        choice, wanted, has_chosen = self.choice(), self.measure_id, self._has_chosen

        def compute(columns: PlanColumns) -> Shown:
            measure = columns.measure(wanted)
            values = columns.values(measure)
            best = choice if has_chosen else _first_that_tells(columns, choice)
            report = grouped(columns, best, values, compact)
            return lambda: self._show(columns, measure, report, best.by)

        return compute

    def choice(self) -> GroupChoice:
        """What is grouped by now."""
        by = GroupBy[self.by.chosen_key()]
        return GroupChoice(by, self.level_box.currentData(), read_edges(self.edges_field.text()))

    def table(self) -> PlainTable:
        name = self._measure.name if self._measure else ""
        headers = (self.choice().by.value, "Accounts", "Share of accounts")
        rows: list[tuple[str | float | None, ...]] = []
        for group in self._report.groups:
            shares = self._shares(group)
            line = (group.label, len(group.rows), shares[0])
            rows.append((*line, group.value, shares[1]) if name else line)
        return PlainTable((*headers, name, f"Share of {name}") if name else headers, rows)

    def paragraphs(self) -> list[tuple[str, str]]:
        words = {GroupBy.SIZE: SIZE_FORMULA, GroupBy.REGION: REGION_FORMULA}
        name = self._measure.name if self._measure else "the number of accounts"
        return [
            ("", words.get(self.choice().by, TEXT_FORMULA)),
            ("", f"The value of a group is the sum of {name} over its accounts."),
            ("muted", PARTS_ADD_UP),
        ]

    def _compose(self) -> None:
        head = row(self.by, self.level_box, self.edges_field, None, self.length)
        scroll = scrolled(column(self.chart, None), "Chart")
        self.chart.moved.connect(
            lambda at: scroll.ensureVisible(0, self.chart.middle_of(at), 0, _ROOM_AROUND)
        )
        outer = column(head, self.summary, gap=6, margin=(12, 0, 12, 8))
        outer.addWidget(scroll, 1)
        self.setLayout(outer)

    def _on_by(self, *, is_first: bool = False) -> None:
        by = GroupBy[self.by.chosen_key()]
        for widget, kind in ((self.level_box, GroupBy.REGION), (self.edges_field, GroupBy.SIZE)):
            if by is not kind:
                widget.hide()
        self.level_box.setVisible(by is GroupBy.REGION)
        self.edges_field.setVisible(by is GroupBy.SIZE)
        if not is_first:
            self._has_chosen = True
            self.choice_changed.emit()

    def _show(
        self, columns: PlanColumns, measure: Measure | None, report: GroupReport, by: GroupBy
    ) -> None:
        if by.name != self.by.chosen_key():
            self.by.set_chosen(by.name)
            self._on_by(is_first=True)
        self._ids, self._measure, self._report = columns.ids, measure, report
        self.length.setVisible(measure is not None)
        self.summary.setText(self._summary(columns))
        self._show_bars()

    def _summary(self, columns: PlanColumns) -> str:
        accounts = plural(len(columns), "account", "accounts")
        if self._measure is None:
            return f"{accounts}. Import sales, or a column of numbers, to see their value too."
        with_value = int((columns.values(self._measure) != 0).sum())
        total = measure_value(self._report.value, self._measure.kind)
        return f"{accounts}, {count(with_value)} with a value; {self._measure.name}: {total}."

    def _show_bars(self) -> None:
        by_value = self._measure is not None and self.length.chosen_key() == "value"
        is_sized = self.choice().by is GroupBy.SIZE
        report = self._report
        if not is_sized:
            report = largest(report, _MOST_BARS, by_value=by_value)
        self._shown = report.groups
        self.chart.set_bars(
            [self._bar(at, g, by_value=by_value) for at, g in enumerate(self._shown)]
        )

    def _bar(self, key: int, group: Group, *, by_value: bool) -> Bar:
        shares = self._shares(group)
        tooltip = f"{group.label}: {plural(len(group.rows), 'account', 'accounts')}"
        tooltip += f" ({share_words(shares[0])})"
        if self._measure is not None:
            value = measure_value(group.value, self._measure.kind)
            tooltip += f", {self._measure.name} {value} ({share_words(shares[1])})"
        return Bar(
            key=key,
            label=group.label,
            value=group.value if by_value else len(group.rows),
            figure=compact(group.value) if by_value else count(len(group.rows)),
            detail=share_words(shares[1] if by_value else shares[0]),
            tooltip=tooltip,
            is_muted=group.is_rest,
        )

    def _shares(self, group: Group) -> tuple[float | None, float | None]:
        report = self._report
        accounts = len(group.rows) / report.account_count if report.account_count else None
        return accounts, group.value / report.value if report.value > 0 else None

    def _on_bar(self, key: int) -> None:
        group = self._shown[key]
        self._ask_for(f"{self.choice().by.value}: {group.label}", group.rows)


def _first_that_tells(columns: PlanColumns, choice: GroupChoice) -> GroupChoice:
    """The choice, with another grouping where the accounts have nothing that it could tell."""
    texts = {GroupBy.SEGMENT: "segment", GroupBy.INDUSTRY: "industry"}
    name = texts.get(choice.by)
    if name is None or (columns.texts[name] != "").any():
        return choice
    industries = columns.texts[texts[GroupBy.INDUSTRY]]
    return replace(choice, by=GroupBy.INDUSTRY if (industries != "").any() else GroupBy.REGION)


_EDGE = re.compile(r"(\d+(?:\.\d+)?)([kM]?)")


def read_edges(text: str) -> tuple[float, ...]:
    """Limits as the user writes them: ``10k; 50,000; 1.5M``; what is no number is left out."""
    found: set[float] = set()
    for part in re.split(r"[;\s]+", text):
        match = _EDGE.fullmatch(part.replace(",", ""))
        if match is not None:
            found.add(float(match.group(1)) * {"": 1.0, "k": 1e3, "M": 1e6}[match.group(2)])
    return tuple(sorted(edge for edge in found if edge > 0))
