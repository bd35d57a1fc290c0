# SPDX-License-Identifier: MIT
"""The window: welcome page or open plan, menus, title, and what happens between plans."""

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QStackedWidget, QWidget

from app.models.errors import AppError
from app.services.workspace import Workspace
from app.ui.actions import ACTIONS, fill_menu_bar, make_actions, set_enabled
from app.ui.dialogs.message import show_problem
from app.ui.file_actions import FileActions
from app.ui.help_actions import HelpActions
from app.ui.map_host import MapHost
from app.ui.parts import column, row
from app.ui.plan_actions import PlanActions
from app.ui.plan_opener import SUFFIX, PlanOpener, Surroundings
from app.ui.publisher import Publisher
from app.ui.recent_plans import RecentPlans
from app.ui.session import EditSession
from app.ui.tasks import TaskRunner
from app.ui.theme import apply_theme, system_prefers_dark
from app.ui.welcome_page import WelcomePage
from app.ui.widgets.banner import Banner
from app.ui.widgets.progress_overlay import ProgressOverlay
from app.ui.widgets.toast import Toast
from app.ui.window_context import OpenPlan, WindowContext

_log = logging.getLogger(__name__)
_SIZE = (1360, 860)
SHEET_FILTER = "Spreadsheets (*.csv *.txt *.tsv *.xlsx *.xls *.ods *.gz);;All files (*)"
_SPREADSHEETS = {".csv", ".txt", ".tsv", ".xlsx", ".xls", ".ods", ".gz"}


class MainWindow(QMainWindow):
    """The one window of the program.

    Args:
        surroundings: Geography and folders.
        settings: What the window remembers between runs.

    Signals:
        plan_opened(), plan_closed(): A plan came or went.
    """

    plan_opened = Signal()
    plan_closed = Signal()

    def __init__(self, surroundings: Surroundings, settings: QSettings) -> None:
        super().__init__()
        self.settings = settings
        self._follow_up: Callable[[], None] | None = None
        self.tasks = TaskRunner(self)
        self.context = WindowContext(
            self, settings, surroundings, self.tasks, self.show_message, self.explain
        )
        self.recent = RecentPlans(settings)
        self.opener = PlanOpener(surroundings, self.recent, self.tasks, self)
        self.map_host = MapHost(self)
        self.files = FileActions(self.opener, self)
        self.plans = PlanActions(self.context)
        self.help = HelpActions(self.context, self.map_host)
        self._compose()
        self._connect()
        self._restore()

    # Plans

    def open_path(self, path: Path) -> None:
        """Open a plan file, or start an import where it is a spreadsheet."""
        if path.suffix.lower() in _SPREADSHEETS:
            self.import_file(path)
        else:
            self.opener.open(path)

    def import_file(self, path: Path) -> None:
        """Import a spreadsheet, into a new plan where none is open."""
        if self.context.plan is not None:
            self.plans.import_path(path)
            return
        self._follow_up = lambda: self.plans.import_path(path)
        self.opener.create(self.opener.free_path(path.stem), path.stem)

    def close_plan(self) -> None:
        """Close the plan without a question: every edit is saved already."""
        plan = self.context.plan
        if plan is None:
            return
        self.tasks.stop()
        plan.publisher.stop()
        plan.screen.release_map()
        self.map_host.take_back()
        self.context.plan = None
        self.stack.removeWidget(plan.screen)
        plan.screen.hide()
        self.menuBar().setCornerWidget(QWidget(self))
        plan.screen.deleteLater()
        try:
            plan.session.workspace.close()
        except AppError as error:
            self.explain(error)
        plan.session.deleteLater()
        self.settings.setValue("window/last_plan", "")
        self.show_welcome()
        self.plan_closed.emit()
        self._refresh()

    def show_welcome(self) -> None:
        """Bring the welcome page into view; an open plan stays open behind it."""
        self.welcome.set_recent(self.recent.paths())
        self.stack.setCurrentWidget(self.welcome)
        self.banner.hide()

    def toggle_theme(self) -> None:
        """Change between light and dark."""
        self.set_dark(not self.is_dark)

    def set_dark(self, dark: bool) -> None:
        """Dress the whole window, map included."""
        self.is_dark = dark
        self.settings.setValue("window/dark", dark)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, dark)
            # Menus have a font of their own in most styles; here they share the window's.
            for part in (self.menuBar(), *self.menus.values()):
                part.setFont(app.font())
        self.map_host.set_dark(dark)
        if plan := self.context.plan:
            plan.screen.map.is_dark = dark
            plan.screen.map.redraw()
        self.context.actions["toggle_theme"].setChecked(dark)

    def quit(self) -> None:
        """Close the window."""
        self.close()

    # Composition

    def _compose(self) -> None:
        self.setObjectName("MainWindow")
        self.setAcceptDrops(True)
        self.resize(*_SIZE)
        self.stack = QStackedWidget()
        self.welcome = WelcomePage()
        self.stack.addWidget(self.welcome)
        self.banner = Banner("")
        self.banner.add_action("Save a copy…", self.plans.save_copy)
        self.banner.hide()
        holder = _stacked(self.banner, self.stack)
        self.setCentralWidget(holder)
        self.toast = Toast(holder)
        self.progress = ProgressOverlay(holder)
        owners = (self, self.files, self.plans, self.help)
        handlers = {spec.key: _handler(spec.key, owners) for spec in ACTIONS}
        self.context.actions = make_actions(self, handlers)
        self.menus = fill_menu_bar(self.menuBar(), self.context.actions)

    def _connect(self) -> None:
        self.opener.opened.connect(self._on_opened)
        self.opener.failed.connect(self._on_open_failed)
        self.tasks.started.connect(self.progress.start)
        self.tasks.progressed.connect(self._on_progress)
        self.tasks.finished.connect(self.progress.finish)
        self.tasks.failed.connect(self.explain)
        self.tasks.crashed.connect(_raise)
        self.progress.cancelled.connect(self.tasks.cancel)
        self.toast.undo_requested.connect(self.plans.undo)
        page = self.welcome
        page.import_requested.connect(self._choose_spreadsheet)
        page.sample_requested.connect(self.files.open_sample)
        page.open_requested.connect(self.files.open_plan)
        page.new_requested.connect(self.files.new_plan)
        page.plan_chosen.connect(self.open_path)
        page.remove_requested.connect(self._on_forget)
        page.file_dropped.connect(self.open_path)

    def _restore(self) -> None:
        geometry = self.settings.value("window/geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)
        app = QApplication.instance()
        follows = isinstance(app, QApplication) and system_prefers_dark(app)
        stored = self.settings.value("window/dark", follows)
        self.is_dark = str(stored).lower() == "true"
        self.set_dark(self.is_dark)
        self.show_welcome()
        self._refresh()

    def reopen_last(self) -> None:
        """Open the plan that was open when the window was closed, if it is still there."""
        last = str(self.settings.value("window/last_plan", ""))
        if last and Path(last).exists():
            self.opener.open(Path(last))

    # Reacting

    def _on_opened(self, workspace: Workspace) -> None:
        self.close_plan()
        # Importing the screen brings the web engine; by now MapHost has loaded it.
        from app.ui.plan_screen import PlanScreen  # noqa: PLC0415

        session = EditSession(workspace, self)
        publisher = Publisher(session, self)
        view = self.map_host.lend()
        screen = PlanScreen(session, view, self.settings, self, is_dark=self.is_dark)
        self.context.plan = OpenPlan(session, publisher, screen)
        self.stack.addWidget(screen)
        self.stack.setCurrentWidget(screen)
        self._show_search(screen.search)
        screen.drawer.restore()
        screen.build_requested.connect(self.plans.build)
        screen.import_requested.connect(self.plans.import_table)
        screen.map.message.connect(self.show_message)
        session.edit_failed.connect(self.explain)
        session.history_changed.connect(self._refresh)
        publisher.state_changed.connect(self._refresh)
        publisher.problem.connect(self.explain)
        self.settings.setValue("window/last_plan", str(workspace.document.path))
        self._show_document_state(workspace)
        self._refresh()
        self.plan_opened.emit()
        follow_up, self._follow_up = self._follow_up, None
        if follow_up is not None:
            QTimer.singleShot(0, self, follow_up)

    def _show_search(self, search: QWidget) -> None:
        """Put the plan's search field to the right of the menus."""
        holder = QWidget(self)
        holder.setLayout(row(search, margin=(0, 4, 8, 4)))
        holder.setMinimumWidth(320)
        self.menuBar().setCornerWidget(holder)
        holder.show()

    def _show_document_state(self, workspace: Workspace) -> None:
        document = workspace.document
        self.banner.hide()
        if document.is_read_only:
            self.banner.set_text(document.read_only_reason)
            self.banner.show()
        elif document.recovered_changes:
            count = document.recovered_changes
            self.show_message(f"Evenfield kept your last {count} edits from the run before.")

    def _on_progress(self, fraction: float, text: str) -> None:
        self.progress.set_progress(fraction if fraction >= 0 else None, text)

    def _on_open_failed(self, error: AppError, path: Path) -> None:
        self._follow_up = None
        if not path.exists():
            self.recent.remove(path)
            self.welcome.set_recent(self.recent.paths())
        self.explain(error)

    def _choose_spreadsheet(self) -> None:
        """Import a spreadsheet from the welcome page; the plan for it is made beside it."""
        chosen, _ = QFileDialog.getOpenFileName(
            self, "Import a spreadsheet", str(self.context.surroundings.documents), SHEET_FILTER
        )
        if chosen:
            self.import_file(Path(chosen))

    def _on_forget(self, path: Path) -> None:
        self.recent.remove(path)
        self.welcome.set_recent(self.recent.paths())

    def show_message(self, text: str) -> None:
        """A short message over the lower edge."""
        self.toast.show_message(text)

    def explain(self, error: AppError) -> None:
        """A problem, in a dialog."""
        show_problem(error, self)

    def _refresh(self) -> None:
        plan = self.context.plan
        actions = self.context.actions
        set_enabled(
            actions,
            has_plan=plan is not None,
            is_read_only=plan is not None and plan.session.is_read_only,
        )
        if plan is None:
            self.setWindowTitle("Evenfield")
            return
        status = plan.session.workspace.history_status()
        for key, word, label in (
            ("undo", "Undo", status.undo_label),
            ("redo", "Redo", status.redo_label),
        ):
            actions[key].setText(f"&{word} {label}".replace("& ", "&& ") if label else f"&{word}")
            actions[key].setEnabled(label is not None and not plan.session.is_read_only)
        name = plan.session.workspace.info.name
        self.setWindowTitle(f"{name} – {plan.publisher.state.value} – Evenfield")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and any(u.isLocalFile() for u in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(u.toLocalFile()) for u in event.mimeData().urls() if u.isLocalFile()]
        known = [p for p in paths if p.suffix.lower() in _SPREADSHEETS | {SUFFIX}]
        if known:
            self.open_path(known[0])

    def closeEvent(self, event: QCloseEvent) -> None:
        last = self.settings.value("window/last_plan", "")
        self.close_plan()
        self.settings.setValue("window/last_plan", last)
        self.settings.setValue("window/geometry", self.saveGeometry())
        self.map_host.shut_down()
        event.accept()


def _handler(key: str, owners: tuple[object, ...]) -> Callable[[], None]:
    """The method with the action's name, of the first owner that has one."""
    for owner in owners:
        found = getattr(owner, key, None)
        if found is not None:
            return found
    message = f"no handler for the action {key}"
    raise LookupError(message)


def _raise(error: BaseException) -> None:
    """Hand a bug to the program's crash dialog."""
    raise error


def _stacked(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    holder.setLayout(column(*widgets, gap=0))
    return holder
