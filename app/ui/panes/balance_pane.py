# SPDX-License-Identifier: MIT
"""Balance: totals, shares and deviations of a measure, in a table and a chart."""

import time
import uuid

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QScrollArea, QSpinBox, QSplitter, QWidget

from app.models.ids import MeasureId, StrokeId, TerritoryId
from app.models.measure import Measure
from app.models.reports import BalanceReport
from app.services.commands import SetIdealByCapacity, SetMainMeasure, SetTolerance
from app.services.plan_export import balance_for_export
from app.services.roll_up import report_at_level
from app.ui.formats import count, measure_value, plural
from app.ui.panes.balance_rows import (
    balance_columns,
    chart_bars,
    formula_paragraphs,
    summary_sentence,
)
from app.ui.panes.pane import Pane
from app.ui.panes.territory_regions import levels_of
from app.ui.parts import button, column, icon_button, label, padded, row
from app.ui.session import EditSession
from app.ui.tables.copyable_table import CopyableTable
from app.ui.theme import set_kind
from app.ui.tokens import tokens_of
from app.ui.widgets.balance_chart import BalanceChart
from app.ui.widgets.deviation_bar import DeviationDelegate
from app.ui.widgets.popover import Popover
from app.ui.widgets.segmented import Segmented

_DEVIATION_COLUMN = 5
_TERRITORIES = -1
"""Stands for the lowest level among the levels to choose from."""
_SAME_STROKE_S = 2.0
_HEAVIER = 14
_SIDE_BY_SIDE_WIDTH = 900
_CHART_WIDTH = 420


class BalancePane(Pane):
    """How much each territory has, and how far that is from its ideal.

    Signals:
        territory_activated: Id of the territory that was chosen in the table or the chart.
        measure_shown: Id of the measure that is shown now.
        table_requested(ExportTable): What is shown, to save as a sheet.
    """

    territory_activated = Signal(int)
    measure_shown = Signal(int)
    table_requested = Signal(object)

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._measure_id: MeasureId | None = None
        self._stroke: StrokeId | None = None
        self._stroke_at = 0.0
        self.measure_box = QComboBox()
        self.measure_box.setAccessibleName("Measure")
        self.measure_box.setMinimumWidth(150)
        self.level_box = QComboBox()
        self.level_box.setAccessibleName("Level of the rows")
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.level_box.setSizeAdjustPolicy(policy)
        self.level_box.setMinimumContentsLength(6)
        self.level_box.hide()
        self.tolerance_box = QSpinBox()
        self.tolerance_box.setAccessibleName("Tolerance in percent")
        self.tolerance_box.setRange(1, 100)
        self.tolerance_box.setPrefix("± ")
        self.tolerance_box.setSuffix("\u202f%")
        self.tolerance_box.setKeyboardTracking(False)
        padded(self.tolerance_box)
        self.ideal_switch = Segmented("Ideal", [("equal", "Equal"), ("capacity", "By capacity")])
        self.make_main = button("Use everywhere", self._on_make_main, kind="link")
        self.make_main.setToolTip("Make this the measure that the list and the map show")
        self.well_placed = button("", self.invalidate, kind="chip")
        self.well_placed.setCheckable(True)
        self.well_placed.setToolTip(
            "Accounts that are known by county, state or country only, or not placed at all, may "
            "count for the wrong territory"
        )
        self.part_switch = Segmented("View", [("table", "Table"), ("chart", "Chart")])
        self._is_wide = False
        self.summary = label("", wraps=True)
        self.table = CopyableTable("Balance by territory")
        self.table.setItemDelegateForColumn(_DEVIATION_COLUMN, DeviationDelegate(self.table))
        self.chart = BalanceChart()
        self.formula = Popover("How is this computed?", self)
        self._compose()
        self.part_switch.chosen.connect(lambda _key: self._show_parts())
        self.measure_box.activated.connect(self._on_measure_chosen)
        self.level_box.activated.connect(lambda _at: self.invalidate())
        self.tolerance_box.valueChanged.connect(self._on_tolerance_changed)
        self.ideal_switch.chosen.connect(
            lambda key: self.session.run(SetIdealByCapacity(key == "capacity"), self)
        )
        self.table.row_activated.connect(self._on_row_activated)
        self.table.rows_selected.connect(lambda _rows: self._on_rows_selected())
        self.chart.activated.connect(self._on_bar_activated)

    @property
    def shown_measure(self) -> Measure:
        """The measure that the pane shows: the plan's main one until the user chose another."""
        workspace = self.session.workspace
        if self._measure_id is None:
            return workspace.main_measure
        return workspace.measure(self._measure_id)

    def show_measure(self, measure: MeasureId | None) -> None:
        """Show another measure; None follows the plan's main measure."""
        self._measure_id = measure
        self.invalidate()
        self.measure_shown.emit(int(self.shown_measure.id))

    def refresh(self) -> None:
        workspace = self.session.workspace
        measure = self.shown_measure
        tokens = tokens_of(self.palette())
        self._refresh_controls(measure)
        report = self._report()
        word = self.level_box.currentText()
        level = word if self._depth() is not None else ""
        self.summary.setText(summary_sentence(workspace, report, level))
        columns = balance_columns(workspace, report, measure, tokens, word)
        self.table.array_model.set_columns(columns)
        self.chart.set_bars(
            chart_bars(workspace, report), lambda value: measure_value(value, measure.kind)
        )
        self.formula.set_paragraphs(
            formula_paragraphs(workspace, self._territory_report(), measure)
        )

    def select_territory(self, territory: TerritoryId) -> None:
        """Mark a territory in the chart."""
        self.chart.set_selected(frozenset((int(territory),)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        is_wide = event.size().width() >= _SIDE_BY_SIDE_WIDTH
        if is_wide != self._is_wide:
            self._is_wide = is_wide
            self._show_parts()
        if is_wide:
            self._splitter.setSizes([event.size().width() - _CHART_WIDTH, _CHART_WIDTH])
        super().resizeEvent(event)

    def _show_parts(self) -> None:
        """Table and chart side by side where there is room, else the one that is chosen."""
        shows_table = self.part_switch.chosen_key() == "table"
        self.part_switch.setVisible(not self._is_wide)
        self.table.setVisible(self._is_wide or shows_table)
        self._chart_area.setVisible(self._is_wide or not shows_table)

    def _compose(self) -> None:
        help_button = icon_button("help", "How is this computed?", self._on_help)
        self.save = icon_button("export", "Save the balance as a sheet…", self._on_save)
        controls = row(
            self.measure_box,
            self.make_main,
            None,
            label("Ideal", "muted"),
            self.ideal_switch,
            8,
            label("Tolerance", "muted"),
            self.tolerance_box,
            self.save,
            help_button,
        )
        self._help = help_button
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setMinimumWidth(300)
        scroll.setAccessibleName("Chart")
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        set_kind(inside, "surface")
        inside.setLayout(column(self.chart, None))
        scroll.setWidget(inside)
        self._chart_area = scroll
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.addWidget(self.table)
        self._splitter.addWidget(scroll)
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 2)
        self._splitter.setChildrenCollapsible(False)
        line = row(self.level_box, self.summary)
        line.setStretch(1, 1)
        for part in (self.well_placed, self.part_switch):
            line.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        head = column(controls, line, margin=(12, 8, 12, 8))
        outer = column(head, gap=0)
        outer.addWidget(self._splitter, 1)
        self.setLayout(outer)
        self._show_parts()

    def _refresh_controls(self, measure: Measure) -> None:
        workspace = self.session.workspace
        with QSignalBlocker(self.measure_box), QSignalBlocker(self.tolerance_box):
            self.measure_box.clear()
            for known in workspace.measures:
                self.measure_box.addItem(known.name, int(known.id))
            self.measure_box.setCurrentIndex(self.measure_box.findData(int(measure.id)))
            self.tolerance_box.setValue(round(workspace.settings.tolerance_fraction * 100))
        self._offer_levels()
        rough = int(workspace.accounts.is_rough.sum()) if measure.level is None else 0
        self.well_placed.setVisible(rough > 0)
        self.well_placed.setText(f"Leave out {count(rough)} roughly placed")
        accounts = plural(rough, "roughly placed account", "roughly placed accounts")
        self.well_placed.setAccessibleName(f"Leave out {accounts}")
        # A chosen chip is written heavier than its own size hint knows.
        self.well_placed.setMinimumWidth(self.well_placed.sizeHint().width() + _HEAVIER)
        by_capacity = workspace.settings.ideal_by_capacity
        self.ideal_switch.set_chosen("capacity" if by_capacity else "equal")
        can_edit = not self.session.is_read_only
        self.make_main.setVisible(can_edit and measure.id != workspace.main_measure.id)
        self.tolerance_box.setEnabled(can_edit)
        self.ideal_switch.setEnabled(can_edit)

    def _offer_levels(self) -> None:
        """Offer the levels of regions where there are some; keep the one that is chosen."""
        words = levels_of(self.session.workspace).words
        chosen = self.level_box.currentData()
        with QSignalBlocker(self.level_box):
            self.level_box.clear()
            self.level_box.addItem(words[-1], _TERRITORIES)
            for depth, word in enumerate(words[:-1]):
                self.level_box.addItem(word, depth)
            at = self.level_box.findData(_TERRITORIES if chosen is None else chosen)
            self.level_box.setCurrentIndex(max(at, 0))
        self.level_box.setVisible(len(words) > 1)

    def _depth(self) -> int | None:
        """The level of regions that is shown, or None for territories."""
        chosen = self.level_box.currentData()
        return None if chosen in (None, _TERRITORIES) else int(chosen)

    def _report(self) -> BalanceReport:
        """The balance of what is shown: territories, or regions of one level."""
        report, depth = self._territory_report(), self._depth()
        if depth is None:
            return report
        return report_at_level(report, self.session.workspace.territories, depth)

    def _territory_report(self) -> BalanceReport:
        """The balance of the territories, with or without the roughly placed accounts."""
        measure = self.shown_measure
        leaves_out = self.well_placed.isChecked() and measure.level is None
        return self.session.workspace.balance(measure.id, well_placed_only=leaves_out)

    def _on_measure_chosen(self, position: int) -> None:
        self.show_measure(MeasureId(self.measure_box.itemData(position)))

    def _on_make_main(self) -> None:
        measure = self.shown_measure
        self._measure_id = None
        self.session.run(SetMainMeasure(measure.id, measure.name), self)

    def _on_tolerance_changed(self, percent_value: int) -> None:
        now = time.monotonic()
        if self._stroke is None or now - self._stroke_at > _SAME_STROKE_S:
            self._stroke = StrokeId(f"tolerance {uuid.uuid4()}")
        self._stroke_at = now
        self.session.run(SetTolerance(percent_value / 100, self._stroke), self)

    def _on_save(self) -> None:
        workspace = self.session.workspace
        self.table_requested.emit(balance_for_export(workspace, self._report(), self._depth()))

    def _territory_in_row(self, source_row: int) -> TerritoryId | None:
        return self._report().rows[source_row].territory_id

    def _on_row_activated(self, source_row: int) -> None:
        territory = self._territory_in_row(source_row)
        if territory is not None:
            self.territory_activated.emit(int(territory))

    def _on_rows_selected(self) -> None:
        rows = self.table.selected_source_rows().tolist()
        found = [self._territory_in_row(row_number) for row_number in rows]
        self.chart.set_selected(frozenset(int(t) for t in found if t is not None))

    def _on_bar_activated(self, territory: int) -> None:
        self.chart.set_selected(frozenset((territory,)))
        self.territory_activated.emit(territory)

    def _on_help(self) -> None:
        self.formula.open_below(self._help)
