# SPDX-License-Identifier: MIT
"""The index builder: weights over measures, and which territories flip as one of them slides."""

import uuid

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QScrollArea, QSplitter, QStackedWidget, QWidget

from app.models.changes import Changes
from app.models.ids import MeasureId, StrokeId
from app.models.measure import INDEX
from app.models.work import IndexWeight
from app.services.commands import SetIndexWeights, SetMainMeasure
from app.ui.fonts import CAPTION
from app.ui.panes.pane import Pane
from app.ui.panes.work.index_words import (
    moved_weights,
    sensitivity_sentence,
    span_columns,
    span_rows,
    usual_weights,
    weighable,
)
from app.ui.panes.work.weight_row import WeightRow
from app.ui.parts import button, clear_layout, column, label, row
from app.ui.session import EditSession
from app.ui.tables.copyable_table import CopyableTable
from app.ui.theme import set_kind
from app.ui.tokens import ROW_HEIGHT
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.span_chart import SpanChart

_MOST_ROWS = 12
"""Of the table before it scrolls by itself."""
_EMPTY = (
    "An index weighs several measures together, each as its share of the plan: 60 % workload, 30 %"
    " potential and 10 % sales are the usual advice. Territories can then be balanced by it."
)


class IndexPage(Pane):
    """Weights at the left, what they do at the right.

    Signals:
        territory_activated(int): Id of a territory to show elsewhere.
    """

    territory_activated = Signal(int)

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._slid: MeasureId | None = None
        self._stroke: StrokeId | None = None
        self._grabbed: tuple[IndexWeight, ...] = ()
        self.rows: list[WeightRow] = []
        self._row_box = column(gap=6)
        self.add_box = QComboBox()
        self.add_box.setAccessibleName("Add a measure to the index")
        # It is filled again and again; the width of what is said while closed must be kept free.
        self.add_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.add_box.activated.connect(self._on_add)
        self.main_button = button("Balance by the index", self._on_main, kind="primary")
        self.usual_button = button("60/30/10", self._on_usual)
        self.end_button = button("Do without an index", self._on_end, kind="link")
        self.note = label("", "warning", wraps=True)
        self.sentence = label("", wraps=True)
        self.legend = label(
            "Green: within the tolerance. Red, raised: above it. Amber, lowered: below it. The mark"
            " is the weight of now.",
            "muted",
            size=CAPTION,
            wraps=True,
        )
        self.chart = SpanChart("How territories stand as one weight slides")
        self.chart.activated.connect(self.territory_activated)
        self.table = CopyableTable("Weights for which each territory is under, within and over")
        self.empty = EmptyState("sliders", "No index yet", _EMPTY)
        self.start_button = self.empty.add_button("usual", "Start with 60/30/10", primary=True)
        self.empty.chosen.connect(lambda _key: self._on_usual())
        self._compose()

    def refresh(self) -> None:
        weights = self.session.workspace.work.weights
        can_edit = not self.session.is_read_only
        self._stack.setCurrentIndex(0 if weights else 1)
        self.start_button.setEnabled(can_edit)
        if not weights:
            return
        if self._slid not in {each.measure for each in weights}:
            self._slid = weights[0].measure
        self._refresh_rows(weights, can_edit=can_edit)
        self._refresh_buttons(weights, can_edit=can_edit)
        self._refresh_chart()

    def concerns(self, changes: Changes) -> bool:
        return bool(
            changes.touches_alignment or changes.settings or changes.reps or changes.records
        )

    def slide(self, measure: MeasureId) -> None:
        """Show what sliding the weight of a measure does."""
        self._slid = measure
        self.invalidate()

    def _compose(self) -> None:
        left = QWidget()
        set_kind(left, "surface")
        left.setLayout(
            column(
                label("Weights, always 100 % together", "muted"),
                self._row_box,
                row(self.add_box, self.usual_button, None),
                self.note,
                row(self.main_button, self.end_button, None),
                None,
                margin=(12, 6, 16, 12),
            )
        )
        right = QWidget()
        set_kind(right, "surface")
        right.setLayout(
            column(self.sentence, self.legend, self.chart, self.table, None, margin=(16, 6, 12, 12))
        )
        splitter = QSplitter(Qt.Orientation.Horizontal)
        for part, name in ((left, "Weights"), (right, "Sensitivity")):
            scroll = QScrollArea()
            scroll.setWidget(part)
            scroll.setWidgetResizable(True)
            scroll.setMinimumWidth(300)
            scroll.setAccessibleName(name)
            scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            splitter.addWidget(scroll)
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes([380, 620])
        self._stack = QStackedWidget()
        self._stack.addWidget(splitter)
        self._stack.addWidget(self.empty)
        self.setLayout(column(self._stack))

    def _refresh_rows(self, weights: tuple[IndexWeight, ...], *, can_edit: bool) -> None:
        workspace = self.session.workspace
        if [made.measure for made in self.rows] != [each.measure for each in weights]:
            clear_layout(self._row_box)
            self.rows = []
            for each in weights:
                made = WeightRow(each.measure)
                made.slid.connect(self._on_slid)
                made.grabbed.connect(self._on_grabbed)
                made.removed.connect(self._on_removed)
                self.rows.append(made)
                self._row_box.addWidget(made)
        whole = sum(each.weight for each in weights)
        for made, each in zip(self.rows, weights, strict=True):
            name = workspace.measure(each.measure).name
            made.show_weight(name, each.weight / whole if whole > 0 else 0.0)
            made.set_chosen(is_chosen=each.measure == self._slid)
            made.setEnabled(can_edit)

    def _refresh_buttons(self, weights: tuple[IndexWeight, ...], *, can_edit: bool) -> None:
        workspace = self.session.workspace
        taken = {each.measure for each in weights}
        with QSignalBlocker(self.add_box):
            self.add_box.clear()
            self.add_box.addItem("Add a measure…")
            for measure in weighable(workspace):
                if measure.id not in taken:
                    self.add_box.addItem(measure.name, int(measure.id))
        self.add_box.setEnabled(can_edit and self.add_box.count() > 1)
        self.usual_button.setEnabled(can_edit)
        self.end_button.setEnabled(can_edit)
        is_main = workspace.main_measure.id == INDEX
        self.main_button.setEnabled(can_edit and not is_main)
        self.main_button.setText("Balanced by the index" if is_main else "Balance by the index")
        left_out = [
            workspace.measure(part.measure).name
            for part in workspace.work.index_parts()
            if part.is_left_out
        ]
        self.note.setVisible(bool(left_out))
        if left_out:
            names = ", ".join(left_out)
            self.note.setText(
                f"{names} adds up to nothing, so it has no shares. The other measures make up for"
                " it."
            )

    def _refresh_chart(self) -> None:
        workspace = self.session.workspace
        if self._slid is None:
            return
        report = workspace.work.sensitivity(self._slid)
        name = workspace.measure(self._slid).name
        self.sentence.setText(sensitivity_sentence(report, name))
        self.chart.set_rows(span_rows(workspace, report), report.weight)
        self.table.array_model.set_columns(span_columns(workspace, report))
        rows = min(len(report.territories), _MOST_ROWS)
        self.table.setMinimumHeight(ROW_HEIGHT * (rows + 1) + 24)

    def _run(self, weights: tuple[IndexWeight, ...], stroke: StrokeId | None = None) -> None:
        self.session.run(SetIndexWeights(weights, stroke), self)

    def _on_grabbed(self, measure: int) -> None:
        self._stroke = StrokeId(f"index {uuid.uuid4()}")
        self._slid = MeasureId(measure)
        # Proportions are those of the beginning, so that 100 % does not wipe them out.
        self._grabbed = self.session.workspace.work.weights

    def _on_slid(self, measure: int, share: float) -> None:
        now = {each.measure for each in self.session.workspace.work.weights}
        if self._slid != MeasureId(measure) or {each.measure for each in self._grabbed} != now:
            self._on_grabbed(measure)
        self._run(moved_weights(self._grabbed, MeasureId(measure), share), self._stroke)

    def _on_removed(self, measure: int) -> None:
        weights = self.session.workspace.work.weights
        left = tuple(each for each in weights if each.measure != MeasureId(measure))
        if sum(each.weight for each in left) <= 0:
            left = tuple(IndexWeight(each.measure, 1.0) for each in left)
        self._run(left)

    def _on_add(self, position: int) -> None:
        measure = self.add_box.itemData(position)
        if measure is None:
            return
        weights = self.session.workspace.work.weights
        added = (*weights, IndexWeight(MeasureId(int(measure)), 0.0))
        self._run(moved_weights(added, MeasureId(int(measure)), 0.1))

    def _on_usual(self) -> None:
        self._run(usual_weights(self.session.workspace))

    def _on_end(self) -> None:
        self._run(())

    def _on_main(self) -> None:
        name = self.session.workspace.measure(INDEX).name
        self.session.run(SetMainMeasure(INDEX, name), self)
