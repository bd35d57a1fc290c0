# SPDX-License-Identifier: MIT
"""Coverage and whitespace per territory and per area, with the accounts behind each figure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QStackedWidget, QWidget

from app.models.changes import Changes
from app.models.geounit import GeoLevel, geounit_id
from app.models.ids import GeoUnitId
from app.models.measure import SALES_OF_A_YEAR, WHITESPACE, Measure
from app.services.commands import PutSetting
from app.services.coverage.meanings import possible_measures
from app.services.coverage.plan_coverage import (
    CoverageChoice,
    CoverageSources,
    coverage_facts,
    coverage_inputs,
)
from app.services.coverage.report import CoverageFacts, CoverageTable
from app.services.store.plan_settings import POTENTIAL_MEASURE, REVENUE_MEASURE
from app.ui.panes.account_columns import DISPUTED_TEXT, UNASSIGNED_TEXT
from app.ui.panes.frozen_work import FrozenWork
from app.ui.panes.overlaps.coverage_columns import (
    coverage_columns,
    rows_behind,
    totals_sentence,
)
from app.ui.panes.overlaps.words import COVERAGE_FORMULA
from app.ui.panes.pane import Pane
from app.ui.parts import button, column, icon_button, label, row
from app.ui.session import EditSession
from app.ui.tables.copyable_table import CopyableTable
from app.ui.tables.table_tools import TableTools
from app.ui.tokens import tokens_of
from app.ui.widgets.chip import chip_icon
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.popover import Popover
from app.ui.widgets.segmented import Segmented

_TERRITORY = "territory"
_BY = (
    (_TERRITORY, "Territories"),
    (GeoLevel.STATE.value, "States"),
    (GeoLevel.COUNTY.value, "Counties"),
    (GeoLevel.ZIP.value, "ZIP areas"),
)
_LINE_TITLES = {
    _TERRITORY: "Territory",
    GeoLevel.STATE.value: "State",
    GeoLevel.COUNTY.value: "County",
    GeoLevel.ZIP.value: "ZIP area",
}
_MONTHS = (3, 6, 12, 24)
_GUESSED = -1


@dataclass(frozen=True, eq=False)
class _Shown:
    """What is on the screen.

    Attributes:
        group: Per account its line.
        units: Per line the position of its area in the layer; empty for territories.
    """

    facts: CoverageFacts
    sources: CoverageSources
    table: CoverageTable
    group: np.ndarray
    names: np.ndarray
    units: np.ndarray


class CoverageView(Pane):
    """One line per territory or area.

    Signals:
        rows_requested(str, object): Title and ids (int64 array) of the accounts behind a figure.
        geounits_selected(object): Tuple of the areas whose rows are selected.
        map_requested(int): Id of a measure by which the map is to be coloured.
    """

    rows_requested = Signal(str, object)
    geounits_selected = Signal(object)
    map_requested = Signal(int)

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._work: FrozenWork[_Shown] = FrozenWork(session, self)
        self._shown: _Shown | None = None
        self.by = Segmented("Lines", list(_BY))
        self.potential_box = _box("Measure of potential")
        self.revenue_box = _box("Measure of revenue")
        self.months_box = _box("Months in which an account counts as reached")
        self.calls_box = _box("What counts as calls")
        self.table = CopyableTable("Coverage and whitespace")
        self.tools = TableTools(self.table, "Coverage", self)
        self.summary = label("", wraps=True)
        self.formula = Popover("How is this computed?", self)
        self._help = icon_button("help", "How is this computed?", self._on_help)
        self.map_button = button(
            "Colour the map",
            lambda: self.map_requested.emit(int(WHITESPACE)),
            icon_name="map",
            tooltip="Colour areas on the map by whitespace",
        )
        self.corner = QWidget()
        """Its buttons, for whoever shows the page."""
        self._empty = EmptyState(
            "chart",
            "No potential yet",
            "Import what each account could buy per year, in a column named Potential, or choose"
            " above which of your columns says so.",
        )
        self._stack = QStackedWidget()
        self._compose()
        self._connect()

    def concerns(self, changes: Changes) -> bool:
        return changes.touches_alignment or bool(
            changes.settings or changes.records or changes.reps
        )

    def refresh(self) -> None:
        workspace, choice, by = self.session.workspace, self.choice(), self.by.chosen_key()
        self._fill_measures()

        def freeze() -> Callable[[], _Shown]:
            plan = coverage_inputs(workspace)
            if by == _TERRITORY:
                names = [territory.name for territory in workspace.territories]
                lines = np.array([*names, UNASSIGNED_TEXT, DISPUTED_TEXT], dtype=object)
                return lambda: _by_territory(*coverage_facts(plan, choice), lines)
            level = GeoLevel(by)
            index = workspace.accounts.unit_index[level]
            layer = workspace.geography.layer(level).names
            return lambda: _by_area(*coverage_facts(plan, choice), index, layer)

        self._work.start((), freeze, self._show)

    def stop(self) -> None:
        """Let go of the plan before it is closed."""
        self._work.stop()
        self.table.array_model.stop()

    def choice(self) -> CoverageChoice:
        """What the user chose."""
        planned = bool(self.calls_box.currentData())
        return CoverageChoice(int(self.months_box.currentData()), plans_calls=planned)

    # Composition

    def _compose(self) -> None:
        for months in _MONTHS:
            self.months_box.addItem(f"Reached in {months} months", months)
        self.months_box.setCurrentIndex(_MONTHS.index(12))
        self.calls_box.addItem("Calls: visits made", False)
        self.calls_box.addItem("Calls: visits planned", True)
        flow = FlowLayout(gap=8)
        boxes = (self.potential_box, self.revenue_box, self.months_box, self.calls_box)
        for part in (self.by, *boxes):
            flow.addWidget(part)
        self.corner.setLayout(row(None, self.map_button, self._help, *self.tools.buttons, gap=4))
        head = column(flow, self.tools.chips, self.summary, margin=(12, 0, 12, 8), gap=6)
        for page in (self.table, self._empty):
            self._stack.addWidget(page)
        outer = column(head, gap=0)
        outer.addWidget(self._stack, 1)
        self.setLayout(outer)

    def _connect(self) -> None:
        self.by.chosen.connect(lambda _key: self.invalidate())
        for box in (self.months_box, self.calls_box):
            box.activated.connect(lambda _at: self.invalidate())
        self.potential_box.activated.connect(
            lambda _at: self._choose(self.potential_box, POTENTIAL_MEASURE, "potential")
        )
        self.revenue_box.activated.connect(
            lambda _at: self._choose(self.revenue_box, REVENUE_MEASURE, "revenue")
        )
        self.table.rows_selected.connect(lambda _rows: self._on_selected())
        self.table.row_activated.connect(self._on_activated)

    def _fill_measures(self) -> None:
        workspace = self.session.workspace
        settings = workspace.settings
        listed = possible_measures(workspace.measures)
        can_edit = not self.session.is_read_only
        for box, chosen, words in (
            (self.potential_box, settings.potential_measure, "Potential"),
            (self.revenue_box, settings.revenue_measure, "Revenue"),
        ):
            with QSignalBlocker(box):
                box.clear()
                box.addItem(f"{words}: by name", _GUESSED)
                for measure in listed:
                    box.addItem(f"{words}: {measure.name}", int(measure.id))
                if box is self.revenue_box and len(workspace.records.transactions):
                    box.addItem(f"{words}: sales of a year", int(SALES_OF_A_YEAR))
                box.setCurrentIndex(max(0, box.findData(_GUESSED if chosen is None else chosen)))
                box.setEnabled(can_edit)

    # Reacting

    def _show(self, shown: _Shown) -> None:
        self._shown = shown
        potential, sources = shown.sources.potential, shown.sources
        has_any = potential is not None and bool(shown.table.known.sum())
        self._stack.setCurrentIndex(0 if has_any else 1)
        self.summary.setVisible(has_any)
        known = [measure.id for measure in self.session.workspace.measures]
        self.map_button.setEnabled(WHITESPACE in known)
        self._name_guesses(sources)
        if potential is None:
            return
        title = _LINE_TITLES[self.by.chosen_key()]
        columns = coverage_columns(shown.table, shown.names, title, potential, self._chip)
        self.table.array_model.set_columns(columns)
        self.summary.setText(
            totals_sentence(shown.table, potential) + _notes(sources, self.choice())
        )

    def _name_guesses(self, sources: CoverageSources) -> None:
        """Say what a guess by name has found."""
        sales = "sales of a year" if sources.has_sales else "none found"
        for box, words in (
            (self.potential_box, f"Potential: {_name(sources.potential, 'none found')}"),
            (self.revenue_box, f"Revenue: {_name(sources.revenue, sales)}"),
        ):
            if box.currentData() == _GUESSED:
                box.setItemText(0, f"{words} (by name)")

    def _choose(self, box: QComboBox, key: str, words: str) -> None:
        chosen = int(str(box.currentData()))
        value = None if chosen == _GUESSED else chosen
        self.session.run(PutSetting(key, value, f"Choose the measure of {words}"), self)

    def _on_selected(self) -> None:
        shown = self._shown
        if shown is not None and len(shown.units):
            rows = self.table.selected_source_rows()
            self.geounits_selected.emit(self._units(shown.units[rows]))

    def _chip(self, at: int) -> object:
        """The colour of a line's territory; None for an area and for what no territory has."""
        territories = self.session.workspace.territories
        is_territory = self.by.chosen_key() == _TERRITORY and at < len(territories)
        tokens = tokens_of(self.palette())
        return chip_icon(territories[at].color_index, tokens) if is_territory else None

    def _units(self, index: np.ndarray) -> tuple[GeoUnitId, ...]:
        level = GeoLevel(self.by.chosen_key())
        codes = self.session.workspace.geography.layer(level).codes
        return tuple(geounit_id(level, str(codes[at])) for at in index.tolist() if at >= 0)

    def _on_activated(self, at: int) -> None:
        """List the accounts behind the figure that was double-clicked."""
        shown = self._shown
        if shown is None:
            return
        place = self.table.currentIndex().column()
        columns = self.table.array_model.columns()
        key = columns[place].key if 0 <= place < len(columns) else "accounts"
        rows, words = rows_behind(shown.facts, shown.group, at, key)
        ids = self.session.workspace.accounts.ids[rows]
        self.rows_requested.emit(f"{shown.names[at]}: {words}", ids)

    def _on_help(self) -> None:
        self.formula.set_paragraphs(COVERAGE_FORMULA)
        self.formula.open_below(self._help)


def _by_territory(facts: CoverageFacts, sources: CoverageSources, names: np.ndarray) -> _Shown:
    group = facts.by_territory()
    table = CoverageTable.of(facts, group, len(names))
    table.service  # noqa: B018  worked out here, in the worker
    return _Shown(facts, sources, table, group, names, np.empty(0, dtype=np.int64))


def _by_area(
    facts: CoverageFacts, sources: CoverageSources, index: np.ndarray, names: Sequence[str]
) -> _Shown:
    """One line per area with accounts; those whose area is not known come last."""
    units, group = np.unique(index, return_inverse=True)
    if len(units) and units[0] < 0:
        units, group = np.roll(units, -1), (group - 1) % len(units)
    words = [names[at] if at >= 0 else "No such area known" for at in units.tolist()]
    table = CoverageTable.of(facts, group, len(units))
    return _Shown(facts, sources, table, group, np.array(words, dtype=object), units)


def _notes(sources: CoverageSources, choice: CoverageChoice) -> str:
    """What the figures lack."""
    words: list[str] = []
    if sources.period is None:
        words.append("Without visits and orders nothing can be called unreached.")
    if not sources.has_calls:
        words.append("Without visits made or planned there is no service ratio.")
    elif sources.calls_are_planned and not choice.plans_calls:
        words.append("Calls are the planned visits, as no visits made are known.")
    return "".join(f" {each}" for each in words)


def _name(measure: Measure | None, otherwise: str) -> str:
    return otherwise if measure is None else measure.name


def _box(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    made.setMaximumWidth(310)
    return made
