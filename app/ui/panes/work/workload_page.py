# SPDX-License-Identifier: MIT
"""The work of every territory in a table, and how one of them comes about beside it."""

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QSplitter, QStackedWidget, QWidget

from app.models.changes import Changes
from app.models.ids import TerritoryId
from app.models.workload import WorkloadLine, WorkloadReport
from app.services.exporting.workload_table import workload_table
from app.services.workload.visits_made import VisitsMade, visits_made
from app.ui.fonts import HEADING
from app.ui.panes.frozen_work import LARGE
from app.ui.panes.pane import Pane
from app.ui.panes.work.term_list import TermList
from app.ui.panes.work.territory_work_dialog import TerritoryWorkDialog
from app.ui.panes.work.work_columns import work_columns
from app.ui.panes.work.work_terms import made_terms, travel_terms, workload_terms
from app.ui.panes.work.work_words import line_name, problem_words, summary_words
from app.ui.parts import button, column, icon_button, label, row
from app.ui.session import EditSession
from app.ui.tables.copyable_table import CopyableTable
from app.ui.tasks import Task, TaskRunner
from app.ui.theme import set_kind
from app.ui.tokens import tokens_of
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.section import Section

_DETAIL_WIDTH = 330


class WorkloadPage(Pane):
    """Visits, hours, capacity and utilisation per territory.

    Signals:
        territory_activated(int): Id of a territory to show elsewhere.
        table_requested(ExportTable): What is shown, to save as a sheet.
        import_requested(): There are no accounts, and the user wants to bring some in.
    """

    territory_activated = Signal(int)
    table_requested = Signal(object)
    import_requested = Signal()

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._report: WorkloadReport | None = None
        self._made: VisitsMade | None = None
        self._chosen: TerritoryId | None = None
        self._tasks = TaskRunner(self)
        self._start = 0
        self.summary = label("", wraps=True)
        self.save = icon_button("export", "Save the workload as a sheet…", self._on_save)
        self.table = CopyableTable("Workload by territory")
        self.title = label("", size=HEADING, semibold=True, wraps=True)
        self.terms = TermList("Workload")
        self.travel = TermList("Travel")
        self._travel_section = Section("Travel, step by step", self.travel)
        self.settings_button = button("Travel and administration…", self._on_settings)
        self.empty = EmptyState(
            "clock",
            "No work to plan yet",
            "Workload comes from the visits that accounts ask for. Import accounts, then give them"
            " to territories.",
        )
        self.empty.add_button("import", "Import accounts…", icon_name="import", primary=True)
        self.empty.chosen.connect(lambda _key: self.import_requested.emit())
        self._compose()
        self.table.rows_selected.connect(self._on_rows)
        self.table.row_activated.connect(self._on_activated)

    @property
    def report(self) -> WorkloadReport | None:
        """What is shown, None until it is computed."""
        return self._report

    def refresh(self) -> None:
        workspace = self.session.workspace
        has_accounts = len(workspace.accounts) > 0
        self._stack.setCurrentIndex(0 if has_accounts else 1)
        if not has_accounts:
            return
        self._start += 1
        if len(workspace.accounts) < LARGE:
            self._show(workspace.work.report())
            return
        number, job = self._start, workspace.work.report_job()

        def done(report: WorkloadReport) -> None:
            if number == self._start:
                workspace.work.keep(report)
                self._show(report)

        self._tasks.run(Task("Working out the workload", lambda _context: job(), done))

    def concerns(self, changes: Changes) -> bool:
        return bool(
            changes.touches_alignment or changes.settings or changes.reps or changes.records
        )

    def select_territory(self, territory: TerritoryId) -> None:
        """Show how the work of a territory comes about."""
        self._chosen = territory
        if self._report is not None:
            self._mark()

    def stop(self) -> None:
        """Forget what was started, and wait until nothing runs."""
        self._start += 1
        self._tasks.stop()

    def _compose(self) -> None:
        inside = QWidget()
        set_kind(inside, "surface")
        inside.setLayout(
            column(
                self.title,
                self.terms,
                self._travel_section,
                row(self.settings_button, None),
                None,
                margin=(16, 4, 16, 12),
            )
        )
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setMinimumWidth(280)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName("How this comes about")
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.addWidget(self.table)
        self._splitter.addWidget(scroll)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setSizes([3 * _DETAIL_WIDTH, _DETAIL_WIDTH])
        page = QWidget()
        head = row(self.summary, margin=(12, 4, 12, 6))
        head.setStretch(0, 1)
        head.addWidget(self.save, 0, Qt.AlignmentFlag.AlignTop)
        inner = column(head, gap=0)
        inner.addWidget(self._splitter, 1)
        page.setLayout(inner)
        self._stack = QStackedWidget()
        self._stack.addWidget(page)
        self._stack.addWidget(self.empty)
        self.setLayout(column(self._stack))

    def _show(self, report: WorkloadReport) -> None:
        workspace = self.session.workspace
        if any(
            line.territory_id is not None and not workspace.has_territory(line.territory_id)
            for line in report.lines
        ):
            return  # the plan went on meanwhile; the next report is on its way
        self._report = report
        # For a large plan, reading all visits would take too long here.
        is_small = max(len(workspace.accounts), workspace.records.visit_count) < LARGE
        self._made = visits_made(workspace, workspace.today()) if is_small else None
        problems = problem_words(workspace, report)
        self.summary.setText(summary_words(report, problems))
        tokens = tokens_of(self.palette())
        self.table.array_model.set_columns(work_columns(workspace, report, tokens))
        self._mark()

    def _mark(self) -> None:
        """Select the line that was chosen, the first one where it is gone, and explain it."""
        lines = self._report.lines if self._report is not None else ()
        wanted = self._chosen
        at = next(
            (i for i, e in enumerate(lines) if wanted is not None and e.territory_id == wanted), 0
        )
        if lines:
            self.table.select_source_rows(np.array([at]), scroll=False)
            self._explain(lines[at])

    def _explain(self, line: WorkloadLine) -> None:
        workspace = self.session.workspace
        self.title.setText(line_name(workspace, line))
        self.terms.set_terms([*workload_terms(workspace, line), *made_terms(self._made, line)])
        self.travel.set_terms(travel_terms(workspace, line))
        is_territory = line.territory_id is not None
        self.settings_button.setVisible(is_territory)
        self._travel_section.setVisible(is_territory)
        self.settings_button.setEnabled(not self.session.is_read_only)

    def _on_rows(self, rows: np.ndarray) -> None:
        if self._report is None or not len(rows) or rows[0] >= len(self._report.lines):
            return
        line = self._report.lines[int(rows[0])]
        if line.territory_id is not None:
            self._chosen = line.territory_id
        self._explain(line)

    def _on_activated(self, source_row: int) -> None:
        if self._report is not None:
            territory = self._report.lines[source_row].territory_id
            if territory is not None:
                self.territory_activated.emit(int(territory))

    def _on_save(self) -> None:
        workspace = self.session.workspace
        if self._report is not None:
            reps = {t.id: r.name for t in workspace.territories if (r := workspace.rep_of(t.id))}
            names = {territory.id: territory.name for territory in workspace.territories}
            self.table_requested.emit(workload_table(self._report, names, reps))

    def _on_settings(self) -> None:
        territory = self._chosen
        if territory is None and self._report is not None and self._report.lines:
            territory = self._report.lines[0].territory_id
        if territory is not None and self.session.workspace.has_territory(territory):
            TerritoryWorkDialog(self.session, territory, self).open()
