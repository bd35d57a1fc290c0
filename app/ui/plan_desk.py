# SPDX-License-Identifier: MIT
"""Opening and closing plans in the window, and the actions on them."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog

from app.models.errors import AppError
from app.models.geounit import GeoLevel
from app.services.boundaries.formats import may_hold_boundaries
from app.services.geography.geography import Geography
from app.services.workspace import Workspace
from app.ui.file_actions import FileActions, show_in_folder
from app.ui.file_kinds import SHEET_FILTER, SUFFIX
from app.ui.formats import plural
from app.ui.help_actions import HelpActions
from app.ui.main_window import MainWindow
from app.ui.plan_actions import PlanActions
from app.ui.plan_opener import PlanOpener, Surroundings
from app.ui.publisher import Publisher
from app.ui.rescue import Rescue
from app.ui.session import EditSession
from app.ui.tasks import Task, TaskRunner
from app.ui.window_context import OpenPlan, WindowContext

_LAST_PLAN = "window/last_plan"


class PlanDesk(QObject):
    """The window's plan, if one is open, and everything that is done with it.

    Args:
        window: The frame.
        surroundings: Geography and folders.

    Signals:
        plan_opened(), plan_closed(): A plan came or went.
    """

    plan_opened = Signal()
    plan_closed = Signal()

    def __init__(self, window: MainWindow, surroundings: Surroundings) -> None:
        super().__init__(window)
        self._window = window
        self._follow_up: Callable[[], None] | None = None
        self.tasks = TaskRunner(self)
        self._quiet = TaskRunner(self)
        """Work that nobody waits for, so it shows no progress."""
        self.context = WindowContext(
            window,
            window.settings,
            surroundings,
            self.tasks,
            window.show_message,
            window.show_done,
            window.explain,
            window.show_file,
            actions=window.actions_by_key,
        )
        self.opener = PlanOpener(surroundings, window.recent, self.tasks, self)
        self.map_host = window.map_host
        self.files = FileActions(self.opener, window)
        self.plans = PlanActions(self.context)
        self._rescue = Rescue(surroundings, self.tasks, window)
        self._rescue.rescued.connect(self.opener.open)
        self.help = HelpActions(self.context, self.map_host)
        self._connect()

    # Plans

    def open_path(self, path: Path) -> None:
        """Open a plan file, or start an import where it is anything else."""
        self.open_paths((path,))

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open a plan file, or import everything else that was dropped or chosen together."""
        plans = [path for path in paths if path.suffix.lower() == SUFFIX]
        if plans:
            self.opener.open(plans[0])
        elif paths:
            self.import_paths(paths)

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Import files and folders, into a new plan where none is open."""
        if self.context.plan is not None:
            self._bring_in(paths)
            return
        name = paths[0].stem
        self._follow_up = lambda: self._bring_in(paths)
        self.opener.create(self.opener.free_path(name), name)

    def _bring_in(self, paths: Sequence[Path]) -> None:
        """Tables are imported; a file of areas is added to the map."""
        areas = [path for path in paths if may_hold_boundaries(path)]
        if areas:
            self.plans.add_boundary_file(areas[0])
        else:
            self.plans.import_paths(paths)

    def choose_spreadsheet(self) -> None:
        """Import a spreadsheet from the welcome page; a plan for it is made."""
        folder = str(self.context.surroundings.documents)
        chosen, _ = QFileDialog.getOpenFileNames(self._window, "Import files", folder, SHEET_FILTER)
        if chosen:
            self.import_paths([Path(name) for name in chosen])

    def reopen_last(self) -> None:
        """Open the plan that was open when the window was closed, if it is still there."""
        last = str(self._window.settings.value(_LAST_PLAN, ""))
        if last and Path(last).exists():
            self.opener.open(Path(last))

    def close_plan(self) -> None:
        """Close the plan without a question: every edit is saved already."""
        self._close()
        self._window.settings.setValue(_LAST_PLAN, "")

    def shut_down(self) -> None:
        """Close the plan so that the next start opens it again."""
        self._quiet.stop()
        self._close()

    def call(self, key: str) -> None:
        """Do what an action says."""
        for owner in (self, self.files, self.plans, self.help):
            handler: Callable[[], None] | None = getattr(owner, key, None)
            if handler is not None:
                handler()
                return
        message = f"no handler for the action {key}"
        raise LookupError(message)

    def warm_up(self) -> None:
        """Load what the first plan will need, while the user looks at the welcome page."""
        geography = self.context.surroundings.geography
        self.map_host.lend().show_view(geography.view(GeoLevel.COUNTY))
        self._quiet.run(Task("Reading areas", lambda _context: _read_areas(geography), _nothing))

    def set_dark(self, dark: bool) -> None:
        """Draw the open plan in the theme of the window."""
        if plan := self.context.plan:
            plan.screen.map.is_dark = dark
            plan.screen.map.redraw()

    # Reacting

    def _connect(self) -> None:
        progress = self._window.progress
        self.opener.opened.connect(self._on_opened)
        self.opener.failed.connect(self._on_open_failed)
        self.tasks.started.connect(progress.start)
        self.tasks.progressed.connect(self._on_progress)
        self.tasks.finished.connect(progress.finish)
        self.tasks.failed.connect(self._window.explain)
        self.tasks.crashed.connect(_raise)
        progress.cancelled.connect(self.tasks.cancel)
        self._window.toast.file_requested.connect(show_in_folder)

    def _on_opened(self, workspace: Workspace) -> None:
        self._close()
        # Importing the screen brings the web engine; by now the map host has loaded it.
        from app.ui.plan_screen import PlanScreen  # noqa: PLC0415

        window = self._window
        session = EditSession(workspace, self)
        session.tasks = self.tasks
        publisher = Publisher(session, self)
        view = self.map_host.lend()
        screen = PlanScreen(session, view, window.settings, window, is_dark=window.is_dark)
        self.context.plan = OpenPlan(session, publisher, screen)
        window.show_screen(screen, screen.search)
        screen.drawer.restore()
        screen.build_requested.connect(self.plans.build)
        screen.import_requested.connect(self.plans.import_table)
        screen.forces_requested.connect(self.plans.sales_forces)
        screen.divide_requested.connect(self.plans.divide_market)
        screen.data.boundaries_requested.connect(self.plans.add_boundaries)
        screen.check.pane.link_requested.connect(self.plans.areas.link_areas)
        screen.data.sheet_requested.connect(self.plans.export_sheet)
        screen.data.table_requested.connect(self.plans.export_table)
        screen.balance.table_requested.connect(self.plans.export_table)
        screen.work.table_requested.connect(self.plans.export_table)
        screen.forces.table_requested.connect(self.plans.export_table)
        screen.rules.table_requested.connect(self.plans.export_table)
        screen.tables.sheet_requested.connect(self.plans.export_view)
        screen.data.done.connect(window.show_done)
        screen.map.message.connect(window.show_message)
        screen.map.state_changed.connect(self._check_marks)
        session.edit_failed.connect(window.explain)
        session.history_changed.connect(self._refresh)
        publisher.state_changed.connect(self._refresh)
        publisher.problem.connect(window.explain)
        publisher.kept_both.connect(self._on_kept_both)
        window.settings.setValue(_LAST_PLAN, str(workspace.document.path))
        self._show_document_state(workspace)
        self._check_marks()
        self._refresh()
        self.plan_opened.emit()
        follow_up, self._follow_up = self._follow_up, None
        if follow_up is not None:
            QTimer.singleShot(0, self, follow_up)

    def _show_document_state(self, workspace: Workspace) -> None:
        document = workspace.document
        self._window.show_read_only(document.read_only_reason)
        if document.recovered_changes:
            words = plural(document.recovered_changes, "edit", "edits")
            self._window.show_message(f"Kept your last {words} from the run before.")
        elif document.notices:
            self._window.show_message(" ".join(document.notices))

    def _check_marks(self) -> None:
        """Check the level, the colouring and the dots that the map shows, and nothing else."""
        plan = self.context.plan
        if plan is None:
            return
        shown = {f"level_{plan.screen.map.view_key}", f"color_{plan.screen.map.coloring}"}
        if plan.screen.map.shows_accounts:
            shown.add("show_accounts_on_map")
        if plan.screen.map.marks.is_on:
            shown.add("mark_changes")
        for key, action in self.context.actions.items():
            if action.isCheckable() and key != "toggle_theme":
                action.setChecked(key in shown)

    def _on_kept_both(self) -> None:
        """The plan file was changed elsewhere: go on with ours in its new file."""
        if plan := self.context.plan:
            path = plan.session.workspace.document.path
            self._window.recent.add(path)
            self._window.settings.setValue(_LAST_PLAN, str(path))
            self._window.show_message(
                f"The plan file was changed by somebody else. Both are kept: yours is {path.name}."
            )

    def _on_open_failed(self, error: AppError, path: Path) -> None:
        self._follow_up = None
        if not path.exists():
            self._window.recent.remove(path)
            self._window.welcome.set_recent(self._window.recent.paths())
        self._rescue.explain(error, path)

    def _on_progress(self, fraction: float, text: str) -> None:
        self._window.progress.set_progress(fraction if fraction >= 0 else None, text)

    def _close(self) -> None:
        plan = self.context.plan
        if plan is None:
            return
        self.tasks.stop()
        plan.publisher.stop()
        plan.screen.release_map()
        self.map_host.take_back()
        self.context.plan = None
        self._window.remove_screen(plan.screen)
        plan.screen.deleteLater()
        try:
            plan.session.workspace.close()
        except AppError as error:
            self._window.explain(error)
        plan.publisher.deleteLater()
        plan.session.deleteLater()
        self.plan_closed.emit()
        self._refresh()

    def _refresh(self) -> None:
        """Title, and what undo and redo say."""
        window, plan = self._window, self.context.plan
        is_read_only = plan is not None and plan.session.is_read_only
        window.enable_actions(has_plan=plan is not None, is_read_only=is_read_only)
        if plan is None:
            window.setWindowTitle("Evenfield")
            return
        status = plan.session.workspace.history_status()
        for key, word, label in (
            ("undo", "Undo", status.undo_label),
            ("redo", "Redo", status.redo_label),
        ):
            text = (label or "").replace("&", "&&")
            window.actions_by_key[key].setText(f"&{word} {text}".rstrip())
            window.actions_by_key[key].setEnabled(bool(label) and not is_read_only)
        name = plan.session.workspace.info.name
        window.setWindowTitle(f"{name} – {plan.publisher.state.value} – Evenfield")


def _read_areas(geography: Geography) -> None:
    """Read the tables of all levels, which the first plan would wait for otherwise."""
    for level in GeoLevel:
        geography.layer(level).index_of("")


def _nothing(_result: object) -> None:
    """Areas are read; nothing follows."""


def _raise(error: BaseException) -> None:
    """Hand a bug to the program's crash dialog."""
    raise error
