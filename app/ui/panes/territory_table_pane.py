# SPDX-License-Identifier: MIT
"""All territories and regions in one table, with every figure and all that can be set."""

import numpy as np
from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.models.changes import Changes
from app.models.ids import TerritoryId
from app.models.workload import WorkloadReport
from app.ui.formats import plural
from app.ui.panes.pane import Pane
from app.ui.panes.territory_columns import TerritoryColumns
from app.ui.panes.territory_edits import TerritoryEdits
from app.ui.parts import column, row
from app.ui.session import EditSession
from app.ui.tables.arranger import LARGE
from app.ui.tables.bulk_edit import EditButton
from app.ui.tables.copyable_table import CopyableTable
from app.ui.tables.table_tools import TableTools, sum_label
from app.ui.tasks import Task, TaskRunner
from app.ui.tokens import tokens_of
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.search_field import SearchField


class TerritoryTablePane(Pane):
    """A table of all territories of the sales force that is shown.

    Signals:
        territories_selected(object): Tuple of the ids whose rows are selected.
        territory_activated(int): Id of the territory that was chosen with Enter or a double click.
        build_requested(str): The user wants to build first territories; empty for how.
        message(str): Something that the user should know.
    """

    territories_selected = Signal(object)
    territory_activated = Signal(int)
    build_requested = Signal(str)
    message = Signal(str)

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._edits = TerritoryEdits(session)
        self._tasks = TaskRunner(self)
        self._start = 0
        self.table = CopyableTable("All territories")
        self.tools = TableTools(self.table, "Territories", self)
        self.edit = EditButton(self.table, ("territory", "territories"))
        self.search = SearchField("Search territories")
        self.search.setMinimumWidth(120)
        self.search.setMaximumWidth(220)
        self._sum = sum_label()
        self._stack = QStackedWidget()
        self._compose()
        self.search.searched.connect(self.table.array_model.set_filter)
        self.table.rows_selected.connect(self._on_selected)
        self.table.row_activated.connect(
            lambda at: self.territory_activated.emit(int(session.workspace.territories[at].id))
        )
        self.table.message.connect(self.message)

    def concerns(self, changes: Changes) -> bool:
        return bool(
            changes.touches_alignment or changes.settings or changes.reps or changes.records
        )

    def refresh(self) -> None:
        workspace = self.session.workspace
        self._stack.setCurrentIndex(0 if workspace.territories else 1)
        self._start += 1
        if len(workspace.accounts) < LARGE:
            self._show(workspace.work.report())
            return
        self._show(None)
        self._compute_work()

    def select_territories(self, territories: tuple[TerritoryId, ...]) -> None:
        """Select rows, as the list at the left does; says nothing to listeners."""
        if self._is_stale:
            return
        positions = self.session.workspace.state.position_by_territory
        rows = [positions[each] for each in territories if each in positions]
        with QSignalBlocker(self.table):
            self.table.select_source_rows(np.array(rows, dtype=np.int64))
        self._show_sum(self.table.selected_source_rows())

    def selected_territories(self) -> tuple[TerritoryId, ...]:
        """The territories whose rows are selected, in the order shown."""
        territories = self.session.workspace.territories
        return tuple(territories[at].id for at in self.table.selected_source_rows().tolist())

    def stop(self) -> None:
        """Let go of what is being worked out before the plan is closed."""
        self._start += 1
        self._tasks.stop()
        self.table.array_model.stop()

    def _compose(self) -> None:
        tools = row(self.search, self._sum, self.edit, *self.tools.buttons)
        tools.setStretch(1, 1)
        head = column(tools, self.tools.chips, margin=(12, 8, 12, 8), gap=8)
        full = QWidget()
        full.setLayout(column(head, self.table, gap=0))
        empty = EmptyState(
            "map", "No territories yet", "Build them from today's owners or from the reps' homes."
        )
        empty.add_button("", "Build territories…", icon_name="wand", primary=True)
        empty.chosen.connect(self.build_requested)
        self._stack.addWidget(full)
        self._stack.addWidget(empty)
        self.setLayout(column(self._stack))
        self._show_sum(np.empty(0, dtype=np.int64))

    def _show(self, work: WorkloadReport | None) -> None:
        columns = TerritoryColumns(self.session.workspace, self._edits, tokens_of(self.palette()))
        self.table.array_model.set_columns(columns.columns(work))
        self._show_sum(self.table.selected_source_rows())

    def _compute_work(self) -> None:
        """Travel of a large plan takes a moment, in which everything else is shown already."""
        job, number = self.session.workspace.work.report_job(), self._start

        def done(report: WorkloadReport) -> None:
            if number == self._start:
                self._show(report)

        self._tasks.run(Task("Working out the workload", lambda _context: job(), done))

    def _on_selected(self, rows: np.ndarray) -> None:
        self._show_sum(rows)
        self.territories_selected.emit(self.selected_territories())

    def _show_sum(self, rows: np.ndarray) -> None:
        words = plural(len(rows), "territory", "territories")
        self._sum.set_full_text(f"{words} selected" if len(rows) else "")
        self.edit.setEnabled(len(rows) > 0 and not self.session.is_read_only)
