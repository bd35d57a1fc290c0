# SPDX-License-Identifier: MIT
"""The window's frame: menus, welcome page, messages, theme; plans live in `PlanDesk`.

It imports nothing that takes long, so that it is on the screen within half a second. The desk,
with tables, geography and map behind it, is loaded after the first paint.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSettings, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QStackedWidget, QWidget

from app.models.errors import AppError
from app.ui.actions import ACTIONS, fill_menu_bar, make_actions, set_enabled
from app.ui.dialogs.message import show_problem
from app.ui.file_kinds import dropped_paths
from app.ui.map_host import MapHost
from app.ui.parts import column, literal, row
from app.ui.recent_plans import RecentPlans
from app.ui.tasks import Task, TaskRunner
from app.ui.theme import apply_theme, system_prefers_dark
from app.ui.welcome_page import WelcomePage
from app.ui.widgets.banner import Banner
from app.ui.widgets.progress_overlay import ProgressOverlay
from app.ui.widgets.toast import Toast

if TYPE_CHECKING:
    # Importing it brings tables and geography, which the first paint must not wait for.
    from app.ui.plan_desk import PlanDesk

_SIZE = (1360, 860)
_SEARCH_WIDTH = 300

DeskMaker = Callable[["MainWindow"], "PlanDesk"]


class MainWindow(QMainWindow):
    """The one window of the program.

    Args:
        settings: What the window remembers between runs.
        make_desk: Makes everything that plans need; called once, after the first paint.
        load: Imports what `make_desk` needs; runs in a worker before it, so that this thread can
            serve the map page in the meantime.

    Signals:
        painted(): The window is on the screen for the first time; the desk is loaded next.
        loaded(): The desk is there.
    """

    painted = Signal()
    loaded = Signal()

    def __init__(
        self, settings: QSettings, make_desk: DeskMaker, load: Callable[[], None] | None = None
    ) -> None:
        super().__init__()
        self.settings = settings
        self.recent = RecentPlans(settings)
        self._make_desk = make_desk
        self._load = load
        self._loader = TaskRunner(self)
        self._desk: PlanDesk | None = None
        self.map_host = MapHost(self)
        self._screen: QWidget | None = None
        self.is_dark = self._stored_darkness()
        # Widgets take their fonts from the application when they are made.
        _dress(self.is_dark)
        self._compose()
        self._is_painted = False
        self._restore()

    @property
    def desk(self) -> "PlanDesk":
        """Plans and all that is done with them; loaded now if it is not yet."""
        if self._desk is None:
            self._desk = self._make_desk(self)
        return self._desk

    # What is in view

    def show_welcome(self) -> None:
        """Bring the welcome page into view; an open plan stays open behind it."""
        self.welcome.set_recent(self.recent.paths())
        self.stack.setCurrentWidget(self.welcome)
        self._refresh_banners()

    def show_plan(self) -> None:
        """Bring the open plan back into view."""
        if self._screen is not None:
            self.stack.setCurrentWidget(self._screen)
        self._refresh_banners()

    def show_screen(self, screen: QWidget, search: QWidget) -> None:
        """Bring an open plan into view, with its search field beside the menus."""
        self._screen = screen
        self.stack.addWidget(screen)
        self.show_plan()
        holder = QWidget(self)
        search.setFixedWidth(_SEARCH_WIDTH)
        holder.setLayout(row(search, margin=(0, 4, 8, 4)))
        self.menuBar().setCornerWidget(holder)
        holder.show()

    def remove_screen(self, screen: QWidget) -> None:
        """Take a plan out of view."""
        self._screen = None
        self.show_read_only("")
        self.stack.removeWidget(screen)
        screen.hide()
        self.menuBar().setCornerWidget(QWidget(self))
        self.show_welcome()

    def show_read_only(self, reason: str) -> None:
        """Say above the plan why it cannot be changed; empty for nothing."""
        words = f"You can look at this plan but not change it. {reason}" if reason else ""
        self.banner.set_text(words)
        self._refresh_banners()

    def show_message(self, text: str) -> None:
        """A short message over the lower edge."""
        self.toast.show_message(text)

    def show_file(self, text: str, path: Path) -> None:
        """A short message about a file that was written, with a button that shows it."""
        self.toast.show_message(text, path=path)

    def show_done(self, text: str) -> None:
        """A short message about an edit, with a button that takes it back."""
        self.toast.show_message(text, can_undo=True)

    def explain(self, error: AppError) -> None:
        """A problem, in a dialog."""
        show_problem(error, self)

    def enable_actions(self, *, has_plan: bool, is_read_only: bool = False) -> None:
        """Grey what cannot be done now."""
        set_enabled(self.actions_by_key, has_plan=has_plan, is_read_only=is_read_only)

    # Theme

    def toggle_theme(self) -> None:
        """Change between light and dark."""
        self.set_dark(not self.is_dark)

    def set_dark(self, dark: bool) -> None:
        """Dress the whole window, map included."""
        self.is_dark = dark
        self.settings.setValue("window/dark", dark)
        _dress(dark)
        self._share_font()
        self.map_host.set_dark(dark)
        self.actions_by_key["toggle_theme"].setChecked(dark)
        if self._desk is not None:
            self._desk.set_dark(dark)

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
        self.banner.add_action("Save a copy…", partial(self._call, "save_copy"))
        self.way_back = Banner("Your plan is still open.", tone="info")
        self.way_back.add_action("Back to the plan", self.show_plan)
        self._refresh_banners()
        holder = QWidget()
        holder.setLayout(column(self.banner, self.way_back, self.stack, gap=0))
        self.setCentralWidget(holder)
        self.toast = Toast(holder)
        self.progress = ProgressOverlay(holder)
        handlers = {spec.key: partial(self._call, spec.key) for spec in ACTIONS}
        self.actions_by_key: dict[str, QAction] = make_actions(self, handlers)
        self.menus = fill_menu_bar(self.menuBar(), self.actions_by_key)
        self.recent_menu = QMenu("Open &recent", self)
        self.recent_menu.aboutToShow.connect(self._fill_recent_menu)
        self.menus["&File"].insertMenu(self.actions_by_key["open_sample"], self.recent_menu)
        self.toast.undo_requested.connect(partial(self._call, "undo"))
        page = self.welcome
        page.import_requested.connect(partial(self._call, "choose_spreadsheet"))
        page.sample_requested.connect(partial(self._call, "open_sample"))
        page.open_requested.connect(partial(self._call, "open_plan"))
        page.new_requested.connect(partial(self._call, "new_plan"))
        page.plan_chosen.connect(self._open)
        page.files_dropped.connect(self._open_dropped)
        page.remove_requested.connect(self._on_forget)

    def _restore(self) -> None:
        geometry = self.settings.value("window/geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)
        self._share_font()
        self.map_host.set_dark(self.is_dark)
        self.actions_by_key["toggle_theme"].setChecked(self.is_dark)
        self.show_welcome()
        self.setWindowTitle("Evenfield")
        self.enable_actions(has_plan=False)

    def _stored_darkness(self) -> bool:
        app = QApplication.instance()
        follows = isinstance(app, QApplication) and system_prefers_dark(app)
        return str(self.settings.value("window/dark", follows)).lower() == "true"

    def _share_font(self) -> None:
        """Menus have a font of their own in most styles; here they share the window's."""
        for part in (self.menuBar(), self.recent_menu, *self.menus.values()):
            part.setFont(QApplication.font())

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() is QEvent.Type.Paint and not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self, self._on_painted)
        return handled

    def _on_painted(self) -> None:
        self.painted.emit()
        load = self._load or (lambda: None)
        self._loader.run(Task("Loading", lambda _context: load(), self._on_loaded))
        self.map_host.start()

    def _on_loaded(self, _nothing: None) -> None:
        self.desk.warm_up()
        self.loaded.emit()

    def _call(self, key: str) -> None:
        """Do what an action says: the frame's own method of that name, else the desk's."""
        own: Callable[[], None] | None = getattr(self, key, None)
        if own is not None:
            own()
        else:
            self.desk.call(key)

    # Reacting

    def _open(self, path: Path) -> None:
        self.desk.open_path(path)

    def _open_dropped(self, paths: list[Path]) -> None:
        self.desk.open_paths(paths)

    def _refresh_banners(self) -> None:
        is_plan = self._screen is not None and self.stack.currentWidget() is self._screen
        self.banner.setVisible(is_plan and bool(self.banner.text()))
        self.way_back.setVisible(self._screen is not None and not is_plan)
        corner = self.menuBar().cornerWidget()
        if corner is not None:
            corner.setVisible(is_plan)

    def _fill_recent_menu(self) -> None:
        self.recent_menu.clear()
        for path in self.recent.paths():
            action = self.recent_menu.addAction(literal(path.stem))
            action.setToolTip(str(path))
            action.setEnabled(path.exists())
            action.triggered.connect(lambda _checked=False, path=path: self._open(path))
        if self.recent_menu.isEmpty():
            self.recent_menu.addAction("No plan was open yet").setEnabled(False)

    def _on_forget(self, path: Path) -> None:
        self.recent.remove(path)
        self.welcome.set_recent(self.recent.paths())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = dropped_paths(event.mimeData())
        if paths:
            self.desk.open_paths(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.settings.setValue("window/geometry", self.saveGeometry())
        # Publishing a large plan takes a moment that nobody needs to watch.
        self.hide()
        self._loader.stop()
        if self._desk is not None:
            self._desk.shut_down()
        self.map_host.shut_down()
        event.accept()


def _dress(dark: bool) -> None:
    """Colours, fonts and style of the whole program."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        apply_theme(app, dark)
