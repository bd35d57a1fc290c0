# SPDX-License-Identifier: MIT
"""Overlaps, gaps and coverage: what several territories claim, what nobody serves, what is open."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QSizePolicy, QStackedWidget, QWidget

from app.models.changes import Changes
from app.models.ids import GeoUnitId, TerritoryId
from app.models.measure import VISIT_HOURS, Measure
from app.models.overlaps import PairReport
from app.services.coverage.meanings import revenue_measure
from app.services.overlaps.plan_overlaps import OverlapFacts, overlap_facts
from app.ui.formats import count
from app.ui.panes.frozen_work import FrozenWork
from app.ui.panes.lazy_pane import LazyPane
from app.ui.panes.overlaps.claim_columns import ClaimTable
from app.ui.panes.overlaps.claim_list import ClaimList
from app.ui.panes.overlaps.pairs_view import PairsView
from app.ui.panes.pane import Pane
from app.ui.parts import column, row
from app.ui.session import EditSession
from app.ui.tasks import Task, TaskContext, TaskRunner
from app.ui.widgets.segmented import Segmented

PAIRS, OVERLAPS, GAPS, COVERAGE = "pairs", "overlaps", "gaps", "coverage"
_LARGE = 5_000
"""From so many accounts on, the lists are worked out in the background: strokes must not wait."""
_PAGES = ((PAIRS, "Pairs"), (OVERLAPS, "Overlaps"), (GAPS, "Gaps"), (COVERAGE, "Coverage"))


@dataclass(frozen=True, eq=False)
class _Found:
    """What the lists show."""

    facts: OverlapFacts
    overlaps: ClaimTable
    gaps: ClaimTable
    pairs: PairReport


class OverlapPane(Pane):
    """Four pages: pairs of territories, overlaps, gaps, and coverage with whitespace.

    Signals:
        go_to(object, bool): Id of a geounit or account, and whether it is an account.
        geounits_selected(object): Tuple of the areas that the user selected here.
        rows_requested(str, object): Title and ids of accounts behind a figure.
        map_requested(int): Id of a measure by which the map is to be coloured.
        message(str): Something that the user should know.
    """

    go_to = Signal(object, bool)
    geounits_selected = Signal(object)
    rows_requested = Signal(str, object)
    map_requested = Signal(int)
    message = Signal(str)

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._facts: OverlapFacts | None = None
        self._work: FrozenWork[_Found] = FrozenWork(session, self, _LARGE)
        self._measuring = TaskRunner(self)
        self.lists = Segmented("Page", list(_PAGES))
        self.pairs = PairsView(session)
        self.overlaps = ClaimList(session, is_gap=False)
        self.gaps = ClaimList(session, is_gap=True)
        self.coverage = LazyPane(self._make_coverage)
        self._pages = QStackedWidget()
        self._views: dict[str, QWidget] = {
            PAIRS: self.pairs,
            OVERLAPS: self.overlaps,
            GAPS: self.gaps,
            COVERAGE: self.coverage,
        }
        for view in self._views.values():
            self._pages.addWidget(view)
        self._corners = QStackedWidget()
        self._corner_by_page: dict[str, QWidget] = {
            PAIRS: self.pairs.corner,
            OVERLAPS: self.overlaps.corner,
            GAPS: self.gaps.corner,
        }
        for corner in self._corner_by_page.values():
            self._corners.addWidget(corner)
        self._corners.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        outer = column(row(self.lists, None, self._corners, margin=(12, 8, 12, 8)), gap=0)
        outer.addWidget(self._pages, 1)
        self.setLayout(outer)
        self._connect()

    def concerns(self, changes: Changes) -> bool:
        return changes.touches_alignment or bool(changes.settings or changes.records)

    def refresh(self) -> None:
        workspace = self.session.workspace

        def freeze() -> Callable[[], _Found]:
            facts = overlap_facts(workspace, self._measures())
            territories = [territory.name for territory in workspace.territories]
            accounts = workspace.accounts.text("name")

            def compute() -> _Found:
                tables = [
                    ClaimTable.of(facts, territories, accounts, is_gap=is_gap)
                    for is_gap in (False, True)
                ]
                return _Found(facts, tables[0], tables[1], facts.pairs())

            return compute

        self._work.start(("name", "segment"), freeze, self._show)

    def stop(self) -> None:
        """Let go of the plan before it is closed."""
        self._work.stop()
        self._measuring.stop()
        self.coverage.stop()
        for table in (self.pairs.table, self.overlaps.table, self.gaps.table):
            table.array_model.stop()

    @property
    def page(self) -> str:
        """Key of the page that is shown."""
        return self.lists.chosen_key()

    def show_list(self, key: str) -> None:
        """Show a page: ``pairs``, ``overlaps``, ``gaps`` or ``coverage``."""
        self.lists.set_chosen(key)
        self._pages.setCurrentWidget(self._views[key])
        if key == COVERAGE:
            self.coverage.pane(QWidget)  # makes it, and with it its corner
        self._corners.setCurrentWidget(self._corner_by_page[key])
        self.invalidate()

    def select_units(self, units: tuple[GeoUnitId, ...]) -> None:
        """Select the rows of areas that are selected on the map."""
        view = self._views[self.page]
        if isinstance(view, ClaimList) and self.isVisible():
            view.select_units(units)

    def ask(self, items: list[int], territory: TerritoryId | None) -> QDialog | None:
        """Open the dialog that settles items of the list that is shown."""
        facts, view = self._facts, self._views[self.page]
        if facts is None or not isinstance(view, ClaimList):
            return None
        # The dialog and its policies take 30 ms to import, which the start need not wait for.
        from app.ui.panes.overlaps.settling_flow import ask_settling  # noqa: PLC0415 see above

        ask = ask_settling(self.session, facts, view, items)
        return ask(territory, self.window(), self)

    # Wiring

    def _connect(self) -> None:
        self.lists.chosen.connect(self.show_list)
        self.pairs.pair_selected.connect(self._on_pair)
        self.pairs.pair_requested.connect(self._list_pair)
        for view in (self.overlaps, self.gaps):
            view.go_to.connect(self.go_to)
            view.geounits_selected.connect(self.geounits_selected)
            view.settle_requested.connect(self.ask)
            view.message.connect(self.message)

    def _make_coverage(self) -> QWidget:
        # Imported when it is first looked at: most users begin with the lists.
        from app.ui.panes.overlaps.coverage_view import CoverageView  # noqa: PLC0415

        made = CoverageView(self.session)
        made.rows_requested.connect(self.rows_requested)
        made.map_requested.connect(self.map_requested)
        made.geounits_selected.connect(self.geounits_selected)
        self._corner_by_page[COVERAGE] = made.corner
        self._corners.addWidget(made.corner)
        return made

    def _measures(self) -> tuple[Measure, ...]:
        """What overlaps are valued by beside the main measure: revenue, and hours of visits."""
        workspace = self.session.workspace
        listed = workspace.account_measures
        revenue = revenue_measure(listed, workspace.settings.revenue_measure)
        hours = next((each for each in listed if each.id == VISIT_HOURS), None)
        return tuple(each for each in (revenue, hours) if each is not None)

    # Showing

    def _show(self, found: _Found) -> None:
        facts = self._facts = found.facts
        overlapping, open_ = len(facts.overlaps), int((facts.gaps.counts > 0).sum())
        for at, number in ((1, overlapping), (2, open_)):
            self.lists.buttons()[at].setText(f"{_PAGES[at][1]}  {count(number)}")
        self.overlaps.show_facts(facts, found.overlaps)
        self.gaps.show_facts(facts, found.gaps)
        self._measure(facts, found.pairs)

    def _measure(self, facts: OverlapFacts, pairs: PairReport) -> None:
        """Measure the land: at once, or in the background where areas were drawn."""
        if not facts.drawn_areas:
            self._show_land(facts, facts.pairs(facts.land()))
            return

        def work(context: TaskContext) -> PairReport:
            return facts.pairs(facts.land(lambda: context.progress(-1)))

        self.pairs.show_report(pairs, facts.measures, is_measuring=True)
        self._measuring.cancel()
        self._measuring.run(
            Task(
                "Measuring shared land",
                work,
                lambda report: self._show_land(facts, report),
            )
        )

    def _show_land(self, facts: OverlapFacts, report: PairReport) -> None:
        if facts is self._facts:
            self.pairs.show_report(report, facts.measures, is_measuring=False)

    def _on_pair(self, pair: tuple[TerritoryId, TerritoryId] | None) -> None:
        """Select on the map what both territories claim."""
        facts = self._facts
        if facts is None or pair is None:
            return
        wanted = {facts.position_by_territory[each] for each in pair}
        sets = [wanted <= claimants for claimants in facts.numbers.sets]
        items = facts.overlaps
        units = items.unit[np.array(sets)[items.sets] & (items.unit >= 0)]
        self.geounits_selected.emit(facts.borders.geounits(units.tolist()))

    def _list_pair(self, pair: tuple[TerritoryId, TerritoryId]) -> None:
        facts = self._facts
        if facts is None:
            return
        names = [self.session.workspace.territory(each).name for each in pair]
        positions = frozenset(facts.position_by_territory[each] for each in pair)
        self.show_list(OVERLAPS)
        self.overlaps.show_pair(positions, " and ".join(names))
